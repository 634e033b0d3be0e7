import { createReadStream } from 'node:fs';
import { chmod, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename } from 'node:path';
import { UnkaiError } from '@unkai/contracts/errors';
import { hasErrorCode } from '../files.ts';
import type { DiskTool, Overlay } from './disk.ts';
import { inspectImageFile, inspectOverlayFile } from './image-header.ts';
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
  readOverlay: async ({ path, base, sizeBytes }) => {
    await inspectOverlayFile(path, { base, virtualSizeBytes: sizeBytes });
    return { sizeBytes: (await stat(path)).size, bytes: createReadStream(path, { highWaterMark: 256 * 1024 }) };
  },
  takeOverlay: async (received, { path, base, sizeBytes }) => {
    // The host of before has its images in another folder; what they are called is the same everywhere.
    await inspectOverlayFile(received, {
      base: { format: base.format, name: basename(base.path) },
      virtualSizeBytes: sizeBytes,
    });
    // -u changes the name alone: neither the base of before nor that of now is opened.
    await run([
      ...limits,
      'qemu-img',
      'rebase',
      '-q',
      '-u',
      '-f',
      'qcow2',
      '-F',
      base.format,
      '-b',
      base.path,
      received,
    ]);
    await inspectOverlayFile(received, { base, virtualSizeBytes: sizeBytes });
    await chmod(received, 0o600);
    await sync(received);
    await rename(received, path);
  },
  moveOverlay: async (from, to) => {
    await rename(from, to);
  },
  removeOverlay: async (path) => {
    await rm(path, { force: true });
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

/** Once the server is this host's, a power cut must not take its disk away. */
async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
