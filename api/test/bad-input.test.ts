import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cloud, makeParts, makePerson, makeTenant, openCloud, problemBody, type Tenant } from './cloud.ts';

let cloud: Cloud;
let tenant: Tenant;
let token: string;
let good: Record<string, unknown>;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  const parts = await makeParts(cloud);
  good = { name: 'web', flavorId: parts.flavor.id, imageId: parts.image.id };
  token = (await makePerson(cloud, { project: { id: tenant.id, role: 'member' } })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const never = '01890a5d-ac96-774b-bcce-b302099a8057';

// What is wrong, the field that the answer must name, and the words that say the rule.
const badServers: ReadonlyArray<readonly [string, Record<string, unknown>, string, RegExp]> = [
  ['an unknown field', { color: 'red' }, 'color', /not a field of this request/],
  ['a field that only the service writes (A22, A44, A50)', { state: 'running' }, 'state', /not a field/],
  ['a host chosen by the tenant (A61)', { hostId: never }, 'hostId', /not a field/],
  ['no name', { name: undefined }, 'name', /expected string/],
  ['an empty name', { name: '' }, 'name', /must not be empty/],
  ['a long name', { name: 'x'.repeat(256) }, 'name', /at most 255 characters/],
  ['a line break in a name (A49)', { name: 'web\nserver=1.2.3.4' }, 'name', /control characters or line breaks/],
  ['a terminal escape in a name (A40)', { name: '\u001b[2Jweb' }, 'name', /control characters/],
  ['a name that turns text around (A40)', { name: 'web\u202egnp.exe' }, 'name', /control characters/],
  ['a blank at the end', { name: 'web ' }, 'name', /begin or end with a space/],
  ['a number for a name', { name: 7 }, 'name', /expected string/],
  ['an id that is none', { flavorId: '../../etc/passwd' }, 'flavorId', /must be a UUID/],
  ['an id of nothing', { imageId: never }, 'imageId', /names no image that you can use/],
  ['user data past its limit', { userData: 'ü'.repeat(32_769) }, 'userData', /64 KiB/],
  ['no network in a list of networks', { networkIds: [] }, 'networkIds', />=1 items/],
  ['a network twice', { networkIds: [never, never] }, 'networkIds.0', /names no network of this project/],
  ['too many key pairs', { keyPairNames: Array(11).fill('k') }, 'keyPairNames', /<=10 items/],
  ['a key pair that one does not have', { keyPairNames: ['laptop'] }, 'keyPairNames.0', /no key pair named laptop/],
  ['a metadata key with markup (A40)', { metadata: { '<b>': 'x' } }, 'metadata.<b>', /letters, digits/],
  ['a long metadata value', { metadata: { role: 'x'.repeat(256) } }, 'metadata.role', /<=255 characters/],
  ['a list for metadata', { metadata: [] }, 'metadata', /expected record/],
];

describe('creating a server with', () => {
  test.each(badServers)('%s: the answer names field and rule', async (_, change, field, rule) => {
    const told = await cloud.ask('POST', `/v1/projects/${tenant.id}/servers`, { token, body: { ...good, ...change } });
    expect(told.status).toBe(400);
    expect(told.headers.get('content-type')).toBe('application/problem+json');
    const { code, errors, next } = problemBody.parse(told.body);
    expect(code).toBe('invalid_input');
    expect(next).not.toBe('');
    expect(errors.map((each) => each.field)).toContain(field);
    expect(errors.find((each) => each.field === field)?.message).toMatch(rule);
  });

  test('all of it at once: every field is named', async () => {
    const body = { ...good, name: '', flavorId: 'x', color: 'red' };
    const told = await cloud.ask('POST', `/v1/projects/${tenant.id}/servers`, { token, body });
    const fields = problemBody.parse(told.body).errors.map(({ field }) => field);
    expect(fields.toSorted()).toEqual(['color', 'flavorId', 'name']);
  });

  test('none of it: nothing was made', async () => {
    expect(await cloud.core.database.prisma.server.count()).toBe(0);
  });
});

const badSubnets: ReadonlyArray<readonly [string, string, RegExp]> = [
  ['10.0.0.7/24', 'bits set outside its prefix', /the range is 10\.0\.0\.0\/24/],
  ['10.1.0.0/30', 'no room', /from \/8 to \/29/],
  ['0.0.0.0/0', 'everything', /from \/8 to \/29/],
  ['127.0.0.0/8', 'loopback', /overlaps 127\.0\.0\.0\/8/],
  ['169.254.0.0/16', 'where metadata answers', /overlaps 169\.254\.0\.0\/16/],
  ['224.0.0.0/8', 'multicast', /overlaps 224\.0\.0\.0\/3/],
  ['10.0.0.0/16', 'what the network has already', /overlaps the subnet default/],
  ['10.0.0.0/33', 'no prefix length', /must be a prefix/],
  ['10.0.0.0', 'no prefix', /must be a prefix/],
  ['fd00::/127', 'no room in IPv6', /from \/32 to \/125/],
  ['ff02::/64', 'multicast of IPv6', /overlaps ff00::\/8/],
];

describe('creating a subnet with', () => {
  test.each(badSubnets)('%s (%s)', async (cidr, _, rule) => {
    const told = await cloud.ask('POST', `/v1/networks/${tenant.network.id}/subnets`, {
      token,
      body: { name: 'more', cidr },
    });
    expect(told.status).toBe(400);
    expect(problemBody.parse(told.body).errors).toMatchObject([
      { field: 'cidr', message: expect.stringMatching(rule) },
    ]);
  });
});

const badRules: ReadonlyArray<readonly [string, Record<string, unknown>, string]> = [
  ['ports without a protocol that has them', { protocol: 'icmp', portMin: 1, portMax: 2 }, 'portMin'],
  ['one port of two', { protocol: 'tcp', portMin: 22 }, 'portMax'],
  ['ports the wrong way round', { protocol: 'tcp', portMin: 23, portMax: 22 }, 'portMax'],
  ['port 0', { protocol: 'tcp', portMin: 0, portMax: 22 }, 'portMin'],
  ['a prefix that is none', { protocol: 'tcp', remotePrefix: '10.0.0.0/99' }, 'remotePrefix'],
  ['a protocol of its own', { protocol: 'vrrp' }, 'protocol'],
];

describe('A46: a security group rule with', () => {
  test.each(badRules)('%s', async (_, rule, field) => {
    const told = await cloud.ask('POST', `/v1/security-groups/${tenant.group.id}/rules`, {
      token,
      body: { direction: 'ingress', ...rule },
    });
    expect(told.status).toBe(400);
    expect(problemBody.parse(told.body).errors.map((each) => each.field)).toContain(field);
  });
});

describe('a public key that', () => {
  const weak =
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7VJTUt9Us8cKjMzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvuNMoSfm76oqFvAp8Gy0iz5sxjZmSnXyCdPEovGhLa0VzMaQ8s+CLOyS56YyCFGeJZqgtzJ6GR3eqoYSW9b9UMvkBpZODSctWSNGj3P7jRFDO5VoTwCQAWbFnOjDfH5Ulgp2PKSQnSJP3AJLQNFNe7br1XbrhV//eO+t51mIpGSDCUv3E0DDFcWDTH9cXDTTlRZVEiR2BwpZOOkE/Z0/BVnhZYL71oZV34bKfWjQIt6V/isSMahdsAASACp4ZTGtwiVuNd9tyb';
  const bad: ReadonlyArray<readonly [string, string]> = [
    ['is not one', 'hello'],
    ['has two lines', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBmBzGOrVUqFAyfNHyH0jYuTrhOVmAKW2l2mjU6Yp3nI a\nssh-rsa x'],
    ['says another kind than it is', 'ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIBmBzGOrVUqFAyfNHyH0jYuTrhOVmAKW2l2mjU6Yp3nI'],
    ['is cut off', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBmBzGOr'],
    ['is damaged', weak],
    [
      'carries options',
      'command="rm -rf /" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBmBzGOrVUqFAyfNHyH0jYuTrhOVmAKW2l2mjU6Yp3nI',
    ],
  ];
  test.each(bad)('%s', async (_, publicKey) => {
    const told = await cloud.ask('POST', '/v1/key-pairs', { token, body: { name: 'key', publicKey } });
    expect(told.status).toBe(400);
    expect(problemBody.parse(told.body).errors[0]?.field).toBe('publicKey');
  });
});

describe('queries', () => {
  const list = (query: string) => cloud.ask('GET', `/v1/projects/${tenant.id}/servers${query}`, { token });

  test.each([
    ['?limit=0', 'limit'],
    ['?limit=1001', 'limit'],
    ['?limit=many', 'limit'],
    ['?cursor=made-up', 'cursor'],
    ['?cursor=WyJ4Il0', 'cursor'],
    ['?state=running', 'state'],
    ['?limit=1&limit=2', 'limit'],
    ['?__proto__=1', '__proto__'],
  ])('%s names the parameter', async (query, field) => {
    const told = await list(query);
    expect(told.status).toBe(400);
    expect(problemBody.parse(told.body).errors[0]?.field).toBe(field);
  });

  test('a query beside a body is refused: it would be ignored, and somebody meant something', async () => {
    const told = await cloud.ask('POST', `/v1/projects/${tenant.id}/servers?force=1`, { token, body: good });
    expect(problemBody.parse(told.body).errors[0]?.field).toBe('force');
  });

  test('a field that the path names cannot be named again', async () => {
    const body = { ...good, projectId: tenant.id };
    const told = await cloud.ask('POST', `/v1/projects/${tenant.id}/servers`, { token, body });
    expect(problemBody.parse(told.body).errors[0]).toMatchObject({
      field: 'projectId',
      message: 'is named by the path',
    });
  });
});
