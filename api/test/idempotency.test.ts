import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cloud, makePerson, makeTenant, openCloud, problemBody, type Tenant, withId } from './cloud.ts';
import { ed25519Key } from './denial-table.ts';

let cloud: Cloud;
let tenant: Tenant;
let token: string;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  token = (await makePerson(cloud, { project: { id: tenant.id, role: 'member' } })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const createNetwork = (key: string, name: string, asToken = token) =>
  cloud.ask('POST', `/v1/projects/${tenant.id}/networks`, {
    token: asToken,
    body: { name },
    headers: { 'idempotency-key': key },
  });
const countNetworks = (name: string) => cloud.core.database.prisma.network.count({ where: { name } });

describe('a create with an Idempotency-Key', () => {
  test('repeated, gives the same answer and makes nothing', async () => {
    const key = randomUUID();
    const first = await createNetwork(key, 'repeated');
    const again = await createNetwork(key, 'repeated');
    expect(first.status).toBe(201);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await countNetworks('repeated')).toBe(1);
  });

  test('with another request under the same key, is refused', async () => {
    const key = randomUUID();
    await createNetwork(key, 'one');
    const other = await createNetwork(key, 'another');
    expect(other.status).toBe(409);
    expect(problemBody.parse(other.body).code).toBe('idempotency_mismatch');
    expect(await countNetworks('another')).toBe(0);
  });

  test('sent ten times at once, makes one', async () => {
    const key = randomUUID();
    const told = await Promise.all(Array.from({ length: 10 }, () => createNetwork(key, 'at once')));
    expect(await countNetworks('at once')).toBe(1);
    expect(new Set(told.map(({ body }) => withId.parse(body).id)).size).toBe(1);
    expect(told.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
  });

  test('that took the last of a quota or a name, is not refused for it when it is repeated', async () => {
    const token = (await makePerson(cloud, {})).token;
    const body = { name: 'laptop', publicKey: ed25519Key };
    const headers = { 'idempotency-key': randomUUID() };
    const told = await Promise.all([1, 2, 3].map(() => cloud.ask('POST', '/v1/key-pairs', { token, body, headers })));
    expect(told.map(({ status }) => status)).toEqual([201, 201, 201]);
    const without = await cloud.ask('POST', '/v1/key-pairs', { token, body });
    expect(without.status).toBe(409);
  });

  test('costs one look into the database more than one without', async () => {
    const { pool } = cloud.core.database;
    let looks = 0;
    const count = () => {
      looks += 1;
    };
    pool.on('acquire', count);
    const create = (headers: Record<string, string>) =>
      cloud.ask('POST', '/v1/key-pairs', { token, body: { name: randomUUID(), publicKey: ed25519Key }, headers });
    await create({});
    const without = looks;
    await create({ 'idempotency-key': randomUUID() });
    expect(looks - without).toBe(without + 1);
    pool.off('acquire', count);
  });

  test('that failed, gives its key back', async () => {
    const key = randomUUID();
    expect((await createNetwork(key, 'bad\nname')).status).toBe(400);
    expect((await createNetwork(key, 'good name')).status).toBe(201);
  });

  test('is a key of its user only', async () => {
    const key = randomUUID();
    const other = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
    await createNetwork(key, 'of two');
    expect((await createNetwork(key, 'of two', other.token)).headers.get('idempotency-replayed')).toBeNull();
    expect(await countNetworks('of two')).toBe(2);
  });

  test('is forgotten after a day', async () => {
    const key = randomUUID();
    await createNetwork(key, 'old');
    const createdAt = new Date(Date.now() - 25 * 3_600_000);
    await cloud.core.database.prisma.idempotencyKey.updateMany({ where: { key }, data: { createdAt } });
    expect((await createNetwork(key, 'new')).status).toBe(201);
  });

  test('A63: whose answer shows a secret, is made once and the secret kept nowhere', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const ask = () => cloud.ask('POST', '/v1/api-tokens', { token, body: { name: 'secret' }, headers });
    const first = await ask();
    expect(first.status).toBe(201);
    const again = await ask();
    expect(again.status).toBe(409);
    expect(problemBody.parse(again.body).detail).toContain('shown only once');
    expect(problemBody.parse(again.body).next).toContain('Delete what it made');
    const kept = await cloud.core.database.prisma.idempotencyKey.findMany();
    const made = JSON.parse(first.text);
    expect(JSON.stringify(kept)).not.toContain(made.token);
  });

  test.each(['', 'with space', 'x'.repeat(256)])('refuses the key %j', async (key) => {
    const told = await createNetwork(key, 'bad key');
    expect(told.status).toBe(400);
    expect(problemBody.parse(told.body).errors[0]?.field).toBe('Idempotency-Key');
  });
});
