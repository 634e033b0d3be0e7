import { randomInt } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { preparePostgres } from '@unkai/supervisor/services/postgres';
import { prepareRedis } from '@unkai/supervisor/services/redis';
import { type Engine, startEngine } from './engine.ts';

/** A Postgres and a Redis of one's own, for a test that kills them; others share the run's (`freshDatabase`). */
export type Services = {
  /** The empty database `unkai`, as a role that may create more. */
  databaseUrl: string;
  /** The same database, as the role of the programs. */
  applicationUrl: string;
  redisUrl: string;
  postgres: Engine;
  redis: Engine;
  /** Ends both and removes their data. */
  stop: () => Promise<void>;
};

// Not os.tmpdir(): engines that run as another user must reach the folder, and a unix socket's path is short.
const parents = ['/dev/shm', '/tmp'] as const;
const memoryNeededBytes = 2 * 1024 ** 3;
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
  const parent = durable ? '/tmp' : await quickestParent();
  const folder = await mkdtemp(join(parent, `${prefix}${process.pid}-`));
  await chmod(folder, 0o711);
  const removeNow = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeNow);
  const remove = async () => {
    process.removeListener('exit', removeNow);
    await rm(folder, { recursive: true, force: true });
  };
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
    const { ownerUrl: databaseUrl, url: applicationUrl } = postgresService;
    return { databaseUrl, applicationUrl, redisUrl: redisService.url, postgres, redis, stop };
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

/**
 * Memory, when there is plenty: a new database is a copy of files, and a busy disk makes that slow. Containers often have
 * little of it and forbid to run programs there, which a checkout that is closed to other users needs.
 */
async function quickestParent(): Promise<(typeof parents)[number]> {
  const mount = (await readFile('/proc/mounts', 'utf8')).split('\n').find((line) => line.split(' ')[1] === '/dev/shm');
  if (mount === undefined || /\bnoexec\b/.test(mount)) return '/tmp';
  const { bavail, bsize } = await statfs('/dev/shm');
  return bavail * bsize > memoryNeededBytes ? '/dev/shm' : '/tmp';
}

/** Folders of runs that were killed; the process in their name is gone. */
async function removeLeftovers(): Promise<void> {
  for (const parent of parents) {
    const names = existsSync(parent) ? await readdir(parent) : [];
    for (const name of names.filter((name) => name.startsWith(prefix))) {
      const pid = name.slice(prefix.length).split('-')[0];
      if (!existsSync(`/proc/${pid}`)) await rm(join(parent, name), { recursive: true, force: true });
    }
  }
}
