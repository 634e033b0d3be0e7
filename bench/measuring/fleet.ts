import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { HostFacts } from '@unkai/contracts/host/facts';
import { hostNoun } from '@unkai/contracts/host/job';
import { newCredential } from '@unkai/core/identity/credentials';
import type { Installation } from './installation.ts';
import type { Tenant } from './tenant.ts';

export type FleetHost = { id: string; credential: string; facts: HostFacts };
export type Fleet = { hosts: FleetHost[]; networkIds: string[]; serverIdsByHost: string[][] };
export type FleetSize = { hosts: number; serversPerHost: number; networks: number };

function factsOf(index: number): HostFacts {
  return {
    hostName: `fleet-${String(index).padStart(4, '0')}`,
    agentVersion: '0.1.0',
    kernel: '6.1.0',
    architecture: 'x86_64',
    cpuModel: 'of the bench',
    vcpus: 64,
    memoryMib: 262_144,
    diskGib: 4_000,
    diskFreeGib: 3_900,
    accelerator: { kind: 'kvm', why: 'a host of the bench' },
    qemuVersion: '7.2',
    openVswitch: { version: '3.1', datapath: 'simulated', why: 'a host of the bench' },
    underlayAddress: `10.255.${index >> 8}.${index & 255}`,
    underlayMtu: 1500,
    physicalNetworks: [],
    nouns: [...hostNoun.options],
    isSimulated: true,
    warnings: [],
  };
}

/**
 * Writes hosts that joined, with servers that run on them, each with a port on one of the networks, straight into the
 * database. Behind the hosts is nobody but who has their credentials.
 */
export async function insertFleet({ sql }: Installation, tenant: Tenant, size: FleetSize): Promise<Fleet> {
  const made = Array.from({ length: size.hosts }, (_, index) => {
    const { secret, hash } = newCredential('host');
    return { id: randomUUID(), credential: secret, hash: Buffer.from(hash), facts: factsOf(index) };
  });
  await sql.query(
    `INSERT INTO host (id, name, credential_hash, redis_password_hash, facts, vcpus, memory_mib, disk_gib,
       underlay_address, last_heartbeat_at)
     SELECT each.id, each.facts ->> 'hostName', each.hash, repeat('0', 64), each.facts, 64, 262144, 4000,
       each.facts ->> 'underlayAddress', now() + interval '10 minutes'
     FROM unnest($1::uuid[], $2::bytea[], $3::jsonb[]) AS each (id, hash, facts)`,
    [made.map(({ id }) => id), made.map(({ hash }) => hash), made.map(({ facts }) => JSON.stringify(facts))],
  );
  const networkIds = await insertNetworks(sql, tenant, size.networks);
  const serverIdsByHost = made.map(() => Array.from({ length: size.serversPerHost }, () => randomUUID()));
  await insertServers(sql, tenant, { networkIds, hostIds: made.map(({ id }) => id), serverIdsByHost });
  return { hosts: made.map(({ id, credential, facts }) => ({ id, credential, facts })), networkIds, serverIdsByHost };
}

async function insertNetworks(sql: Installation['sql'], { projectId }: Tenant, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await sql.query(
    `INSERT INTO network (id, project_id, name, tunnel_key, mtu)
     SELECT id, $2, 'fleet', nextval('network_tunnel_key'), 1450 FROM unnest($1::uuid[]) AS each (id)`,
    [ids, projectId],
  );
  await sql.query(
    `INSERT INTO subnet (id, network_id, project_id, name, cidr, gateway_address, dhcp_address, dns_servers)
     SELECT gen_random_uuid(), id, $2, 'fleet', '10.0.0.0/16', '10.0.0.1', '10.0.0.2', '{}' FROM unnest($1::uuid[]) AS each (id)`,
    [ids, projectId],
  );
  return ids;
}

type Placement = { networkIds: string[]; hostIds: string[]; serverIdsByHost: string[][] };

async function insertServers(sql: Installation['sql'], tenant: Tenant, placement: Placement): Promise<void> {
  const { projectId, flavorId, imageId } = tenant;
  const rows = placement.serverIdsByHost.flatMap((ids, host) =>
    ids.map((id) => ({ id, host: placement.hostIds[host] })),
  );
  const given = [rows.map(({ id }) => id), rows.map(({ host }) => host), rows.map((_, index) => index)];
  await sql.query(
    `INSERT INTO server (id, project_id, name, state, desired_presence, observed_state, observed_power, flavor_id,
       flavor_name, vcpus, memory_mib, disk_gib, image_id, host_id, availability_zone, reservation_id, updated_at)
     SELECT each.id, $4, 'fleet-' || each.number, 'running', 'present', 'present', 'on', flavor.id, flavor.name,
       flavor.vcpus, flavor.memory_mib, flavor.disk_gib, $6, each.host, 'nova', 'r-00000000', now()
     FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS each (id, host, number), flavor WHERE flavor.id = $5`,
    [...given, projectId, flavorId, imageId],
  );
  await sql.query(
    `INSERT INTO host_allocation (server_id, host_id, vcpus, memory_mib, disk_gib)
     SELECT id, host_id, vcpus, memory_mib, disk_gib FROM server WHERE project_id = $1 AND host_id IS NOT NULL`,
    [projectId],
  );
  await sql.query(
    `INSERT INTO port (project_id, network_id, server_id, mac_address)
     SELECT $3, ($2::uuid[])[1 + each.number % cardinality($2::uuid[])], each.id,
       'fa:00:00:' || regexp_replace(lpad(to_hex(each.number), 6, '0'), '(..)(..)(..)', '\\1:\\2:\\3')
     FROM unnest($1::uuid[], $4::int[]) AS each (id, number)`,
    [given[0], placement.networkIds, projectId, given[2]],
  );
  await sql.query(
    `INSERT INTO port_address (port_id, subnet_id, network_id, address)
     SELECT port.id, subnet.id, port.network_id,
       host('10.0.1.0'::inet + row_number() OVER (PARTITION BY port.network_id ORDER BY port.id)::int)
     FROM port JOIN subnet ON subnet.network_id = port.network_id WHERE port.project_id = $1`,
    [projectId],
  );
  await sql.query(
    `INSERT INTO host_network (host_id, network_id, observed_state)
     SELECT DISTINCT server.host_id, port.network_id, 'present' FROM port JOIN server ON server.id = port.server_id
     WHERE port.project_id = $1`,
    [projectId],
  );
  await sql.query('ANALYZE host, server, host_allocation, host_network, port, port_address');
}

const connections = new Agent({ keepAlive: true, maxSockets: 32 });

/** Asks the control plane as a host does. Gives how long it took; throws an Error for an answer outside 2xx. */
export function askAsHost(origin: string, { credential }: FleetHost, path: string, body?: object): Promise<number> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${credential}`,
    ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  };
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const options = { method: text === undefined ? 'GET' : 'POST', headers, agent: connections };
    const sent = request(new URL(path, origin), options, (answer) => {
      answer.resume();
      answer.on('error', reject);
      answer.on('end', () => {
        const { statusCode = 0 } = answer;
        if (statusCode >= 300) reject(new Error(`${path} was answered by ${statusCode}`));
        else resolve(performance.now() - begun);
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

export function endAsking(): void {
  connections.destroy();
}
