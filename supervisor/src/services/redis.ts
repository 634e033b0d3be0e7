import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { type Account, ensureFolders, identityOf, keptSecret, serviceAccount, writeReadable } from './account.ts';
import type { Service } from './service.ts';

export type RedisOptions = {
  /** Holds the password (0600), the configuration, and below `state` the data and the access list; made when missing. */
  folder: string;
  port: number;
  /** False for tests: nothing is written to disk. */
  durable?: boolean;
  /** How many numbered databases it has; 16 unless told. */
  databases?: number;
};

const accessListName = 'users.acl';
const answerTimeoutMs = 1_000;

/**
 * Makes a private Redis ready to start: a generated password, an access list in which hosts get users of their own, an
 * append-only file, and no eviction (BullMQ loses jobs with any other policy). Harmless to repeat; the data, the
 * password and the hosts' users stay, the port may change. Throws with the package to install when there is no Redis.
 */
export async function prepareRedis({ folder, port, durable = true, databases = 16 }: RedisOptions): Promise<Service> {
  const program = findProgram();
  const account = await serviceAccount('redis');
  const state = await ensureFolders(folder, account);
  const password = await keptSecret(join(folder, 'password'));
  const configuration = join(folder, 'redis.conf');
  await ensureAccessList(account, state, password);
  await writeReadable(account, configuration, settings({ state, port, durable, databases }));
  return {
    url: `redis://default:${password}@127.0.0.1:${port}/0`,
    process: {
      name: 'redis',
      argv: [program, configuration],
      env: {},
      cwd: state,
      ...identityOf(account),
      stopSignal: 'SIGTERM',
      stopGraceMs: 20_000,
      isReady: () => isReady(port, password),
    },
  };
}

function findProgram(): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/bin', '/usr/bin'];
  const program = folders.map((folder) => join(folder, 'redis-server')).find(isExecutable);
  if (program !== undefined) return program;
  throw new Error(
    'redis-server is not installed: apt-get install redis-server, or set REDIS_URL to a Redis of your own.',
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return existsSync(path);
  } catch {
    return false;
  }
}

/** Redis keeps the hosts' users in this file itself (`ACL SAVE`); only our own user is put right here. */
async function ensureAccessList(account: Account, state: string, password: string): Promise<void> {
  const path = join(state, accessListName);
  const read = await run(['cat', path], { ...identityOf(account), cwd: state, okCodes: [0, 1] });
  const kept = read.stdout.split('\n').filter((line) => line !== '');
  const hash = createHash('sha256').update(password).digest('hex');
  const ours = `user default on #${hash} ~* &* +@all`;
  if (kept.includes(ours)) return;
  const lines = [ours, ...kept.filter((line) => !line.startsWith('user default '))];
  await run(['tee', path], { ...identityOf(account), cwd: state, input: `${lines.join('\n')}\n` });
}

type Settings = { state: string; port: number; durable: boolean; databases: number };

function settings({ state, port, durable, databases }: Settings): string {
  const lines = [
    '# Written at every start; changes here are lost.',
    'bind 127.0.0.1',
    'protected-mode yes',
    `port ${port}`,
    'daemonize no',
    'logfile ""',
    `dir ${JSON.stringify(state)}`,
    `aclfile ${JSON.stringify(join(state, accessListName))}`,
    `appendonly ${durable ? 'yes' : 'no'}`,
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    `databases ${databases}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Says PING in Redis' protocol; a Redis that is still reading its file answers LOADING and is not ready. */
function isReady(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let answer = '';
    const finish = () => {
      socket.destroy();
      resolve(answer.includes('+PONG\r\n'));
    };
    socket.setTimeout(answerTimeoutMs, finish);
    socket.once('error', finish);
    socket.once('close', finish);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.split('\r\n').length > 2) finish();
    });
    socket.write(`AUTH default ${password}\r\nPING\r\n`);
  });
}
