import { z } from 'zod';
import type { Transaction } from '../database.ts';
import { type Candidate, lockGroup, type Request, readCandidates } from './candidate.ts';
import { refusedBy } from './filters.ts';
import { noCapacity } from './refusal.ts';
import { ranked } from './weighers.ts';

/** What a server needs; its group is looked at here, when nobody else can add to it. */
export type Asked = Omit<Request, 'group'>;

/**
 * Chooses a host and takes its room, in the caller's transaction. Hosts are ranked without locks; then the best one is
 * locked and counted again before anything is taken of it, so that no number of reservations at once promises more than
 * there is (A57). Servers of one group go one after the other. A server that has its room already keeps it. Throws `no_capacity` with the counted reasons.
 */
export async function reserveHost(tx: Transaction, serverId: string, asked: Asked): Promise<{ hostId: string }> {
  const [kept] = allocations.parse(
    await tx.$queryRaw`SELECT host_id AS "hostId" FROM host_allocation WHERE server_id = ${serverId}::uuid`,
  );
  if (kept !== undefined) return kept;
  const request = { ...asked, group: await lockGroup(tx, serverId) };
  const look = { imageId: request.imageId, groupId: request.group?.id };
  const hosts = await readCandidates(tx, look);
  const open = hosts.filter((host) => refusedBy(host, request) === null);
  for (const host of ranked(open, request)) {
    if (await take(tx, serverId, host, request)) return { hostId: host.id };
  }
  const seen = open.length === 0 ? hosts : await readCandidates(tx, look);
  const flavors = await tx.flavor.findMany({ where: { isPublic: true } });
  throw noCapacity(seen, request, flavors);
}

const allocations = z.array(z.object({ hostId: z.string() }));

async function take(tx: Transaction, serverId: string, host: Candidate, request: Request): Promise<boolean> {
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
  const { vcpus, memoryMib, diskGib } = request;
  await tx.$executeRaw`
    INSERT INTO host_allocation (server_id, host_id, vcpus, memory_mib, disk_gib)
    VALUES (${serverId}::uuid, ${host.id}::uuid, ${vcpus}, ${memoryMib}, ${diskGib})`;
  return true;
}

/** Gives back what a server takes of its host. Harmless twice. */
export async function releaseHost(tx: Transaction, serverId: string): Promise<void> {
  await tx.hostAllocation.deleteMany({ where: { serverId } });
}
