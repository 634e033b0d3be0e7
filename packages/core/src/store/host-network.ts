import { type Failure, failure } from '@unkai/contracts/errors';
import { z } from 'zod';
import type { Core } from '../call.ts';
import type { Database, Unit } from '../database/database.ts';
import { emit } from '../events.ts';
import { hintRouters } from './floating-ip-hint.ts';
import { addressesOfServer, settleHolders, theseAddresses } from './floating-ip-holder.ts';
import { membersChanged } from './security-group-members.ts';

/** A change of a network that hosts have to follow: wait until they report this generation. */
export interface NetworkChange {
  readonly networkId: string;
  readonly generation: number;
}

/**
 * Raises a network's generation and hints every host that has it, after the commit. Whoever changes what hosts must
 * know of a network (subnets, ports, neighbours) calls this in the same transaction. The network's row stays locked
 * until the commit, so that such changes follow one another.
 */
export async function touchNetwork(unit: Unit, core: Core, networkId: string, requestId: string): Promise<number> {
  const { tx, afterCommit } = unit;
  const [row] = generations.parse(
    await tx.$queryRaw`UPDATE network SET generation = generation + 1 WHERE id = ${networkId}::uuid RETURNING generation`,
  );
  afterCommit(async () => {
    const hosts = await core.database.kysely
      .selectFrom('host_network')
      .select('host_id')
      .where('network_id', '=', networkId)
      .execute();
    const hint = { noun: 'network', id: networkId, requestId } as const;
    await Promise.all(hosts.map((host) => core.queues.hintHost(host.host_id, hint)));
  });
  return row?.generation ?? 0;
}

const generations = z.array(z.object({ generation: z.number() }));
const portNetworks = z.array(z.object({ networkId: z.string() }));

/**
 * A server comes to a host or leaves it: its floating IPs are to pass there or not any more. After its networks, as others
 * do not lock routers before networks either.
 */
function moveFloatingIps(unit: Unit, core: Core, { serverId, requestId }: ServerOnHost): Promise<void> {
  return settleHolders(unit, core, { concerned: addressesOfServer(serverId), requestId });
}

async function networksOf({ tx }: Unit, serverId: string): Promise<string[]> {
  // In one order everywhere: two transactions that touch the same networks then never wait for each other.
  const found = await tx.$queryRaw`
    SELECT DISTINCT network_id AS "networkId" FROM port WHERE server_id = ${serverId}::uuid ORDER BY network_id`;
  return portNetworks.parse(found).map(({ networkId }) => networkId);
}

export interface ServerOnHost {
  readonly serverId: string;
  readonly hostId: string;
  readonly requestId: string;
}

/** Makes the networks of a server the host's business, and tells all their hosts of the new neighbour. */
export async function announceNetworks(unit: Unit, core: Core, where: ServerOnHost): Promise<NetworkChange[]> {
  const { serverId, hostId, requestId } = where;
  const changes: NetworkChange[] = [];
  for (const networkId of await networksOf(unit, serverId)) {
    const generation = await touchNetwork(unit, core, networkId, requestId);
    await unit.tx.$executeRaw`
      INSERT INTO host_network (host_id, network_id) VALUES (${hostId}::uuid, ${networkId}::uuid) ON CONFLICT DO NOTHING`;
    changes.push({ networkId, generation });
  }
  await moveFloatingIps(unit, core, where);
  return changes;
}

/** Tells the hosts of a server's networks that it goes by another name from now on. */
export async function announceName(unit: Unit, core: Core, serverId: string, requestId: string): Promise<void> {
  for (const networkId of await networksOf(unit, serverId)) await touchNetwork(unit, core, networkId, requestId);
}

/** How far a host is with the networks it was told of: null when all are there, else what it says, or its failure. */
export async function readNetworkLag({ kysely }: Database, hostId: string, changes: readonly NetworkChange[]) {
  if (changes.length === 0) return null;
  const rows = await kysely
    .selectFrom('host_network')
    .select(['network_id', 'observed_generation', 'observed_state', 'observed_failure'])
    .where('host_id', '=', hostId)
    .where(
      'network_id',
      'in',
      changes.map(({ networkId }) => networkId),
    )
    .execute();
  for (const { networkId, generation } of changes) {
    const row = rows.find(({ network_id }) => network_id === networkId);
    const isNew = row !== undefined && row.observed_generation >= generation;
    if (isNew && row.observed_state === 'present') continue;
    const reason: Failure | null =
      isNew && row.observed_state === 'failed' ? (failure.safeParse(row.observed_failure).data ?? null) : null;
    return { networkId, generation, failure: reason };
  }
  return null;
}

// Servers that leave at the same moment do not keep the network for each other.
const notPurged = [
  { desiredPresence: 'present' },
  { observedState: null },
  { observedState: { not: 'absent' } },
] as const;

/** Takes from a host the networks that only this server needed there. */
export async function retractNetworks(unit: Unit, core: Core, where: ServerOnHost): Promise<void> {
  const { serverId, hostId, requestId } = where;
  for (const networkId of await networksOf(unit, serverId)) {
    // Locks the network: nobody announces it to the host between the look and the removal.
    await touchNetwork(unit, core, networkId, requestId);
    await leaveNetwork(unit, core, { hostId, networkId, requestId, exceptServerId: serverId });
  }
  await moveFloatingIps(unit, core, where);
}

export interface NetworkLeft {
  readonly hostId: string;
  readonly networkId: string;
  readonly requestId: string;
  /** A server that is about to go; its ports are not needed there any more. */
  readonly exceptServerId?: string;
}

/** Takes a network from a host where no server and no router needs it. The caller has locked the network by touching it. */
export async function leaveNetwork(unit: Unit, core: Core, left: NetworkLeft): Promise<void> {
  const { hostId, networkId, requestId, exceptServerId } = left;
  const notLeaving = exceptServerId === undefined ? {} : { id: { not: exceptServerId } };
  const users = await unit.tx.port.count({
    where: {
      networkId,
      OR: [
        { server: { hostId, ...notLeaving, OR: [...notPurged] } },
        { server: { migration: { roomHostId: hostId }, ...notLeaving } },
        { router: { hostId } },
      ],
    },
  });
  if (users > 0) return;
  await unit.tx.hostNetwork.deleteMany({ where: { hostId, networkId } });
  unit.afterCommit(() => core.queues.hintHost(hostId, { noun: 'network', id: networkId, requestId }));
}

/**
 * Gives back a server's ports and addresses, and tells the hosts of their networks. Ports that were made by themselves
 * stay, without a server. Harmless twice.
 */
export async function releasePorts(unit: Unit, core: Core, serverId: string, requestId: string): Promise<void> {
  const which = { id: true, projectId: true, isKept: true } as const;
  const ports = await unit.tx.port.findMany({ where: { serverId }, select: which });
  await membersChanged(unit, core, serverId, requestId);
  const networks = await networksOf(unit, serverId);
  for (const networkId of networks) await touchNetwork(unit, core, networkId, requestId);
  const reached = await hintRouters(unit, core, { serverId, requestId });
  await unit.tx.port.deleteMany({ where: { serverId, isKept: false } });
  await unit.tx.port.updateMany({ where: { serverId }, data: { serverId: null, position: 0, isLeaving: false } });
  await settleHolders(unit, core, { concerned: theseAddresses(reached), requestId });
  for (const { id, projectId, isKept } of ports) {
    await emit(unit.tx, { projectId, noun: 'port', resourceId: id, kind: isKept ? 'changed' : 'deleted' });
  }
}

/** How many of a server's ports have no address. */
export async function countPortsWithoutAddress({ kysely }: Database, serverId: string): Promise<number> {
  const rows = await kysely
    .selectFrom('port')
    .leftJoin('port_address', 'port_address.port_id', 'port.id')
    .select('port.id')
    .where('port.server_id', '=', serverId)
    .where('port_address.port_id', 'is', null)
    .execute();
  return rows.length;
}
