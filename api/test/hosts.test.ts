import { hostRedisUsername } from '@unkai/core/host/redis-user';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, problemBody } from './cloud.ts';
import { unique } from './denial-verdicts.ts';
import { factsOf, makeHost, makeJoinToken, makeServer } from './installation.ts';

let cloud: Cloud;
let token: string;
beforeAll(async () => {
  cloud = await openCloud();
  ({ token } = await makePerson(cloud, { system: 'admin' }));
});
afterAll(() => cloud[Symbol.asyncDispose]());

const remove = (id: string) => cloud.ask('DELETE', `/v1/hosts/${id}`, { token });

test('a host with servers is not forgotten, and the answer names them', async () => {
  const { hostId } = await makeHost(cloud.core, cloud.services, 'full');
  const { id: projectId } = await makeTenant(cloud);
  const server = await makeServer(cloud.core, { projectId, hostId });
  const told = await remove(hostId);
  expect(told.status).toBe(409);
  expect(problemBody.parse(told.body)).toMatchObject({ code: 'in_use', errors: [{ field: server.id }] });
  expect(await cloud.core.database.prisma.host.count({ where: { id: hostId } })).toBe(1);
});

test('A08: the credential and the Redis user of a forgotten host end at once', async () => {
  const { hostId, credential } = await makeHost(cloud.core, cloud.services, 'empty');
  const ask = () => cloud.ask('GET', '/agent/desired', { token: credential });
  const redisUser = () => cloud.core.queues.redis.call('ACL', 'GETUSER', hostRedisUsername(hostId));
  expect((await ask()).status).toBe(200);
  expect(await redisUser()).not.toBeNull();
  expect((await remove(hostId)).status).toBe(204);
  expect((await ask()).status).toBe(401);
  expect(await redisUser()).toBeNull();
  expect((await remove(hostId)).status).toBe(404);
});

test('an operator says in which zone a host stands; a name that is none is refused', async () => {
  const { hostId } = await makeHost(cloud.core, cloud.services, 'moved');
  const change = (availabilityZone: string) =>
    cloud.ask('PATCH', `/v1/hosts/${hostId}`, { token, body: { availabilityZone } });
  expect(await change('east')).toMatchObject({ status: 200, body: { availabilityZone: 'east', isEnabled: true } });
  expect(problemBody.parse((await change('east wing')).body).errors[0]?.field).toBe('availabilityZone');
});

test('A60: a join token is listed without itself, joins one machine, and none when it was ended', async () => {
  const made = await cloud.ask('POST', '/v1/join-tokens', { token, body: { expiresInHours: 1 } });
  const { id, token: secret } = z.object({ id: z.string(), token: z.string() }).parse(made.body);
  const listed = await cloud.ask('GET', '/v1/join-tokens', { token });
  expect(listed.text).toContain(id);
  expect(listed.text).not.toContain(secret);
  const join = (hostName: string) =>
    cloud.ask('POST', '/agent/join', { body: { token: secret, facts: factsOf(hostName) } });
  expect((await join('rack-9')).status).toBe(200);
  expect((await join('rack-10')).status).toBe(401);
  expect((await cloud.ask('GET', '/v1/join-tokens', { token })).body).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ id, host: expect.objectContaining({ name: 'rack-9' }) })]),
  });
  const other = await cloud.ask('POST', '/v1/join-tokens', { token, body: {} });
  const next = z.object({ id: z.string(), token: z.string() }).parse(other.body);
  expect((await cloud.ask('DELETE', `/v1/join-tokens/${next.id}`, { token })).status).toBe(204);
  const body = { token: next.token, facts: factsOf('rack-10') };
  expect((await cloud.ask('POST', '/agent/join', { body })).status).toBe(401);
});

test('a host has the roles that what it tells of itself makes up; a release that tells less has fewer', async () => {
  const joined = async (facts: object) => {
    const body = { token: await makeJoinToken(cloud.core), facts: { ...factsOf(unique()), ...facts } };
    const told = await cloud.ask('POST', '/agent/join', { body });
    expect(told.status, told.text).toBe(200);
    const { hostId } = z.object({ hostId: z.string() }).parse(told.body);
    return cloud.ask('GET', `/v1/hosts/${hostId}`, { token });
  };
  const pool = { kind: 'lvm', name: 'unkai-volumes', totalGib: 100, freeGib: 50, isThin: true };
  const target = { isPresent: false, why: 'There is no iSCSI target (tgtd); install tgt.' };
  const physicalNetworks = [{ name: 'provider', bridge: 'br-ex', mtu: 1500 }];
  const whole = await joined({ physicalNetworks, storage: { pool, why: 'There is a volume group.', target } });
  expect(whole.body).toMatchObject({ roles: ['compute', 'network', 'storage'], facts: { storage: { pool, target } } });
  const why = 'There is no volume group named unkai-volumes; make one.';
  const without = await joined({ storage: { pool: null, why, target } });
  expect(without.body).toMatchObject({ roles: ['compute'], facts: { storage: { pool: null, why } } });
  const older = await joined({ physicalNetworks, nouns: undefined, storage: undefined });
  expect(older.body).toMatchObject({ roles: ['compute'] });
  expect(older.body).not.toHaveProperty('facts.storage');
});
