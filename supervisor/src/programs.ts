import { join } from 'node:path';
import type { Argv } from '@unkai/hostagent/tools/run';
import { applicationRole, preparePostgres } from './services/postgres.ts';
import { prepareRedis } from './services/redis.ts';
import type { ServiceProcess } from './services/service.ts';
import { checkout, type Settings } from './settings.ts';

/** A long-running process of the installation, as data. */
export type Program = Omit<ServiceProcess, 'name'> & { name: string };

/** A command that must succeed once, between the engines and the programs. */
export type Task = { title: string; argv: Argv; env: Readonly<Record<string, string>>; cwd: string };

/** Everything that one installation runs, in the order of starting; within a stage all start side by side. */
export type Plan = { engines: Program[]; tasks: Task[]; programs: Program[] };

/** Prepares the engines (folders, passwords, first database) and says what to run. */
export async function planOf(settings: Settings): Promise<Plan> {
  const { home, ports } = settings;
  if (settings.joined !== null)
    return { engines: [], tasks: [], programs: [agent(settings, settings.joined.hostName, 0)] };
  const engines: Program[] = [];
  let { databaseUrl, redisUrl } = settings;
  let owner = givenOwner(databaseUrl);
  if (databaseUrl === null) {
    const postgres = await preparePostgres({ folder: join(home, 'postgres'), port: ports.postgres });
    engines.push(postgres.process);
    databaseUrl = postgres.url;
    owner = { url: postgres.ownerUrl, applicationRole };
  }
  if (redisUrl === null) {
    const redis = await prepareRedis({ folder: join(home, 'redis'), port: ports.redis });
    engines.push(redis.process);
    redisUrl = redis.url;
  }
  const shared = controlPlaneEnvironment(settings, { databaseUrl, redisUrl });
  return { engines, tasks: tasksOf(settings, shared, owner), programs: programsOf(settings, shared) };
}

/** Who migrates, and the role that gets what the programs need; without one, the programs' role owns its tables. */
type Owner = { url: string; applicationRole: string } | null;

/** A Postgres of the operator's own: the role of DATABASE_URL is the programs', if another one is named as the owner. */
function givenOwner(databaseUrl: string | null): Owner {
  const url = process.env['UNKAI_OWNER_DATABASE_URL'];
  if (databaseUrl === null || !url) return null;
  return { url, applicationRole: decodeURIComponent(new URL(databaseUrl).username) };
}

function controlPlaneEnvironment(settings: Settings, engines: { databaseUrl: string; redisUrl: string }) {
  const { home, ports, secret } = settings;
  return {
    NODE_ENV: 'production',
    // Compiled code is kept, so that a second start of each program takes half the time.
    NODE_COMPILE_CACHE: join(home, 'run', 'compile-cache'),
    DATABASE_URL: engines.databaseUrl,
    REDIS_URL: engines.redisUrl,
    UNKAI_HOME: home,
    UNKAI_ORIGIN: settings.publicUrl,
    UNKAI_SECRET: secret,
    UNKAI_BIND: settings.bind,
    UNKAI_PORT: String(settings.origin),
    UNKAI_STANDARD_PORTS: settings.standardPorts ? '1' : '',
    UNKAI_API_PORT: String(ports.api),
    UNKAI_API_URL: `http://127.0.0.1:${ports.api}`,
    UNKAI_CONSOLE_PORT: String(ports.console),
    UNKAI_CONSOLE_URL: `ws://127.0.0.1:${ports.console}`,
    UNKAI_WORKERS_PORT: String(ports.workers),
    UNKAI_WEB_PORT: String(ports.web),
    UNKAI_LOG_LEVEL: process.env['UNKAI_LOG_LEVEL'] ?? 'info',
    ...passedOn('UNKAI_RATE_LIMIT', 'UNKAI_OWN_NETWORKS', 'UNKAI_VLAN_RANGES'),
    ...passedOn('UNKAI_OPENSTACK_ADMIN', ...openidChoices()),
  };
}

/** The names of the hosts that run on this machine. */
export function localHosts(settings: Settings): string[] {
  if (settings.joined !== null) return [settings.joined.hostName];
  if (settings.simulatedHosts === 0) return [settings.hostName];
  return Array.from({ length: settings.simulatedHosts }, (_, index) => `sim-${index + 1}`);
}

/** Where a host's agent looks for the token that it joins with. */
export function joinTokenFile(home: string, hostName: string): string {
  return join(home, 'join', `${hostName}.token`);
}

/** The folder of a host's agent. Short, since unix sockets lie in it and their paths may only be 107 bytes long. */
function hostFolder({ home, simulatedHosts }: Settings, hostName: string): string {
  return simulatedHosts === 0 ? join(home, 'host') : join(home, 'hosts', hostName);
}

export const adminPasswordFile = (home: string) => join(home, 'admin-password');
export const adminTokenFile = (home: string) => join(home, 'admin-token');

function tasksOf(settings: Settings, env: Record<string, string>, owner: Owner): Task[] {
  const hosts = localHosts(settings);
  return [
    {
      title: `Bringing the database up to date${databaseOf(settings)}`,
      argv: [process.execPath, join(checkout, 'prisma', 'src', 'migrate.ts')],
      env: { ...env, ...(owner && { DATABASE_URL: owner.url, UNKAI_APPLICATION_ROLE: owner.applicationRole }) },
      cwd: checkout,
    },
    {
      title: 'Setting up the first operator and hosts',
      argv: node('api/dist/setup.mjs', 2),
      env: {
        ...env,
        UNKAI_ADMIN_PASSWORD_FILE: adminPasswordFile(settings.home),
        UNKAI_ADMIN_TOKEN_FILE: adminTokenFile(settings.home),
        UNKAI_JOIN_FOLDER: join(settings.home, 'join'),
        UNKAI_LOCAL_HOSTS: hosts.join(','),
      },
      cwd: checkout,
    },
  ];
}

/**
 * Runs a bundle. `youngMib` limits the space of young objects, of which Node keeps three of up to 16 MiB each and seldom
 * gives back: a program that answers many requests gains by it, one that mostly waits does not.
 */
function node(bundle: string, youngMib: 2 | 8 | 16): Argv {
  return [process.execPath, `--max-semi-space-size=${youngMib}`, '--enable-source-maps', join(checkout, bundle)];
}

/** Whose database it is, for who has to mend it. */
function databaseOf({ databaseUrl }: Settings): string {
  return databaseUrl === null ? '' : ` (that of DATABASE_URL, ${new URL(databaseUrl).host})`;
}

function programsOf(settings: Settings, env: Record<string, string>): Program[] {
  const { ports } = settings;
  const program = (name: string, bundle: string, port: number, youngMib: 2 | 8 | 16): Program => ({
    name,
    argv: node(bundle, youngMib),
    env,
    cwd: checkout,
    stopSignal: 'SIGTERM',
    stopGraceMs: 10_000,
    isReady: () => answers(`http://127.0.0.1:${port}/readyz`),
  });
  return [
    api(program('api', 'api/dist/main.mjs', ports.api, 16)),
    program('console', 'api/dist/console.mjs', ports.console, 2),
    workers(program('workers', 'workers/dist/main.mjs', ports.workers, 8)),
    {
      ...program('edge', 'api/dist/edge.mjs', settings.origin, 8),
      isReady: () => answers(`http://127.0.0.1:${settings.origin}/healthz`),
    },
    web(settings, env),
    ...localHosts(settings).map((name, index) => agent(settings, name, index)),
  ];
}

/** It shows links only where nothing sends them. */
function api(program: Program): Program {
  return { ...program, env: { ...program.env, UNKAI_SENDS_MAIL: 'SMTP_URL' in passedOn('SMTP_URL') ? 'yes' : 'no' } };
}

/** Only they send letters: the password of the mail server is nobody else's business. */
function workers(program: Program): Program {
  return { ...program, env: { ...program.env, ...passedOn('SMTP_URL', 'UNKAI_MAIL_FROM') } };
}

const keptConnections = ['--keepAliveTimeout', '75000'];

function web(settings: Settings, env: Record<string, string>): Program {
  const port = settings.ports.web;
  const next = join(checkout, 'node_modules', 'next', 'dist', 'bin', 'next');
  return {
    name: 'web',
    // As long as the API keeps a connection for the edge: with Next's five seconds, many a page begins as one is closed.
    argv: [process.execPath, next, 'start', '--port', String(port), '--hostname', '127.0.0.1', ...keptConnections],
    // The portal reaches everything through the API; the addresses of the engines are not its business.
    env: { ...withoutEngines(env), NEXTAUTH_URL: settings.publicUrl, NEXT_TELEMETRY_DISABLED: '1' },
    cwd: join(checkout, 'web'),
    stopSignal: 'SIGTERM',
    stopGraceMs: 5_000,
    isReady: () => answers(`http://127.0.0.1:${port}/sign-in`),
  };
}

function agent(settings: Settings, name: string, index: number): Program {
  const { home, ports, joined } = settings;
  const port = ports.agent + index;
  const isSimulated = joined?.isSimulated ?? settings.simulatedHosts > 0;
  return {
    name: isSimulated ? `hostagent-${name}` : 'hostagent',
    argv: node('hostagent/dist/main.mjs', 2),
    env: {
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: join(home, 'run', 'compile-cache'),
      UNKAI_API_URL: joined?.url ?? `http://127.0.0.1:${ports.api}`,
      // The cloud's Redis may be out of reach from here: then what changed is asked for, and often.
      ...(joined !== null && { UNKAI_RESYNC_SECONDS: '5' }),
      UNKAI_JOIN_TOKEN_FILE: joinTokenFile(home, name),
      UNKAI_HOST_HOME: hostFolder(settings, name),
      UNKAI_HOST_NAME: name,
      UNKAI_HOST_TOOLS: isSimulated ? 'sim' : 'real',
      UNKAI_AGENT_PORT: String(port),
      UNKAI_LOG_LEVEL: process.env['UNKAI_LOG_LEVEL'] ?? 'info',
      ...passedOn(...agentChoices),
    },
    cwd: checkout,
    stopSignal: 'SIGTERM',
    stopGraceMs: 10_000,
    // Joined, and heard by the control plane: now a server can be placed on it.
    isReady: () => answers(`http://127.0.0.1:${port}/readyz`),
  };
}

/** The command that takes everything of the real host out of the machine's running state, for when its agent is down. */
export function leaveTask(settings: Settings): Task {
  const { env, cwd } = agent(settings, settings.hostName, 0);
  return { title: 'Leaving this machine', argv: node('hostagent/dist/leave.mjs', 2), env, cwd };
}

function withoutEngines(env: Record<string, string>): Record<string, string> {
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...rest } = env;
  return rest;
}

/** What an operator may tell the agents through the environment of `up`. */
const agentChoices = [
  'UNKAI_ACCEL',
  'UNKAI_OVS_RUNDIR',
  'UNKAI_NETNS',
  'UNKAI_UNDERLAY_DEVICE',
  'UNKAI_PHYSICAL_NETWORKS',
  'UNKAI_VOLUME_GROUP',
  'UNKAI_VOLUME_DIR',
  'UNKAI_SIM_FAULTS',
  'UNKAI_RESYNC_SECONDS',
  'UNKAI_HEARTBEAT_SECONDS',
  'UNKAI_POWER_OFF_SECONDS',
  'UNKAI_DISK_RESERVE_MIB',
] as const;

/** The operator's settings of an OpenID provider, as docs/identity.md names them. */
function openidChoices(): string[] {
  return Object.keys(process.env).filter((name) => name.startsWith('UNKAI_OIDC_'));
}

function passedOn(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'manual' });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}
