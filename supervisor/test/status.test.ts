import { mkdir, mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '@unkai/hostagent/tools/run';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { untilControlPlaneReady } from '../src/cli/supervisor.ts';
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

/** A process that its arguments tell for the supervisor of `home`, until the test ends. */
async function aSupervisor(): Promise<number> {
  const words = ['-e', 'setInterval(() => undefined, 60_000)', '--', join('supervisor', 'dist', 'main.mjs'), home];
  const { pid, stop } = await start([process.execPath, ...words]);
  onTestFinished(async () => void (await stop('SIGKILL')));
  return pid;
}

test('who waits for a supervisor that is told to stop hears of it at once', async () => {
  const pid = await aSupervisor();
  const said = { failure: null, startedFrom: '', programs: [], pid };
  await writeFile(pidFile(home), String(pid));
  await writeFile(statusFile(home), JSON.stringify({ ...said, phase: 'starting' }));
  const waiting = expect(untilControlPlaneReady(home)).rejects.toThrow('It was stopped meanwhile.');
  await writeFile(`${statusFile(home)}.new`, JSON.stringify({ ...said, phase: 'stopping' }));
  await rename(`${statusFile(home)}.new`, statusFile(home));
  await waiting;
});

test('what one before it said is not the word of a supervisor that has just been started', async () => {
  const pid = await aSupervisor();
  await writeFile(pidFile(home), String(pid));
  expect(await supervisorPid(home)).toBe(pid);
  const running = { phase: 'running', failure: null, startedFrom: '', programs: [] };
  for (const old of [{ ...running, pid: pid + 1 }, { phase: 'running' }, null]) {
    await writeFile(statusFile(home), JSON.stringify(old));
    expect(await readStatus(home)).toBeNull();
  }
  await writeFile(statusFile(home), JSON.stringify({ ...running, pid }));
  expect(await readStatus(home)).toEqual({ ...running, pid });
});

test('a file that goes while it is read is there or not, and never an error', async () => {
  for (let round = 0; round < 300; round += 1) {
    await writeFile(pidFile(home), '1');
    const [, ...seen] = await Promise.all([unlink(pidFile(home)), supervisorPid(home), supervisorPid(home)]);
    expect(seen).toEqual([null, null]);
  }
});
