import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SimulatedHost, simulatedServer } from '../simulated-host.ts';
import { networkSpec } from '../specs.ts';

let host: SimulatedHost;
beforeEach(async () => {
  host = await SimulatedHost.start();
});
afterEach(() => host.stop());

const until = (look: () => void | Promise<void>) => vi.waitFor(look, { timeout: 10_000, interval: 20 });
const latest = (id: string) => host.plane.latest('server', id);

test('ten servers of one image fetch it once', async () => {
  host.plane.want('network', networkSpec(1));
  const base = simulatedServer();
  const ids = Array.from({ length: 10 }, (_, number) => `${base.id.slice(0, -1)}${number}`);
  for (const id of ids) host.plane.want('server', { ...base, id, ports: [] });
  await until(() => expect(ids.filter((id) => latest(id)?.power === 'on')).toHaveLength(10));
  expect(host.plane.imageDownloads).toBe(1);
  const cached = join(host.home, 'images', base.image.id);
  expect((await stat(cached)).mode & 0o777).toBe(0o444);
});

test('a delete does not wait for an image that takes its time, and an image that nobody waits for is not fetched', async () => {
  host.plane.want('network', networkSpec(1));
  host.plane.holdsImages = true;
  const [first, second, third] = [1, 2, 3].map((number) => {
    const base = simulatedServer({ ports: [] });
    return { ...base, id: `${base.id.slice(0, -1)}${number}` };
  });
  if (first === undefined || second === undefined || third === undefined) throw new Error('there are three');
  for (const spec of [first, second]) host.plane.want('server', spec);
  const { state } = host.agent.host;
  for (const { id } of [first, second]) await until(() => expect(state.get('server', id)).toBeDefined());
  await until(() => expect(host.plane.waitingForImages).toBe(1));
  host.plane.unwant('server', first.id);
  await until(() => expect(latest(first.id)?.state).toBe('absent'));
  await until(() => expect(host.plane.waitingForImages).toBe(1));
  host.plane.unwant('server', second.id);
  await until(() => expect(latest(second.id)?.state).toBe('absent'));
  await until(() => expect(host.plane.waitingForImages).toBe(0));
  await until(async () => expect(await readdir(join(host.home, 'images'))).toEqual([]));
  host.plane.letImagesGo();
  host.plane.want('server', third);
  await until(() => expect(latest(third.id)).toMatchObject({ power: 'on' }));
  expect(host.plane.reports.filter(({ state }) => state === 'failed')).toEqual([]);
});
