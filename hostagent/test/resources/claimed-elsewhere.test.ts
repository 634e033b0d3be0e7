import { beforeEach, expect, test, vi } from 'vitest';
import { ClaimedElsewhere } from '../../src/resources/claimed-elsewhere.ts';
import { ensure as ensureNetwork } from '../../src/resources/network.ts';
import { ensure, list, routerNamespace } from '../../src/resources/router.ts';
import { networkAt, routerPort, routerSpec } from '../router-specs.ts';
import { simulatedHost } from './simulated-host.ts';

const [inner, outer] = [networkAt(1, 0), networkAt(2, 9)];
const routers = [1, 2, 3].map((number) =>
  routerSpec(number, {
    gateway: { ...routerPort(outer, number, `10.0.9.${number + 10}`, '10.0.9.1'), hasSnat: true },
  }),
);
const [first, second, third] = routers.map(({ id }) => id);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  return () => vi.useRealTimers();
});

/** A host with three routers whose lease is over. */
async function unheardHost(made = routers) {
  const all = await simulatedHost();
  const { host } = all;
  for (const network of [inner, outer]) {
    await all.putNetwork(network);
    await ensureNetwork(host, network);
  }
  for (const router of routers) await host.state.put('router', router.id, { generation: 1, spec: router });
  for (const router of made) await ensure(host, router);
  const claimed = new ClaimedElsewhere(host);
  /** The next look that is not too soon after the last. */
  const look = () => {
    vi.advanceTimersByTime(2_000);
    return claimed.look();
  };
  const announceElsewhere = (id = '') => all.tools.routing.claimed.set(routerNamespace(host, id), 1);
  return { ...all, look, announceElsewhere };
}

test('a router that is not whole here keeps no other one here', async () => {
  // Of the first one only the wish is here: its networks had not come yet.
  const { host, look, announceElsewhere } = await unheardHost(routers.slice(1));
  await look();
  announceElsewhere(third);
  await look();
  expect(await list(host)).toEqual([second]);
});

test('a router that could not be let go of is let go of later, and the others meanwhile', async () => {
  const { host, fault, look, announceElsewhere } = await unheardHost();
  await look();
  announceElsewhere(first);
  fault.operation = 'ip.purgeNamespace';
  await expect(look()).rejects.toThrow('ip.purgeNamespace fails on purpose');
  announceElsewhere(second);
  await expect(look()).rejects.toThrow('ip.purgeNamespace fails on purpose');
  fault.operation = '';
  await look();
  expect(await list(host)).toEqual([third]);
  expect(host.state.list('router').map(({ spec }) => spec.id)).toEqual([third]);
});

test('one whose rules cannot be read keeps no other one here', async () => {
  const { host, tools, look, announceElsewhere } = await unheardHost();
  await look();
  tools.routing.rules.delete(routerNamespace(host, first ?? ''));
  announceElsewhere(second);
  await expect(look()).rejects.toThrow();
  expect(await list(host)).toEqual([first, third]);
});

test('a host that is heard meanwhile keeps what it has', async () => {
  const { host, look, announceElsewhere } = await unheardHost();
  await look();
  announceElsewhere(first);
  await host.lease.renew({ generation: 1, seconds: 30 }, performance.now() + 2_000, async () => undefined);
  await look();
  expect(await list(host)).toEqual([first, second, third]);
});
