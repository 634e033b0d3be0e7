import { ensureHostRedisUserExists } from '../host/redis-user.ts';
import { doEach, type Reconciler } from './reconciler.ts';

/** Each host keeps its way to its own queue, also after Redis lost its users. */
export const redisUsers: Reconciler = {
  name: 'redis-users',
  everyMs: 30_000,
  async run({ database, queues }) {
    const hosts = await database.prisma.host.findMany({ select: { id: true, redisPasswordHash: true } });
    await doEach(hosts, ({ id, redisPasswordHash }) => ensureHostRedisUserExists(queues.redis, id, redisPasswordHash));
  },
};
