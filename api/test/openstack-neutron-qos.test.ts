import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, type Tenant } from './cloud.ts';
import { type Ask, openstackOf } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let member: Ask;
let operator: Ask;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  const project = { id: tenant.id, role: 'member' } as const;
  member = openstackOf(cloud, '/network', (await makePerson(cloud, { project })).token);
  operator = openstackOf(cloud, '/network', (await makePerson(cloud, { project, system: 'admin' })).token);
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function make(kind: string, path: string, body: Record<string, unknown>) {
  const told = await member('POST', `/v2.0/${path}`, { body: { [kind]: body } });
  expect(told.status, told.text).toBe(201);
  return z.looseObject({ id: z.string() }).parse(z.record(z.string(), z.unknown()).parse(told.body)[kind]);
}

test('policies get rules of each kind, go onto networks and ports, and stay while these have them', async () => {
  const { id } = await make('policy', 'qos/policies', { name: 'bw' });
  const at = `/v2.0/qos/policies/${id}`;
  // As the client sends them: numbers of a command line are text.
  const limit = await make('bandwidth_limit_rule', `qos/policies/${id}/bandwidth_limit_rules`, {
    max_kbps: '3000',
    max_burst_kbps: 300,
    direction: 'egress',
  });
  await make('dscp_marking_rule', `qos/policies/${id}/dscp_marking_rules`, { dscp_mark: 26 });
  await make('minimum_bandwidth_rule', `qos/policies/${id}/minimum_bandwidth_rules`, {
    min_kbps: 100,
    direction: 'ingress',
  });
  expect((await member('GET', at)).body).toMatchObject({
    policy: {
      name: 'bw',
      shared: false,
      is_default: false,
      project_id: tenant.id,
      rules: [
        { type: 'bandwidth_limit', qos_policy_id: id, max_kbps: 3000, max_burst_kbps: 300, direction: 'egress' },
        { type: 'dscp_marking', dscp_mark: 26 },
        { type: 'minimum_bandwidth', min_kbps: 100, direction: 'ingress' },
      ],
    },
  });
  const one = `${at}/bandwidth_limit_rules/${limit.id}`;
  const put = await member('PUT', one, { body: { bandwidth_limit_rule: { max_kbps: 5000 } } });
  expect(put.body).toEqual({
    bandwidth_limit_rule: { id: limit.id, max_kbps: 5000, max_burst_kbps: 300, direction: 'egress' },
  });
  expect((await member('GET', `${at}/dscp_marking_rules/${limit.id}`)).status).toBe(404);
  expect((await member('GET', `${at}/bandwidth_limit_rules`)).body).toMatchObject({
    bandwidth_limit_rules: [{ id: limit.id, max_kbps: 5000 }],
  });
  const network = await make('network', 'networks', { name: 'slow', qos_policy_id: id });
  expect(network).toMatchObject({ qos_policy_id: id });
  const onNetwork = `/v2.0/networks/${network.id}`;
  expect((await member('DELETE', at)).status).toBe(409);
  const off = await member('PUT', onNetwork, { body: { network: { qos_policy_id: null } } });
  expect(off.body).toMatchObject({ network: { qos_policy_id: null } });
  const port = await make('port', 'ports', { network_id: tenant.network.id, qos_policy_id: id });
  expect((await member('GET', `/v2.0/ports?qos_policy_id=${id}`)).body).toMatchObject({ ports: [{ id: port.id }] });
  expect((await member('DELETE', `/v2.0/ports/${port.id}`)).status).toBe(204);
  expect((await member('DELETE', one)).status).toBe(204);
  expect((await member('DELETE', at)).status).toBe(204);
});

test('what does not fit is refused by its name there', async () => {
  const { id } = await make('policy', 'qos/policies', { name: 'bw' });
  const at = `/v2.0/qos/policies/${id}`;
  const refused: [string, object, RegExp][] = [
    ['bandwidth_limit', { max_burst_kbps: 1 }, /max_kbps: is needed/],
    ['bandwidth_limit', { max_kbps: -1 }, /max_kbps: /],
    ['bandwidth_limit', { max_kbps: 1, dscp_mark: 1 }, /dscp_mark: is not a field/],
    ['dscp_marking', { dscp_mark: 7 }, /dscp_mark: must be one of 0, 8/],
    ['minimum_bandwidth', { min_kbps: 1, direction: 'any' }, /direction: /],
  ];
  for (const [type, rule, words] of refused) {
    const told = await member('POST', `${at}/${type}_rules`, { body: { [`${type}_rule`]: rule } });
    expect([told.status, told.text]).toEqual([400, expect.stringMatching(words)]);
  }
  const port = { port: { network_id: tenant.network.id, qos_policy_id: crypto.randomUUID() } };
  const told = await member('POST', '/v2.0/ports', { body: port });
  expect([told.status, told.text]).toEqual([400, expect.stringMatching(/qos_policy_id: names no QoS policy/)]);
});

test('the kinds of rules are listed, and to operators with what each takes', async () => {
  expect((await member('GET', '/v2.0/qos/rule-types')).body).toEqual({
    rule_types: [{ type: 'bandwidth_limit' }, { type: 'dscp_marking' }, { type: 'minimum_bandwidth' }],
  });
  const path = '/v2.0/qos/rule-types/dscp_marking';
  expect((await member('GET', path)).body).toEqual({ rule_type: { type: 'dscp_marking' } });
  expect((await operator('GET', path)).body).toMatchObject({
    rule_type: { drivers: [{ name: 'openvswitch', supported_parameters: [{ parameter_name: 'dscp_mark' }] }] },
  });
  const shared = await operator('POST', '/v2.0/qos/policies', { body: { policy: { name: 'all', shared: true } } });
  expect(shared.body).toMatchObject({ policy: { shared: true } });
  expect((await member('GET', '/v2.0/qos/policies?shared=True')).body).toMatchObject({ policies: [{ name: 'all' }] });
});
