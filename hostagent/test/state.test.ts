import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StateStore } from '../src/state.ts';
import { simulatedServer, testLog } from './simulated-host.ts';

const spec = simulatedServer();
let folder: string;
let state: StateStore;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'unkai-state-')), 'state');
  state = await StateStore.open(folder, testLog);
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

test('what was kept is there after a restart, for its owner only', async () => {
  await state.put('server', spec.id, { generation: 3, spec });
  expect((await StateStore.open(folder, testLog)).get('server', spec.id)).toEqual({ generation: 3, spec });
  expect((await stat(join(folder, 'server', `${spec.id}.json`))).mode & 0o777).toBe(0o600);
});

test('what was removed is gone, and removing it again is harmless', async () => {
  await state.put('server', spec.id, { generation: 3, spec });
  await state.remove('server', spec.id);
  await state.remove('server', spec.id);
  expect(state.get('server', spec.id)).toBeUndefined();
  expect(await readdir(join(folder, 'server'))).toEqual([]);
});

test('a file that a crash or a disk spoiled is dropped, and the others are read', async () => {
  await state.put('server', spec.id, { generation: 3, spec });
  const other = '01890a5d-0000-774b-8cce-0000000000f1';
  await writeFile(join(folder, 'server', `${other}.json`), '{"generation": 1, "spec"');
  await writeFile(join(folder, 'server', `${spec.id}.json.0.new`), 'half');
  const reopened = await StateStore.open(folder, testLog);
  expect(reopened.list('server')).toHaveLength(1);
  expect(await readdir(join(folder, 'server'))).toEqual([`${spec.id}.json`]);
});

test('who listens is told of each change, until he stops', async () => {
  const told: string[] = [];
  const stop = state.onChange((noun, id) => told.push(`${noun}/${id}`));
  await state.put('server', spec.id, { generation: 1, spec });
  await state.remove('server', spec.id);
  await state.remove('server', spec.id);
  stop();
  await state.put('server', spec.id, { generation: 2, spec });
  expect(told).toEqual([`server/${spec.id}`, `server/${spec.id}`]);
});
