import { randomUUID } from 'node:crypto';
import { setInterval } from 'node:timers';
import { UnkaiError } from '@unkai/contracts/errors';
import type { InterfaceSlots } from '@unkai/contracts/host/desired-server-migration';
import { z } from 'zod';
import { notFound } from '../access.ts';
import type { Core } from '../call.ts';
import { commit } from '../database/database.ts';
import type { ImageStore } from '../image/image-store.ts';

// The disk of a server that moves passes from host to host by the control plane's store, as hosts take no connections.
// Only the host that the server is on may send it, and only the one that was chosen may fetch it, each while it has its part
// in the migration. An upload has a name of its own and counts only while the row says that name, so two at once (an agent
// that was started anew) never write the same bytes, and one that lost its place is removed.

const lookAgainMs = 5_000;
/** An overlay is as large as what was written, at most its whole disk, and its tables besides. */
const largestOf = (virtualBytes: number) => Math.ceil(virtualBytes * 1.02) + 64 * 1024 ** 2;

export interface DiskUpload {
  readonly migrationId: string;
  readonly hostId: string;
  readonly disks: ImageStore;
  /** Where the guest's interfaces are on its bus. */
  readonly slots: InterfaceSlots;
  readonly bytes: AsyncIterable<Uint8Array>;
}

const claimed = z.array(
  z.object({ former: z.string().nullable(), diskGib: z.number(), virtualBytes: z.coerce.number() }),
);

/**
 * Keeps what a host sends of a server's disk, whole or not at all, and gives its size and digest for the host to compare.
 * Throws `not_found` to any host but the one that is asked for it, also when that changes half-way; `too_large`, `disk_full`.
 */
export async function receiveServerDisk(core: Core, upload: DiskUpload) {
  const { migrationId, disks, slots } = upload;
  const uploadId = randomUUID();
  const { former, limitBytes } = await claim(core, upload, uploadId);
  if (former !== null) await disks.remove(former);
  const watch = watchClaim(core, uploadId);
  try {
    const written = await disks.write(uploadId, watch.heard(upload.bytes), { limitBytes, signal: watch.signal });
    await settle(core, { migrationId, uploadId, slots, ...written });
    return written;
  } catch (error) {
    await disks.remove(uploadId);
    throw error;
  } finally {
    watch.stop();
  }
}

/** The name in the store of the disk that a host may fetch. Throws `not_found` to any but the chosen one. */
export async function findServerDisk(core: Core, hostId: string, migrationId: string): Promise<string> {
  const row = await core.database.prisma.serverMigration.findFirst({
    where: {
      id: migrationId,
      toHostId: hostId,
      sha256: { not: null },
      switchedAt: null,
      hosts: { some: { hostId, isLeaving: false } },
    },
    select: { uploadId: true },
  });
  if (row === null || row.uploadId === null) throw notFound('server', migrationId);
  return row.uploadId;
}

async function claim({ database }: Core, { migrationId, hostId }: DiskUpload, uploadId: string) {
  return commit(database, async ({ tx }) => {
    const [row] = claimed.parse(
      await tx.$queryRaw<unknown[]>`
        WITH was AS (SELECT id, upload_id FROM server_migration WHERE id = ${migrationId}::uuid FOR NO KEY UPDATE)
        UPDATE server_migration AS migration SET upload_id = ${uploadId}::uuid
        FROM was, server LEFT JOIN image ON image.id = server.image_id
        WHERE migration.id = was.id AND server.id = migration.server_id AND server.host_id = ${hostId}::uuid
          AND migration.from_host_id = ${hostId}::uuid AND migration.sha256 IS NULL AND migration.switched_at IS NULL
          AND EXISTS (SELECT FROM server_migration_host AS part
            WHERE part.migration_id = migration.id AND part.host_id = ${hostId}::uuid AND NOT part.is_leaving)
        RETURNING was.upload_id AS former, migration.disk_gib AS "diskGib",
          coalesce(image.virtual_size_bytes, 0) AS "virtualBytes"`,
    );
    if (row === undefined) throw notFound('server', migrationId);
    const limitBytes = largestOf(Math.max(row.diskGib * 1024 ** 3, row.virtualBytes));
    return { former: row.former, limitBytes };
  });
}

interface Settled {
  readonly migrationId: string;
  readonly uploadId: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly slots: InterfaceSlots;
}

async function settle({ database }: Core, { migrationId, uploadId, ...told }: Settled): Promise<void> {
  const { count } = await database.prisma.serverMigration.updateMany({
    where: { id: migrationId, uploadId, sha256: null, switchedAt: null },
    data: told,
  });
  if (count === 0) throw notFound('server', migrationId);
}

/** Ends an upload that does not count any more, or whose sender has fallen silent. */
function watchClaim({ database, log }: Core, uploadId: string) {
  const controller = new AbortController();
  let heardAt = performance.now();
  const look = async () => {
    if (performance.now() - heardAt > 6 * lookAgainMs) {
      return controller.abort(new UnkaiError('unavailable', 'The host sent nothing for half a minute.'));
    }
    const count = await database.prisma.serverMigration.count({ where: { uploadId } });
    if (count === 0) controller.abort(notFound('server', uploadId));
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.debug({ err: error }, 'an upload could not be looked after'));
  }, lookAgainMs).unref();
  return {
    signal: controller.signal,
    stop: () => clearInterval(timer),
    /** The same bytes; none of them is waited for when the upload is over. */
    async *heard(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      const { promise, reject } = Promise.withResolvers<never>();
      promise.catch(() => undefined);
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
      const iterator = bytes[Symbol.asyncIterator]();
      for (;;) {
        const next = await Promise.race([iterator.next(), promise]);
        if (next.done) return;
        heardAt = performance.now();
        yield next.value;
      }
    },
  };
}
