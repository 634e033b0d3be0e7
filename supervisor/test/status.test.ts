import { mkdir, mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pidFile, readStatus, statusFile, supervisorPid } from '../src/status.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'unkai-status-'));
  await mkdir(join(home, 'run'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

test('where nothing was ever started, nothing runs and nothing is said', async () => {
  expect(await supervisorPid(home)).toBeNull();
  expect(await readStatus(home)).toBeNull();
});

test('a supervisor that was killed runs no more, though its files are still there and its pid is another program now', async () => {
  await writeFile(pidFile(home), String(process.pid));
  await writeFile(statusFile(home), '{ "phase": "running" }');
  expect(await supervisorPid(home)).toBeNull();
  expect(await readStatus(home)).toBeNull();
});

test('a file that goes while it is read is there or not, and never an error', async () => {
  for (let round = 0; round < 300; round += 1) {
    await writeFile(pidFile(home), '1');
    const [, ...seen] = await Promise.all([unlink(pidFile(home)), supervisorPid(home), supervisorPid(home)]);
    expect(seen).toEqual([null, null]);
  }
});
