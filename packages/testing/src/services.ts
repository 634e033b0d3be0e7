import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { preparePostgres } from '@unkai/supervisor/services/postgres';
import { prepareRedis } from '@unkai/supervisor/services/redis';
import { type Engine, startEngine } from './engine.ts';

/** A Postgres and a Redis of one's own, for a test that kills them; others share the run's (`freshDatabase`). */
export type Services = {
  /** The empty database `unkai`, as a role that may create more. */
  databaseUrl: string;
  redisUrl: string;
  postgres: Engine;
  redis: Engine;
  /** Ends both and removes their data. */
  stop: () => Promise<void>;
};

// Not below os.tmpdir(): engines that run as another user must reach it, and a unix socket's path is short.
const parent = '/tmp';
const prefix = 'unkai-test-';
// Below the range from which the kernel takes the ports of outgoing connections.
const firstPort = 20_000;
const lastPort = 32_000;
const redisDatabases = 1_000;

/**
 * Starts a real Postgres and a real Redis on free ports of 127.0.0.1, in a temporary folder. `durable: true` keeps fsync
 * and the append-only file as in an installation, for tests that kill and start again.
 */
export async function startServices({ durable = false } = {}): Promise<Services> {
  await removeLeftovers();
  const folder = await mkdtemp(join(parent, `${prefix}${process.pid}-`));
  await chmod(folder, 0o711);
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const [postgresService, redisService] = await Promise.all([
      preparePostgres({ folder: join(folder, 'postgres'), port: await freePort(), durable }),
      prepareRedis({ folder: join(folder, 'redis'), port: await freePort(), durable, databases: redisDatabases }),
    ]);
    const [postgres, redis] = await Promise.all([
      startEngine(postgresService.process, join(folder, 'postgres.log')),
      startEngine(redisService.process, join(folder, 'redis.log')),
    ]);
    const stop = async () => {
      await Promise.all([postgres.stop(), redis.stop()]);
      await remove();
    };
    return { databaseUrl: postgresService.url, redisUrl: redisService.url, postgres, redis, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A port of 127.0.0.1 on which nobody listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(firstPort, lastPort);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Folders of runs that were killed; the process in their name is gone. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : Number.NaN;
    if (Number.isInteger(pid) && !existsSync(`/proc/${pid}`)) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
}
