import { type Orphan, type OrphanKind, orphanKind, orphanKinds } from '@unkai/contracts/resources/orphan';
import { grantedGlobally, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit, type Database, type Unit } from '../database/database.ts';
import { releaseHost } from '../placement/reserve.ts';
import { deleteHost, findHost } from './host.ts';
import { touchNetwork } from './host-network.ts';
import { beginImageDelete, findImage } from './image.ts';
import { countOrphansOf, findOrphans } from './orphan-find.ts';

/** What is kept for nobody, kind by kind. */
export async function listOrphans(call: Call): Promise<{ items: Orphan[] }> {
  await grantedGlobally(call, 'orphan:read');
  const { prisma } = call.core.database;
  const found = await Promise.all(orphanKind.options.map((kind) => findOrphans(prisma, kind)));
  return { items: found.flat() };
}

export function countOrphans({ prisma }: Database): Promise<number> {
  return countOrphansOf(prisma);
}

type Clean = (unit: Unit, call: Call, key: string) => Promise<void>;

/** What an orphan's kind needs to be still while it is looked at once more and cleaned, and how that is done. */
const cleaning: Record<OrphanKind, { readonly lock: Clean; readonly clean: Clean }> = {
  allocation: {
    async lock({ tx }, _call, serverId) {
      await tx.$queryRaw`SELECT 1 FROM server WHERE id = ${serverId}::uuid FOR NO KEY UPDATE`;
    },
    clean: ({ tx }, _call, serverId) => releaseHost(tx, serverId),
  },
  'host-network': {
    // Whoever announces a network to a host locks its row first.
    async lock({ tx }, _call, key) {
      const [, networkId] = key.split('.');
      await tx.$queryRaw`SELECT 1 FROM network WHERE id = ${networkId}::uuid FOR NO KEY UPDATE`;
    },
    async clean({ tx, afterCommit }, { core, requestId }, key) {
      const [hostId = '', networkId = ''] = key.split('.');
      await tx.hostNetwork.deleteMany({ where: { hostId, networkId } });
      afterCommit(() => core.queues.hintHost(hostId, { noun: 'network', id: networkId, requestId }));
    },
  },
  'image-copy': {
    // Placement locks a host before it puts a server there: none comes between the look and the end.
    async lock({ tx }, _call, key) {
      const [hostId] = key.split('.');
      await tx.$queryRaw`SELECT 1 FROM host WHERE id = ${hostId}::uuid FOR NO KEY UPDATE`;
    },
    async clean({ tx, afterCommit }, { core, requestId }, key) {
      const [hostId = '', imageId = ''] = key.split('.');
      await tx.hostImage.deleteMany({ where: { hostId, imageId } });
      afterCommit(() => core.queues.hintHost(hostId, { noun: 'image', id: imageId, requestId }));
    },
  },
  port: {
    async lock({ tx }, _call, id) {
      await tx.$queryRaw`SELECT 1 FROM port WHERE id = ${id}::uuid FOR UPDATE`;
    },
    async clean(unit, { core, requestId }, id) {
      const { networkId } = await unit.tx.port.delete({ where: { id }, select: { networkId: true } });
      await touchNetwork(unit, core, networkId, requestId);
    },
  },
  upload: {
    async lock({ tx }, _call, id) {
      await tx.$queryRaw`SELECT 1 FROM image WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    },
    clean: async (unit, call, id) => beginImageDelete(unit, call, await findImage(call, 'image:delete', id)),
  },
  host: {
    async lock({ tx }, _call, id) {
      await tx.$queryRaw`SELECT 1 FROM host WHERE id = ${id}::uuid FOR UPDATE`;
    },
    clean: async (unit, call, id) => deleteHost(unit, call, await findHost(call, 'host:delete', id)),
  },
};

interface Which {
  readonly kind: OrphanKind;
  readonly key: string;
}

/** Removes one, after a look under a lock whether it is still kept for nobody. Throws `not_found` when it is not. */
export async function cleanOrphan(call: Call, { kind, key }: Which): Promise<void> {
  await grantedGlobally(call, 'orphan:clean');
  const { lock, clean } = cleaning[kind];
  await commit(call.core.database, async (unit) => {
    await lock(unit, call, key);
    const [found] = await findOrphans(unit.tx, kind, key);
    if (found === undefined) throw notFound('orphan', key);
    await clean(unit, call, key);
    const where = found.hostName === null ? '' : ` on ${found.hostName}`;
    const detail = `${orphanKinds[kind].title}${where}`;
    const [id = ''] = key.split('.');
    await recordChange(unit, call, {
      action: 'orphan:clean',
      kind: 'deleted',
      id,
      name: found.name,
      projectId: null,
      detail,
    });
  });
}
