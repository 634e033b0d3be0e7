import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SimulatedHost, simulatedServer } from './simulated-host.ts';
import { networkSpec } from './specs.ts';

let host: SimulatedHost;
beforeEach(async () => {
  host = await SimulatedHost.start();
});
afterEach(() => host.stop());

const until = (look: () => void | Promise<void>) => vi.waitFor(look, { timeout: 10_000, interval: 20 });
const latest = (id: string) => host.plane.latest('server', id);

test('H29: a host that comes back lets go of what is elsewhere before it holds the lease of now', async () => {
  const { plane } = host;
  plane.lease = { generation: 1, seconds: 30 };
  const { id } = simulatedServer();
  plane.want('network', networkSpec(1));
  plane.want('server', simulatedServer());
  await until(() => expect(latest(id)).toMatchObject({ state: 'present', power: 'on' }));
  await until(() => expect(plane.said).toContain(1));
  await host.stopAgent();
  plane.unwant('server', id);
  plane.lease = { generation: 2, seconds: 30 };
  plane.broken.set('/agent/desired/server', 503);
  const { heartbeats } = plane;
  await host.startAgent();
  await until(() => expect(plane.heartbeats).toBeGreaterThan(heartbeats + 1));
  // As long as it cannot be removed, it says the lease of before.
  expect(plane.said).not.toContain(2);
  plane.broken.clear();
  await until(() => expect(plane.said).toContain(2));
  expect(host.hasGuest(id)).toBe(false);
});

test('a host whose lease has ended starts no guest, and does when it is heard again', async () => {
  const { plane } = host;
  plane.lease = { generation: 1, seconds: 0 };
  await until(() => expect(plane.said).toContain(1));
  const spec = simulatedServer();
  plane.want('network', networkSpec(1));
  plane.want('server', spec);
  await until(() => expect(latest(spec.id)).toMatchObject({ state: 'working', power: 'off' }));
  expect(host.hasGuest(spec.id)).toBe(false);
  plane.lease = { generation: 1, seconds: 30 };
  await until(() => expect(latest(spec.id)).toMatchObject({ state: 'present', power: 'on' }));
});
