import { mkdir, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode } from '../files.ts';

const unified = '/sys/fs/cgroup';
/** What "not here" looks like: no cgroup v2, a read-only one, or one that is not ours to write. */
const notHere = ['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EOPNOTSUPP', 'EBUSY'];

/**
 * Moves a guest into a cgroup of its own, where the machine has a writable cgroup v2: a service manager that stops the
 * agent ends all processes of the agent's cgroup, and guests must outlive it. Elsewhere it does nothing.
 */
export async function joinOwnCgroup(serverId: string, pid: number, root = unified): Promise<void> {
  await ifHere(async () => {
    await stat(join(root, 'cgroup.controllers'));
    await mkdir(join(root, 'unkai', serverId), { recursive: true });
    await writeFile(join(root, 'unkai', serverId, 'cgroup.procs'), String(pid));
  });
}

/** Removes the guest's cgroup once the guest is gone. Harmless twice. */
export async function removeCgroup(serverId: string, root = unified): Promise<void> {
  await ifHere(() => rmdir(join(root, 'unkai', serverId)));
}

async function ifHere(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!notHere.some((code) => hasErrorCode(error, code))) throw error;
  }
}
