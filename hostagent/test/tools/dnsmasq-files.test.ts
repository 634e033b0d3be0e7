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
    tags: '',
  });
  expect(reservedLeases(dnsmasqHostFiles(host).reservations)).toEqual([
    { macAddress: 'fa:16:3e:00:00:0b', address: '10.0.0.11' },
  ]);
});

test('a guest of both families has a reservation and a name in each, and options that are its own', () => {
  const addresses = ['10.0.0.11', '2001:db8::b'];
  const options = [
    { family: 4 as const, name: 'bootfile-name', value: 'pxelinux.0' },
    { family: 4 as const, name: '150', value: '10.0.0.7' },
    { family: 6 as const, name: 'ntp-server', value: '[2001:db8::5]' },
    { family: 6 as const, name: '59', value: 'tftp://[2001:db8::5]/boot' },
  ];
  const files = dnsmasqHostFiles({ ...host, addresses, options });
  expect(files).toEqual({
    reservations: 'fa:16:3e:00:00:0b,10.0.0.11,web\nfa:16:3e:00:00:0b,[2001:db8::b],web\n',
    names: '10.0.0.11 web.novalocal web\n2001:db8::b web.novalocal web\n',
    options:
      `tag:port-${portId},option:bootfile-name,pxelinux.0\n` +
      `tag:port-${portId},150,10.0.0.7\n` +
      `tag:port-${portId},option6:ntp-server,[2001:db8::5]\n` +
      `tag:port-${portId},option6:59,tftp://[2001:db8::5]/boot\n`,
    tags: `dhcp-mac=set:port-${portId},fa:16:3e:00:00:0b\n`,
  });
  expect(reservedLeases(files.reservations).map(({ address }) => address)).toEqual(addresses);
  const ofEarlierRelease = `fa:16:3e:00:00:0b,set:port-${portId},[2001:db8::b],web\n`;
  expect(reservedLeases(ofEarlierRelease)).toEqual([{ macAddress: 'fa:16:3e:00:00:0b', address: '2001:db8::b' }]);
});

test('IPv6: how guests come by their address, the MTU, and a router only where there is a gateway', () => {
  const six = {
    ...subnet,
    cidr: '2001:db8::/64',
    gatewayAddress: '2001:db8::1',
    dhcpAddress: '2001:db8::2',
    dnsServers: [],
  };
  const lines = (over: Partial<typeof six>, mode: 'slaac' | 'dhcpv6-stateful' | 'dhcpv6-stateless') =>
    dnsmasqConfiguration({ ...server, subnets: [subnet, { ...six, ...over, ipv6Mode: mode }] }).split('\n');
  expect(lines({}, 'slaac')).toEqual(
    expect.arrayContaining([
      'dhcp-range=set:subnet1,2001:db8::,ra-only,64,86400s',
      'dhcp-option=tag:subnet1,option6:dns-server,[2001:db8::2]',
      'enable-ra',
      'ra-param=eth0,mtu:1450,600,1800',
    ]),
  );
  expect(lines({}, 'dhcpv6-stateful')).toContain('dhcp-range=set:subnet1,2001:db8::,static,64,86400s');
  expect(lines({}, 'dhcpv6-stateless')).toContain('dhcp-range=set:subnet1,2001:db8::,ra-stateless,64,86400s');
  expect(dnsmasqConfiguration({ ...server, subnets: [{ ...six, ipv6Mode: 'slaac', gatewayAddress: null }] })).toContain(
    'ra-param=eth0,mtu:1450,600,0\n',
  );
  expect(dnsmasqConfiguration(server)).not.toContain('ra-param');
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
      'pxelinux.0\ndhcp-option=option:router,10.0.0.66',
      'pxelinux.0\u2028server=10.0.0.66',
      'x # y',
      'router,10.0.0.66\ntag:all',
      '2001:db8::b],[::1',
      '*',
      '',
    ),
  );

  test('of a guest: name, MAC, address, id', () => {
    const property = fc.property(
      hostile,
      fc.constantFrom('hostName', 'macAddress', 'addresses', 'portId'),
      (value, field) => {
        const options = [{ family: 4 as const, name: 'bootfile-name', value: 'pxelinux.0' }];
        const over = { [field]: field === 'addresses' ? [value] : value };
        const files = written(() => dnsmasqHostFiles({ ...host, options, ...over }));
        if (files === null) return;
        expect(files.tags).toMatch(/^dhcp-mac=set:port-[0-9a-f-]{36},[0-9a-f:]{17}\n$/i);
        expect(files.reservations).toMatch(/^[0-9a-f:]{17},([\d.]+|\[[\da-f:.]+\]),[A-Za-z0-9-]+\n$/i);
        expect(files.names).toMatch(/^[\da-fA-F.:]+ [A-Za-z0-9-]+\.novalocal [A-Za-z0-9-]+\n$/);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  test('of an option: name, value', () => {
    const property = fc.property(hostile, fc.constantFrom('name', 'value'), (text, field) => {
      const option = { family: 4 as const, name: 'bootfile-name', value: 'pxelinux.0', [field]: text };
      const files = written(() => dnsmasqHostFiles({ ...host, options: [option] }));
      if (files === null) return;
      expect(files.options.split('\n')).toHaveLength(2);
      expect(files.options).toMatch(/^tag:port-[0-9a-f-]{36},(option:[a-z][a-z0-9-]*|[1-9]\d*),[ -~]+\n$/);
      expect(files.options).not.toMatch(/["\\#]/);
    });
    fc.assert(property, { numRuns: 500 });
    for (const bad of ['a\nb', 'a\rb', 'a\tb', 'a\0b', 'a"b', 'a\\b', 'a#b', '', 'x'.repeat(256), 'é']) {
      const option = { family: 4 as const, name: 'bootfile-name', value: bad };
      expect(
        written(() => dnsmasqHostFiles({ ...host, options: [option] })),
        JSON.stringify(bad),
      ).toBeNull();
    }
  });

  test('of a neighbour: name, address', () => {
    const property = fc.property(hostile, fc.constantFrom('hostName', 'addresses'), (value, field) => {
      const neighbour = { hostName: 'web', addresses: ['10.0.0.11'] };
      const text = written(() =>
        dnsmasqNeighbourLines([{ ...neighbour, [field]: field === 'addresses' ? [value] : value }]),
      );
      if (text !== null) expect(text).toMatch(/^[\da-fA-F.:]+ [A-Za-z0-9-]+\.novalocal [A-Za-z0-9-]+\n$/);
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
