import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { isFreePort } from './ports.ts';

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
  /** Whether the services of OpenStack also listen on the ports where their clients look for them. */
  standardPorts: z.boolean().default(false),
  ports: z.record(z.enum(portNames), port),
  /** Where its data is: in a Postgres of its own, or in the one that DATABASE_URL names. Null before it ever ran. */
  database: z.enum(['own', 'given']).nullable().default(null),
  /** A machine that only is a host of a cloud elsewhere; null for an installation of its own. */
  joined: z.object({ url: z.url(), hostName: z.string(), isSimulated: z.boolean() }).nullable().default(null),
});
export type Joined = NonNullable<Kept['joined']>;
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

/** An operator's settings, one `NAME=value` a line in `config.env`; what the environment says goes before them. */
function readChoices(home: string): void {
  const file = join(home, 'config.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/**
 * Reads what the installation keeps, making it at the first start. `simulatedHosts` is decided at that first start and
 * stays: an installation never mixes real and simulated hosts.
 */
export async function ensureSettings(home: string, simulatedHosts: number): Promise<Settings> {
  const file = settingsFile(home);
  if (!existsSync(file)) {
    await mkdir(home, { recursive: true, mode: 0o711 });
    await chmod(home, 0o711);
    const origin = wishedPort() ?? 7080;
    const ports = await choosePorts(origin, {});
    const secret = randomBytes(32).toString('hex');
    await save(file, { secret, origin, simulatedHosts, ports, database: null, standardPorts: false, joined: null });
  }
  return readSettings(home);
}

/** The settings of a machine that joins the cloud at `joined.url`. Throws an Error where an installation is already. */
export async function ensureJoined(home: string, joined: Joined): Promise<Settings> {
  const file = settingsFile(home);
  const before = existsSync(file) ? await readKept(home) : null;
  if (before !== null && before.joined === null) {
    throw new Error(`In ${home} is an installation of its own; a machine is a host of one cloud.`);
  }
  await mkdir(home, { recursive: true, mode: 0o711 });
  await chmod(home, 0o711);
  const origin = before?.origin ?? wishedPort() ?? 7180;
  const ports = before?.ports ?? (await choosePorts(origin, {}));
  const secret = before?.secret ?? randomBytes(32).toString('hex');
  await save(file, { secret, origin, simulatedHosts: 0, ports, database: null, standardPorts: false, joined });
  return readSettings(home);
}

/** The settings of an installation that exists. Throws an Error that names the first command when there is none. */
export async function readSettings(home: string): Promise<Settings> {
  readChoices(home);
  const file = settingsFile(home);
  if (!existsSync(file)) throw new Error(`There is no Unkai in ${home}. Start one: ./unkai up`);
  const stored = await readKept(home);
  const origin = wishedPort() ?? stored.origin;
  const bind = process.env['UNKAI_BIND'] ?? '0.0.0.0';
  return {
    ...stored,
    // Installations of before this was written down.
    database: stored.database ?? (existsSync(join(home, 'postgres', 'state', 'data')) ? 'own' : null),
    origin,
    home,
    bind,
    publicUrl: process.env['UNKAI_ORIGIN'] ?? `http://${bind === '0.0.0.0' ? '127.0.0.1' : bind}:${origin}`,
    databaseUrl: process.env['DATABASE_URL'] ?? null,
    redisUrl: process.env['REDIS_URL'] ?? null,
    hostName: process.env['UNKAI_HOST_NAME'] ?? hostname(),
  };
}

/**
 * Before a start: keeps a newly wished origin, and gives programs whose port somebody else took meanwhile another one.
 * The origin itself is the operator's choice and is left alone, free or not.
 */
export async function refreshPorts(settings: Settings): Promise<Settings> {
  const { secret, origin, simulatedHosts, database, standardPorts, joined } = settings;
  const ports = await choosePorts(origin, settings.ports);
  await save(settingsFile(settings.home), { secret, origin, simulatedHosts, ports, database, standardPorts, joined });
  return { ...settings, ports };
}

/** Once it runs: writes down where its data is, so that another start does not look for it elsewhere. */
export async function keepDatabase({ home, databaseUrl }: Settings): Promise<void> {
  const stored = await readKept(home);
  const database = databaseUrl === null ? 'own' : 'given';
  if (stored.database !== database) await save(settingsFile(home), { ...stored, database });
}

async function readKept(home: string): Promise<Kept> {
  return kept.parse(JSON.parse(await readFile(settingsFile(home), 'utf8')));
}

function wishedPort(): number | undefined {
  const wished = process.env['UNKAI_PORT'];
  if (wished === undefined) return undefined;
  const parsed = port.safeParse(Number(wished));
  if (parsed.success) return parsed.data;
  throw new Error(`UNKAI_PORT is "${wished}"; a port is a number from 1 to 65535.`);
}

/** Kept ports stay while they are free; the others are the next free ones after the origin. */
async function choosePorts(origin: number, before: Partial<Record<PortName, number>>): Promise<Kept['ports']> {
  const chosen: Partial<Record<PortName, number>> = {};
  const taken = new Set([origin, ...Object.values(before)]);
  let candidate = origin;
  for (const name of portNames) {
    const former = before[name];
    if (former !== undefined && former !== origin && (await isFreePort(former))) {
      chosen[name] = former;
      continue;
    }
    do candidate += 1;
    while (taken.has(candidate) || !(await isFreePort(candidate)));
    taken.add(candidate);
    chosen[name] = candidate;
  }
  return kept.shape.ports.parse(chosen);
}

async function save(file: string, value: Kept): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
