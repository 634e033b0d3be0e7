import { type Failure, failure, UnkaiError } from '@unkai/contracts/errors';
import { type ServerState, serverState } from '@unkai/contracts/resources/server';
import { sql } from 'kysely';
import { z } from 'zod';
import { allows, granted, grantedGlobally, grantedOnProject } from '../access.ts';
import type { Call } from '../call.ts';
import type { Database } from '../database/database.ts';
import { matching, type ServerFilter } from './server-filter.ts';
import { ordered, type ServerOrder } from './server-order.ts';
import { type ServerRows, serverRows } from './server-rows.ts';
import { namesIn, textsIn } from './stored-json.ts';
import { uuidArray } from './uuid-array.ts';

/** A server with all that an OpenStack client is shown of it, read in three queries however many there are. */
export interface FoundServer {
  readonly id: string;
  readonly projectId: string;
  readonly userId: string | null;
  readonly name: string;
  readonly description: string;
  readonly state: ServerState;
  readonly failure: Failure | null;
  readonly flavor: {
    readonly id: string;
    readonly alias: string | null;
    readonly name: string;
    readonly vcpus: number;
    readonly memoryMib: number;
    readonly diskGib: number;
    readonly extraSpecs: Readonly<Record<string, string>>;
  };
  readonly imageId: string | null;
  /** Null for those who may not know of hosts. */
  readonly host: { readonly id: string; readonly name: string; readonly isUp: boolean } | null;
  /** On which host it is, in a form that tells tenants only whether two are together. */
  readonly hostId: string | null;
  readonly showsHost: boolean;
  readonly availabilityZone: string | null;
  readonly serverGroupId: string | null;
  readonly keyNames: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly accessIpv4: string | null;
  readonly accessIpv6: string | null;
  readonly reservationId: string;
  readonly launchedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly ports: readonly FoundPort[];
}

export interface FoundPort {
  readonly id: string;
  readonly networkId: string;
  readonly networkName: string;
  readonly macAddress: string;
  readonly subnetId: string;
  readonly address: string;
  readonly floatingAddress: string | null;
  readonly groupNames: readonly string[];
}

export interface ServerSearch {
  /** Null for those of all projects, which operators may ask for. */
  readonly projectId: string | null;
  readonly filter: ServerFilter;
  readonly order: readonly ServerOrder[];
  /** Rows after the server with this id. */
  readonly marker: string | null;
  readonly limit: number;
}

const badPattern = z.object({ code: z.literal('2201B') });

/**
 * The servers of a project, or of all, that fit. Throws `forbidden` and `not_found` as lookups do, and `invalid_input`
 * for a marker that names none of them, or a pattern that is none.
 */
export async function searchServers(call: Call, search: ServerSearch): Promise<FoundServer[]> {
  const { projectId } = search;
  if (projectId === null) await grantedGlobally(call, 'server:read');
  else await grantedOnProject(call, 'server:read', projectId);
  if (search.marker !== null) await requireMarker(call.core.database, search.marker, projectId);
  try {
    const rows = await ordered(matching(serverRows(call.core.database, projectId), search.filter), search)
      .limit(search.limit)
      .execute();
    return await withPorts(call, rows);
  } catch (error) {
    if (!badPattern.safeParse(error).success) throw error;
    throw new UnkaiError('invalid_input', 'A filter is not a regular expression that can be used.', { cause: error });
  }
}

/** Looks one server up for an action. */
export async function lookAtServer(
  call: Call,
  wanted: 'server:read' | 'server:console',
  id: string,
): Promise<FoundServer> {
  const row = (await serverRows(call.core.database, null).where('server.id', '=', id).executeTakeFirst()) ?? null;
  const target = { noun: 'server', id, projectId: row?.project_id ?? null, ...(row && { name: row.name }) };
  const [found] = await withPorts(call, [await granted(call, wanted, row, target)]);
  if (found === undefined) throw new TypeError('a row has one view');
  return found;
}

type ServerRow = Awaited<ReturnType<ServerRows['executeTakeFirstOrThrow']>>;

async function requireMarker({ kysely }: Database, marker: string, projectId: string | null): Promise<void> {
  const found = await kysely
    .selectFrom('server')
    .select('id')
    .where('id', '=', marker)
    .$if(projectId !== null, (rest) => rest.where('project_id', '=', projectId ?? ''))
    .executeTakeFirst();
  if (!found) throw new UnkaiError('invalid_input', `marker [${marker}] not found`);
}

async function withPorts(call: Call, rows: readonly ServerRow[]): Promise<FoundServer[]> {
  if (rows.length === 0) return [];
  const showsHost = allows(call.actor, 'host:read', null);
  const ids = rows.map(({ id }) => id);
  const [ports, groups] = await Promise.all([portsOf(call.core.database, ids), groupsOfPorts(call.core.database, ids)]);
  const groupsByPort = Map.groupBy(groups, ({ portId }) => portId);
  const portsByServer = Map.groupBy(ports, ({ serverId }) => serverId);
  const portsOfServer = (serverId: string) =>
    portsByServer.get(serverId)?.map((port) => ({
      ...port,
      groupNames: groupsByPort.get(port.id)?.map(({ name }) => name) ?? [],
    })) ?? [];
  return rows.map((row) => found(row, portsOfServer(row.id), showsHost));
}

/** The ports of any number of servers in one query. */
function portsOf({ kysely }: Database, serverIds: readonly string[]) {
  return kysely
    .selectFrom('port')
    .innerJoin('network', 'network.id', 'port.network_id')
    .innerJoin('port_address', 'port_address.port_id', 'port.id')
    .select(['port.server_id as serverId', 'port.id', 'network.id as networkId', 'network.name as networkName'])
    .select(['port.mac_address as macAddress', 'port_address.subnet_id as subnetId', 'port_address.address'])
    .leftJoin('floating_ip', (join) =>
      join.onRef('floating_ip.port_id', '=', 'port.id').onRef('floating_ip.fixed_address', '=', 'port_address.address'),
    )
    .select('floating_ip.address as floatingAddress')
    .where('port.server_id', '=', sql<string>`ANY(${uuidArray(serverIds)}::uuid[])`)
    .orderBy('port.position')
    .orderBy('port_address.address')
    .execute();
}

/** The names of the groups of all these ports; looked up port by port, they take as long as all else. */
function groupsOfPorts({ kysely }: Database, serverIds: readonly string[]) {
  return kysely
    .selectFrom('port')
    .innerJoin('port_security_group', 'port_security_group.port_id', 'port.id')
    .innerJoin('security_group', 'security_group.id', 'port_security_group.security_group_id')
    .select(['port.id as portId', 'security_group.name'])
    .where('port.server_id', '=', sql<string>`ANY(${uuidArray(serverIds)}::uuid[])`)
    .orderBy('security_group.name')
    .execute();
}

function found(row: ServerRow, ports: readonly FoundPort[], showsHost: boolean): FoundServer {
  const { id, name, description, reservation_id: reservationId, launched_at: launchedAt } = row;
  return {
    id,
    name,
    description,
    reservationId,
    launchedAt,
    ports,
    showsHost,
    projectId: row.project_id,
    userId: row.user_id,
    state: serverState.parse(row.state),
    failure: row.failure === null ? null : failure.parse(row.failure),
    flavor: {
      id: row.flavor_id,
      alias: row.alias,
      name: row.flavor_name,
      vcpus: row.vcpus,
      memoryMib: row.memory_mib,
      diskGib: row.disk_gib,
      extraSpecs: textsIn(row.extra_specs),
    },
    imageId: row.image_id,
    host:
      showsHost && row.host_id !== null && row.host_name !== null
        ? { id: row.host_id, name: row.host_name, isUp: row.is_up === true }
        : null,
    hostId: row.host_id,
    availabilityZone: row.availability_zone,
    serverGroupId: row.server_group_id,
    keyNames: namesIn(row.public_keys),
    metadata: textsIn(row.metadata),
    tags: row.tags ?? [],
    accessIpv4: row.access_ipv4,
    accessIpv6: row.access_ipv6,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
