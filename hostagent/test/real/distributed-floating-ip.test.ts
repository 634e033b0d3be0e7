import type { DesiredRouterBranchSpec, DesiredRouterSpec } from '@unkai/contracts/host/desired-router';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensure, purge } from '../../src/resources/router-branch.ts';
import { inNamespace } from '../../src/tools/namespace.ts';
import { run, type StartedProcess, start } from '../../src/tools/run.ts';
import { networkAt, portAt } from '../router-specs.ts';
import { allowAllEgress, allowIngress, serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Placed, TestFabric } from './fabric.ts';
import { whoCalls } from './programs.ts';
import { addressWithGateway, contents, externalNetwork, gatewayRouter, reachInternet } from './routers.ts';

// The router is on the second host. Guests with floating IPs are on the first and the third, which have a way outside too.
const rules = [allowAllEgress, allowIngress('icmp', null), allowIngress('tcp', 80)];
const [red, external] = [networkAt(1, 0), externalNetwork(3)];
const router = gatewayRouter(1, [red, external], '203.0.113.11');
const floatingIp = (number: number) => ({
  id: `01890a5d-ac96-774b-8cce-0000000f00${number}`,
  address: `203.0.113.${number}`,
  fixedAddress: `10.0.0.${number}`,
  networkId: red.id,
});
const branch = (host: number, numbers: readonly number[]): DesiredRouterBranchSpec => ({
  id: router.id,
  projectId: router.projectId,
  name: router.name,
  interfaces: router.interfaces,
  gateway: {
    portId: router.gateway?.portId ?? '',
    macAddress: `0a:00:00:00:00:0${host}`,
    mtu: 1500,
    physicalNetwork: 'provider',
    vlan: null,
    prefixLength: 24,
    nextHop: '203.0.113.1',
  },
  otherPrefixes: ['10.0.0.0/24'],
  floatingIps: numbers.map(floatingIp),
});
const started: StartedProcess[] = [];
let fabric: TestFabric;
let plain: Placed;
let one: Placed;
let two: Placed;
let far: Placed;
let before: unknown;

beforeAll(async () => {
  fabric = await TestFabric.start(3);
  await fabric.putNetwork(red);
  await Promise.all(fabric.hosts.map((host) => reachInternet(fabric, host)));
  await fabric.host(1).putNetwork(external);
  await fabric.putRouter(1, router);
  const put = async (host: number, number: number, name: string) => {
    const guest = await fabric.putServer(host, serverSpec(portAt(red, number, 0, { rules }), name));
    await addressWithGateway(guest.host, guest);
    await guest.host.startIn(guest, whoCalls(80, name));
    return guest;
  };
  plain = await put(0, 11, 'plain');
  one = await put(0, 51, 'one');
  two = await put(0, 52, 'two');
  far = await put(2, 53, 'far');
  const program = [process.execPath, '--eval', whoCalls(80, 'internet')] as const;
  started.push(await start(inNamespace(fabric.internetNamespace, program)));
  before = await contents(fabric.host(0));
  await putBranch(0, branch(1, [51, 52]));
  await putBranch(2, branch(3, [53]));
});
afterAll(async () => {
  for (const process of started) await process.stop('SIGKILL');
  for (const index of [0, 2]) await purge(fabric.host(index).host, router.id);
  await fabric.stop();
});

async function putBranch(index: number, spec: DesiredRouterBranchSpec): Promise<void> {
  const { host } = fabric.host(index);
  await host.state.put('router-branch', spec.id, { generation: 1, spec });
  await ensure(host, spec);
}

/** What a TCP server answers; empty without one. */
const call = async (namespace: string, address: string) =>
  (await fabric.host(0).in({ namespace }, ['nc', '-N', '-w', '1', address, '80'])).stdout;
const fromInternet = (address: string) => call(fabric.internetNamespace, address);

/** Packets that the network host has got since it was last asked: through tunnels, and of floating IPs from outside. */
async function sniffed(): Promise<{ tunnelled: number; floating: number }> {
  const { stdout } = await fabric.host(1).onHost(['nft', '--json', 'reset', 'counters', 'table', 'netdev', 'sniffer']);
  const count = (name: string) => Number(new RegExp(`"name": "${name}".*?"packets": (\\d+)`).exec(stdout)?.[1]);
  return { tunnelled: count('tunnelled'), floating: count('floating') };
}

async function sniff(): Promise<void> {
  const input = `table netdev sniffer {
  counter tunnelled { }
  counter floating { }
  chain underlay { type filter hook ingress device eth0 priority 0; udp dport 4789 counter name tunnelled; }
  chain outside {
    type filter hook ingress device phys0 priority 0;
    ip daddr 203.0.113.51-203.0.113.53 counter name floating;
    ip saddr 203.0.113.51-203.0.113.53 counter name floating;
  }
}
`;
  await run(inNamespace(fabric.host(1).namespace, ['nft', '-f', '-']), { input });
}

test('a floating IP passes at the host of its guest, both ways, and the network host sees nothing of it', async () => {
  await eventually(async () => expect(await fromInternet('203.0.113.51')).toBe('one 203.0.113.1'));
  await eventually(async () => expect(await fromInternet('203.0.113.53')).toBe('far 203.0.113.1'));
  await sniff();
  expect(await fromInternet('203.0.113.51')).toBe('one 203.0.113.1');
  expect(await call(one.namespace, '203.0.113.1')).toBe('internet 203.0.113.51');
  expect(await call(two.namespace, '203.0.113.1')).toBe('internet 203.0.113.52');
  // Of two hosts, each with its own way out.
  expect(await call(one.namespace, '203.0.113.53')).toBe('far 203.0.113.51');
  expect(await sniffed()).toEqual({ tunnelled: 0, floating: 0 });
  expect(await fabric.host(0).in(one, ['nc', '-N', '-w', '1', '203.0.113.1', '81'])).toMatchObject({ stdout: '' });
});

test('what has no floating IP goes by the router as ever, and the rules of guests hold', async () => {
  expect(await call(plain.namespace, '203.0.113.1')).toBe('internet 203.0.113.11');
  expect((await sniffed()).tunnelled).toBeGreaterThan(0);
  const ping = async (address: string) => (await fabric.host(0).in(one, ['ping', '-c', '1', '-W', '2', address])).code;
  for (const address of ['10.0.0.1', '10.0.0.11', '10.0.0.53', '203.0.113.1']) expect(await ping(address)).toBe(0);
  const refused = ['nc', '-z', '-w', '1', '203.0.113.51', '81'] as const;
  expect((await fabric.host(0).in({ namespace: fabric.internetNamespace }, refused)).code).toBe(1);
  // Nobody outside reaches a guest at its own address by what is here.
  await run(['ip', '-netns', fabric.internetNamespace, 'route', 'replace', '10.0.0.0/24', 'via', '203.0.113.51']);
  expect(await fromInternet('10.0.0.11')).toBe('');
  expect(await fromInternet('10.0.0.51')).toBe('');
});

test('hairpin: guests reach each other, and themselves, at floating IPs wherever these pass', async () => {
  expect(await call(one.namespace, '203.0.113.52')).toBe('two 203.0.113.51');
  expect(await call(one.namespace, '203.0.113.51')).toBe('one 203.0.113.51');
  await eventually(async () => expect(await call(plain.namespace, '203.0.113.51')).toBe('one 203.0.113.11'));
  await eventually(async () => expect(await call(far.namespace, '203.0.113.52')).toBe('two 203.0.113.53'));
});

test('an agent starts again, and nothing of it changes', async () => {
  const host = fabric.host(0);
  const there = await contents(host);
  await host.stopAgent();
  await host.startAgent();
  expect(await contents(host)).toEqual(there);
  expect(await fromInternet('203.0.113.51')).toBe('one 203.0.113.1');
});

/** Counts what each of two hosts says outside of an address in ARP, by the wire that it comes in by. */
async function countAnnouncements(address: string) {
  const chain = (index: number) => `
  counter host${index} { }
  chain from${index} {
    type filter hook ingress device "w${fabric.host(index).namespace}" priority 0;
    arp saddr ip ${address} counter name host${index};
  }`;
  const input = `table netdev announcements {${chain(0)}${chain(1)}\n}\n`;
  await run(inNamespace(fabric.internetNamespace, ['nft', '-f', '-']), { input });
  return async (index: number) => {
    const list = ['nft', '--json', 'list', 'counter', 'netdev', 'announcements', `host${index}`] as const;
    const { stdout } = await run(inNamespace(fabric.internetNamespace, list));
    return Number(/"packets": (\d+)/.exec(stdout)?.[1]);
  };
}

test('moved right after it has come, it is announced by the next host alone from the moment this one has let go', async () => {
  await putBranch(0, branch(1, [51]));
  const announced = await countAnnouncements('203.0.113.52');
  await putBranch(0, branch(1, [51, 52]));
  expect(await announced(0)).toBeGreaterThan(0);
  await putBranch(0, branch(1, [51]));
  const before = await announced(0);
  expect(await announced(1)).toBe(0);
  await fabric.putRouter(1, { ...router, floatingIps: [floatingIp(52)] });
  // At once, and three times more: as often as this one would have.
  await eventually(async () => expect(await announced(1)).toBeGreaterThan(3));
  expect(await announced(0)).toBe(before);
  await eventually(async () => expect(await fromInternet('203.0.113.52')).toBe('two 203.0.113.1'));
  await fabric.putRouter(1, router);
  await putBranch(0, branch(1, [51, 52]));
});

test('when its guest’s host is not its way any more, a floating IP passes at the router at once, and nothing is left', async () => {
  const { host } = fabric.host(0);
  const floatingIps = [51, 52].map((number) => floatingIp(number));
  await purge(host, router.id);
  await host.state.remove('router-branch', router.id);
  const whole: DesiredRouterSpec = { ...router, floatingIps };
  await fabric.putRouter(1, whole);
  await eventually(async () => expect(await fromInternet('203.0.113.51')).toBe('one 203.0.113.1'));
  expect(await call(one.namespace, '203.0.113.1')).toBe('internet 203.0.113.51');
  expect(await contents(fabric.host(0))).toEqual(before);
});
