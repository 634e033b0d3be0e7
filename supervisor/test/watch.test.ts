import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Program } from '../src/programs.ts';
import { Watch } from '../src/watch.ts';

let root: string;
let watch: Watch | undefined;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'unkai-watch-'));
});
afterEach(async () => {
  await watch?.stop();
  await rm(root, { recursive: true });
});

/** A program that says hello and stays. */
function helloProgram(isReady: Program['isReady'] = async () => true): Program {
  const script = 'process.stdout.write("hello\\n"); setInterval(() => {}, 60_000)';
  return {
    name: 'stays',
    argv: [process.execPath, '-e', script],
    env: {},
    cwd: root,
    stopSignal: 'SIGTERM',
    stopGraceMs: 5_000,
    isReady,
  };
}

function begin(isReady: Program['isReady']): Watch {
  watch = new Watch(helloProgram(isReady), join(root, 'stays.log'), () => undefined);
  watch.begin();
  return watch;
}

test('a look that fails is no answer, and ends neither the looking nor the program', async () => {
  let looks = 0;
  const watched = begin(async () => {
    looks += 1;
    if (looks < 4) throw new Error('The file cannot be read.');
    return true;
  });
  expect(await watched.untilReady(20_000)).toBe(true);
  expect(looks).toBe(4);
  expect(watched.status.restarts).toBe(0);
});

test('a program that ends is started again, and stays ended once it is told to', async () => {
  const said = async () => (await readFile(join(root, 'stays.log'), 'utf8').catch(() => '')).split('\n').length - 1;
  const watched = begin(async () => (await said()) > watched.status.restarts);
  expect(await watched.untilReady(20_000)).toBe(true);
  const first = watched.status.pid;
  if (first === null) throw new Error('It has no pid.');
  process.kill(first, 'SIGKILL');
  await vi.waitFor(() => expect(watched.status).toMatchObject({ state: 'ready', restarts: 1 }), { timeout: 20_000 });
  expect(watched.status.pid).not.toBe(first);
  await watched.stop();
  expect(watched.status).toMatchObject({ state: 'stopped', pid: null, restarts: 1 });
  expect(await said()).toBe(2);
});

describe('a log', () => {
  const mebibyte = 1024 ** 2;
  const sizeOf = async (name: string) => (await stat(join(root, name))).size;
  const made = (size: number) =>
    writeFile(join(root, 'stays.log'), '').then(() => truncate(join(root, 'stays.log'), size));
  const watching = () => new Watch(helloProgram(), join(root, 'stays.log'), () => undefined);

  test('that has grown long is put aside, and begins again', async () => {
    await made(21 * mebibyte);
    await watching().trimLog();
    expect([await sizeOf('stays.log'), await sizeOf('stays.log.1')]).toEqual([0, 21 * mebibyte]);
  });

  test('that cannot be put aside says why, keeps what it has for a while, and never grows without end', async () => {
    await made(21 * mebibyte);
    // Nothing can be renamed to the name of a folder that has something in it.
    await mkdir(join(root, 'stays.log.1', 'in-the-way'), { recursive: true });
    await expect(watching().trimLog()).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(await sizeOf('stays.log')).toBe(21 * mebibyte);
    await made(40 * mebibyte);
    await expect(watching().trimLog()).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(await sizeOf('stays.log')).toBe(0);
    expect(await readdir(root)).toEqual(['stays.log', 'stays.log.1']);
  });
});
