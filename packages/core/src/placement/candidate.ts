import { notes } from '@unkai/contracts/primitives';
import { type ServerGroupPolicy, serverGroupPolicy } from '@unkai/contracts/resources/server-group';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Transaction } from '../database/database.ts';

/** The server group of a server that is placed. */
export interface RequestGroup {
  readonly id: string;
  readonly policy: ServerGroupPolicy;
  /** How many of its servers a host may have, where they belong apart. */
  readonly maxServersPerHost: number;
  /** Whether another of its servers has a host. */
  readonly isPlaced: boolean;
}

/** What a server needs of its host. */
export interface Request {
  readonly vcpus: number;
  readonly memoryMib: number;
  readonly diskGib: number;
  /** The only host that will do; null: any. */
  readonly hostId: string | null;
  /** The host that it is on and leaves with its disk; none for a server that is made. */
  readonly leavesHostId?: string;
  /** Null: any zone will do. */
  readonly availabilityZone: string | null;
  readonly architecture: string;
  readonly imageId: string | null;
  /** Null where nobody's server in particular is meant. */
  readonly projectId: string | null;
  /** Of its flavor. */
  readonly extraSpecs: Readonly<Record<string, string>>;
  readonly imageProperties: Readonly<Record<string, string>>;
  readonly group: RequestGroup | null;
}

const count = z.coerce.number();
const candidate = z.object({
  id: z.string(),
  name: z.string(),
  availabilityZone: z.string(),
  isUp: z.boolean(),
  isEnabled: z.boolean(),
  architecture: z.string(),
  accelerator: z.string(),
  /** What its agent can be told of. */
  nouns: z.array(z.string()).catch([]),
  /** Of each aggregate that it is in. */
  metadata: z.array(notes),
  /** How many servers of the request's group are on it. */
  groupServers: count,
  vcpus: count,
  vcpuRatio: count,
  memoryMib: count,
  diskGib: count,
  takenVcpus: count,
  takenMemoryMib: count,
  takenDiskGib: count,
  /** Whether the image is in its cache already. */
  hasImage: z.boolean(),
});
/** A host as placement sees it: what it is, and what is promised of it. */
export type Candidate = z.infer<typeof candidate>;

/** What a host can still promise. */
export interface Room {
  readonly vcpus: number;
  readonly memoryMib: number;
  readonly diskGib: number;
}

/** Memory that is never promised: an eighth, at most 1 GiB, is the host's own. */
const ownMemoryMib = (memoryMib: number) => Math.min(1024, Math.floor(memoryMib / 8));

/** All that may be promised of a host: vCPUs `vcpuRatio` times; memory and disk never twice. */
export function promised({ vcpus, vcpuRatio, memoryMib, diskGib }: Candidate): Room {
  return { vcpus: vcpus * vcpuRatio, memoryMib: memoryMib - ownMemoryMib(memoryMib), diskGib };
}

/** What of it is not promised yet. */
export function room(host: Candidate): Room {
  const { vcpus, memoryMib, diskGib } = promised(host);
  return {
    vcpus: vcpus - host.takenVcpus,
    memoryMib: memoryMib - host.takenMemoryMib,
    diskGib: diskGib - host.takenDiskGib,
  };
}

/** Which hosts are looked at, and for what. */
export interface Look {
  readonly imageId: string | null;
  readonly groupId?: string | undefined;
  readonly hostId?: string;
}

/** Every host, or one, with the sums of its allocations at this moment. */
export async function readCandidates(
  tx: Pick<Transaction, '$queryRaw'>,
  { imageId, groupId, hostId }: Look,
): Promise<Candidate[]> {
  const only = hostId === undefined ? Prisma.empty : Prisma.sql`WHERE host.id = ${hostId}::uuid`;
  const inGroup = groupId === undefined ? Prisma.sql`0` : groupServers(groupId);
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT host.id, host.name, host.availability_zone AS "availabilityZone", host.is_up AS "isUp",
      host.is_enabled AS "isEnabled", host.facts ->> 'architecture' AS architecture,
      coalesce(host.facts -> 'accelerator' ->> 'kind', 'tcg') AS accelerator,
      host.facts -> 'nouns' AS nouns, host.vcpus,
      host.vcpu_ratio AS "vcpuRatio", host.memory_mib AS "memoryMib", host.disk_gib AS "diskGib",
      taken.vcpus AS "takenVcpus", taken.memory_mib AS "takenMemoryMib", taken.disk_gib AS "takenDiskGib",
      ${inGroup} AS "groupServers",
      coalesce((SELECT jsonb_agg(aggregate.metadata) FROM aggregate_host JOIN aggregate ON aggregate.id = aggregate_id
        WHERE aggregate_host.host_id = host.id), '[]') AS metadata,
      EXISTS (SELECT 1 FROM host_image WHERE host_image.host_id = host.id AND image_id = ${imageId}::uuid
        AND observed_state = 'present') AS "hasImage"
    FROM host CROSS JOIN LATERAL (
      SELECT coalesce(sum(vcpus), 0) AS vcpus, coalesce(sum(memory_mib), 0) AS memory_mib,
        coalesce(sum(disk_gib), 0) AS disk_gib
      FROM (SELECT vcpus, memory_mib, disk_gib FROM host_allocation WHERE host_allocation.host_id = host.id
        UNION ALL SELECT vcpus, memory_mib, disk_gib FROM server_migration WHERE room_host_id = host.id) AS promised
    ) AS taken ${only}`;
  return z.array(candidate).parse(rows);
}

function groupServers(groupId: string): Prisma.Sql {
  // One that moves has room on two hosts, and may be on either when it is over.
  return Prisma.sql`(SELECT count(*) FROM (SELECT server_id FROM host_allocation WHERE host_allocation.host_id = host.id
      UNION ALL SELECT server_id FROM server_migration WHERE room_host_id = host.id) AS placed
    JOIN server ON server.id = placed.server_id WHERE server.server_group_id = ${groupId}::uuid)`;
}

const groupRow = z.object({
  id: z.string(),
  policy: serverGroupPolicy,
  maxServersPerHost: z.coerce.number(),
  isPlaced: z.boolean(),
});

/**
 * The group of a server, locked: two servers of one group that were placed at once would not see each other. Null for a
 * server in none.
 */
export async function lockGroup(tx: Transaction, serverId: string): Promise<RequestGroup | null> {
  const [held] = await tx.$queryRaw<Array<{ id: string }>>`
    SELECT id FROM server_group WHERE id = (SELECT server_group_id FROM server WHERE id = ${serverId}::uuid)
    FOR NO KEY UPDATE`;
  if (held === undefined) return null;
  const [row] = await tx.$queryRaw<unknown[]>`
    SELECT id, policy, coalesce(max_servers_per_host, 1) AS "maxServersPerHost",
      EXISTS (SELECT 1 FROM server JOIN host_allocation ON server_id = server.id
        WHERE server_group_id = server_group.id AND server.id <> ${serverId}::uuid) AS "isPlaced"
    FROM server_group WHERE id = ${held.id}::uuid`;
  return groupRow.parse(row);
}
