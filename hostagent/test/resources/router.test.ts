import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startNetworking } from '../../src/networking.ts';
import { hasLetGo } from '../../src/resources/letting-go.ts';
import { ensure as ensureNetwork } from '../../src/resources/network.ts';
import { ensure, list, purge } from '../../src/resources/router.ts';
import { routerRules } from '../../src/resources/router-rules.ts';
import { translations } from '../../src/resources/router-translation.ts';
import { networkAt, routerPort, routerSpec } from '../router-specs.ts';
import { simulatedHost } from './simulated-host.ts';

const [inner, outer] = [networkAt(1, 0), networkAt(2, 9)];
const floating = { id: '01890a5d-ac96-774b-8cce-000000000f01', address: '10.0.9.50', fixedAddress: '10.0.0.11' };
const forwarding = {
  id: '01890a5d-ac96-774b-8cce-000000000f02',
  address: '10.0.9.51',
  protocol: 'tcp' as const,
  externalPortMin: 2222,
  externalPortMax: 2223,
  fixedAddress: '10.0.0.12',
  internalPortMin: 22,
  internalPortMax: 23,
};
const router = routerSpec(1, {
  interfaces: [routerPort(inner, 1, '10.0.0.1')],
  gateway: { ...routerPort(outer, 5, '10.0.9.5', '10.0.9.1'), hasSnat: true },
  floatingIps: [floating],
  portForwardings: [forwarding],
});

async function hostWithNetworks() {
  const all = await simulatedHost();
  for (const network of [inner, outer]) {
    await all.putNetwork(network);
    await ensureNetwork(all.host, network);
  }
  await all.host.state.put('router', router.id, { generation: 1, spec: router });
  const contents = () =>
    JSON.stringify({
      ...all.contents(),
      devices: [...all.tools.routing.devices],
      rules: [...all.tools.routing.rules],
      routes: [...all.tools.routing.routes],
    }).replaceAll(/\b10[2-9]\b|(?<=0x30000)0*6[0-9a-f]\b/g, 'N');
  return { ...all, contents };
}

describe('a router', () => {
  test('any tool fails on the way: a second ensure makes the same, and purge leaves nothing', async () => {
    const model = await hostWithNetworks();
    model.fault.seen.clear();
    await ensure(model.host, router);
    const whole = model.contents();
    expect(model.fault.seen.size).toBeGreaterThan(7);
    for (const operation of model.fault.seen) {
      const { host, fault, contents } = await hostWithNetworks();
      const before = contents();
      fault.operation = operation;
      await expect(ensure(host, router), operation).rejects.toThrow(`${operation} fails on purpose`);
      fault.operation = '';
      await ensure(host, router);
      expect(contents().replaceAll(host.paths.home, ''), operation).toBe(whole.replaceAll(model.host.paths.home, ''));
      fault.operation = operation;
      await ensure(host, router).catch(() => undefined);
      await purge(host, router.id).catch(() => undefined);
      fault.operation = '';
      await purge(host, router.id);
      expect(contents(), operation).toBe(before);
      await host.state.remove('router', router.id);
      expect(await list(host)).toEqual([]);
    }
  });

  test('a memory of it that cannot be read keeps no router from working, and is made anew', async () => {
    const { host, tools } = await hostWithNetworks();
    await ensure(host, router);
    await writeFile(join(host.paths.home, 'routers', `${router.id}.json`), '[{"side":');
    await ensure(host, router);
    await ensure(host, { ...router, floatingIps: [] });
    expect(tools.routing.forgotten.map(({ address }) => address)).toContain(floating.address);
  });

  test('a floating IP that goes takes its connections along, also when the agent ended in between', async () => {
    const { host, tools, fault } = await hostWithNetworks();
    await ensure(host, router);
    expect(tools.routing.forgotten).toEqual([]);
    expect(tools.routing.announced.sort()).toEqual(['10.0.0.1', '10.0.9.5', '10.0.9.50', '10.0.9.51']);
    fault.operation = 'routing.forget';
    await expect(ensure(host, { ...router, floatingIps: [] })).rejects.toThrow('fails on purpose');
    fault.operation = '';
    await ensure(host, { ...router, floatingIps: [] });
    const { address, fixedAddress } = floating;
    expect(tools.routing.forgotten).toEqual([
      { side: 'towards', address, inner: fixedAddress },
      { side: 'answered-at', address, inner: fixedAddress },
    ]);
    await ensure(host, { ...router, floatingIps: [] });
    expect(tools.routing.forgotten.length).toBe(2);
  });

  test('what it answers for no longer goes first, and it says so when something else is in the way', async () => {
    const { host, tools, fault } = await hostWithNetworks();
    await ensure(host, router);
    const told = () =>
      JSON.stringify([[...tools.routing.devices], [...tools.ovs.flowsByCookie], [...tools.routing.rules]]);
    expect(told()).toContain(floating.address);
    const without = { ...router, floatingIps: [] };
    const failing = async (operation: string) => {
      fault.operation = operation;
      const error: unknown = await ensure(host, without).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(Error);
      return hasLetGo(error);
    };
    for (const operation of ['routing.addresses', 'routing.replaceRules', 'routing.removeAddresses']) {
      expect(await failing(operation), operation).toBe(false);
    }
    expect(await failing('routing.ensureForwarding')).toBe(true);
    expect(told()).not.toContain(floating.address);
    expect(told()).toContain(forwarding.address);
    fault.operation = '';
    await ensure(host, router);
    // Nor does it wait for a network that is not here.
    await host.state.remove('network', inner.id);
    const error: unknown = await ensure(host, without).catch((thrown: unknown) => thrown);
    expect([hasLetGo(error), told().includes(floating.address)]).toEqual([true, false]);
  });

  test('the switch loses its flows: those of routers are written again', async () => {
    const { host, tools } = await hostWithNetworks();
    await ensure(host, router);
    const first = await startNetworking(host);
    await first.stop();
    const before = new Map(tools.ovs.flowsByCookie);
    tools.ovs.restart();
    const second = await startNetworking(host);
    await second.stop();
    expect(tools.ovs.flowsByCookie).toEqual(before);
  });

  test('without its network it says what is missing', async () => {
    const { host } = await simulatedHost();
    await expect(ensure(host, router)).rejects.toThrow(`its network ${inner.id} is not on this host yet`);
  });
});

test('A46: a bad translation is left out and named; nothing of it reaches the rules, and the others hold', () => {
  const evil = '10.0.0.9; flush ruleset';
  const bad = {
    ...router,
    floatingIps: [floating, { ...floating, id: 'twice' }, { ...floating, id: 'evil', fixedAddress: evil }],
    portForwardings: [
      forwarding,
      { ...forwarding, id: 'evil', address: evil },
      { ...forwarding, id: 'long', externalPortMax: 2299 },
      { ...forwarding, id: 'zero', internalPortMin: 0, internalPortMax: 1 },
    ],
  };
  const { good, problems } = translations(bad);
  expect(routerRules(good)).toBe(routerRules(translations(router).good));
  expect(problems).toEqual([
    'its floating IP twice cannot be used: another has one of its addresses',
    'its floating IP evil cannot be used: it is not of IPv4 addresses',
    'its port forwarding evil cannot be used: it is not of IPv4 addresses',
    'its port forwarding long cannot be used: its ranges of ports differ in length',
    'its port forwarding zero cannot be used: ports are 1 to 65535',
  ]);
});

test('a router without SNAT hides nobody: its rules name no address', () => {
  const { gateway, ...rest } = router;
  if (gateway === null) throw new Error('it has one');
  const open = routerRules(translations({ ...rest, gateway: { ...gateway, hasSnat: false } }).good);
  expect(open).not.toContain('10.0.9.5\n');
  expect(open).not.toContain('ct state new');
});
