import { randomUUID } from 'node:crypto';
import { commit } from '../database/database.ts';
import type { ImageStore } from '../image/image-store.ts';
import { abandonMigration, disksKept, finishMigration, migrationsWithoutRun } from '../store/server-migration.ts';
import { doEach, type Reconciler } from './reconciler.ts';

/**
 * Ends migrations that no run moves any more: those whose host of before was away when all else was done, and lets go of the
 * server when it comes back. Removes disks from the store that are on their way to nobody.
 */
export function lateMigrations(disks: ImageStore): Reconciler {
  return {
    name: 'late-migrations',
    everyMs: 10_000,
    async run(core) {
      // In this order: an upload has its row before its first byte is kept.
      const stored = await disks.list();
      const kept = await disksKept(core.database);
      await doEach(
        stored.filter((id) => !kept.has(id)),
        (id) => disks.remove(id),
      );
      await doEach(await migrationsWithoutRun(core.database), ({ id, hasSwitched }) =>
        commit(core.database, async (unit) => {
          const about = { id, requestId: randomUUID() };
          if (hasSwitched) await finishMigration(unit, core, about);
          else await abandonMigration(unit, core, about);
        }),
      );
    },
  };
}
