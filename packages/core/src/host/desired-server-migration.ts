import { desired } from '@unkai/contracts/host/desired';
import type { Database } from '../database/database.ts';
import { imageSpec } from './desired-image.ts';
import { diskBytes } from './disk-size.ts';
import { absent, type Desired, migrationGeneration } from './wanted.ts';

/** The part that a host has in the move of a server; its bytes pass by /agent/server-migrations/<id>/disk. */
export async function desiredServerMigration(
  { prisma }: Database,
  hostId: string,
  id: string,
): Promise<Desired<'server-migration'>> {
  const part = await prisma.serverMigrationHost.findUnique({
    where: { migrationId_hostId: { migrationId: id, hostId } },
    include: { migration: { include: { server: { include: { image: true } } } } },
  });
  const image = part?.migration.server.image ?? null;
  if (part === null || image === null) return absent;
  if (part.isLeaving) return { presence: 'absent', generation: migrationGeneration.over };
  const { serverId, fromHostId, sizeBytes, sha256, switchedAt, diskGib, slots } = part.migration;
  const base = imageSpec({
    ...image,
    size_bytes: image.sizeBytes,
    virtual_size_bytes: image.virtualSizeBytes,
    disk_format: image.diskFormat,
  });
  const rootDiskBytes = diskBytes(diskGib, base.virtualSizeBytes);
  const moving = { id, serverId, image: base, rootDiskBytes };
  const isSource = hostId === fromHostId;
  const hasTurned = isSource ? sha256 !== null : switchedAt !== null;
  const generation = hasTurned ? migrationGeneration.turned : migrationGeneration.begun;
  const spec = isSource
    ? { ...moving, role: 'source', isSent: hasTurned }
    : { ...moving, role: 'target', sizeBytes: Number(sizeBytes), sha256, slots, hasSwitched: hasTurned };
  return desired['server-migration'].parse({ presence: 'present', generation, spec });
}
