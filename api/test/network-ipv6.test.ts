import { desired } from '@unkai/contracts/host/desired';
import { restingSeconds } from '@unkai/core/address/address-choice';
import { desiredNetwork } from '@unkai/core/host/desired-network';
import { expiry } from '@unkai/core/reconcile/expiry';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makeParts, makePerson, makeTenant, openCloud, problemBody, type Tenant, withId } from './cloud.ts';
import { makeHost } from './installation.ts';
import { type Ask, openstackOf } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let token: string;
let neutron: Ask;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  const room = ['networks', 'subnets', 'ports'].map((name) => ({ projectId: tenant.id, name, limit: 1000 }));
  await cloud.core.database.prisma.projectQuota.createMany({ data: room });
  token = (await makePerson(cloud, { project: { id: tenant.id, role: 'member' } })).token;
  neutron = openstackOf(cloud, '/network', token);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const ask = (method: string, path: string, body?: unknown) => cloud.ask(method, path, { token, body });
const make = async (path: string, body: unknown) => {
  const told = await ask('POST', path, body);
  expect(told.status, told.text).toBe(201);
  return { id: withId.parse(told.body).id, body: told.body };
};
const makeNetwork = async () => (await make(`/v1/projects/${tenant.id}/networks`, { name: 'n' })).id;
const subnetOf = (network: string, more: Record<string, unknown>) =>
  make(`/v1/networks/${network}/subnets`, { name: 's', ...more });
const addressed = z.object({ id: z.string(), addresses: z.array(z.object({ address: z.string() })) });
const makePort = async (network: string, more: Record<string, unknown> = {}) => {
  const made = addressed.parse((await make(`/v1/networks/${network}/ports`, more)).body);
  return { id: made.id, addresses: made.addresses.map(({ address }) => address) };
};
const refused = async (path: string, body: unknown, method = 'POST') => {
  const told = await ask(method, path, body);
  expect(told.status, told.text).toBe(400);
  return problemBody.parse(told.body).errors[0];
};

describe('IPv6 subnets', () => {
  test('with SLAAC a port has the address that its guest makes itself, also one that was there before', async () => {
    const network = await makeNetwork();
    await subnetOf(network, { cidr: '10.6.0.0/24' });
    const before = await makePort(network, { macAddress: 'fa:16:3e:00:00:01' });
    const six = await subnetOf(network, { cidr: '2001:DB8:0:6::/64', ipv6Mode: 'slaac' });
    expect(six.body).toMatchObject({ cidr: '2001:db8:0:6::/64', gatewayAddress: '2001:db8:0:6::1', ipv6Mode: 'slaac' });
    const told = addressed.parse((await ask('GET', `/v1/ports/${before.id}`)).body);
    expect(told.addresses.map(({ address }) => address)).toContain('2001:db8:0:6:f816:3eff:fe00:1');
    const after = await makePort(network, { macAddress: 'fa:16:3e:00:00:02' });
    expect(after.addresses).toEqual(['10.6.0.4', '2001:db8:0:6:f816:3eff:fe00:2']);
    // What was made by itself keeps no subnet.
    expect((await ask('DELETE', `/v1/subnets/${six.id}`)).status).toBe(204);
  });

  test('with DHCPv6 addresses are dealt out of the pools, both families at once', async () => {
    const network = await makeNetwork();
    await subnetOf(network, { cidr: '10.6.0.0/24' });
    const pool = { first: '2001:db8:0:7::a0', last: '2001:db8:0:7::a4' };
    const mode = { ipv6Mode: 'dhcpv6-stateful', dnsServers: ['2001:4860:4860::8888'] };
    await subnetOf(network, { cidr: '2001:db8:0:7::/64', allocationPools: [pool], ...mode });
    expect((await makePort(network)).addresses).toEqual(['10.6.0.3', '2001:db8:0:7::a1']);
    expect((await makePort(network)).addresses).toEqual(['10.6.0.4', '2001:db8:0:7::a2']);
    const chosen = await makePort(network, { addresses: [{ address: '2001:db8:0:7::beef' }] });
    expect(chosen.addresses).toEqual(['2001:db8:0:7::beef']);
    const host = await makeHost(cloud.core, cloud.services, 'rack-6');
    await cloud.core.database.prisma.hostNetwork.create({ data: { hostId: host.hostId, networkId: network } });
    const document = desired.network.parse(await desiredNetwork(cloud.core.database, host.hostId, network));
    expect(document).toMatchObject({
      spec: { segment: { type: 'vxlan' }, subnets: [{ ipv6Mode: null }, { ipv6Mode: 'dhcpv6-stateful' }] },
    });
  });

  test('a server has both addresses from its start', async () => {
    const network = await makeNetwork();
    await subnetOf(network, { cidr: '10.6.0.0/24' });
    await subnetOf(network, { cidr: 'fd00:6::/64' });
    const parts = await makeParts(cloud);
    const body = { name: 'web', flavorId: parts.flavor.id, imageId: parts.image.id, networkIds: [network] };
    const told = await make(`/v1/projects/${tenant.id}/servers`, body);
    expect(told.body).toMatchObject({
      addresses: [
        { address: '10.6.0.3', version: 4 },
        { address: 'fd00:6::3', version: 6 },
      ],
    });
  });

  test.each([
    ['cidr', { cidr: '2001:db8::1/64' }, /bits set outside/],
    ['cidr', { cidr: 'fe80::/64' }, /reserved/],
    ['cidr', { cidr: '2001:db8::/80', ipv6Mode: 'slaac' }, /must be a \/64/],
    ['cidr', { cidr: '2001:db8::/129' }, /prefix/],
    ['ipv6Mode', { cidr: '10.0.0.0/24', ipv6Mode: 'slaac' }, /IPv6 range/],
    ['gatewayAddress', { cidr: '2001:db8::/64', gatewayAddress: '10.0.0.1' }, /is not IPv6/],
    ['gatewayAddress', { cidr: '2001:db8::/64', gatewayAddress: '2001:db9::1' }, /must be an address of/],
    ['dnsServers', { cidr: '10.0.0.0/24', dnsServers: ['2001:db8::53'] }, /is not IPv4/],
    [
      'allocationPools',
      { cidr: 'fd00::/64', allocationPools: [{ first: 'fd00:1::1', last: 'fd00:1::2' }] },
      /must be inside/,
    ],
    [
      'hostRoutes',
      { cidr: 'fd00::/64', hostRoutes: [{ destination: '::/0', nextHop: 'fd00::1' }] },
      /way to everywhere/,
    ],
  ])('bad input is refused by %s: %o', async (field, more, reason) => {
    const network = await makeNetwork();
    const error = await refused(`/v1/networks/${network}/subnets`, { name: 's', ...more });
    expect(error?.field).toBe(field);
    expect(error?.message).toMatch(reason);
  });

  test('in Neutron’s words', async () => {
    const network = await makeNetwork();
    const subnet = { network_id: network, cidr: 'fd00:9::/64' };
    const modes = { ipv6_address_mode: 'slaac', ipv6_ra_mode: 'slaac' };
    const made = await neutron('POST', '/v2.0/subnets', { body: { subnet: { ...subnet, ip_version: 6, ...modes } } });
    expect(made.body).toMatchObject({ subnet: { ip_version: 6, gateway_ip: 'fd00:9::1', ...modes } });
    for (const more of [{ ip_version: 4 }, { ip_version: 6, ...modes, ipv6_ra_mode: 'dhcpv6-stateful' }]) {
      const told = await neutron('POST', '/v2.0/subnets', { body: { subnet: { ...subnet, ...more } } });
      expect(told.status, told.text).toBe(400);
    }
  });
});

describe('ports', () => {
  test('have several addresses, which a change adds to and takes from', async () => {
    const network = await makeNetwork();
    const { id: subnetId } = await subnetOf(network, { cidr: '10.6.0.0/24' });
    const two = await makePort(network, { addresses: [{ subnetId }, { address: '10.6.0.50' }] });
    expect(two.addresses).toEqual(['10.6.0.3', '10.6.0.50']);
    const three = { addresses: [{ subnetId }, { address: '10.6.0.50' }, { address: '10.6.0.51' }] };
    const changed = addressed.parse((await ask('PATCH', `/v1/ports/${two.id}`, three)).body);
    expect(changed.addresses).toHaveLength(3);
    const twice = { addresses: [{ address: '10.6.0.60' }, { address: '10.6.0.60' }] };
    expect((await refused(`/v1/networks/${network}/ports`, twice))?.field).toBe('addresses.1');
  });

  test('without port security have neither groups nor pairs, and follow their network unless they say otherwise', async () => {
    const network = await makeNetwork();
    await subnetOf(network, { cidr: '10.6.0.0/24' });
    const path = `/v1/networks/${network}/ports`;
    const secured = await make(path, {});
    await ask('PATCH', `/v1/networks/${network}`, { hasPortSecurity: false });
    expect((await make(path, {})).body).toMatchObject({ hasPortSecurity: false, securityGroupIds: [] });
    expect((await ask('GET', `/v1/ports/${secured.id}`)).body).toMatchObject({ hasPortSecurity: true });
    const groups = { securityGroupIds: [tenant.group.id] };
    expect((await refused(path, groups))?.field).toBe('securityGroupIds');
    const pairs = { allowedAddressPairs: [{ prefix: '10.6.0.9' }] };
    expect((await refused(path, pairs))?.field).toBe('allowedAddressPairs');
    expect((await refused(`/v1/ports/${secured.id}`, { hasPortSecurity: false }, 'PATCH'))?.field).toBe(
      'securityGroupIds',
    );
  });

  test('A51: address pairs are few, each said once, and what they name is an address', async () => {
    const network = await makeNetwork();
    await subnetOf(network, { cidr: '10.6.0.0/24' });
    const path = `/v1/networks/${network}/ports`;
    const pairs = (count: number) => Array.from({ length: count }, (_, index) => ({ prefix: `10.6.1.${index}` }));
    expect((await make(path, { allowedAddressPairs: pairs(10) })).body).toMatchObject({
      allowedAddressPairs: pairs(10),
    });
    expect((await refused(path, { allowedAddressPairs: pairs(11) }))?.message).toMatch(/at most 10/);
    const twice = [...pairs(1), ...pairs(1)];
    expect((await refused(path, { allowedAddressPairs: twice }))?.message).toMatch(/twice/);
    const told = await neutron('POST', '/v2.0/ports', {
      body: { port: { network_id: network, allowed_address_pairs: [{ ip_address: 'everything' }] } },
    });
    expect(told.status).toBe(400);
  });

  test.each([
    [{ name: 'tftp-server', value: '192.0.2.1\ndhcp-script=/bin/sh' }, /printable/],
    [{ name: 'bootfile-name', value: 'a\u0000b' }, /printable/],
    [{ name: 'bootfile-name', value: 'a\u2028b' }, /printable/],
    [{ name: 'tftp-server\ndhcp-script', value: '1' }, /must be a number/],
    [{ name: 'option:tftp-server', value: '1' }, /must be a number/],
    [{ name: '0', value: '1' }, /must be a number/],
    [{ name: '54', value: '192.0.2.1' }, /what the network itself answers/],
    [{ family: 6, name: 'tftp-server', value: '1' }, /must be a number/],
  ])('A49: the DHCP option %o is refused before any host hears of it', async (option, reason) => {
    const network = await makeNetwork();
    await subnetOf(network, { cidr: '10.6.0.0/24' });
    const error = await refused(`/v1/networks/${network}/ports`, { dhcpOptions: [option] });
    expect(error?.message).toMatch(reason);
  });

  test('options go by name, and one that is given no value goes', async () => {
    const network = await makeNetwork();
    await subnetOf(network, { cidr: '10.6.0.0/24' });
    const option = (opt_name: string, opt_value: string | null) => ({ opt_name, opt_value });
    const first = [option('bootfile-name', 'pxelinux.0'), option('tftp-server', '123.123.123.123')];
    const made = await neutron('POST', '/v2.0/ports', {
      body: { port: { network_id: network, extra_dhcp_opts: first } },
    });
    expect(made.body).toMatchObject({ port: { extra_dhcp_opts: first } });
    const { id } = z.object({ port: withId }).parse(made.body).port;
    const change = { port: { extra_dhcp_opts: [option('tftp-server', null), option('bootfile-name', 'grub.0')] } };
    const changed = await neutron('PUT', `/v2.0/ports/${id}`, { body: change });
    expect(changed.body).toMatchObject({ port: { extra_dhcp_opts: [{ opt_value: 'grub.0', ip_version: 4 }] } });
  });

  test.each(['network:router_interface', 'network:dhcp', 'compute:nova'])(
    'A44: a tenant does not make a port a %s, at once or later',
    async (owner) => {
      const network = await makeNetwork();
      await subnetOf(network, { cidr: '10.6.0.0/24' });
      const made = await neutron('POST', '/v2.0/ports', {
        body: { port: { network_id: network, device_owner: owner } },
      });
      expect(made.status).toBe(400);
      const port = await makePort(network);
      const changed = await neutron('PUT', `/v2.0/ports/${port.id}`, { body: { port: { device_owner: owner } } });
      expect(changed.status).toBe(400);
      expect(changed.text).toContain('device_owner');
      expect((await ask('PATCH', `/v1/ports/${port.id}`, { deviceOwner: owner })).status).toBe(400);
    },
  );

  test('A45: a port says of no server or router that it is its, and theirs are changed by them alone', async () => {
    const network = await makeNetwork();
    await subnetOf(network, { cidr: '10.6.0.0/24' });
    const port = await makePort(network);
    const plugged = await neutron('PUT', `/v2.0/ports/${port.id}`, { body: { port: { device_id: tenant.id } } });
    expect(plugged.status).toBe(400);
    const { prisma } = cloud.core.database;
    const router = (await make(`/v1/projects/${tenant.id}/routers`, { name: 'r' })).id;
    const owned = { deviceOwner: 'network:router_interface', routerId: router };
    await prisma.port.update({ where: { id: port.id }, data: owned });
    for (const change of [{ macAddress: 'fa:16:3e:00:00:09' }, { hasPortSecurity: false }, { isEnabled: false }]) {
      expect((await ask('PATCH', `/v1/ports/${port.id}`, change)).status).toBe(409);
    }
    expect((await ask('DELETE', `/v1/ports/${port.id}`)).status).toBe(409);
    const parts = await makeParts(cloud);
    const server = {
      name: 'web',
      flavorId: parts.flavor.id,
      imageId: parts.image.id,
      interfaces: [{ portId: port.id }],
    };
    expect((await ask('POST', `/v1/projects/${tenant.id}/servers`, server)).status).toBe(400);
  });

  test('H30: an address rests before the next may have it, unless nothing else is free', async () => {
    const network = await makeNetwork();
    // Four addresses: .3 to .6.
    await subnetOf(network, { cidr: '10.6.0.0/29' });
    const first = await makePort(network);
    expect(first.addresses).toEqual(['10.6.0.3']);
    await ask('DELETE', `/v1/ports/${first.id}`);
    const next = [await makePort(network), await makePort(network), await makePort(network)];
    expect(next.flatMap(({ addresses }) => addresses)).toEqual(['10.6.0.4', '10.6.0.5', '10.6.0.6']);
    expect((await makePort(network)).addresses).toEqual(['10.6.0.3']);
    expect((await ask('POST', `/v1/networks/${network}/ports`, {})).status).toBe(507);
    // Long ago, it is as good as new, and forgotten.
    await ask('DELETE', `/v1/ports/${next[1]?.id}`);
    await ask('DELETE', `/v1/ports/${next[2]?.id}`);
    const { restingAddress } = cloud.core.database.prisma;
    const releasedAt = new Date(Date.now() - (restingSeconds + 1) * 1000);
    await restingAddress.updateMany({ where: { address: '10.6.0.6' }, data: { releasedAt } });
    expect((await makePort(network)).addresses).toEqual(['10.6.0.6']);
    await expiry.run(cloud.core);
    expect(await restingAddress.count({ where: { networkId: network, address: '10.6.0.6' } })).toBe(0);
    expect(await restingAddress.count({ where: { networkId: network, address: '10.6.0.5' } })).toBe(1);
  });
});
