import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** The checkout that runs; programs are found below it. */
export const checkout = join(import.meta.dirname, '..', '..');

const port = z.number().int().min(1).max(65_535);
const portNames = ['postgres', 'redis', 'api', 'console', 'workers', 'web', 'agent'] as const;
type PortName = (typeof portNames)[number];

/** What an installation keeps between starts, in `settings.json` (0600: it holds the secret). */
const kept = z.object({
  secret: z.string().length(64),
  origin: port,
  simulatedHosts: z.number().int().min(0).max(16),
  ports: z.record(z.enum(portNames), port),
});
type Kept = z.infer<typeof kept>;

export type Settings = Kept & {
  home: string;
  /** Address that the one public origin listens on. */
  bind: string;
  publicUrl: string;
  databaseUrl: string | null;
  redisUrl: string | null;
  hostName: string;
};

/** Where the installation keeps everything: `UNKAI_HOME`, else a folder of the system as root, of the user otherwise. */
export function homeFolder(): string {
  const chosen = process.env['UNKAI_HOME'];
  if (chosen) return chosen;
  return process.getuid?.() === 0 ? '/var/lib/unkai' : join(homedir(), '.local', 'share', 'unkai');
}

export function settingsFile(home: string): string {
  return join(home, 'settings.json');
}

/**
 * Reads what the installation keeps, making it at the first start. `simulatedHosts` is decided at that first start and
 * stays: an installation never mixes real and simulated hosts. Throws an Error with the mend when the port is taken.
 */
export async function ensureSettings(home: string, simulatedHosts: number): Promise<Settings> {
  const file = settingsFile(home);
  if (!existsSync(file)) {
    await mkdir(home, { recursive: true, mode: 0o711 });
    await chmod(home, 0o711);
    await save(file, await firstSettings(simulatedHosts));
  }
  return readSettings(home);
}

/** The settings of an installation that exists. Throws an Error that names the first command when there is none. */
export async function readSettings(home: string): Promise<Settings> {
  const file = settingsFile(home);
  if (!existsSync(file)) throw new Error(`There is no Unkai in ${home}. Start one: ./unkai up`);
  const stored = kept.parse(JSON.parse(await readFile(file, 'utf8')));
  const origin = wishedPort() ?? stored.origin;
  if (origin !== stored.origin) await save(file, { ...stored, origin });
  const bind = process.env['UNKAI_BIND'] ?? '0.0.0.0';
  return {
    ...stored,
    origin,
    home,
    bind,
    publicUrl: process.env['UNKAI_ORIGIN'] ?? `http://${bind === '0.0.0.0' ? '127.0.0.1' : bind}:${origin}`,
    databaseUrl: process.env['DATABASE_URL'] ?? null,
    redisUrl: process.env['REDIS_URL'] ?? null,
    hostName: process.env['UNKAI_HOST_NAME'] ?? hostname(),
  };
}

function wishedPort(): number | undefined {
  const wished = process.env['UNKAI_PORT'];
  return wished === undefined ? undefined : port.parse(Number(wished));
}

async function firstSettings(simulatedHosts: number): Promise<Kept> {
  const origin = wishedPort() ?? 7080;
  if (!(await isFree(origin))) {
    throw new Error(
      `Port ${origin} is taken by another program. Choose another: UNKAI_PORT=${origin + 1000} ./unkai up`,
    );
  }
  const ports: Partial<Record<PortName, number>> = {};
  let candidate = origin;
  for (const name of portNames) {
    do candidate += 1;
    while (!(await isFree(candidate)));
    ports[name] = candidate;
  }
  return kept.parse({ secret: randomBytes(32).toString('hex'), origin, simulatedHosts, ports });
}

async function save(file: string, value: Kept): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

function isFree(candidate: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(candidate, '0.0.0.0', () => server.close(() => resolve(true)));
  });
}
