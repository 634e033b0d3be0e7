import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Plan, Program, Task } from '../src/programs.ts';
import { startInOrder } from '../src/stages.ts';
import { Watch } from '../src/watch.ts';

let root: string;
let watches: Watch[];
let stopping: AbortController;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'unkai-stages-'));
  watches = [];
  stopping = new AbortController();
});
afterEach(async () => {
  await Promise.all(watches.map((watch) => watch.stop()));
  await rm(root, { recursive: true });
});

const program = (name: string, isReady: () => boolean = () => true): Program => ({
  name,
  argv: [process.execPath, '-e', 'setInterval(() => {}, 60_000)'],
  env: {},
  cwd: root,
  stopSignal: 'SIGTERM',
  stopGraceMs: 5_000,
  isReady: async () => isReady(),
});
const task = (title: string): Task => ({ title, argv: ['true'], env: {}, cwd: root });

function watchAll(programs: readonly Program[]): Watch[] {
  const added = programs.map((each) => new Watch(each, join(root, `${each.name}.log`), () => undefined));
  for (const watch of added) watch.begin();
  watches.push(...added);
  return added;
}

/** Starts all of it; gives what was begun, in order. */
async function start(plan: Plan, during: (title: string) => void = () => undefined): Promise<string[]> {
  const begun: string[] = [];
  const starting = startInOrder(plan, {
    watchAll: (programs) => {
      begun.push(...programs.map(({ name }) => name));
      return watchAll(programs);
    },
    perform: async ({ title }) => {
      begun.push(title);
      during(title);
    },
    signal: stopping.signal,
  });
  // That it was stopped is thrown too; what counts here is what was begun.
  await Promise.allSettled([starting]);
  return begun;
}

const plan = (isReady?: () => boolean): Plan => ({
  engines: [program('engine', isReady)],
  tasks: [task('migrate'), task('seed')],
  programs: [program('api')],
});

test('engines answer before the tasks are done, and tasks are done before the programs start', async () => {
  expect(await start(plan())).toEqual(['engine', 'migrate', 'seed', 'api']);
});

test('what is stopped while a task is done begins nothing more', async () => {
  expect(await start(plan(), () => stopping.abort())).toEqual(['engine', 'migrate']);
});

test('what is stopped while its engine starts begins nothing more', async () => {
  const never = () => {
    if (!stopping.signal.aborted) stopping.abort();
    void Promise.all(watches.map((watch) => watch.stop()));
    return false;
  };
  expect(await start(plan(never))).toEqual(['engine']);
});
