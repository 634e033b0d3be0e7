import { randomBytes } from 'node:crypto';
import { chmod, chown, lchown, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';

/** The system user that an engine runs as. */
export type Account = { name: string; uid: number; gid: number };

/**
 * As root: the system user of that name, made when it is missing (no shell, no home). As anybody else: ourselves, since
 * we could become nobody else.
 */
export async function serviceAccount(name: string): Promise<Account> {
  const self = process.getuid?.() ?? 0;
  if (self !== 0) return findAccount(String(self));
  try {
    return await findAccount(name);
  } catch {
    const home = ['--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin'];
    await run(['useradd', '--system', '--user-group', ...home, name]);
    return findAccount(name);
  }
}

/** The options that make `run` and `start` become this account; none when it is ours already. */
export function identityOf(account: Account): { uid?: number; gid?: number } {
  return process.getuid?.() === account.uid ? {} : { uid: account.uid, gid: account.gid };
}

/**
 * Makes the two folders of an engine: `folder` is ours and the engine may only read it (what we write there as root
 * cannot be turned against us by links that a captured engine plants), `folder/state` is the engine's own. Throws with
 * the mend when the engine's user cannot reach them.
 */
export async function ensureFolders(folder: string, account: Account): Promise<string> {
  const state = join(folder, 'state');
  await mkdir(folder, { recursive: true, mode: 0o711 });
  await chown(folder, process.getuid?.() ?? 0, account.gid);
  await chmod(folder, 0o750);
  await mkdir(state, { recursive: true });
  await lchown(state, account.uid, account.gid);
  if (!(await canReach(state, account))) {
    throw new Error(
      `The user ${account.name} cannot reach ${folder}: a folder above it is closed to others. ` +
        'Choose another place with UNKAI_HOME, or let others pass through it: chmod o+x.',
    );
  }
  await run(['chmod', '700', state], identityOf(account));
  return state;
}

/** Whether the account can read the file, or list the folder. */
export async function canReach(path: string, account: Account): Promise<boolean> {
  const options = { ...identityOf(account), cwd: '/', okCodes: [0, 1] };
  return (await run(['test', '-r', path], options)).code === 0;
}

/** Writes a file of ours that the account may read (0640), whole or not at all. */
export async function writeReadable(account: Account, path: string, text: string): Promise<void> {
  const draft = `${path}.new`;
  await writeFile(draft, text, { mode: 0o600 });
  await chown(draft, process.getuid?.() ?? 0, account.gid);
  await chmod(draft, 0o640);
  await rename(draft, path);
}

/** The secret in that file, which only we can read (0600); made once and then kept. */
export async function keptSecret(path: string): Promise<string> {
  const kept = (await readOptional(path))?.trim();
  if (kept !== undefined && kept !== '') return kept;
  const secret = randomBytes(24).toString('hex');
  await writeFile(`${path}.new`, `${secret}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return secret;
}

/** The text of a file, or undefined when there is none. */
export async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function findAccount(nameOrUid: string): Promise<Account> {
  const { stdout } = await run(['getent', 'passwd', nameOrUid]);
  const [name, , uid, gid] = stdout.trim().split(':');
  if (name === undefined || uid === undefined || gid === undefined) throw new Error(`No system user "${nameOrUid}".`);
  return { name, uid: Number(uid), gid: Number(gid) };
}
