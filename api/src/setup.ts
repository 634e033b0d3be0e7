// Prepares an installation that has been migrated, at each start and harmlessly: first operator, tokens for the command
// line and for the hosts of this machine. With `register-image <file.json>`, adds an image that a recipe built instead.
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Core } from '@unkai/core/call';
import { openDatabase } from '@unkai/core/database/database';
import { folderImageStore } from '@unkai/core/image/image-store';
import { registerImage } from '@unkai/core/image/register-image';
import { openLog } from '@unkai/core/log';
import { openQueues } from '@unkai/core/queues';
import { adminName, commandToken, hostJoinToken, seed } from '@unkai/core/seed';
import { z } from 'zod';

const settings = z
  .object({
    DATABASE_URL: z.string().min(1),
    REDIS_URL: z.string().min(1),
    UNKAI_HOME: z.string().min(1),
    UNKAI_ADMIN_PASSWORD_FILE: z.string().optional(),
    UNKAI_ADMIN_TOKEN_FILE: z.string().optional(),
    UNKAI_JOIN_FOLDER: z.string().optional(),
    UNKAI_LOCAL_HOSTS: z.string().default(''),
    UNKAI_LOG_LEVEL: z.string().default('info'),
  })
  .parse(process.env);

const core: Core = {
  database: openDatabase(settings.DATABASE_URL, 2),
  queues: openQueues(settings.REDIS_URL),
  log: openLog('setup', settings.UNKAI_LOG_LEVEL),
};

const passwordBytes = 15;
const [command, file] = process.argv.slice(2);
try {
  if (command === undefined) await prepare();
  else if (command === 'register-image' && file !== undefined) await register(file);
  else throw new Error('Call it as "setup" or as "setup register-image <file.json>".');
} finally {
  await Promise.allSettled([core.queues.close(), core.database.close()]);
}

async function prepare(): Promise<void> {
  const home = settings.UNKAI_HOME;
  const passwordFile = settings.UNKAI_ADMIN_PASSWORD_FILE ?? join(home, 'admin-password');
  const password = await ensureSecret(passwordFile, newPassword);
  if (await seed(core, password)) say(`Made the first operator, ${adminName}; the password is in ${passwordFile}.`);
  const tokenFile = settings.UNKAI_ADMIN_TOKEN_FILE ?? join(home, 'admin-token');
  const token = await commandToken(core, await readSecret(tokenFile));
  if (token !== null) await writeSecret(tokenFile, token);
  const folder = settings.UNKAI_JOIN_FOLDER ?? join(home, 'join');
  for (const host of settings.UNKAI_LOCAL_HOSTS.split(',').filter((name) => name !== '')) {
    const joinFile = join(folder, `${host}.token`);
    await writeSecret(joinFile, await hostJoinToken(core, host, await readSecret(joinFile)));
  }
}

async function register(manifestFile: string): Promise<void> {
  const images = folderImageStore(join(settings.UNKAI_HOME, 'images'));
  const { id, isNew } = await registerImage(core, images, manifestFile);
  say(`${id} ${isNew ? 'registered' : 'known'}`);
}

function newPassword(): string {
  return randomBytes(passwordBytes).toString('base64url');
}

async function ensureSecret(path: string, make: () => string): Promise<string> {
  const present = await readSecret(path);
  if (present !== null) return present;
  const made = make();
  await writeSecret(path, made);
  return made;
}

async function readSecret(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trim() === '' ? null : text.trim();
}

/** Readable by its owner only, and whole or not there at all. */
async function writeSecret(path: string, secret: string): Promise<void> {
  if ((await readSecret(path)) === secret) return chmod(path, 0o600);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, `${secret}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
