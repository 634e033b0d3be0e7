import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Argv, start } from '@unkai/hostagent/tools/run';
import pg from 'pg';
import { z } from 'zod';
import { Api } from './api.ts';

/** An installation that is measured, as its operator reaches it. `await using` ends what was started for it. */
export type Installation = AsyncDisposable & {
  api: Api;
  /** One connection to its Postgres: for rows in bulk, and to see a state at the moment at which it is written. */
  sql: pg.Client;
  /** Its folder; null for one that was running before, of which only the addresses are known. */
  home: string | null;
};

type Wanted = { isSimulated: boolean; environment?: Readonly<Record<string, string>> };

const checkout = join(import.meta.dirname, '..', '..');
const port = 9180;
const upLimitMs = 15 * 60_000;
const downLimitMs = 4 * 60_000;

/**
 * Starts an installation of its own with `./unkai up`, in a new folder and on a port of its own (UNKAI_PORT, else 9180),
 * and removes it at the end. With UNKAI_URL, UNKAI_TOKEN and DATABASE_URL it takes the one that these name, and leaves
 * it running.
 */
export async function openInstallation(wanted: Wanted): Promise<Installation> {
  const { UNKAI_URL: url, UNKAI_TOKEN: token, DATABASE_URL: databaseUrl } = process.env;
  if (url === undefined || token === undefined) return startOwn(wanted);
  if (databaseUrl === undefined) throw new Error('With UNKAI_URL, DATABASE_URL must name the Postgres behind it.');
  return connect({ url, token, databaseUrl, home: null }, async () => undefined);
}

async function startOwn({ isSimulated, environment }: Wanted): Promise<Installation> {
  // Not below a deep folder: unix sockets lie in it, and their paths may only be 107 bytes long.
  const home = await mkdtemp('/tmp/unkai-bench-');
  const env = environmentOf(home, environment);
  const end = async () => {
    await unkai(['down', ...(isSimulated ? [] : ['--guests'])], env);
    await rm(home, { recursive: true, force: true });
  };
  const endNow = () => void end().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, endNow);
  try {
    await unkai(['up', ...(isSimulated ? ['--sim'] : [])], env);
    return await connect({ ...(await addressesOf(home)), home }, async () => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, endNow);
      await end();
    });
  } catch (error) {
    await end();
    throw error;
  }
}

/** What the commands of an installation in that folder are told; on a port of its own. */
export function environmentOf(home: string, environment: Wanted['environment'] = {}): Record<string, string> {
  return {
    ...environment,
    HOME: process.env['HOME'] ?? '/root',
    UNKAI_HOME: home,
    UNKAI_PORT: process.env['UNKAI_PORT'] ?? String(port),
    UNKAI_BIND: '127.0.0.1',
    // Polls of a thousand servers are what it holds back.
    UNKAI_RATE_LIMIT: 'off',
  };
}

/** Runs `./unkai` with these words to its end, and shows what it says. Throws when it fails, or is late. */
export async function unkai(words: string[], env: Record<string, string>): Promise<void> {
  const limitMs = words[0] === 'up' ? upLimitMs : downLimitMs;
  const argv: Argv = [join(checkout, 'unkai'), ...words];
  const child = await start(argv, { cwd: checkout, env, inheritOutput: true });
  const watchdog = new AbortController();
  const late = sleep(limitMs, 'late', { signal: watchdog.signal }).catch(() => 'ended');
  const outcome = await Promise.race([child.exited, late]);
  watchdog.abort();
  if (typeof outcome === 'string') await child.stop();
  if (typeof outcome === 'string' || outcome.code !== 0) throw new Error(`./unkai ${words.join(' ')} failed.`);
}

const settings = z.object({ origin: z.number(), ports: z.object({ postgres: z.number() }) });

async function addressesOf(home: string) {
  const { origin, ports } = settings.parse(JSON.parse(await readFile(join(home, 'settings.json'), 'utf8')));
  const word = async (...path: string[]) => (await readFile(join(home, ...path), 'utf8')).trim();
  const password = await word('postgres', 'password');
  return {
    url: `http://127.0.0.1:${origin}`,
    token: await word('admin-token'),
    databaseUrl: `postgresql://unkai:${password}@127.0.0.1:${ports.postgres}/unkai`,
  };
}

type Addresses = { url: string; token: string; databaseUrl: string; home: string | null };

async function connect({ url, token, databaseUrl, home }: Addresses, end: () => Promise<void>): Promise<Installation> {
  const sql = new pg.Client(databaseUrl);
  await sql.connect();
  const api = new Api(url, token);
  return {
    api,
    sql,
    home,
    async [Symbol.asyncDispose]() {
      api.close();
      await sql.end();
      await end();
    },
  };
}
