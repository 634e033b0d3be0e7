import { describe, expect, test } from 'vitest';
import { checkPath } from '../src/path-check/check.ts';
import { UnknownEnd } from '../src/path-check/ends.ts';
import type { PathRouter, PathSnapshot } from '../src/path-check/snapshot.ts';
import { everything, id, portOn, sshFromAnywhere, world } from './path-world.ts';

const blue = id('blue-5');
const neighbour = id('blue-6');
const green = id('green-5');
const ssh = { protocol: 'tcp', port: 22 } as const;
const ping = { protocol: 'icmp', port: null } as const;

function check(
  snapshot: PathSnapshot,
  from: string,
  to: string,
  traffic: Parameters<typeof checkPath>[1]['traffic'] = ssh,
) {
  return checkPath(snapshot, { from, to, traffic });
}

/** What stops the packet first. */
function obstacle(...asked: Parameters<typeof check>) {
  return check(...asked).steps.find(({ verdict }) => verdict !== 'passes');
}

const [router] = world().routers;
if (!router) throw new Error('The world has a router.');
const withRouter = (more: Partial<PathRouter>) => world({ routers: [{ ...router, ...more }] });
const withGroup = (rules: PathSnapshot['groups'][number]['rules']) =>
  world({ groups: [{ id: 'default', name: 'default', rules }] });

describe('what is open', () => {
  test('on one subnet, across a router, out, and in by a floating IP', () => {
    for (const [from, to] of [
      ...[neighbour, green, 'internet'].map((to) => [blue, to] as const),
      ['198.51.100.7', '203.0.113.20'],
      ['internet', blue],
      [green, '203.0.113.20'],
      [green, '10.1.0.6'],
      [id('server-blue-5'), id('server-green-5')],
    ] as const) {
      expect(obstacle(world(), from, to), `${from} → ${to}`).toBeUndefined();
    }
  });
  test('is told step by step, in the order in which a packet meets it', () => {
    const { from, to, isOpen, steps } = check(world(), blue, green);
    expect([from, to, isOpen]).toEqual([
      { label: 'blue-5', address: '10.1.0.5' },
      { label: 'green-5', address: '10.2.0.5' },
      true,
    ]);
    expect(steps.map(({ title }) => title)).toEqual([
      'Server blue-5',
      'Rules of blue-5',
      'Router edge',
      'Server green-5',
      'Rules of green-5',
    ]);
  });
});

describe('H20: rules', () => {
  test('that lack are named as the rule to add, as narrow as can be', () => {
    expect(obstacle(withGroup([everything]), blue, neighbour)).toMatchObject({
      title: 'Rules of blue-6',
      detail: 'No rule of default lets tcp 22 in from 10.1.0.5.',
      mend: {
        kind: 'rule',
        securityGroupId: 'default',
        rule: { direction: 'ingress', protocol: 'tcp', portMin: 22, portMax: 22, remotePrefix: '10.1.0.5/32' },
      },
    });
    expect(obstacle(withGroup([sshFromAnywhere]), blue, neighbour)).toMatchObject({
      title: 'Rules of blue-5',
      mend: { rule: { direction: 'egress', protocol: 'tcp', portMin: 22, portMax: 22, remotePrefix: '10.1.0.6/32' } },
    });
    expect(obstacle(world(), blue, neighbour, ping)?.mend).toMatchObject({
      rule: { direction: 'ingress', protocol: 'icmp', remotePrefix: '10.1.0.5/32' },
    });
    expect(obstacle(withGroup([everything]), 'internet', '203.0.113.20')?.mend).toEqual({
      kind: 'rule',
      securityGroupId: 'default',
      name: 'default',
      rule: { direction: 'ingress', protocol: 'tcp', portMin: 22, portMax: 22 },
    });
  });
  test('the rule that is named mends it', () => {
    const before = obstacle(withGroup([everything]), '198.51.100.7', blue);
    const { mend } = before ?? {};
    if (mend?.kind !== 'rule') throw new Error('A rule is missing.');
    const { rule } = mend;
    const added = {
      ...everything,
      ...rule,
      family: 4,
      protocol: String(rule.protocol),
      portMin: rule.portMin ?? null,
      portMax: rule.portMax ?? null,
    };
    const mended = withGroup([everything, { ...added, remotePrefix: rule.remotePrefix ?? null, remoteGroupId: null }]);
    expect(obstacle(mended, '198.51.100.7', blue)).toBeUndefined();
    expect(obstacle(mended, '198.51.100.8', blue)).toBeDefined();
  });
  test('of a range hold for what is in it, of some ports for these', () => {
    const rule = { ...sshFromAnywhere, portMin: 20, portMax: 30, remotePrefix: '10.1.0.0/29' };
    expect(obstacle(withGroup([everything, rule]), blue, neighbour)).toBeUndefined();
    expect(obstacle(withGroup([everything, { ...rule, remotePrefix: '10.1.0.8/29' }]), blue, neighbour)).toBeDefined();
    expect(obstacle(withGroup([everything, rule]), blue, neighbour, { protocol: 'tcp', port: 31 })).toBeDefined();
    expect(obstacle(withGroup([everything, rule]), blue, neighbour, { protocol: 'udp', port: 22 })).toBeDefined();
    // Any port is asked for, some are open.
    expect(obstacle(withGroup([everything, rule]), blue, neighbour, { protocol: 'tcp', port: null })).toBeDefined();
    expect(
      obstacle(withGroup([everything, { ...rule, remotePrefix: null, family: 6 }]), blue, neighbour),
    ).toBeDefined();
  });
  test('that name a group hold for its ports on the same network only', () => {
    const rule = { ...sshFromAnywhere, remoteGroupId: 'default' };
    expect(obstacle(withGroup([everything, rule]), blue, neighbour)).toBeUndefined();
    expect(obstacle(withGroup([everything, rule]), blue, green)?.title).toBe('Rules of green-5');
    expect(obstacle(withGroup([everything, rule]), 'internet', blue)?.title).toBe('Rules of blue-5');
  });
  test('of the internet are open only where every address is', () => {
    const rule = { ...sshFromAnywhere, remotePrefix: '198.51.100.0/24' };
    expect(obstacle(withGroup([everything, rule]), 'internet', blue)).toBeDefined();
    expect(obstacle(withGroup([everything, { ...rule, remotePrefix: '0.0.0.0/0' }]), 'internet', blue)).toBeUndefined();
  });
  test('are not looked at without port security; a port without a group wants one', () => {
    const open = portOn('blue', 6, { hasPortSecurity: false, securityGroupIds: [] });
    expect(obstacle(world({ ports: [portOn('blue', 5), open] }), blue, neighbour)).toBeUndefined();
    const bare = portOn('blue', 6, { securityGroupIds: [] });
    expect(obstacle(world({ ports: [portOn('blue', 5), bare] }), blue, neighbour)).toMatchObject({
      detail: 'It has no security group, so nothing lets tcp 22 in from 10.1.0.5.',
      mend: { kind: 'visit' },
      concerned: { noun: 'port', id: neighbour },
    });
  });
});

describe('a port', () => {
  const server = { id: id('server-blue-6'), name: 'blue-6', state: 'running', isHostUp: true } as const;
  const cases = {
    'without a server': [{ server: null }, 'No server has this port.'],
    'of a server that is off': [{ server: { ...server, state: 'stopped' } }, /^It does not run: Switched off/],
    'whose host is away': [{ server: { ...server, isHostUp: false } }, 'The host does not answer.'],
    'that is switched off': [{ isEnabled: false }, /^The port is switched off/],
    'whose network failed on its host': [{ failure: 'no bridge' }, /: no bridge$/],
    'without an address': [{ addresses: [] }, 'The port has no address.'],
  } as const;
  for (const [name, [more, detail]] of Object.entries(cases)) {
    test(`${name} stops it, at either end`, () => {
      const snapshot = world({ ports: [portOn('blue', 5), portOn('blue', 6, more)] });
      const found = [obstacle(snapshot, blue, neighbour), obstacle(snapshot, neighbour, blue)];
      for (const each of found) expect(each).toMatchObject({ detail: expect.stringMatching(detail) });
    });
  }
  test('on a network that is switched off is cut off', () => {
    const networks = world().networks.map((network) => ({ ...network, isEnabled: network.name !== 'blue' }));
    expect(obstacle(world({ networks }), blue, neighbour)?.detail).toBe('The network is switched off.');
  });
});

describe('between networks', () => {
  test('without a router nobody answers at the gateway', () => {
    expect(obstacle(world({ routers: [] }), blue, green)).toMatchObject({
      detail: 'Nobody answers at 10.1.0.1, the next hop of the subnet blue-subnet: no router joins it.',
      next: 'Give a router an interface on the subnet blue-subnet.',
    });
  });
  test('without a gateway guests know no way', () => {
    const subnets = world().subnets.map((each) => ({ ...each, gatewayAddress: null }));
    expect(obstacle(world({ subnets }), blue, green)?.detail).toMatch(
      /^The subnet blue-subnet tells its guests of no way/,
    );
  });
  test('a router that does not join the other network sends it elsewhere, or knows no way', () => {
    const interfaces = router.interfaces.slice(0, 1);
    expect(obstacle(withRouter({ interfaces }), blue, green)?.detail).toMatch(/^It does not join green/);
    expect(obstacle(withRouter({ interfaces, gateway: null }), blue, green)?.detail).toBe(
      'It knows no way to 10.2.0.5.',
    );
  });
  test('a router that is off, or on no host that answers, stops it', () => {
    expect(obstacle(withRouter({ isEnabled: false }), blue, green)?.detail).toBe('The router is switched off.');
    expect(obstacle(withRouter({ isHostUp: false }), blue, green)?.mend).toEqual({ kind: 'wait' });
    expect(obstacle(withRouter({ isHostUp: null }), blue, green)?.detail).toBe('No host carries the router yet.');
  });
  test('the way back counts', () => {
    const subnets = world().subnets.map((each) =>
      each.networkId === 'green' ? { ...each, gatewayAddress: null } : each,
    );
    expect(obstacle(world({ subnets }), blue, green)?.title).toBe('The way back: Subnet green-subnet');
  });
  test('two routers with static routes lead on; routes in a circle do not', () => {
    const transit = { networkId: 'transit', subnetId: 'transit-subnet' };
    const [left, right] = router.interfaces;
    if (!left || !right) throw new Error('The router joins two networks.');
    const subnets = [
      ...world().subnets,
      { ...transit, id: 'transit-subnet', name: 'transit', cidr: '10.9.0.0/24', gatewayAddress: null, hostRoutes: [] },
    ];
    const one = {
      ...router,
      id: 'one',
      name: 'one',
      gateway: null,
      interfaces: [left, { ...transit, address: '10.9.0.1' }],
      routes: [{ destination: '10.2.0.0/16', nextHop: '10.9.0.2' }],
    };
    const other = {
      ...router,
      id: 'other',
      name: 'other',
      gateway: null,
      interfaces: [right, { ...transit, address: '10.9.0.2' }],
      routes: [{ destination: '10.1.0.0/24', nextHop: '10.9.0.1' }],
    };
    expect(obstacle(world({ subnets, routers: [one, other] }), blue, green)).toBeUndefined();
    const circle = [{ destination: '10.3.0.0/16', nextHop: '10.9.0.2' }];
    const back = [{ destination: '10.3.0.0/16', nextHop: '10.9.0.1' }];
    const routers = [
      { ...one, routes: circle },
      { ...other, routes: back },
    ];
    expect(obstacle(world({ subnets, routers }), blue, '10.3.0.1')?.detail).toBe(
      'The packet went by too many routers.',
    );
  });
  test('a guest as next hop is as far as can be seen', () => {
    const subnets = world().subnets.map((each) => ({
      ...each,
      hostRoutes: [{ destination: '10.2.0.0/24', nextHop: '10.1.0.6' }],
    }));
    expect(obstacle(world({ subnets }), blue, green)).toMatchObject({ verdict: 'unknown', title: 'Port 10.1.0.6' });
  });
});

describe('outside', () => {
  test('without source translation only what has a floating IP gets an answer', () => {
    const gateway = { networkId: 'outside', address: '203.0.113.10', hasSnat: false };
    expect(obstacle(withRouter({ gateway }), blue, 'internet')).toBeUndefined();
    expect(obstacle(withRouter({ gateway }), green, 'internet')).toMatchObject({
      title: 'Address translation',
      concerned: { noun: 'router' },
    });
  });
  test('an address of a subnet that no port has is not outside', () => {
    const detail = /belongs to this subnet, and no port has it\.$/;
    expect(obstacle(world(), blue, '10.1.0.99')?.detail).toMatch(detail);
    expect(obstacle(world(), blue, '10.2.0.99')?.detail).toMatch(detail);
  });
  test('nobody comes in without a floating IP, and the missing rule is told as well', () => {
    const snapshot = { ...withGroup([everything]), floatingIps: [] };
    const found = check(snapshot, 'internet', blue).steps.filter(({ verdict }) => verdict === 'stops');
    expect(found.map(({ title }) => title)).toEqual(['From outside', 'Rules of blue-5']);
  });
  test('a floating IP wants a router with a gateway', () => {
    expect(obstacle(withRouter({ gateway: null }), 'internet', blue)?.title).toBe('Router');
  });
  test('a port forwarding leads the port that it names to the one behind it', () => {
    const forwarding = {
      protocol: 'tcp',
      externalPortMin: 2200,
      externalPortMax: 2210,
      internalPortMin: 20,
      portId: blue,
      fixedAddress: '10.1.0.5',
    };
    const floatingIps = [{ id: 'floating', address: '203.0.113.20', target: null, forwardings: [forwarding] }];
    const at = (port: number) =>
      obstacle(world({ floatingIps }), 'internet', '203.0.113.20', { protocol: 'tcp', port });
    expect(at(2202)).toBeUndefined();
    expect(at(2203)?.mend).toMatchObject({ rule: { portMin: 23 } });
    expect(() => at(22)).toThrow(UnknownEnd);
  });
  test('a network of the data centre has its own way out and in', () => {
    const networks = world().networks.map((network) => ({ ...network, isPhysical: true }));
    expect(obstacle(world({ networks, routers: [], floatingIps: [] }), blue, 'internet')).toBeUndefined();
    expect(obstacle(world({ networks, routers: [], floatingIps: [] }), '198.51.100.7', blue)).toBeUndefined();
  });
});

test('ends that are nothing, or both outside, are refused', () => {
  expect(() => check(world(), id('nobody'), blue)).toThrow(UnknownEnd);
  expect(() => check(world(), 'internet', '198.51.100.7')).toThrow(UnknownEnd);
});

test('who comes from outside is led to the port of a server that has the floating IP', () => {
  const server = { id: id('both'), name: 'both', state: 'running', isHostUp: true } as const;
  const ports = [portOn('green', 9, { server }), portOn('blue', 5, { server })];
  expect(check(world({ ports }), 'internet', id('both'))).toMatchObject({ isOpen: true, to: { address: '10.1.0.5' } });
});

test('of servers with several ports those are taken that are on one subnet', () => {
  const server = { id: id('both'), name: 'both', state: 'running', isHostUp: true } as const;
  const ports = [portOn('green', 9, { server }), portOn('blue', 9, { server }), portOn('blue', 5)];
  expect(check(world({ ports }), id('both'), blue).from.address).toBe('10.1.0.9');
});
