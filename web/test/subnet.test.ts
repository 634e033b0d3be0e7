import type { Port } from '@unkai/contracts/resources/port';
import type { Subnet } from '@unkai/contracts/resources/subnet';
import { describe, expect, test } from 'vitest';
import { draftOf, emptySubnet, freeRange, poolUse, rangeOf, subnetOf } from '../resources/subnet.ts';

const subnet: Subnet = {
  id: 's1',
  networkId: 'n1',
  projectId: 'p1',
  name: 'backend',
  cidr: '10.1.0.0/24',
  gatewayAddress: '10.1.0.1',
  dhcpAddress: '10.1.0.2',
  dnsServers: ['9.9.9.9'],
  allocationPools: [
    { first: '10.1.0.10', last: '10.1.0.19' },
    { first: '10.1.0.30', last: '10.1.0.31' },
  ],
  hostRoutes: [{ destination: '192.0.2.0/24', nextHop: '10.1.0.9' }],
  hasDhcp: true,
  ipv6Mode: null,
  subnetPoolId: null,
  addressScopeId: null,
  tags: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  revision: 1,
};

const portWith = (address: string, subnetId = 's1'): Port => ({
  id: address,
  projectId: 'p1',
  networkId: 'n1',
  serverId: null,
  routerId: null,
  deviceOwner: '',
  name: '',
  description: '',
  tags: [],
  macAddress: 'fa:00:00:00:00:01',
  addresses: [{ subnetId, address }],
  securityGroupIds: [],
  qosPolicyId: null,
  isKept: true,
  isEnabled: true,
  hasPortSecurity: true,
  allowedAddressPairs: [],
  dhcpOptions: [],
  dnsName: null,
  createdAt: subnet.createdAt,
  updatedAt: subnet.updatedAt,
  revision: 1,
});

test('of what pools hold, only addresses in them count as used', () => {
  const ports = [portWith('10.1.0.10'), portWith('10.1.0.31'), portWith('10.1.0.200'), portWith('10.1.0.11', 's2')];
  expect(poolUse(subnet, ports)).toEqual({ used: 2, total: 12 });
});

describe('a draft', () => {
  test('of a subnet that is there asks for the same again, and leaves pools alone that nobody touched', () => {
    const draft = draftOf(subnet);
    const { name, gatewayAddress, dnsServers, hostRoutes, hasDhcp } = subnet;
    expect(subnetOf(draft, draft)).toEqual({ request: { name, gatewayAddress, dnsServers, hostRoutes, hasDhcp } });
    expect(subnetOf({ ...draft, allocationPools: '' }, draft)).toMatchObject({ request: { allocationPools: [] } });
  });
  test('takes pools and routes as people write them', () => {
    const draft = { ...emptySubnet, name: 'a', cidr: '10.1.0.0/24' };
    const written = {
      ...draft,
      allocationPools: '10.1.0.10 - 10.1.0.19, 10.1.0.30-10.1.0.31\n',
      hostRoutes: '192.0.2.0/24 10.1.0.9\n198.51.100.0/24  via  10.1.0.9',
      dnsServers: '9.9.9.9, 1.1.1.1\n',
    };
    expect(subnetOf(written)).toEqual({
      request: {
        name: 'a',
        hasDhcp: true,
        dnsServers: ['9.9.9.9', '1.1.1.1'],
        allocationPools: subnet.allocationPools,
        hostRoutes: [
          { destination: '192.0.2.0/24', nextHop: '10.1.0.9' },
          { destination: '198.51.100.0/24', nextHop: '10.1.0.9' },
        ],
      },
    });
    expect(subnetOf({ ...draft, gateway: 'none' })).toMatchObject({ request: { gatewayAddress: null } });
  });
  test('says what is missing in it', () => {
    const missing = (changed: Partial<typeof emptySubnet>) =>
      subnetOf({ ...emptySubnet, name: 'a', cidr: '10.1.0.0/24', ...changed });
    expect(missing({ name: ' ' })).toEqual({ missing: 'Give it a name.' });
    expect(missing({ cidr: '' })).toEqual({ missing: 'Write the range of addresses.' });
    expect(missing({ gateway: 'own' })).toEqual({ missing: 'Write the gateway.' });
    expect(missing({ allocationPools: '10.1.0.10' })).toHaveProperty('missing');
    expect(missing({ hostRoutes: '192.0.2.0/24' })).toHaveProperty('missing');
  });
});

test('the range that is offered is beside those there are', () => {
  expect(freeRange([])).toBe('10.1.0.0/24');
  expect(freeRange([{ cidr: '10.1.0.0/24' }, { cidr: '10.2.0.64/26' }])).toBe('10.3.0.0/24');
  expect(freeRange([{ cidr: '10.0.0.0/8' }])).toBe('192.168.0.0/24');
});

test('an IPv6 range says how guests come by their addresses; an IPv4 one never does', () => {
  const six = { ...emptySubnet, name: 'six', cidr: '2001:db8::/64' };
  expect(subnetOf(six)).toMatchObject({ request: { ipv6Mode: 'slaac' } });
  expect(subnetOf({ ...six, ipv6Mode: 'dhcpv6-stateful' })).toMatchObject({ request: { ipv6Mode: 'dhcpv6-stateful' } });
  expect(subnetOf({ ...six, ipv6Mode: '' })).not.toHaveProperty('request.ipv6Mode');
  expect(subnetOf({ ...six, cidr: '10.1.0.0/24' })).not.toHaveProperty('request.ipv6Mode');
  // It stays as it was made.
  const was = draftOf({ ...subnet, cidr: six.cidr, ipv6Mode: 'slaac' });
  expect(subnetOf(was, was)).not.toHaveProperty('request.ipv6Mode');
});

test('a range is written or taken from a pool, whose family says what is asked', () => {
  expect(rangeOf({ ...emptySubnet, cidr: ' 10.1.0.0/24 ' })).toEqual({ cidr: '10.1.0.0/24' });
  const taken = { ...emptySubnet, name: 'a', pool: { id: 'l1', family: 6 as const } };
  expect(rangeOf(taken)).toEqual({ subnetPoolId: 'l1' });
  expect(rangeOf({ ...taken, prefixLength: '72' })).toEqual({ subnetPoolId: 'l1', prefixLength: 72 });
  expect(subnetOf(taken)).toMatchObject({ request: { name: 'a', ipv6Mode: 'slaac' } });
  expect(subnetOf({ ...taken, pool: { id: 'l1', family: 4 } })).not.toHaveProperty('request.ipv6Mode');
});
