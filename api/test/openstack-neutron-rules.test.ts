import { afterAll, beforeAll, expect, test } from 'vitest';
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
