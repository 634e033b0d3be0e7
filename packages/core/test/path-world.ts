import type { PathPort, PathRule, PathSnapshot } from '../src/path-check/snapshot.ts';

// Two networks, blue (10.1.0.0/24) and green (10.2.0.0/24), a router that joins them and leads outside, and one server on
// each. Everything is open; a test breaks one thing.

export const everything: PathRule = {
  direction: 'egress',
  protocol: 'any',
  portMin: null,
  portMax: null,
  remotePrefix: null,
  remoteGroupId: null,
};

export const sshFromAnywhere: PathRule = {
  ...everything,
  direction: 'ingress',
  protocol: 'tcp',
  portMin: 22,
  portMax: 22,
};

type Partly<Whole> = Partial<Whole>;

export function portOn(network: 'blue' | 'green', last: number, more: Partly<PathPort> = {}): PathPort {
  const address = `10.${network === 'blue' ? 1 : 2}.0.${last}`;
  return {
    id: id(`${network}-${last}`),
    name: address,
    networkId: network,
    server: { id: id(`server-${network}-${last}`), name: `${network}-${last}`, state: 'running', isHostUp: true },
    isEnabled: true,
    hasPortSecurity: true,
    addresses: [{ subnetId: `${network}-subnet`, address }],
    securityGroupIds: ['default'],
    failure: null,
    ...more,
  };
}

/** A UUID that is the same for the same word. */
export function id(word: string): string {
  const digits = Buffer.from(word).toString('hex').padEnd(32, '0').slice(-32);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const subnet = (network: 'blue' | 'green', cidr: string, gatewayAddress: string) => ({
  id: `${network}-subnet`,
  networkId: network,
  name: `${network}-subnet`,
  cidr,
  gatewayAddress,
  hostRoutes: [],
});

export function world(more: Partly<PathSnapshot> = {}): PathSnapshot {
  return {
    ports: [portOn('blue', 5), portOn('blue', 6), portOn('green', 5)],
    subnets: [subnet('blue', '10.1.0.0/24', '10.1.0.1'), subnet('green', '10.2.0.0/24', '10.2.0.1')],
    networks: ['blue', 'green'].map((name) => ({ id: name, name, isEnabled: true, isPhysical: false })),
    groups: [{ id: 'default', name: 'default', rules: [everything, sshFromAnywhere] }],
    routers: [
      {
        id: 'router',
        name: 'edge',
        isEnabled: true,
        isHostUp: true,
        routes: [],
        interfaces: [
          { networkId: 'blue', subnetId: 'blue-subnet', address: '10.1.0.1' },
          { networkId: 'green', subnetId: 'green-subnet', address: '10.2.0.1' },
        ],
        gateway: { networkId: 'outside', address: '203.0.113.10', hasSnat: true },
      },
    ],
    floatingIps: [
      {
        id: 'floating',
        address: '203.0.113.20',
        forwardings: [],
        target: { portId: id('blue-5'), fixedAddress: '10.1.0.5' },
      },
    ],
    ...more,
  };
}
