import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
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

/** Watches a program that says hello and stays. */
function begin(isReady: Program['isReady']): Watch {
  const script = 'process.stdout.write("hello\\n"); setInterval(() => {}, 60_000)';
  const program: Program = {
    name: 'stays',
    argv: [process.execPath, '-e', script],
    env: {},
    cwd: root,
    stopSignal: 'SIGTERM',
    stopGraceMs: 5_000,
    isReady,
  };
  watch = new Watch(program, join(root, 'stays.log'), () => undefined);
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
