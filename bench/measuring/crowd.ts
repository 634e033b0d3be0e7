import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Installation } from './installation.ts';
import type { Tenant } from './tenant.ts';

const created = z.object({ id: z.string() });

/**
 * Writes servers that are switched off, each with a port in the default group, an address, a key and metadata, straight into the database.
 * No host is asked for them. Removed again by `removeCrowd`.
 */
export async function insertCrowd({ api, sql }: Installation, tenant: Tenant, size: number): Promise<void> {
  const { projectId, flavorId, imageId } = tenant;
  const network = created.parse(
    JSON.parse((await api.ask('POST', `/projects/${projectId}/networks`, { name: 'crowd' })).text),
  );
  const subnet = created.parse(
    JSON.parse((await api.ask('POST', `/networks/${network.id}/subnets`, { name: 'crowd', cidr: '10.1.0.0/16' })).text),
  );
  const servers = Array.from({ length: size }, (_, index) => ({ server: randomUUID(), port: randomUUID(), index }));
  const ids = [servers.map(({ server }) => server), servers.map(({ port }) => port), servers.map(({ index }) => index)];
  await sql.query(
    `INSERT INTO server (id, project_id, name, description, state, flavor_id, flavor_name, vcpus, memory_mib, disk_gib,
       image_id, reservation_id, desired_power, metadata, public_keys, created_at, updated_at)
     SELECT each.id, $2, 'server-' || each.number, 'One of many.', 'stopped', flavor.id, flavor.name, flavor.vcpus,
       flavor.memory_mib, flavor.disk_gib, $4, 'r-00000000', 'off', '{"role": "web", "tier": "front"}',
       '[{"name": "laptop", "publicKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI someone@laptop"}]',
       now() - each.number * interval '1 second', now()
     FROM unnest($1::uuid[], $5::int[]) AS each (id, number), flavor WHERE flavor.id = $3`,
    [ids[0], projectId, flavorId, imageId, ids[2]],
  );
  await sql.query(
    `INSERT INTO port (id, project_id, network_id, server_id, mac_address)
     SELECT each.port, $2, $3, each.server, 'fa:00:00:00:' || regexp_replace(lpad(to_hex(each.number), 4, '0'), '(..)(..)', '\\1:\\2')
     FROM unnest($1::uuid[], $4::uuid[], $5::int[]) AS each (server, port, number)`,
    [ids[0], projectId, network.id, ids[1], ids[2]],
  );
  await sql.query(
    `INSERT INTO port_address (port_id, subnet_id, network_id, address)
     SELECT each.port, $2, $3, host('10.1.1.0'::inet + each.number) FROM unnest($1::uuid[], $4::int[]) AS each (port, number)`,
    [ids[1], subnet.id, network.id, ids[2]],
  );
  await sql.query(
    `INSERT INTO port_security_group (port_id, security_group_id)
     SELECT each.port, security_group.id FROM unnest($1::uuid[]) AS each (port), security_group
     WHERE security_group.project_id = $2 AND security_group.name = 'default'`,
    [ids[1], projectId],
  );
  // What autovacuum would do within a minute in an installation that grew to this size.
  await sql.query('ANALYZE server, port, port_address, port_security_group');
}

export async function removeCrowd({ sql }: Installation, { projectId }: Tenant): Promise<void> {
  await sql.query('DELETE FROM port WHERE project_id = $1', [projectId]);
  await sql.query('DELETE FROM server WHERE project_id = $1', [projectId]);
}
