import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, type Tenant } from './cloud.ts';
import { type Ask, openstackOf } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let neutron: Ask;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  const { token } = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  neutron = openstackOf(cloud, '/network', token);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const rule = async (more: Record<string, unknown>) =>
  neutron('POST', '/v2.0/security-group-rules', {
    body: { security_group_rule: { security_group_id: tenant.group.id, direction: 'ingress', ...more } },
  });

test('of both families, every protocol and each kind of ICMP', async () => {
  expect((await rule({ ethertype: 'IPv6', protocol: 'tcp', port_range_min: 22, port_range_max: 22 })).status).toBe(201);
  expect((await rule({ ethertype: 'IPv6', protocol: 'icmpv6', port_range_min: 128 })).body).toMatchObject({
    security_group_rule: { protocol: 'ipv6-icmp', ethertype: 'IPv6', port_range_min: 128, port_range_max: null },
  });
  expect((await rule({ protocol: 'vrrp' })).body).toMatchObject({ security_group_rule: { protocol: '112' } });
  expect((await rule({ protocol: 1, port_range_min: 8, port_range_max: 0 })).body).toMatchObject({
    security_group_rule: { protocol: 'icmp', port_range_min: 8, port_range_max: 0 },
  });
  expect((await rule({ protocol: 'tcp', remote_ip_prefix: '10.1.2.3' })).body).toMatchObject({
    security_group_rule: { remote_ip_prefix: '10.1.2.3/32' },
  });
});

test.each([
  [{ ethertype: 'IPv4', remote_ip_prefix: '2001:db8::/32' }, /remote_ip_prefix/],
  [{ protocol: 'nonsense' }, /protocol/],
  [{ protocol: 256 }, /protocol/],
  [{ protocol: 'icmp', port_range_min: 300 }, /port_range_min/],
  [{ protocol: 'icmp', port_range_max: 1 }, /port_range_max/],
  [{ protocol: 'vrrp', port_range_min: 1, port_range_max: 2 }, /port_range_min/],
  [{ protocol: 'tcp', port_range_min: 9, port_range_max: 2 }, /port_range_max/],
  [{ remote_ip_prefix: '10.0.0.0/33' }, /remote_ip_prefix/],
])('A46: %o is refused by name', async (more, field) => {
  const told = await rule(more);
  expect(told.status, told.text).toBe(400);
  expect(told.text).toMatch(field);
});

/** What clients of Neutron are told. */
const wordsOf = async (told: ReturnType<Ask>) => fault.parse((await told).body).NeutronError.message;
const fault = z.object({ NeutronError: z.object({ message: z.string() }) });

test('each field at fault is told with what mends it, by the names that Neutron has', async () => {
  expect(await wordsOf(rule({ direction: 'sideways', ethertype: 'IPX' }))).toBe(
    'security_group_rule.direction: Invalid option: expected one of "ingress"|"egress". Send one of "ingress", "egress". ' +
      'security_group_rule.ethertype: Invalid option: expected one of "IPv4"|"IPv6". Send one of "IPv4", "IPv6".',
  );
  const subnet = { network_id: tenant.network.id, cidr: '10.77.0.0/24', prefixlen: 26 };
  expect(await wordsOf(neutron('POST', '/v2.0/subnets', { body: { subnet } }))).toBe(
    'prefixlen: goes with subnetpool_id, and without cidr. Leave it out, or send subnetpool_id and no cidr.',
  );
});

test('what uses a thing is told, each use of it, and once what to do', async () => {
  const group = z.object({ security_group: z.object({ id: z.string() }) });
  const body = { security_group: { name: 'named' } };
  const made = group.parse((await neutron('POST', '/v2.0/security-groups', { body })).body).security_group.id;
  const rules = [22, 80].map((port) => ({ protocol: 'tcp', port_range_min: port, port_range_max: port }));
  for (const each of rules) expect((await rule({ ...each, remote_group_id: made })).status).toBe(201);
  const told = await wordsOf(neutron('DELETE', `/v2.0/security-groups/${made}`));
  expect(told.match(/a rule of the security group default names it/g)).toHaveLength(2);
  expect(told.match(/Take that away first\./g)).toHaveLength(1);
});
