import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { inNamespace } from '../../src/tools/namespace.ts';
import { run, type StartedProcess, start } from '../../src/tools/run.ts';
import { address6, network6Spec, open, port6Spec } from '../ipv6-specs.ts';
import { serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Placed, TestFabric } from './fabric.ts';
import type { TestHost } from './network-host.ts';
import { whoCalls } from './programs.ts';
import { externalNetwork, gatewayRouter, putRouter, reachInternet } from './routers.ts';

// The guest is on the first host, its router on the second, later on the third, in the end on the first. All have a way to
// the "internet".
const red = network6Spec(1, 'slaac');
const plain = externalNetwork(3);
const outer6 = {
  id: `${plain.subnets[0]?.id.slice(0, -1)}f`,
  cidr: '2001:db8:ffff::/64',
  gatewayAddress: '2001:db8:ffff::1',
  dhcpAddress: '2001:db8:ffff::2',
  dnsServers: [],
  hostRoutes: [],
  ipv6Mode: 'dhcpv6-stateful' as const,
};
const external = { ...plain, subnets: [...plain.subnets, outer6] };
const both = { prefixLength: 64, gatewayAddress: null };
const four = gatewayRouter(1, [red, external], '203.0.113.11', {
  floatingIps: [{ id: '01890a5d-ac96-774b-8cce-0000000f0001', address: '203.0.113.51', fixedAddress: '10.0.0.12' }],
});
const router = {
  ...four,
  interfaces: four.interfaces.map((port) => ({
    ...port,
    addresses: [...port.addresses, { ...both, address: '2001:db8:1::1' }],
  })),
  gateway: four.gateway && {
    ...four.gateway,
    addresses: [
      ...four.gateway.addresses,
      { address: '2001:db8:ffff::11', prefixLength: 64, gatewayAddress: outer6.gatewayAddress },
    ],
  },
};
const started: StartedProcess[] = [];
let fabric: TestFabric;
let plainGuest: Placed;
let floating: Placed;

beforeAll(async () => {
  fabric = await TestFabric.start(3);
  await fabric.putNetwork(red);
  for (const index of [0, 1, 2]) {
    await reachInternet(fabric, fabric.host(index));
    await fabric.host(index).putNetwork(external);
  }
  plainGuest = await fabric.putServer(0, serverSpec(port6Spec(red, 11, open), 'plain'));
  floating = await fabric.putServer(0, serverSpec(port6Spec(red, 12, open), 'floating'));
  await fabric.putRouter(1, router);
  for (const guest of [plainGuest, floating]) {
    expect(await guest.host.lease(guest)).not.toEqual({});
    await run(['ip', '-netns', guest.namespace, 'route', 'replace', 'default', 'via', '10.0.0.1']);
    await guest.host.startIn(guest, whoCalls(80, guest.hostName));
  }
  const program = [process.execPath, '--eval', whoCalls(80, 'internet')] as const;
  started.push(await start(inNamespace(fabric.internetNamespace, program)));
  // As the router of a provider knows where a tenant's prefix is.
  const prefix = ['route', 'add', '2001:db8:1::/64', 'via', '2001:db8:ffff::11'] as const;
  await run(['ip', '-6', '-netns', fabric.internetNamespace, ...prefix]);
});
afterAll(async () => {
  for (const process of started) await process.stop('SIGKILL');
  await fabric.stop();
});

/** What a TCP server answers; empty without one. */
const call = async (namespace: string, address: string) =>
  (await fabric.host(0).in({ namespace }, ['nc', '-N', '-w', '1', address, '80'])).stdout;
const fromInternet = (address: string) => call(fabric.internetNamespace, address);

async function everythingPasses(): Promise<void> {
  const { namespace } = plainGuest;
  await eventually(async () => expect(await call(namespace, '203.0.113.1')).toBe('internet 203.0.113.11'));
  await eventually(async () => expect(await fromInternet('203.0.113.51')).toBe('floating 203.0.113.1'));
  expect(await call(floating.namespace, '203.0.113.1')).toBe('internet 203.0.113.51');
}

test('IPv6 passes a router to the outside and back untranslated, by what the network advertises', async () => {
  await everythingPasses();
  const own = address6(red, 11);
  const shown = async (...argv: string[]) =>
    (await run(['ip', '-6', '-netns', plainGuest.namespace, ...argv, 'dev', 'eth0'])).stdout;
  await eventually(async () => expect(await shown('address', 'show', '-tentative')).toContain(own));
  expect(await shown('route', 'show', 'default')).toContain('via fe80::c00:a9ff:fefe:a9fe');
  await eventually(async () => expect(await call(plainGuest.namespace, '2001:db8:ffff::1')).toBe(`internet ${own}`));
  expect(await fromInternet(own)).toBe('plain 2001:db8:ffff::1');
});

test('a network host is lost: on another its routers answer again, and the outside hears at once where they are', async () => {
  const outside = async () => {
    const { stdout } = await run(['bridge', '-netns', fabric.internetNamespace, 'fdb', 'show', 'br', 'wire']);
    return stdout.split('\n').find((line) => line.startsWith(router.gateway?.macAddress ?? '?')) ?? '';
  };
  const portOf = (index: number) => `dev w${fabric.host(index).namespace} `;
  expect(await outside()).toContain(portOf(1));
  await fabric.lose(1);
  expect(await fromInternet('203.0.113.51')).toBe('');
  await fabric.putRouter(2, router);
  // Nobody has called anybody since: this is what the router has said of itself.
  await eventually(async () => expect(await outside()).toContain(portOf(2)));
  await everythingPasses();
  const own = address6(red, 11);
  await eventually(async () => expect(await fromInternet(own)).toBe('plain 2001:db8:ffff::1'));
});

const links = z.array(z.object({ ifname: z.string() }));

async function outerDevices(namespace: string): Promise<string[]> {
  const { stdout } = await run(['ip', '-json', '-netns', namespace, 'link', 'show', 'type', 'veth']);
  return links.parse(JSON.parse(stdout)).flatMap(({ ifname }) => (ifname.startsWith('ex') ? [ifname] : []));
}

test('a host that is not heard keeps its routers past its lease, until another announces their addresses outside', async () => {
  const [old, next] = [fabric.host(2), fabric.host(0)];
  const routersOn = async (host: TestHost) =>
    (await host.host.tools.ip.namespaces()).filter((name) => name.startsWith(`${host.namespace}-router`));
  const claims = vi.spyOn(old.host.tools.routing, 'claims');
  await old.confirmLease(0);
  // A control plane that is away ends nothing, and what the host itself says of its addresses is no other's word.
  await eventually(async () => expect(claims.mock.calls.length).toBeGreaterThan(0));
  const [namespace = ''] = await routersOn(old);
  const [inside = ''] = await outerDevices(namespace);
  await old.host.tools.routing.announce(
    namespace,
    inside,
    router.gateway?.addresses.map(({ address }) => address) ?? [],
  );
  await eventually(async () => expect(claims.mock.calls.length).toBeGreaterThan(3));
  await everythingPasses();
  expect(await routersOn(old)).toHaveLength(1);

  await putRouter(next, router);
  await eventually(async () => expect(await routersOn(old)).toEqual([]));
  expect(old.host.state.list('router')).toEqual([]);
  await fabric.putRouter(0, router);
  await everythingPasses();
  // A start of its agent does not bring it back either.
  await old.stopAgent();
  await old.startAgent();
  expect(await routersOn(old)).toEqual([]);
  await everythingPasses();
});
