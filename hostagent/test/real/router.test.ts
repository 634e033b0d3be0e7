import { readFile } from 'node:fs/promises';
import type { DesiredNetworkSpec, DesiredPort, DesiredRule } from '@unkai/contracts/host/desired';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { list, routerNamespace } from '../../src/resources/router.ts';
import { run } from '../../src/tools/run.ts';
import { networkAt, portAt, routerPort, routerSpec } from '../router-specs.ts';
import { allowAllEgress, allowIngress, serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Guest, TestHost } from './network-host.ts';
import { echo, pour, sink, talk } from './programs.ts';
import { addressWithGateway, contents, purgeRouter, putRouter } from './routers.ts';

/** The network with 2001:db8:<third + 1>::/64 beside its IPv4 addresses. */
function withIpv6(network: DesiredNetworkSpec, third: number): DesiredNetworkSpec {
  const [own] = network.subnets;
  if (own === undefined) throw new Error('it has one');
  const prefix = `2001:db8:${third + 1}::`;
  const subnet = {
    ...own,
    id: `${own.id.slice(0, -1)}f`,
    cidr: `${prefix}/64`,
    gatewayAddress: `${prefix}1`,
    dhcpAddress: `${prefix}2`,
    ipv6Mode: 'dhcpv6-stateful' as const,
  };
  return { ...network, subnets: [own, subnet] };
}

function portWithIpv6(network: DesiredNetworkSpec, number: number, third: number, rules: DesiredRule[]): DesiredPort {
  const port = portAt(network, number, third, { rules });
  const [own] = port.addresses;
  if (own === undefined) throw new Error('it has one');
  const address = {
    ...own,
    subnetId: network.subnets[1]?.id ?? '',
    address: `2001:db8:${third + 1}::${number}`,
    prefixLength: 64,
    gatewayAddress: `2001:db8:${third + 1}::1`,
  };
  return { ...port, addresses: [own, address] };
}

describe('a router between two networks', () => {
  const open = [allowAllEgress, allowIngress('any', null)];
  const rules = [...open, ...open.map((rule) => ({ ...rule, family: 6 as const }))];
  const [left, right] = [withIpv6(networkAt(1, 0), 0), withIpv6(networkAt(2, 1), 1)];
  const interfaces = [left, right].map((network, third) => {
    const port = routerPort(network, 1, `10.0.${third}.1`);
    const address = { address: `2001:db8:${third + 1}::1`, prefixLength: 64, gatewayAddress: null };
    return { ...port, addresses: [...port.addresses, address] };
  });
  const router = routerSpec(1, { interfaces });
  let host: TestHost;
  let one: Guest;
  let two: Guest;
  let before: unknown;

  beforeAll(async () => {
    host = await TestHost.start();
    for (const network of [left, right]) await host.putNetwork(network);
    one = await host.putServer(serverSpec(portWithIpv6(left, 11, 0, rules), 'one'));
    two = await host.putServer(serverSpec(portWithIpv6(right, 12, 1, rules), 'two'));
    for (const guest of [one, two]) await addressWithGateway(host, guest);
    before = await contents(host);
    await putRouter(host, router);
  });
  afterAll(() => host.stop());

  const ping = async (from: Guest, address: string) =>
    (await host.in(from, ['ping', '-c', '1', '-W', '1', address])).code === 0;

  test('guests of the two reach each other, and each the router at its gateway address', async () => {
    expect(await ping(one, '10.0.0.1')).toBe(true);
    expect(await ping(one, '10.0.1.1')).toBe(true);
    expect(await ping(one, '10.0.1.12')).toBe(true);
    expect(await ping(two, '10.0.0.11')).toBe(true);
  });

  test('IPv6 passes as well, by the address of the router and by the one that is advertised', async () => {
    for (const [guest, third] of [
      [one, 0],
      [two, 1],
    ] as const) {
      const own = guest.port.addresses[1]?.address;
      const ip = ['ip', '-6', '-netns', guest.namespace] as const;
      await run([...ip, 'address', 'add', `${own}/64`, 'dev', 'eth0', 'nodad']);
      // One names the router, the other takes whoever the network advertises.
      const gateway = third === 0 ? ['2001:db8:1::1'] : ['fe80::c00:a9ff:fefe:a9fe', 'dev', 'eth0'];
      await run([...ip, 'route', 'replace', '2001:db8::/32', 'via', ...gateway]);
    }
    await eventually(async () => expect(await ping(one, '2001:db8:2::12')).toBe(true));
    expect(await ping(two, '2001:db8:1::11')).toBe(true);
    expect(await ping(one, '2001:db8:1::1')).toBe(true);
  });

  test('TCP passes whole, and segments are no larger than the smaller network takes', async () => {
    await host.startIn(two, sink(7000));
    await eventually(async () => {
      const { stdout } = await host.in(one, [process.execPath, '--eval', pour('10.0.1.12', 7000, 4_000_000)]);
      expect(stdout).toBe('4000000');
    });
    // The path to the network with the smaller packets is found by the first answer, and not by packets that vanish.
    const small = { ...right, mtu: 1300 };
    const [toLeft, toRight] = router.interfaces;
    if (toLeft === undefined || toRight === undefined) throw new Error('two interfaces');
    await putRouter(host, { ...router, interfaces: [toLeft, { ...toRight, mtu: small.mtu }] });
    await host.startIn(one, sink(7001));
    await eventually(async () => {
      const { stdout } = await host.in(two, [process.execPath, '--eval', pour('10.0.0.11', 7001, 1_000_000)]);
      expect(stdout).toBe('1000000');
    });
    await putRouter(host, router);
  });

  test('a router sends from its own MAC address only, and nothing of a router listens', async () => {
    const [first] = router.interfaces;
    const rows = await host.host.tools.ovs.ports();
    const port = rows.find(({ externalIds }) => externalIds['unkai-router-port'] === first?.portId);
    const from = (mac: string) => `in_port=${port?.ofport},icmp,dl_src=${mac},dl_dst=${one.port.macAddress}`;
    const own = first?.macAddress ?? '';
    expect(await host.trace(`${from(own)},nw_src=192.0.2.9,nw_dst=10.0.0.11`)).toContain('ct(');
    expect(await host.trace(`${from('fa:16:3e:12:34:56')},nw_src=192.0.2.9,nw_dst=10.0.0.11`)).toContain(
      'actions: drop',
    );
    await host.startIn({ ...one, namespace: routerNamespace(host.host, router.id) }, echo(8000));
    expect((await host.in(one, ['nc', '-z', '-w', '1', '10.0.0.1', '8000'])).code).not.toBe(0);
  });

  test('a static route leads to what is behind a guest, and goes again; one that leads nowhere stops no other', async () => {
    await host.in(two, ['ip', 'address', 'add', '172.16.5.1/24', 'dev', 'lo']);
    expect(await ping(one, '172.16.5.1')).toBe(false);
    const routes = [{ destination: '172.16.5.0/24', nextHop: '10.0.1.12' }];
    await putRouter(host, { ...router, routes });
    // The guest may only send from its own address, so the answer that is looked for is at the guest's door.
    const namespace = routerNamespace(host.host, router.id);
    const shown = async () => (await host.in({ namespace }, ['ip', 'route', 'show', 'proto', 'static'])).stdout.trim();
    expect(await shown()).toMatch(
      /^172\.16\.5\.0\/24 via 10\.0\.1\.12 dev in\w+ $|^172\.16\.5\.0\/24 via 10\.0\.1\.12 dev in\w+$/,
    );
    const nowhere = { destination: '172.16.6.0/24', nextHop: '192.0.2.1' };
    await expect(putRouter(host, { ...router, routes: [nowhere, ...routes] })).rejects.toThrow(
      'its route to 172.16.6.0/24 by 192.0.2.1 cannot be used',
    );
    expect(await shown()).toContain('172.16.5.0/24');
    await putRouter(host, router);
    expect(await shown()).toBe('');
  });

  test('the agent and then the switch restart: a stream through the router goes on', async () => {
    await host.startIn(two, echo(7002));
    const file = host.file('talk');
    await eventually(async () =>
      expect((await host.in(one, ['nc', '-z', '-w', '1', '10.0.1.12', '7002'])).code).toBe(0),
    );
    await host.startIn(one, talk('10.0.1.12', 7002), file);
    const heard = async () => (await readFile(file, 'utf8')).length;
    const goesOn = async () => {
      const until = (await heard()) + 5;
      await eventually(async () => expect(await heard()).toBeGreaterThan(until));
    };
    await goesOn();
    const there = await contents(host);
    const tracked = async () =>
      (
        await host.in({ namespace: routerNamespace(host.host, router.id) }, [
          'conntrack',
          '-L',
          '-p',
          'tcp',
          '--orig-port-dst',
          '7002',
        ])
      ).stdout
        .split('\n')
        .filter((line) => line.includes('ESTABLISHED')).length;
    await host.stopAgent();
    await goesOn();
    await host.startAgent();
    await goesOn();
    expect(await contents(host)).toEqual(there);
    expect(await tracked()).toBe(1);
    await host.killDaemon('ovs-vswitchd', 'SIGKILL');
    await goesOn();
    expect(await contents(host)).toEqual(there);
  });

  test('an interface goes, and the other stays; a disabled router carries nothing', async () => {
    await putRouter(host, { ...router, interfaces: router.interfaces.slice(0, 1) });
    expect(await ping(one, '10.0.0.1')).toBe(true);
    expect(await ping(one, '10.0.1.12')).toBe(false);
    await putRouter(host, { ...router, isEnabled: false });
    expect(await contents(host)).toEqual(before);
    expect(await ping(one, '10.0.0.1')).toBe(false);
    await putRouter(host, router);
    await eventually(async () => expect(await ping(one, '10.0.1.12')).toBe(true));
  });

  test('purge leaves nothing of a router: no namespace, device, place on the bridge, flow or file', async () => {
    expect(await list(host.host)).toEqual([router.id]);
    for (let time = 0; time < 2; time++) {
      await purgeRouter(host, router.id);
      expect(await contents(host)).toEqual(before);
      expect(await list(host.host)).toEqual([]);
    }
  });
});
