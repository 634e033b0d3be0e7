import { chmod, rename, rm, stat, statfs } from 'node:fs/promises';
import { UnkaiError } from '@unkai/contracts/errors';
import { hasErrorCode } from '../files.ts';
import type { DiskTool, Overlay } from './disk.ts';
import { inspectImageFile } from './image-header.ts';
import { run, ToolError } from './run.ts';

/** qemu-img parses what strangers made: 1 GiB of address space and 30 s of processor are plenty, and all it gets (A19). */
const limits = ['prlimit', `--as=${1024 ** 3}`, '--cpu=30', '--core=0', '--'] as const;

export const realDiskTool = {
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
  inspectImage: inspectImageFile,
  hasOverlay: isThere,
  ensureOverlay: async (overlay) => {
    if (await isThere(overlay.path)) return;
    const unfinished = `${overlay.path}.new`;
    await rm(unfinished, { force: true });
    await create(overlay, unfinished);
    // What the guest writes is for nobody on this host to read.
    await chmod(unfinished, 0o600);
    await rename(unfinished, overlay.path);
  },
} satisfies DiskTool;

async function create({ base, sizeBytes }: Overlay, path: string): Promise<void> {
  // -u: with the size given there is no need to open the base, and what is not opened cannot mislead.
  const backing = ['-u', '-F', base.format, '-b', base.path];
  try {
    await run([...limits, 'qemu-img', 'create', '-q', '-f', 'qcow2', ...backing, path, String(sizeBytes)]);
  } catch (cause) {
    await rm(path, { force: true });
    const isFull = cause instanceof ToolError && cause.stderr.includes('No space left on device');
    if (isFull) throw new UnkaiError('disk_full', 'The host has no space left for the disk of this server.', { cause });
    throw cause;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false;
    throw error;
  }
}
