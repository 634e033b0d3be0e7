import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Transaction } from '../database.ts';

/** What a server needs of its host. */
export interface Request {
  readonly vcpus: number;
  readonly memoryMib: number;
  readonly diskGib: number;
  /** The only host that will do; null: any. */
  readonly hostId: string | null;
  /** Null: any zone will do. */
  readonly availabilityZone: string | null;
  readonly architecture: string;
  readonly imageId: string | null;
}

const count = z.coerce.number();
const candidate = z.object({
  id: z.string(),
  name: z.string(),
  availabilityZone: z.string(),
  isUp: z.boolean(),
  isEnabled: z.boolean(),
  architecture: z.string(),
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

/** Every host, or one, with the sums of its allocations at this moment. */
export async function readCandidates(tx: Transaction, imageId: string | null, hostId?: string): Promise<Candidate[]> {
  const only = hostId === undefined ? Prisma.empty : Prisma.sql`WHERE host.id = ${hostId}::uuid`;
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT host.id, host.name, host.availability_zone AS "availabilityZone", host.is_up AS "isUp",
      host.is_enabled AS "isEnabled", host.facts ->> 'architecture' AS architecture, host.vcpus,
      host.vcpu_ratio AS "vcpuRatio", host.memory_mib AS "memoryMib", host.disk_gib AS "diskGib",
      taken.vcpus AS "takenVcpus", taken.memory_mib AS "takenMemoryMib", taken.disk_gib AS "takenDiskGib",
      EXISTS (SELECT 1 FROM host_image WHERE host_image.host_id = host.id AND image_id = ${imageId}::uuid
        AND observed_state = 'present') AS "hasImage"
    FROM host CROSS JOIN LATERAL (
      SELECT coalesce(sum(vcpus), 0) AS vcpus, coalesce(sum(memory_mib), 0) AS memory_mib,
        coalesce(sum(disk_gib), 0) AS disk_gib
      FROM host_allocation WHERE host_allocation.host_id = host.id
    ) AS taken ${only}`;
  return z.array(candidate).parse(rows);
}
