// The serial log has a limit that QEMU does not know: QEMU appends to one file for ever (its `logfile=`), and the agent
// keeps it short. QEMU writes it, and not the agent, because then nothing is missing from the times when no agent ran; the
// price is that in such times the file can grow as fast as a guest can print. What exceeds half the limit moves into a
// second file: copied, then cut off the first. QEMU has it open with O_APPEND, so it goes on at the new end.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { hasErrorCode, writeFileAtomically } from '../files.ts';
import type { ServerPaths } from '../paths.ts';

/** Both files together stay below about this. */
export const serialLogLimitBytes = 1024 ** 2;

type LogFiles = Pick<ServerPaths, 'serialLog' | 'olderSerialLog'>;

/** Cuts the log when it is longer than half its limit; the newest half of the limit is kept. */
export async function trimSerialLog(paths: LogFiles, limitBytes = serialLogLimitBytes): Promise<void> {
  const file = await openFile(paths.serialLog, constants.O_RDWR);
  if (file === undefined) return;
  try {
    if ((await file.stat()).size <= limitBytes / 2) return;
    const tail = await readTail(file, limitBytes / 2);
    await writeFileAtomically(paths.olderSerialLog, tail, 0o600);
    await file.truncate();
  } finally {
    await file.close();
  }
}

/** Empties QEMU's own log when it is long: a guest that makes QEMU complain for ever must not fill the disk. */
export async function trimQemuLog(path: string, limitBytes = serialLogLimitBytes / 4): Promise<void> {
  const file = await openFile(path, constants.O_RDWR);
  try {
    if (file !== undefined && (await file.stat()).size > limitBytes) await file.truncate();
  } finally {
    await file?.close();
  }
}

/** The newest `limitBytes` of the log; `truncated` says whether there was more before them. */
export async function readSerialLog(
  paths: LogFiles,
  limitBytes: number,
): Promise<{ bytes: Buffer; truncated: boolean }> {
  const newer = await readFileTail(paths.serialLog, limitBytes + 1);
  const older = newer.length > limitBytes ? Buffer.alloc(0) : await readFileTail(paths.olderSerialLog, limitBytes + 1);
  const all = Buffer.concat([older, newer]);
  return { bytes: all.subarray(-limitBytes), truncated: all.length > limitBytes };
}

async function readFileTail(path: string, limitBytes: number): Promise<Buffer> {
  const file = await openFile(path, constants.O_RDONLY);
  if (file === undefined) return Buffer.alloc(0);
  try {
    return await readTail(file, limitBytes);
  } finally {
    await file.close();
  }
}

async function readTail(file: FileHandle, limitBytes: number): Promise<Buffer> {
  const { size } = await file.stat();
  const length = Math.min(size, limitBytes);
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, size - length);
  return buffer.subarray(0, bytesRead);
}

/** Undefined when there is none. A link in its place is never followed: the agent reads as root, and shows a tenant what it read. */
async function openFile(path: string, flags: number): Promise<FileHandle | undefined> {
  try {
    return await open(path, flags | constants.O_NOFOLLOW);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
