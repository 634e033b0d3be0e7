import { readFile } from 'node:fs/promises';
import type { DesiredRouterSpec } from '@unkai/contracts/host/desired-router';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inNamespace } from '../../src/tools/namespace.ts';
import { run, type StartedProcess, start } from '../../src/tools/run.ts';
import { networkAt, portAt } from '../router-specs.ts';
import { allowAllEgress, allowIngress, serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Placed, TestFabric } from './fabric.ts';
import { echo, talk, whoCalls } from './programs.ts';
import {
  addressWithGateway,
  contents,
  externalNetwork,
  gatewayRouter,
  purgeRouter,
  putRouter,
  reachInternet,
} from './routers.ts';

const id = (number: number) => `01890a5d-ac96-774b-8cce-0000000f${String(number).padStart(4, '0')}`;

// Guests are on the first host, their routers and the way to the "internet" on the second.
describe('routers with an external network', () => {
  const rules = [allowAllEgress, allowIngress('icmp', null), allowIngress('tcp', 80), allowIngress('tcp', 7000)];
  const [red, blue, external] = [networkAt(1, 0), networkAt(2, 0), externalNetwork(3)];
  const floatingIps = [{ id: id(1), address: '203.0.113.51', fixedAddress: '10.0.0.12' }];
  const redRouter = gatewayRouter(1, [red, external], '203.0.113.11', { floatingIps });
  const blueRouter = gatewayRouter(2, [blue, external], '203.0.113.12', {
    floatingIps: [{ id: id(2), address: '203.0.113.52', fixedAddress: '10.0.0.12' }],
  });
  const started: StartedProcess[] = [];
  let fabric: TestFabric;
  let red11: Placed;
  let red12: Placed;
  let blue12: Placed;
  let before: unknown;

  beforeAll(async () => {
    fabric = await TestFabric.start(2);
    await reachInternet(fabric, fabric.host(1));
    for (const [network, router] of [
      [red, redRouter],
      [blue, blueRouter],
    ] as const) {
      const own = router.interfaces.map(({ portId, macAddress }) => ({ portId, macAddress, hostName: null }));
      const neighbours = own.map((port) => ({
        ...port,
        addresses: ['10.0.0.1'],
        underlayAddress: '192.0.2.2',
        kind: 'router' as const,
      }));
      await fabric.putNetwork({ ...network, neighbours });
    }
    await fabric.host(1).putNetwork(external);
    red11 = await fabric.putServer(0, serverSpec(portAt(red, 11, 0, { rules }), 'red11'));
    red12 = await fabric.putServer(0, serverSpec(portAt(red, 12, 0, { rules }), 'red12'));
    blue12 = await fabric.putServer(0, serverSpec(portAt(blue, 12, 0, { rules }), 'blue12'));
    before = await contents(fabric.host(1));
    for (const [guest, name] of [
      [red11, 'red11'],
      [red12, 'red12'],
      [blue12, 'blue12'],
    ] as const) {
      await addressWithGateway(guest.host, guest);
      await guest.host.startIn(guest, `${whoCalls(80, name)}${whoCalls(81, name)}${echo(7000)}`);
    }
    const program = [process.execPath, '--eval', whoCalls(80, 'internet')] as const;
    started.push(await start(inNamespace(fabric.internetNamespace, program)));
    for (const router of [redRouter, blueRouter]) await putRouter(fabric.host(1), router);
  });
  afterAll(async () => {
    for (const process of started) await process.stop('SIGKILL');
    await fabric.stop();
  });

  const put = (spec: DesiredRouterSpec) => putRouter(fabric.host(1), spec);
  /** What a TCP server answers; empty without one. */
  const call = async (namespace: string, address: string, port = 80) =>
    (await fabric.host(0).in({ namespace }, ['nc', '-N', '-w', '1', address, String(port)])).stdout;
  const fromInternet = (address: string, port?: number) => call(fabric.internetNamespace, address, port);

  test('SNAT: a guest reaches the internet, which sees the router; nobody outside reaches the guest', async () => {
    await eventually(async () => expect(await call(red11.namespace, '203.0.113.1')).toBe('internet 203.0.113.11'));
    const ping = await fabric.host(0).in(red11, ['ping', '-c', '2', '-W', '2', '203.0.113.1']);
    expect(ping.stdout).toContain('2 received');
    await run(['ip', '-netns', fabric.internetNamespace, 'route', 'add', '10.0.0.0/24', 'via', '203.0.113.11']);
    expect(await fromInternet('10.0.0.11')).toBe('');
  });

  test('a floating IP leads in and out: both sides see it, and the rules of the guest hold', async () => {
    await eventually(async () => expect(await fromInternet('203.0.113.51')).toBe('red12 203.0.113.1'));
    expect(await fromInternet('203.0.113.51', 81)).toBe('');
    expect(await call(red12.namespace, '203.0.113.1')).toBe('internet 203.0.113.51');
  });

  test('tenants with the same addresses and MACs behind one external network never meet', async () => {
    await eventually(async () => expect(await fromInternet('203.0.113.52')).toBe('blue12 203.0.113.1'));
    expect(await call(blue12.namespace, '203.0.113.1')).toBe('internet 203.0.113.52');
    expect(await call(blue12.namespace, '10.0.0.11')).toBe('');
    // Each reaches the other's floating IP as anybody outside does.
    expect(await call(blue12.namespace, '203.0.113.51')).toBe('red12 203.0.113.52');
    expect(await call(red11.namespace, '203.0.113.52')).toBe('blue12 203.0.113.11');
  });

  test('hairpin: guests reach each other, and themselves, at floating IPs of their own router', async () => {
    expect(await call(red11.namespace, '203.0.113.51')).toBe('red12 203.0.113.11');
    expect(await call(red12.namespace, '203.0.113.51')).toBe('red12 203.0.113.51');
  });

  test('port forwarding leads from one port, or a range, of an address to a guest, and from no other', async () => {
    const forwarding = { id: id(3), address: '203.0.113.60', protocol: 'tcp' as const, fixedAddress: '10.0.0.11' };
    const one = {
      ...forwarding,
      externalPortMin: 8080,
      externalPortMax: 8080,
      internalPortMin: 80,
      internalPortMax: 80,
    };
    const range = {
      ...forwarding,
      externalPortMin: 9079,
      externalPortMax: 9081,
      internalPortMin: 79,
      internalPortMax: 81,
    };
    await put({ ...redRouter, portForwardings: [one, { ...range, id: id(4), fixedAddress: '10.0.0.12' }] });
    await eventually(async () => expect(await fromInternet('203.0.113.60', 8080)).toBe('red11 203.0.113.1'));
    expect(await fromInternet('203.0.113.60', 9080)).toBe('red12 203.0.113.1');
    expect(await fromInternet('203.0.113.60', 80)).toBe('');
    expect(await call(red12.namespace, '203.0.113.60', 8080)).toBe('red11 203.0.113.51');
    await put(redRouter);
    expect(await fromInternet('203.0.113.60', 8080)).toBe('');
  });

  test('SNAT off: a guest is seen and reached at its own address, floating IPs go on', async () => {
    const { gateway } = redRouter;
    if (gateway === null) throw new Error('it has one');
    await put({ ...redRouter, gateway: { ...gateway, hasSnat: false } });
    await eventually(async () => expect(await fromInternet('10.0.0.11')).toBe('red11 203.0.113.1'));
    expect(await call(red11.namespace, '203.0.113.1')).toBe('internet 10.0.0.11');
    expect(await fromInternet('203.0.113.51')).toBe('red12 203.0.113.1');
    await put(redRouter);
    await eventually(async () => expect(await call(red11.namespace, '203.0.113.1')).toBe('internet 203.0.113.11'));
    expect(await fromInternet('10.0.0.11')).toBe('');
  });

  test('a floating IP that moves to another guest takes no connection along; one that stays is not disturbed', async () => {
    const talkTo = async (address: string) => {
      const file = fabric.host(0).file(`talk-${address}`);
      const argv = [process.execPath, '--eval', talk(address, 7000)] as const;
      started.push(await start(inNamespace(fabric.internetNamespace, argv), { stdoutFile: file }));
      return async () => (await readFile(file, 'utf8')).length;
    };
    const [moved, kept] = [await talkTo('203.0.113.51'), await talkTo('203.0.113.52')];
    const more = async (heard: () => Promise<number>, times: number) => {
      const until = (await heard()) + times;
      await eventually(async () => expect(await heard()).toBeGreaterThan(until));
    };
    await more(moved, 3);
    await more(kept, 3);
    const [floating] = floatingIps;
    if (floating === undefined) throw new Error('there is one');
    await put({ ...redRouter, floatingIps: [{ ...floating, fixedAddress: '10.0.0.11' }] });
    await put(blueRouter);
    const atMove = await moved();
    await more(kept, 10);
    expect(await moved()).toBeLessThanOrEqual(atMove + 1);
    expect(await fromInternet('203.0.113.51')).toBe('red11 203.0.113.1');
    expect(await call(red12.namespace, '203.0.113.1')).toBe('internet 203.0.113.11');
  });

  test('a floating IP that moves to another router is announced: the internet sends to the new one at once', async () => {
    const seen = async () =>
      (await run(['ip', '-netns', fabric.internetNamespace, 'neighbour', 'show', '203.0.113.51'])).stdout;
    expect(await fromInternet('203.0.113.51')).toBe('red11 203.0.113.1');
    expect(await seen()).toContain(redRouter.gateway?.macAddress);
    await put({ ...redRouter, floatingIps: [] });
    const added = { id: id(5), address: '203.0.113.51', fixedAddress: '10.0.0.13' };
    await put({ ...blueRouter, floatingIps: [...blueRouter.floatingIps, added] });
    await eventually(async () => expect(await seen()).toContain(blueRouter.gateway?.macAddress));
  });

  test('purge leaves nothing of them', async () => {
    for (const router of [redRouter, blueRouter]) await purgeRouter(fabric.host(1), router.id);
    expect(await contents(fabric.host(1))).toEqual(before);
    await fabric.host(1).purgeNetwork(external.id);
    const bridge = await fabric.host(1).onHost(['ovs-vsctl', 'list-ports', 'br-ex']);
    expect(bridge.stdout.trim()).toBe('phys0');
  });
});
