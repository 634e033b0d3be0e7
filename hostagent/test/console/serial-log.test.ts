import { appendFile, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSerialLog, trimQemuLog, trimSerialLog } from '../../src/console/serial-log.ts';

let folder: string;
let files: { serialLog: string; olderSerialLog: string };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unkai-log-'));
  files = { serialLog: join(folder, 'serial.log'), olderSerialLog: join(folder, 'serial.log.1') };
});
afterEach(() => rm(folder, { recursive: true }));

test('a log below half its limit stays as it is', async () => {
  await writeFile(files.serialLog, 'boot\n');
  await trimSerialLog(files, 100);
  expect((await stat(files.serialLog)).size).toBe(5);
});

test('a long log is cut, reads on without a gap, and both files stay below the limit', async () => {
  let printed = '';
  for (let line = 0; line < 200; line += 1) {
    const text = `line ${line}\n`;
    printed += text;
    await appendFile(files.serialLog, text);
    await trimSerialLog(files, 1000);
  }
  const sizes = await Promise.all([stat(files.serialLog), stat(files.olderSerialLog)]);
  expect(sizes[0].size + sizes[1].size).toBeLessThanOrEqual(1000);
  const { bytes, truncated } = await readSerialLog(files, 300);
  expect(bytes.toString()).toBe(printed.slice(-300));
  expect(truncated).toBe(true);
});

test('a server that has printed nothing has an empty log', async () => {
  expect(await readSerialLog(files, 300)).toEqual({ bytes: Buffer.alloc(0), truncated: false });
  await trimSerialLog(files);
});

test('a link in the place of a log is not followed', async () => {
  const secret = join(folder, 'secret');
  await writeFile(secret, 'shadow');
  await symlink(secret, files.serialLog);
  await expect(readSerialLog(files, 300)).rejects.toThrow('ELOOP');
  await expect(trimSerialLog(files, 2)).rejects.toThrow('ELOOP');
  await expect(trimQemuLog(files.serialLog, 2)).rejects.toThrow('ELOOP');
  expect((await stat(secret)).size).toBe(6);
});
