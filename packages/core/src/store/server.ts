import { failure } from '@unkai/contracts/errors';
import type { PageQuery } from '@unkai/contracts/primitives';
import { type Server, serverCan, serverState, type serverUpdate } from '@unkai/contracts/resources/server';
import { sql } from 'kysely';
import type { z } from 'zod';
import { allows, granted, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Database, Unit } from '../database/database.ts';
import { guestHostName } from '../host/guest-host-name.ts';
import { announceName } from './host-network.ts';
import { type Page, pageOf, placeAfter } from './page.ts';
import { askServer } from './server-lifecycle.ts';
import { namesIn, textsIn } from './stored-json.ts';

/** Servers with the names of what they refer to, and the run that changes each at this moment. */
function serverRows({ kysely }: Database) {
  return kysely
    .selectFrom('server')
    .leftJoin('image', 'image.id', 'server.image_id')
    .leftJoin('host', 'host.id', 'server.host_id')
    .select(['server.id', 'server.project_id', 'server.name', 'server.description', 'server.state', 'server.failure'])
    .select(['server.flavor_id', 'server.flavor_name', 'server.vcpus', 'server.memory_mib', 'server.disk_gib'])
    .select(['server.image_id', 'image.name as image_name', 'image.login_user', 'host.name as host_name'])
    .select(['server.metadata', 'server.public_keys', 'server.availability_zone', 'server.tags'])
    .select('server.server_group_id')
    .select(['server.access_ipv4', 'server.access_ipv6'])
    .select(['server.launched_at', 'server.first_metadata_at'])
    .select(['server.created_at as createdAt', 'server.updated_at'])
    .select(sql<number>`coalesce(octet_length(server.user_data), 0)`.as('user_data_bytes'))
    .select((query) =>
      query
        .selectFrom('workflow_run')
        .select('workflow_run.id')
        .whereRef('workflow_run.resource_id', '=', 'server.id')
        .where('workflow_run.ended_at', 'is', null)
        .orderBy('workflow_run.sequence')
        .limit(1)
        .as('operation_id'),
    );
}

/** The addresses of any number of servers in one query; joined to each server, Postgres would look them up one by one. */
async function addressesOf({ kysely }: Database, serverIds: readonly string[]) {
  const rows = await kysely
    .selectFrom('port')
    .innerJoin('network', 'network.id', 'port.network_id')
    .innerJoin('port_address', 'port_address.port_id', 'port.id')
    .select(['port.server_id', 'network.id as networkId', 'network.name as networkName', 'port.id as portId'])
    .leftJoin('floating_ip', (join) =>
      join.onRef('floating_ip.port_id', '=', 'port.id').onRef('floating_ip.fixed_address', '=', 'port_address.address'),
    )
    .select(['port_address.address', 'port.mac_address as macAddress', 'floating_ip.address as floatingAddress'])
    .where('port.server_id', '=', sql<string>`ANY(${serverIds}::uuid[])`)
    .orderBy('port.position')
    .orderBy(sql`family(port_address.address::inet), port_address.address::inet`)
    .execute();
  return Map.groupBy(rows, ({ server_id }) => server_id);
}

export type ServerRow = Awaited<ReturnType<ReturnType<typeof serverRows>['executeTakeFirstOrThrow']>>;

type ServerAction = `server:${'read' | 'update' | 'delete' | 'start' | 'stop' | 'reboot' | 'console' | 'log'}`;

/** Looks a server up for an action. */
export async function findServer(call: Call, wanted: ServerAction, id: string): Promise<ServerRow> {
  const row = (await serverRows(call.core.database).where('server.id', '=', id).executeTakeFirst()) ?? null;
  return granted(call, wanted, row, {
    noun: 'server',
    id,
    projectId: row?.project_id ?? null,
    ...(row && { name: row.name }),
  });
}

/** Reads a server again after a change that the caller was let do. Throws `not_found` when it went meanwhile. */
export async function showServer(call: Call, id: string): Promise<Server> {
  const rows = await serverRows(call.core.database).where('server.id', '=', id).execute();
  const [view] = await viewServers(call, rows);
  if (!view) throw notFound('server', id);
  return view;
}

/** The servers of a project that the caller was let into by `findPlace`. */
export async function listServers(
  call: Call,
  query: PageQuery & { readonly projectId: string },
): Promise<Page<Server>> {
  const place = placeAfter(query);
  const rows = await serverRows(call.core.database)
    .where('server.project_id', '=', query.projectId)
    .$if(place !== null, (rest) =>
      rest.where(sql<boolean>`(server.created_at, server.id) < (${place?.createdAt}, ${place?.id}::uuid)`),
    )
    .orderBy('server.created_at', 'desc')
    .orderBy('server.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const { items, nextCursor } = pageOf(rows, query, (row) => row);
  return { items: await viewServers(call, items), nextCursor };
}

/**
 * Names and metadata are part of what the guest is told, so the host hears of the change; its neighbours resolve its name,
 * so their hosts hear of a new one.
 */
export async function updateServer(
  unit: Unit,
  call: Call,
  row: ServerRow,
  input: z.infer<typeof serverUpdate>,
): Promise<void> {
  const { name = row.name, description, accessIpv4, accessIpv6, metadata, tags } = input;
  const { count } = await unit.tx.server.updateMany({
    where: { id: row.id, state: { in: [...serverCan.update.states] } },
    data: {
      ...(input.name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(accessIpv4 !== undefined && { accessIpv4 }),
      ...(accessIpv6 !== undefined && { accessIpv6 }),
      ...(metadata !== undefined && { metadata }),
      ...(tags !== undefined && { tags }),
    },
  });
  if (count === 0) throw notFound('server', row.id);
  await askServer(unit, call.core, { serverId: row.id, requestId: call.requestId });
  const isCalledOtherwise = guestHostName(name, row.id) !== guestHostName(row.name, row.id);
  if (isCalledOtherwise) await announceName(unit, call.core, row.id, call.requestId);
  await recordChange(unit, call, {
    action: 'server:update',
    kind: 'changed',
    id: row.id,
    name,
    projectId: row.project_id,
    detail: `changed: ${Object.keys(input).join(', ')}`,
    before: serverValues(row),
    after: {
      name,
      description: description ?? row.description,
      accessIpv4: accessIpv4 === undefined ? row.access_ipv4 : accessIpv4,
      accessIpv6: accessIpv6 === undefined ? row.access_ipv6 : accessIpv6,
      tags: tags ?? row.tags,
    },
  });
}

/** A row of a list, in the words of the log. */
export function serverValues(row: ServerRow) {
  const { name, description, tags, state, flavor_name: flavorName, image_id: imageId } = row;
  const { access_ipv4: accessIpv4, access_ipv6: accessIpv6, availability_zone: availabilityZone } = row;
  return { name, description, tags, state, flavorName, imageId, accessIpv4, accessIpv6, availabilityZone };
}

/** The views of servers that the caller may see, in the same order. */
export async function viewServers(call: Call, rows: readonly ServerRow[]): Promise<Server[]> {
  const ids = rows.map(({ id }) => id);
  const addresses = await addressesOf(call.core.database, ids);
  const showsHost = allows(call.actor, 'host:read', null);
  return rows.map((row) => viewServer(row, addresses.get(row.id) ?? [], showsHost));
}

export type AddressRow = Omit<Server['addresses'][number], 'version'>;

/** One server, from what was read or just written. */
export function viewServer(row: ServerRow, addresses: readonly AddressRow[], showsHost: boolean): Server {
  const flavor = {
    id: row.flavor_id,
    name: row.flavor_name,
    vcpus: row.vcpus,
    memoryMib: row.memory_mib,
    diskGib: row.disk_gib,
  };
  const image =
    row.image_id === null ? null : { id: row.image_id, name: row.image_name ?? '', loginUser: row.login_user };
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    description: row.description,
    state: serverState.parse(row.state),
    failure: row.failure === null ? null : failure.parse(row.failure),
    flavor,
    image,
    addresses: addresses.map(({ networkId, networkName, portId, address, macAddress, floatingAddress }) => {
      const version = address.includes(':') ? 6 : 4;
      return { networkId, networkName, portId, address, version, macAddress, floatingAddress };
    }),
    keyPairNames: namesIn(row.public_keys),
    metadata: textsIn(row.metadata),
    tags: row.tags ?? [],
    accessIpv4: row.access_ipv4,
    accessIpv6: row.access_ipv6,
    userDataBytes: row.user_data_bytes,
    availabilityZone: row.availability_zone,
    serverGroupId: row.server_group_id,
    hostName: showsHost ? row.host_name : null,
    operationId: row.operation_id,
    launchedAt: row.launched_at?.toISOString() ?? null,
    firstMetadataAt: row.first_metadata_at?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
