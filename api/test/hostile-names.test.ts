// What people call their things, and how much they send, by every door.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cloud, makeParts, makePerson, makeTenant, openCloud, type Tenant } from './cloud.ts';

let cloud: Cloud;
let tenant: Tenant;
let token: string;
let parts: Awaited<ReturnType<typeof makeParts>>;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  parts = await makeParts(cloud);
  token = (await makePerson(cloud, { system: 'admin', project: { id: tenant.id, role: 'admin' } })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

type Create = readonly [path: string, body: (name: string) => object];
const inProject = (nouns: string) => () => `/v1/projects/${tenant.id}/${nouns}`;
const inDomain = (name: string) => ({ name, domainId: cloud.domainId });
const server = (name: string) => ({ name, flavorId: parts.flavor.id, imageId: parts.image.id });
const novaServer = (name: string) => ({
  server: { name, flavorRef: parts.flavor.id, imageRef: parts.image.id, networks: 'auto' },
});
const image = (name: string) => ({ name, disk_format: 'raw', container_format: 'bare' });

/** A create of each kind that people name, by each door that makes it. */
const creates: Record<string, () => Create> = {
  'a server': () => [inProject('servers')(), server],
  'a network': () => [inProject('networks')(), (name) => ({ name })],
  'a security group': () => [inProject('security-groups')(), (name) => ({ name })],
  'an image': () => [inProject('images')(), (name) => ({ name, diskFormat: 'raw' })],
  'a project': () => ['/v1/projects', inDomain],
  'a user': () => ['/v1/users', inDomain],
  'a group': () => ['/v1/groups', inDomain],
  'a role': () => ['/v1/roles', (name) => ({ name })],
  'a domain': () => ['/v1/domains', (name) => ({ name })],
  'an API token': () => ['/v1/api-tokens', (name) => ({ name })],
  'a server of Nova’s': () => ['/compute/v2.1/servers', novaServer],
  'a network of Neutron’s': () => ['/network/v2.0/networks', (name) => ({ network: { name } })],
  'a security group of Neutron’s': () => ['/network/v2.0/security-groups', (name) => ({ security_group: { name } })],
  'an image of Glance’s': () => ['/image/v2/images', image],
  'a project of Keystone’s': () => ['/identity/v3/projects', (name) => ({ project: { name: `${name}.` } })],
  'a user of Keystone’s': () => ['/identity/v3/users', (name) => ({ user: { name: `${name}.` } })],
  'a group of Keystone’s': () => ['/identity/v3/groups', (name) => ({ group: { name: `${name}.` } })],
  'a role of Keystone’s': () => ['/identity/v3/roles', (name) => ({ role: { name: `${name}.` } })],
};

const send = ([path, body]: Create, name: string) =>
  cloud.ask('POST', path, {
    token,
    body: body(name),
    headers: { 'x-auth-token': token, 'openstack-api-version': 'compute latest' },
  });

const markup = '"><script>alert(1)</script>{{7*7}}%s\';DROP TABLE x;--';

describe.each(Object.entries(creates))('the name of %s', (_, create) => {
  test('A40: with markup is that name, and changes nothing else', async () => {
    const plain = await send(create(), 'plain');
    const told = await send(create(), markup);
    expect([200, 201, 202], told.text).toContain(plain.status);
    expect(told.status, told.text).toBe(plain.status);
    // Beside what differs between any two things, there is one difference.
    expect(shapeOf(told.body, markup)).toEqual(shapeOf(plain.body, 'plain'));
  });

  test.each(['line\nbreak', 'bell\u0007', 'esc\u001b[2J', 'nul\u0000', 'turned\u202eround'])(
    'A40, A49: with a control character (%j) is refused',
    async (name) => {
      const told = await send(create(), name);
      expect(told.status, told.text).toBe(400);
    },
  );
});

/** Each network has a segment of its own. */
const ownNumber = /segmentation_?id$/i;

/** What was answered, with the name in braces, and what is of one thing alone left out. */
function shapeOf(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((each) => shapeOf(each, name));
  if (typeof value === 'string') return value.startsWith(name) ? `{name}${value.slice(name.length)}` : typeof value;
  if (typeof value !== 'object' || value === null) return value;
  const shapes = Object.entries(value).map(([key, each]) => [
    key,
    ownNumber.test(key) ? typeof each : shapeOf(each, name),
  ]);
  return Object.fromEntries(shapes);
}

describe('A14: a body of more than a megabyte is refused before it is parsed', () => {
  // No JSON: who parsed it would say so.
  const body = `{${'x'.repeat(1_100_000)}`;
  test.each([
    '/v1/sessions',
    '/v1/users',
    '/trpc/session.create',
    '/identity/v3/auth/tokens',
    '/identity/v3/users',
    '/compute/v2.1/servers',
    '/network/v2.0/networks',
    '/image/v2/images',
  ])('by %s', async (path) => {
    const told = await cloud.ask('POST', path, { token, body, headers: { 'x-auth-token': token } });
    expect(told.status).toBe(413);
  });
});
