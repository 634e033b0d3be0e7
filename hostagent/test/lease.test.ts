import { UnkaiError } from '@unkai/contracts/errors';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { networkAt, routerPort, routerSpec } from './router-specs.ts';
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

test('a router that fails reports whether it has let go of what it is not to have any more', async () => {
  const { plane, faults } = host;
  const [inner, outer] = [networkAt(1, 0), networkAt(2, 9)];
  const floating = { id: '01890a5d-ac96-774b-8cce-000000000f01', address: '10.0.9.50', fixedAddress: '10.0.0.11' };
  const router = routerSpec(1, {
    interfaces: [routerPort(inner, 1, '10.0.0.1')],
    gateway: { ...routerPort(outer, 5, '10.0.9.5', '10.0.9.1'), hasSnat: true },
    floatingIps: [floating],
  });
  for (const network of [inner, outer]) plane.want('network', network);
  plane.want('router', router);
  await until(() => expect(plane.latest('router', router.id)).toMatchObject({ state: 'present', generation: 1 }));
  const because = (point: string) => new UnkaiError('host_failed', `${point} was made to fail.`);
  faults.fail('routing.removeAddresses', because('routing.removeAddresses'));
  plane.want('router', { ...router, floatingIps: [] });
  await until(() => expect(plane.latest('router', router.id)).toMatchObject({ state: 'failed', generation: 2 }));
  expect(plane.latest('router', router.id)).not.toHaveProperty('hasLetGo');
  faults.clear('routing.removeAddresses');
  faults.fail('routing.ensureForwarding', because('routing.ensureForwarding'));
  const told = { state: 'failed', generation: 3, hasLetGo: true };
  plane.want('router', { ...router, floatingIps: [] });
  await until(() => expect(plane.latest('router', router.id)).toMatchObject(told));
});

test('a host that comes back lets go of routers and branches too that are elsewhere', async () => {
  const { plane } = host;
  plane.lease = { generation: 1, seconds: 30 };
  const [inner, outer] = [networkAt(1, 0), networkAt(2, 9)];
  const gateway = { ...routerPort(outer, 5, '10.0.9.5', '10.0.9.1'), hasSnat: true };
  const router = routerSpec(1, { interfaces: [routerPort(inner, 1, '10.0.0.1')], gateway });
  for (const network of [inner, outer]) plane.want('network', network);
  plane.want('router', router);
  await until(() => expect(plane.latest('router', router.id)).toMatchObject({ state: 'present' }));
  await until(() => expect(plane.said).toContain(1));
  await host.stopAgent();
  plane.unwant('router', router.id);
  plane.lease = { generation: 2, seconds: 30 };
  plane.broken.set('/agent/desired/router', 503);
  const { heartbeats } = plane;
  await host.startAgent();
  await until(() => expect(plane.heartbeats).toBeGreaterThan(heartbeats + 1));
  expect(plane.said).not.toContain(2);
  plane.broken.clear();
  await until(() => expect(plane.said).toContain(2));
  expect(plane.latest('router', router.id)).toMatchObject({ state: 'absent' });
});
