// A34: one policy under all doors. Every route of every OpenStack door, asked by everybody, is refused as the operation
// behind it is refused at `/v1`.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cinder } from '../src/openstack/cinder/service.ts';
import { glance } from '../src/openstack/glance/service.ts';
import { keystone } from '../src/openstack/keystone/service.ts';
import { neutron } from '../src/openstack/neutron/service.ts';
import { nova } from '../src/openstack/nova/service.ts';
import type { Route } from '../src/openstack/service.ts';
import { denialTable } from './denial-table.ts';
import { all, type Expected, given, inDomain, ofAnother, ofEveryone, ofSystem, verdictOf } from './denial-verdicts.ts';
import { type DenialWorld, openDenialWorld } from './denial-world.ts';
import { keystoneRows } from './openstack-denial-identity.ts';
import { type DoorRow, type DoorThings, glanceRows, neutronRows, novaRows } from './openstack-denial-table.ts';
import { cinderRows } from './openstack-denial-volume.ts';
import { type Persona, personaNames } from './personas.ts';
import { openLedger, type Refusal } from './refusal-ledger.ts';

let world: DenialWorld;
let things: DoorThings;
const ledger = openLedger(() => world);
beforeAll(async () => {
  world = await openDenialWorld();
  const { prisma } = world.cloud.core.database;
  const { server, network, subnet, port, group, project, flavor } = world.things;
  const tags = { data: { tags: ['tag'] } };
  await prisma.server.update({ where: { id: server }, data: { tags: ['tag'], metadata: { key: 'value' } } });
  await prisma.network.update({ where: { id: network }, ...tags });
  await prisma.subnet.update({ where: { id: subnet }, ...tags });
  await prisma.port.update({ where: { id: port }, ...tags });
  await prisma.router.update({ where: { id: world.things.router }, ...tags });
  await prisma.floatingIp.update({ where: { id: world.things.floatingIp }, ...tags });
  await prisma.securityGroup.update({ where: { id: group }, ...tags });
  await prisma.image.update({ where: { id: world.things.image }, ...tags });
  await prisma.flavor.update({ where: { id: flavor }, data: { extraSpecs: { key: 'value' } } });
  await prisma.workflowRun.updateMany({
    where: { projectId: project },
    data: { requestId: 'req', resourceId: server },
  });
  // The endpoint is there from the beginning, for what is given to projects.
  await world.putBack('endpoint.get');
  await world.putBack('floatingIp.updateForwarding');
  const { id: endpointGroup } = await prisma.endpointGroup.create({ data: { name: 'attacked' } });
  const rule = world.tenant.group.rules[0]?.id ?? '';
  things = { ...world.things, rule, request: 'req-req', endpointGroup };
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const doors = [
  { name: 'compute', prefix: '/compute/v2.1', below: '/v2.1', routes: nova.routes, rows: novaRows },
  { name: 'network', prefix: '/network/v2.0', below: '/v2.0', routes: neutron.routes, rows: neutronRows },
  { name: 'image', prefix: '/image/v2', below: '/v2', routes: imageRoutes(), rows: glanceRows },
  { name: 'volume', prefix: '/volume/v3', below: '/v3', routes: cinder.routes, rows: cinderRows },
  { name: 'identity', prefix: '/identity/v3', below: '/v3', routes: keystone.routes, rows: keystoneRows },
];

function imageRoutes(): readonly Route[] {
  const callOf = () => Promise.reject(new Error('only the routes are looked at'));
  return glance({ callOf, images: { ...Object.create(null) } }).routes;
}

describe.each(doors)('the door of $name', ({ prefix, below, routes, rows }) => {
  test('has a row for each of its routes, and for nothing else', () => {
    // Version documents say nothing of anybody; a slash at the end changes nothing.
    const told = routes.filter(
      ({ path, isPublic }) => !(path.endsWith('/') || (isPublic === true && isDocument(path))),
    );
    const names = told.map(({ method, path }) => `${method} ${path.slice(below.length)}`);
    expect([...new Set(rows.map(({ route }) => route))].toSorted()).toEqual(names.toSorted());
  });

  test.each(rows.map((row) => ({ ...row, row })))(
    'A34: $route is refused as $as',
    async ({ row }) => {
      const expected = { ...expectedOf(row), ...row.instead };
      const refused = personaNames.filter((name) => expected[name] !== undefined && expected[name] !== 'let through');
      const verdicts: Partial<Expected> = {};
      const ask = async (persona: Persona) => {
        const traced = ledger.traced();
        const told = await askAs(persona, prefix, row, traced);
        ledger.note({ name: row.route, door: prefix, persona }, traced, told);
        verdicts[persona] = verdictOf(told);
      };
      await world.putBack(row.as);
      // Each route has its share of lines.
      await world.cloud.core.queues.redis.flushdb();
      await Promise.all(refused.map(ask));
      expect(verdicts).toEqual(Object.fromEntries(refused.map((name) => [name, expected[name]])));
      // Somebody gets through: it is not refused because it is not there.
      const allowed = permittedOrder.find((name) => expected[name] === 'let through');
      if (allowed === undefined || row.permitted === null) return;
      const told = await askAs(allowed, prefix, row);
      await world.putBack(row.as);
      expect(verdictOf(told), `${allowed}: ${told.text}`).toBe(row.permitted ?? 'let through');
    },
    60_000,
  );
});

test('every refusal of who is known is a line of the audit log: who, with what, from where, which request, what', async () => {
  expect(ledger.size()).toBeGreaterThan(2_000);
  expect(await ledger.faults(isOfNothing)).toEqual([]);
}, 60_000);

/**
 * Names of key pairs are their user's, so that of another is none; and a rule of another kind, or an interface that is not
 * there, is none either for who may look that far.
 */
function isOfNothing({ name, persona, status }: Refusal): boolean {
  if (status !== 404) return false;
  if (/^\w+ \/os-keypairs\//.test(name)) return true;
  if (/(minimum_bandwidth|dscp_marking)_rules/.test(name)) return ['reader', 'system reader'].includes(persona);
  const sees = ['member', 'manager', 'project admin', 'system admin', 'restricted credential'];
  return name.endsWith('/remove_router_interface') && sees.includes(persona);
}

const isDocument = (path: string) => /^(\/v[\d.]+|\/versions)?$/.test(path);
const permittedOrder = ['project admin', 'system admin', 'domain manager', 'member'] as const;
/** Whom no project of their own answers a question about it. */
const placeless: readonly Persona[] = [
  ...(['system reader', 'system admin', 'domain reader', 'domain manager', 'domain admin'] as const),
  ...(['manager of another domain', 'member of another project', 'token of another project'] as const),
  'scoped token elsewhere',
];

function expectedOf({ as, isOwn }: DoorRow): Partial<Expected> {
  const expected = own[as] ?? denialTable[as]?.expected;
  if (expected === undefined) throw new Error(`no operation ${as}`);
  if (isOwn !== true) return expected;
  return Object.fromEntries(Object.entries(expected).filter(([name]) => !placeless.some((each) => each === name)));
}

/** What the denial table has no operation for. */
const own: Record<string, Partial<Expected>> = {
  nothing: {},
  'signed-in': ofEveryone({ 'scoped-down token': 'let through' }),
  'of another': ofAnother,
  'for another': all(403),
  'create in a domain': inDomain('manager', 404),
  'host by name': ofSystem('admin', 403),
  'aggregate by number': ofSystem('admin', 403),
  // Operators make filters of the catalog, and who reads the whole system sees them.
  'filter read': ofSystem('reader', 403),
  'filter change': ofSystem('admin', 403),
  'endpoint group read': ofSystem('reader', 404),
  'endpoint group change': ofSystem('admin', 404),
  'grant list': inDomain('reader', 404),
  'grant check': inDomain('reader', 403, 404),
  'grant create': inDomain('manager', 403),
  'grant delete': inDomain('manager', 403, 404),
  'system grant list': inDomain('reader', 404, 'let through'),
  'system grant check': inDomain('reader', 403, 404),
  'system grant create': ofSystem('admin', 403),
  'system grant delete': {
    ...ofSystem('admin', 403),
    ...given(404, 'domain reader', 'domain manager', 'domain admin', 'manager of another domain'),
  },
};

function askAs(persona: Persona, prefix: string, { route, body, headers }: DoorRow, traced = ledger.traced()) {
  const [method = '', named = ''] = route.split(' ');
  const path = named.replace(/os-hypervisors\/:host\/(?=search|servers)/, 'os-hypervisors/rack-1/');
  const token = world.tokens.get(persona) ?? null;
  const options = {
    ...traced,
    headers: {
      ...traced.headers,
      ...(token !== null && { 'x-auth-token': token }),
      'openstack-api-version': 'compute latest',
      ...headers,
    },
    ...(body && { body: body(things) }),
  };
  // What is there already is not put there.
  const filled = method === 'PUT' ? withIds(path).replace(/\/tag$/, '/another') : withIds(path);
  return world.cloud.ask(method, prefix + filled, options);
}

/** The path with ids of the things under attack in it, which its parameters and the collections before them name. */
function withIds(path: string): string {
  const segments = path.split('/');
  return segments
    .map((segment, index) => (segment.startsWith(':') ? idOf(segment.slice(1), segments[index - 1] ?? '') : segment))
    .join('/');
}

function idOf(name: string, collection: string): string {
  const byCollection: Record<string, string> = {
    'os-hypervisors': things.host,
    access_rules: things.accessRule,
    application_credentials: things.applicationCredential,
    credentials: things.credential,
    domains: things.domain,
    endpoint_groups: things.endpointGroup,
    endpoints: things.endpoint,
    extensions: 'security-group',
    groups: name === 'group' ? things.group : things.userGroup,
    limits: things.serviceLimit,
    members: things.project,
    networks: things.network,
    'network-ip-availabilities': things.network,
    floatingips: things.floatingIp,
    port_forwardings: things.forwarding,
    routers: things.router,
    subnetpools: things.subnetPool,
    'address-scopes': things.addressScope,
    'rbac-policies': things.rbacPolicy,
    policies: things.qosPolicy,
    bandwidth_limit_rules: things.qosRule,
    'rule-types': 'bandwidth_limit',
    ports: things.port,
    projects: things.project,
    regions: things.region,
    registered_limits: things.registeredLimit,
    roles: things.role,
    'security-groups': things.group,
    services: things.service,
    subnets: things.subnet,
    trusts: things.trust,
    users: things.user,
  };
  const byName: Record<string, string> = {
    access: 'a'.repeat(32),
    aggregate: things.aggregate,
    serverGroup: things.serverGroup,
    flavor: things.flavor,
    group: things.group,
    host: 'rack-1',
    image: things.image,
    implied: things.impliedRole,
    key: 'key',
    name: 'key',
    network: 'default',
    place: things.project,
    port: things.port,
    project: things.project,
    request: things.request,
    rule: things.rule,
    server: things.server,
    service: things.host,
    agent: things.host,
    tag: 'tag',
    type: things.volumeType,
  };
  return byCollection[collection] ?? byName[name] ?? randomUUID();
}
