import type { Port } from '@unkai/contracts/resources/port';
import { expect, test } from 'vitest';
import {
  emptyPort,
  type PortDraft,
  portDraftOf,
  portOf,
  wantedAddresses,
  writtenOptions,
  writtenPairs,
} from '../resources/port-draft.ts';

const subnets = [
  { id: 's4', name: 'data' },
  { id: 's6', name: 'data-six' },
];

const blank: PortDraft = { ...emptyPort, groupIds: ['g'] };

const port: Port = {
  id: 'p',
  projectId: 'p1',
  networkId: 'n1',
  serverId: null,
  routerId: null,
  deviceOwner: '',
  name: 'spare',
  description: '',
  tags: [],
  macAddress: 'fa:16:3e:00:00:01',
  addresses: [
    { subnetId: 's4', address: '10.7.0.9' },
    { subnetId: 's6', address: '2001:db8::9' },
  ],
  securityGroupIds: ['g'],
  isKept: true,
  isEnabled: true,
  hasPortSecurity: true,
  allowedAddressPairs: [
    { prefix: '10.7.0.50', macAddress: null },
    { prefix: '10.9.0.0/24', macAddress: 'fa:16:3e:00:00:02' },
  ],
  dhcpOptions: [],
  dnsName: null,
  qosPolicyId: null,
  createdAt: '2026-11-21T00:00:00Z',
  updatedAt: '2026-11-21T00:00:00Z',
  revision: 1,
};

test('each line is an address, or a subnet whose next free one is wanted', () => {
  expect(wantedAddresses('10.7.0.9\n data-six, s4\n2001:db8::9', subnets)).toEqual({
    wanted: [{ address: '10.7.0.9' }, { subnetId: 's6' }, { subnetId: 's4' }, { address: '2001:db8::9' }],
  });
  // What looks like an address is for the API to refuse, by the line.
  expect(wantedAddresses('10.7.0.999', subnets)).toEqual({ wanted: [{ address: '10.7.0.999' }] });
  expect(wantedAddresses('date', subnets)).toEqual({ missing: 'No subnet of the network is called date.' });
});

test('an address pair has a MAC address of its own or the port’s', () => {
  expect(writtenPairs('10.7.0.50\n10.9.0.0/24 FA:16:3E:00:00:02')).toEqual({ pairs: port.allowedAddressPairs });
  expect(writtenPairs('10.7.0.50 via 10.7.0.1')).toHaveProperty('missing');
});

test('a new port asks for what was written, and for nothing of a network of others that was not', () => {
  expect(portOf(blank, { subnets })).toEqual({ request: { securityGroupIds: ['g'] } });
  expect(portOf({ ...blank, addresses: 'data\ndata-six', pairs: '10.7.0.50' }, { subnets })).toEqual({
    request: {
      addresses: [{ subnetId: 's4' }, { subnetId: 's6' }],
      securityGroupIds: ['g'],
      allowedAddressPairs: [{ prefix: '10.7.0.50', macAddress: null }],
    },
  });
  expect(portOf({ ...blank, hasPortSecurity: false, pairs: '10.7.0.50' }, { subnets })).toEqual({
    request: { securityGroupIds: [], hasPortSecurity: false },
  });
});

test('of a port that is there only what changed is sent: its addresses stay while a server has it', () => {
  const was = portDraftOf(port);
  expect(portOf(was, { subnets, was })).toEqual({ request: { securityGroupIds: ['g'] } });
  expect(portOf({ ...was, name: '', addresses: '10.7.0.9' }, { subnets, was })).toEqual({
    request: { name: '', addresses: [{ address: '10.7.0.9' }], securityGroupIds: ['g'] },
  });
  // Without port security there are no pairs: the API would refuse the switch with them.
  expect(portOf({ ...was, hasPortSecurity: false }, { subnets, was })).toEqual({
    request: { securityGroupIds: [], hasPortSecurity: false, allowedAddressPairs: [] },
  });
});

test('an option of DHCP is written by its name or number, and refused as the API would', () => {
  const options = [
    { family: 4, name: 'ntp-server', value: '10.0.0.9,10.0.0.10' },
    { family: 6, name: 'dns-server', value: '2001:db8::53' },
    { family: 4, name: '150', value: 'a value of several words' },
  ];
  const text = 'ntp-server 10.0.0.9,10.0.0.10\n\n ipv6 dns-server 2001:db8::53\n150  a value of several words';
  expect(writtenOptions(text)).toEqual({ options });
  expect(writtenOptions('ntp-server')).toEqual({ missing: 'Write each DHCP option as ntp-server 10.0.0.9.' });
  // What decides how guests reach the network is the network's to say.
  expect(writtenOptions('3 10.0.0.1')).toEqual({ missing: 'DHCP option 3: 3 is what the network itself answers.' });
  expect(writtenOptions('router 10.0.0.1')).toHaveProperty('missing');
});

test('of options, speed and being switched on only what changed is sent', () => {
  const had: Port = {
    ...port,
    isEnabled: false,
    qosPolicyId: 'q',
    dhcpOptions: [{ family: 6, name: '23', value: 'a b' }],
  };
  const was = portDraftOf(had);
  expect(was.dhcpOptions).toBe('ipv6 23 a b');
  expect(portOf(was, { subnets, was })).toEqual({ request: { securityGroupIds: ['g'] } });
  const next = { ...was, isEnabled: true, qosPolicyId: null, dhcpOptions: '' };
  expect(portOf(next, { subnets, was })).toEqual({
    request: { securityGroupIds: ['g'], isEnabled: true, qosPolicyId: null, dhcpOptions: [] },
  });
});

test('a name is asked for where it is another than it was, and taken away where the field is empty', () => {
  const named = portDraftOf({ ...port, dnsName: 'db' });
  const asked = (draft: PortDraft, was?: PortDraft) => portOf(draft, { subnets, was });
  expect(asked({ ...blank, dnsName: ' db ' })).toMatchObject({ request: { dnsName: 'db' } });
  expect(asked({ ...named, dnsName: '' }, named)).toMatchObject({ request: { dnsName: null } });
  expect(asked(named, named)).not.toHaveProperty('request.dnsName');
});
