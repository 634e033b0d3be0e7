import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { neutron } from '../src/openstack/neutron/service.ts';
import { type Cloud, makePerson, makeTenant, makeToken, openCloud, type Tenant } from './cloud.ts';
import { makeHost } from './installation.ts';
import { type Ask, openstackOf } from './openstack.ts';

// What an extension promises: routes below /v2.0, and attributes of things, each of which is looked for on a real one.
interface Promised {
  readonly routes?: readonly string[];
  readonly on?: Readonly<Record<string, readonly string[]>>;
}

const kinds = ['network', 'subnet', 'port', 'router', 'security_group'];
const onAll = (...names: string[]) => Object.fromEntries(kinds.map((kind) => [kind, names]));
const forwardings = 'floatingips/:floatingIp/port_forwardings';

/** Also of extensions that are not listed: where all of one is there, it must be. */
const promises: Readonly<Record<string, Promised>> = {
  'address-scope': { routes: ['GET address-scopes', 'POST address-scopes'] },
  'default-subnetpools': { routes: ['PUT subnetpools/:pool'] },
  'rbac-address-scope': { routes: ['POST rbac-policies', 'POST address-scopes'] },
  'rbac-policies': { routes: ['GET rbac-policies', 'POST rbac-policies', 'DELETE rbac-policies/:rbac'] },
  'rbac-security-groups': { routes: ['POST rbac-policies', 'GET security-groups'], on: { security_group: ['shared'] } },
  'rbac-subnetpool': { routes: ['POST rbac-policies', 'POST subnetpools'] },
  subnet_allocation: { routes: ['GET subnetpools', 'POST subnetpools'], on: { subnet: ['subnetpool_id'] } },
  agent: { routes: ['GET agents', 'GET agents/:agent', 'PUT agents/:agent'] },
  'allowed-address-pairs': { on: { port: ['allowed_address_pairs'] } },
  availability_zone: { routes: ['GET availability_zones'] },
  // Operators read where ports are; nobody says it.
  binding: { on: { port: ['binding:host_id', 'binding:vif_type'] } },
  'dns-integration': { on: { port: ['dns_name', 'dns_assignment'], network: ['dns_domain'] } },
  dvr: { routes: ['POST agents/:agent/l3-routers'] },
  'expose-port-forwarding-in-fip': { routes: [`GET ${forwardings}`] },
  'ext-gw-mode': { on: { router: ['external_gateway_info'] } },
  'external-net': { on: { network: ['router:external'] } },
  extra_dhcp_opt: { on: { port: ['extra_dhcp_opts'] } },
  extraroute: { on: { router: ['routes'] } },
  'extraroute-atomic': { routes: ['PUT routers/:router/add_extraroutes', 'PUT routers/:router/remove_extraroutes'] },
  'filter-validation': {},
  'floating-ip-port-forwarding': { routes: ['GET', 'POST'].map((method) => `${method} ${forwardings}`) },
  'floating-ip-port-forwarding-port-ranges': { routes: [`PUT ${forwardings}/:forwarding`] },
  'net-mtu': { on: { network: ['mtu'] } },
  'net-mtu-writable': { on: { network: ['mtu'] } },
  'network-ip-availability': { routes: ['GET network-ip-availabilities'] },
  pagination: {},
  'port-security': { on: { network: ['port_security_enabled'], port: ['port_security_enabled'] } },
  'project-id': { on: onAll('project_id', 'tenant_id') },
  provider: {},
  qos: {
    routes: ['GET qos/policies', 'POST qos/policies'],
    on: { network: ['qos_policy_id'], port: ['qos_policy_id'] },
  },
  'qos-bw-limit-direction': { routes: ['POST qos/policies/:policy/bandwidth_limit_rules'] },
  'qos-bw-minimum-ingress': { routes: ['POST qos/policies/:policy/minimum_bandwidth_rules'] },
  'qos-default': { routes: ['PUT qos/policies/:policy'] },
  'qos-rule-type-details': { routes: ['GET qos/rule-types/:type'] },
  quota_details: { routes: ['GET quotas/:project/details'] },
  quotas: { routes: ['GET quotas/:project', 'PUT quotas/:project', 'DELETE quotas/:project'] },
  'revision-if-match': { on: onAll('revision_number') },
  router: { routes: ['POST routers', 'POST floatingips', 'PUT routers/:router/add_router_interface'] },
  'security-group': {
    routes: ['POST security-groups', 'POST security-group-rules'],
    on: { port: ['security_groups'] },
  },
  'security-groups-normalized-cidr': {},
  'service-type': { routes: ['GET service-providers'] },
  sorting: {},
  'standard-attr-revisions': { on: onAll('revision_number') },
  'standard-attr-tag': { routes: ['PUT networks/:id/tags/:tag'], on: onAll('tags') },
  'standard-attr-timestamp': { on: onAll('created_at', 'updated_at') },
  trunk: { routes: ['GET trunks'] },
};

let cloud: Cloud;
let tenant: Tenant;
let member: Ask;
beforeAll(async () => {
  cloud = await openCloud();
  await makeHost(cloud.core, cloud.services, 'rack-1');
  tenant = await makeTenant(cloud);
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  member = openstackOf(cloud, '/network', await makeToken(cloud.core, person.id, {}));
});
afterAll(() => cloud[Symbol.asyncDispose]());

/** One real thing of each kind, with the names of what it shows. */
async function attributes(): Promise<Map<string, ReadonlySet<string>>> {
  await member('POST', '/v2.0/ports', { body: { port: { network_id: tenant.network.id } } });
  await member('POST', '/v2.0/routers', { body: { router: { name: 'r' } } });
  const shown = async (kind: string) => {
    const told = await member('GET', `/v2.0/${kind.replaceAll('_', '-')}s?limit=1`);
    const [first = {}] = z.array(z.looseObject({})).parse(z.looseObject({}).parse(told.body)[`${kind}s`]);
    return [kind, new Set(Object.keys(first))] as const;
  };
  return new Map(await Promise.all(kinds.map(shown)));
}

test('each extension that is listed is there, and none is left out that is', async () => {
  const routes = new Set(neutron.routes.map(({ method, path }) => `${method} ${path.replace('/v2.0/', '')}`));
  const things = await attributes();
  const isKept = ({ routes: wanted = [], on = {} }: Promised) =>
    wanted.every((route) => routes.has(route)) &&
    Object.entries(on).every(([kind, names]) => names.every((name) => things.get(kind)?.has(name)));
  const kept = Object.entries(promises).filter(([, promised]) => isKept(promised));
  const list = z.object({ extensions: z.array(z.object({ alias: z.string() })) });
  const listed = list.parse((await member('GET', '/v2.0/extensions')).body).extensions.map(({ alias }) => alias);
  expect(listed.toSorted()).toEqual(kept.map(([alias]) => alias).toSorted());
});

test('agents are the hosts, for those who may know of them', async () => {
  expect((await member('GET', '/v2.0/agents')).body).toEqual({ agents: [] });
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' }, system: 'admin' });
  const operator = openstackOf(cloud, '/network', person.token);
  const agents = z.object({ agents: z.array(z.looseObject({ id: z.string() })) });
  const [agent] = agents.parse((await operator('GET', '/v2.0/agents?host=rack-1')).body).agents;
  expect(agent).toMatchObject({ host: 'rack-1', binary: 'unkai-hostagent', alive: true, admin_state_up: true });
  const path = `/v2.0/agents/${agent?.id}`;
  const off = await operator('PUT', path, { body: { agent: { admin_state_up: false, description: 'a new disk' } } });
  expect(off.body).toMatchObject({ agent: { admin_state_up: false, description: 'a new disk' } });
  await operator('PUT', path, { body: { agent: { admin_state_up: true } } });
  expect((await member('GET', path)).status).toBe(404);
  expect((await operator('GET', '/v2.0/availability_zones?resource=router')).body).toMatchObject({
    availability_zones: [{ name: 'nova', resource: 'router', state: 'available' }],
  });
});
