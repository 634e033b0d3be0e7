import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, type Tenant } from './cloud.ts';
import { type Ask, countQueries, openstackOf } from './openstack.ts';

// What is shared besides networks: its lists, labels and revisions are those of all else that the network service has.
let cloud: Cloud;
let tenant: Tenant;
let friend: Tenant;
let member: Ask;
let neighbour: Ask;
let operator: Ask;

beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  friend = await makeTenant(cloud);
  const askAs = async (project: Tenant, system?: 'admin') => {
    const person = await makePerson(cloud, { project: { id: project.id, role: 'member' }, ...(system && { system }) });
    return openstackOf(cloud, '/network', person.token);
  };
  member = await askAs(tenant);
  neighbour = await askAs(friend);
  operator = await askAs(tenant, 'admin');
});
afterAll(() => cloud[Symbol.asyncDispose]());

const thing = z.looseObject({ id: z.string() });
const partOf = (name: string, body: unknown) => z.looseObject({ [name]: z.unknown() }).parse(body)[name];

async function make(kind: string, path: string, said: Record<string, unknown>, as = member): Promise<string> {
  const told = await as('POST', `/v2.0/${path}`, { body: { [kind]: said } });
  expect(told.status, told.text).toBe(201);
  return thing.parse(partOf(kind, told.body)).id;
}

async function listed(path: string, query: string, as = member): Promise<string[]> {
  const told = await as('GET', `/v2.0/${path}?${query}`);
  expect(told.status, told.text).toBe(200);
  const plural = path.replace('qos/', '').replaceAll('-', '_');
  return z
    .array(thing)
    .parse(partOf(plural, told.body))
    .map(({ id }) => id);
}

const share = (object_type: string, object_id: string) =>
  make('rbac_policy', 'rbac-policies', {
    object_type,
    object_id,
    action: 'access_as_shared',
    target_tenant: friend.id,
  });

interface Row {
  readonly kind: string;
  readonly path: string;
  readonly objectType: string;
  readonly said: Record<string, unknown>;
  /** What finds the one called `b`, and what finds neither. */
  readonly finds: readonly string[];
  readonly misses: readonly string[];
}

const rows: readonly Row[] = [
  {
    kind: 'subnetpool',
    path: 'subnetpools',
    objectType: 'subnetpool',
    said: { prefixes: ['10.80.0.0/16'], default_quota: 512, description: 'wide' },
    finds: ['prefixes=10.80.0.0/16', 'ip_version=4&is_default=false', 'default_quota=512', 'address_scope_id='],
    misses: ['ip_version=6', 'min_prefixlen=9', 'description=narrow', 'prefixes=10.81.0.0/16'],
  },
  {
    kind: 'address_scope',
    path: 'address-scopes',
    objectType: 'address_scope',
    said: { ip_version: 6 },
    finds: ['ip_version=6', 'shared=false'],
    misses: ['ip_version=4', 'shared=true'],
  },
  {
    kind: 'policy',
    path: 'qos/policies',
    objectType: 'qos_policy',
    said: { description: 'slow' },
    finds: ['description=slow', 'is_default=False', 'revision_number=1'],
    misses: ['description=fast', 'is_default=True', 'changed_since=2200-01-01T00:00:00'],
  },
];

describe.each(rows)('the list of $path', ({ kind, path, objectType, said, finds, misses }) => {
  let a: string;
  let b: string;
  beforeAll(async () => {
    a = await make(kind, path, { name: 'a', ...said });
    b = await make(kind, path, { name: 'b', ...said });
  });

  test('is narrowed, sorted and paged, and refuses what it does not know', async () => {
    for (const query of finds) expect(await listed(path, `${query}&name=b`), query).toEqual([b]);
    for (const query of misses) expect(await listed(path, `${query}&name=b`), query).toEqual([]);
    expect(await listed(path, 'sort_key=name&sort_dir=desc')).toEqual([b, a]);
    expect(await listed(path, `sort_key=name&sort_dir=asc&limit=1&marker=${a}`)).toEqual([b]);
    expect((await member('GET', `/v2.0/${path}?colour=red`)).status).toBe(400);
  });

  test('shows others what is shared with them, as shared, and no more', async () => {
    expect(await listed(path, '', neighbour)).toEqual([]);
    const policy = await share(objectType, b);
    expect(await listed(path, 'shared=True', neighbour)).toEqual([b]);
    // To its own project it is what it was.
    expect(await listed(path, 'shared=True')).toEqual([]);
    expect(await listed('rbac-policies', `object_type=${objectType}&target_tenant=${friend.id}`)).toEqual([policy]);
    expect(await listed('rbac-policies', `object_id=${b}&action=access_as_shared`)).toEqual([policy]);
    expect(await listed('rbac-policies', `object_id=${b}&target_tenant=*`)).toEqual([]);
    expect(await listed('rbac-policies', '', neighbour)).toEqual([]);
    expect((await member('DELETE', `/v2.0/rbac-policies/${policy}`)).status).toBe(204);
    expect(await listed(path, '', neighbour)).toEqual([]);
  });

  test('takes as few statements for many as for one', async () => {
    const statements = async (limit: number) => {
      const counted = countQueries(cloud);
      await listed(path, `limit=${limit}`);
      counted.stop();
      return counted.count();
    };
    await statements(1);
    expect(await statements(2)).toBe(await statements(1));
  });
});

test('policies that open things to all are found by *', async () => {
  const id = await make('policy', 'qos/policies', { name: 'all', shared: true }, operator);
  const [policy] = await listed('rbac-policies', `object_id=${id}&target_tenant=*`, operator);
  expect(policy).toBeDefined();
  expect(await listed('qos/policies', 'shared=true&name=all', neighbour)).toEqual([id]);
});

const revised = z.looseObject({ revision_number: z.number(), updated_at: z.string() });

test.each([
  ['subnetpool', 'subnetpools', { prefixes: ['10.90.0.0/16'] }, { prefixes: ['10.91.0.0/16'] }],
  ['policy', 'qos/policies', {}, { is_default: true }],
])('a %s counts its changes, has labels, and is changed at a revision alone', async (kind, path, said, change) => {
  const id = await make(kind, path, { name: 'r', ...said });
  const at = `/v2.0/${path}/${id}`;
  const revision = async () => revised.parse(partOf(kind, (await member('GET', at)).body)).revision_number;
  const put = (number: number) =>
    member('PUT', at, { body: { [kind]: change }, headers: { 'if-match': `revision_number=${number}` } });
  const first = await revision();
  // It was made with its parts, and not changed since.
  expect(first).toBe(1);
  expect((await put(first + 1)).status).toBe(412);
  expect((await put(first)).status).toBe(200);
  expect(await revision()).toBe(first + 1);
  expect((await member('PUT', `${at}/tags`, { body: { tags: ['red'] } })).status).toBe(200);
  expect(await listed(path, 'tags=red')).toEqual([id]);
  expect(await revision()).toBe(first + 2);
  await share(kind === 'policy' ? 'qos_policy' : kind, id);
  expect(await revision()).toBe(first + 3);
});

test('a rule of a QoS policy counts as a change of the policy', async () => {
  const id = await make('policy', 'qos/policies', { name: 'ruled' });
  await make('dscp_marking_rule', `qos/policies/${id}/dscp_marking_rules`, { dscp_mark: 26 });
  expect(partOf('policy', (await member('GET', `/v2.0/qos/policies/${id}`)).body)).toMatchObject({
    revision_number: 2,
  });
});
