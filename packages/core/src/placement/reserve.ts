import { z } from 'zod';
import type { Transaction } from '../database/database.ts';
import { type Candidate, lockGroup, type Request, readCandidates } from './candidate.ts';
import { refusedBy } from './filters.ts';
import type { PlacementOverview } from './overview.ts';
import { noCapacity } from './refusal.ts';
import { mostWanted } from './weighers.ts';

/** What a server needs; its group is looked at here, when nobody else can add to it. */
export type Asked = Omit<Request, 'group'>;

/**
 * Chooses a host and takes its room, in the caller's transaction. Hosts are ranked without locks, with an overview as they
 * were a moment ago; then the best one is locked and counted again before anything is taken of it, so that no number of
 * reservations at once promises more than there is (A57). Servers of one group go one after the other. A server that has
 * its room already keeps it. Throws `no_capacity` with the counted reasons.
 */
export async function reserveHost(
  tx: Transaction,
  serverId: string,
  asked: Asked,
  overview?: PlacementOverview,
): Promise<{ hostId: string }> {
  const [standing] = standings.parse(
    await tx.$queryRaw`
      SELECT server_group_id IS NOT NULL AS "isInGroup",
        (SELECT host_id FROM host_allocation WHERE server_id = server.id) AS "hostId"
      FROM server WHERE id = ${serverId}::uuid`,
  );
  if (standing !== undefined && standing.hostId !== null) return { hostId: standing.hostId };
  const request = { ...asked, group: standing?.isInGroup === true ? await lockGroup(tx, serverId) : null };
  const { vcpus, memoryMib, diskGib } = request;
  const taking = {
    tx,
    request,
    write: async (hostId: string) => {
      await tx.$executeRaw`
        INSERT INTO host_allocation (server_id, host_id, vcpus, memory_mib, disk_gib)
        VALUES (${serverId}::uuid, ${hostId}::uuid, ${vcpus}, ${memoryMib}, ${diskGib})`;
    },
  };
  // Where others of its group are is asked of each server anew.
  if (overview !== undefined && request.group === null) {
    const hostId = await takeBest(taking, await overview.hosts(tx, request.imageId), overview);
    if (hostId !== null) return { hostId };
  }
  return { hostId: await takeOrRefuse(taking) };
}

/**
 * Chooses a host for a server that leaves its own, and takes room there beside the room that it has: `write` keeps it, in the
 * same transaction. Gives what `write` gives. Throws `no_capacity` with the counted reasons.
 */
export async function reserveAnother<Written>(
  tx: Transaction,
  serverId: string,
  asked: Asked & { readonly leavesHostId: string },
  write: (hostId: string) => Promise<Written>,
): Promise<Written> {
  const request = { ...asked, group: await lockGroup(tx, serverId) };
  const written: Written[] = [];
  await takeOrRefuse({ tx, request, write: async (hostId) => void written.push(await write(hostId)) });
  const [kept] = written;
  if (kept === undefined) throw new TypeError('room was taken and not written down');
  return kept;
}

/** The host, by a look at all as they are now. Throws `no_capacity`. */
async function takeOrRefuse(taking: Taking): Promise<string> {
  const { tx, request } = taking;
  const look = { imageId: request.imageId, groupId: request.group?.id };
  const hosts = await readCandidates(tx, look);
  const hostId = await takeBest(taking, hosts);
  if (hostId !== null) return hostId;
  const hadRoom = hosts.some((host) => refusedBy(host, request) === null);
  const flavors = await tx.flavor.findMany({ where: { isPublic: true } });
  throw noCapacity(hadRoom ? await readCandidates(tx, look) : hosts, request, flavors);
}

interface Taking {
  readonly tx: Transaction;
  readonly request: Request;
  /** Writes down that the room on the host is the server's. */
  readonly write: (hostId: string) => Promise<void>;
}

/** The most wanted of those hosts that can take it when it comes to it; null when none can. */
async function takeBest(
  taking: Taking,
  hosts: readonly Candidate[],
  overview?: PlacementOverview,
): Promise<string | null> {
  const { request } = taking;
  for (const host of mostWanted(hosts, request)) {
    if (refusedBy(host, request) !== null) continue;
    await overview?.note(host.id, request);
    if (await take(taking, host)) return host.id;
  }
  return null;
}

const standings = z.array(z.object({ isInGroup: z.boolean(), hostId: z.string().nullable() }));

async function take({ tx, request, write }: Taking, host: Candidate): Promise<boolean> {
  // A host that turns out full is let go of again before the next is tried: two reservations that each held one host
  // and wanted the other's would wait for each other.
  await tx.$executeRaw`SAVEPOINT before_host`;
  // NO KEY UPDATE keeps other reservations out, and lets rows that only refer to the host be written.
  await tx.$queryRaw`SELECT 1 FROM host WHERE id = ${host.id}::uuid FOR NO KEY UPDATE`;
  const [now] = await readCandidates(tx, { imageId: request.imageId, groupId: request.group?.id, hostId: host.id });
  if (now === undefined || refusedBy(now, request) !== null) {
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT before_host`;
    return false;
  }
  await write(host.id);
  return true;
}

/** Gives back what a server takes of its host. Harmless twice. */
export async function releaseHost(tx: Transaction, serverId: string): Promise<void> {
  await tx.hostAllocation.deleteMany({ where: { serverId } });
}
