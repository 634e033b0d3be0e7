import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dnsmasqConfiguration,
  dnsmasqHostFiles,
  dnsmasqNeighbourLines,
  reservedLeases,
} from '../../src/tools/dnsmasq-files.ts';

const portId = '01890a5d-ac96-774b-8cce-3000000000aa';
const host = { portId, macAddress: 'fa:16:3e:00:00:0b', hostName: 'web', addresses: ['10.0.0.11'] };
const subnet = {
  cidr: '10.0.0.0/24',
  gatewayAddress: '10.0.0.1',
  dhcpAddress: '10.0.0.2',
  dnsServers: ['9.9.9.9'],
  hostRoutes: [],
  ipv6Mode: null,
};
const server = { folder: '/var/lib/unkai/host/network/1', mtu: 1450, subnets: [subnet], keepRoot: false };

/** Gives what was written, or null when it was refused. */
function written<Result>(write: () => Result): Result | null {
  try {
    return write();
  } catch {
    return null;
  }
}

test('a guest is one reservation and one name', () => {
  expect(dnsmasqHostFiles(host)).toEqual({
    reservations: 'fa:16:3e:00:00:0b,10.0.0.11,web\n',
    names: '10.0.0.11 web.novalocal web\n',
    options: '',
  });
  expect(reservedLeases(dnsmasqHostFiles(host).reservations)).toEqual([
    { macAddress: 'fa:16:3e:00:00:0b', address: '10.0.0.11' },
  ]);
});

test('guests on other hosts are names and nothing else, the same file in whatever order they come', () => {
  const neighbours = [
    { hostName: 'web', addresses: ['10.0.0.12', '10.0.1.12'] },
    { hostName: 'database', addresses: ['10.0.0.11'] },
  ];
  const text = '10.0.0.11 database.novalocal database\n10.0.0.12 web.novalocal web\n10.0.1.12 web.novalocal web\n';
  expect(dnsmasqNeighbourLines(neighbours)).toBe(text);
  expect(dnsmasqNeighbourLines(neighbours.toReversed())).toBe(text);
  expect(dnsmasqNeighbourLines([])).toBe('');
});

test('a network: reservations only, its options, and the way to the metadata service', () => {
  const text = dnsmasqConfiguration(server);
  for (const line of [
    'dhcp-range=set:subnet0,10.0.0.0,static,255.255.255.0,86400s',
    'dhcp-option=tag:subnet0,option:router,10.0.0.1',
    'dhcp-option=tag:subnet0,option:dns-server,10.0.0.2,9.9.9.9',
    'dhcp-option=tag:subnet0,option:classless-static-route,169.254.169.254/32,10.0.0.2,0.0.0.0/0,10.0.0.1',
    'dhcp-option-force=option:mtu,1450',
    'dhcp-ignore-names',
    'domain=novalocal',
    'no-resolv',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).not.toContain('user=root');
});

test('a subnet without a gateway hands out no router', () => {
  const text = dnsmasqConfiguration({ ...server, subnets: [{ ...subnet, gatewayAddress: null }] });
  expect(text.split('\n')).toContain('dhcp-option=tag:subnet0,option:router');
  expect(text).toContain('classless-static-route,169.254.169.254/32,10.0.0.2\n');
});

test('further ways are told beside the metadata service and the gateway, in both options', () => {
  const hostRoutes = [{ destination: '192.0.2.0/24', nextHop: '10.0.0.9' }];
  const lines = dnsmasqConfiguration({ ...server, subnets: [{ ...subnet, hostRoutes }] }).split('\n');
  const routes = '169.254.169.254/32,10.0.0.2,192.0.2.0/24,10.0.0.9,0.0.0.0/0,10.0.0.1';
  expect(lines).toContain(`dhcp-option=tag:subnet0,option:classless-static-route,${routes}`);
  expect(lines).toContain(`dhcp-option=tag:subnet0,249,${routes}`);
});

describe('A49: no value becomes an instruction of its own', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'web\ndhcp-option=option:router,10.0.0.66',
      'web\r\nserver=10.0.0.66',
      'web,set:other',
      'web#',
      'web\0',
      '10.0.0.11,ignore',
      '10.0.0.11\n10.0.0.12 bank.example',
      '*',
      '',
    ),
  );

  test('of a guest: name, MAC, address, id', () => {
    const property = fc.property(
      hostile,
      fc.constantFrom('hostName', 'macAddress', 'addresses', 'portId'),
      (value, field) => {
        const files = written(() => dnsmasqHostFiles({ ...host, [field]: field === 'addresses' ? [value] : value }));
        if (files === null) return;
        expect(files.reservations).toMatch(/^[0-9a-f:]{17},[\d.]+,[A-Za-z0-9-]+\n$/);
        expect(files.names).toMatch(/^[\d.]+ [A-Za-z0-9-]+\.novalocal [A-Za-z0-9-]+\n$/);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  test('of a neighbour: name, address', () => {
    const property = fc.property(hostile, fc.constantFrom('hostName', 'addresses'), (value, field) => {
      const neighbour = { hostName: 'web', addresses: ['10.0.0.11'] };
      const text = written(() =>
        dnsmasqNeighbourLines([{ ...neighbour, [field]: field === 'addresses' ? [value] : value }]),
      );
      if (text !== null) expect(text).toMatch(/^[\d.]+ [A-Za-z0-9-]+\.novalocal [A-Za-z0-9-]+\n$/);
    });
    fc.assert(property, { numRuns: 500 });
  });

  test('of a network: ranges, gateway, servers, folder', () => {
    const fields = fc.constantFrom('cidr', 'gatewayAddress', 'dhcpAddress', 'dnsServers', 'hostRoutes', 'folder');
    const shaped = (field: string, value: string) => {
      if (field === 'dnsServers') return [value];
      return field === 'hostRoutes' ? [{ destination: value, nextHop: value }] : value;
    };
    const lines = dnsmasqConfiguration(server).split('\n').length;
    const property = fc.property(hostile, fields, (value, field) => {
      const text = written(() =>
        field === 'folder'
          ? dnsmasqConfiguration({ ...server, folder: value })
          : dnsmasqConfiguration({ ...server, subnets: [{ ...subnet, [field]: shaped(field, value) }] }),
      );
      if (text !== null) expect(text.split('\n')).toHaveLength(lines);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
