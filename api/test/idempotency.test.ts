import { randomUUID } from 'node:crypto';
import { granted } from '@unkai/client/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cloud, clientOf, makePerson, makeTenant, openCloud, type Tenant } from './cloud.ts';
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
  clientOf(cloud, asToken).POST('/projects/{projectId}/networks', {
    params: { path: { projectId: tenant.id }, header: { 'Idempotency-Key': key } },
    body: { name },
  });
const countNetworks = (name: string) => cloud.core.database.prisma.network.count({ where: { name } });

describe('a create with an Idempotency-Key', () => {
  test('repeated, gives the same answer and makes nothing', async () => {
    const key = randomUUID();
    const first = await createNetwork(key, 'repeated');
    const again = await createNetwork(key, 'repeated');
    expect(first.response.status).toBe(201);
    expect(again.response.status).toBe(201);
    expect(again.data).toEqual(first.data);
    expect(again.response.headers.get('location')).toBe(first.response.headers.get('location'));
    expect(again.response.headers.get('idempotency-replayed')).toBe('true');
    expect(await countNetworks('repeated')).toBe(1);
  });

  test('with another request under the same key, is refused', async () => {
    const key = randomUUID();
    await createNetwork(key, 'one');
    const other = await createNetwork(key, 'another');
    expect(other.response.status).toBe(409);
    expect(other.error?.code).toBe('idempotency_mismatch');
    expect(await countNetworks('another')).toBe(0);
  });

  test('sent ten times at once, makes one', async () => {
    const key = randomUUID();
    const told = await Promise.all(Array.from({ length: 10 }, () => createNetwork(key, 'at once')));
    expect(await countNetworks('at once')).toBe(1);
    expect(new Set(told.map((each) => granted(each).id)).size).toBe(1);
    const made = told.filter(({ response }) => response.headers.get('idempotency-replayed') === null);
    expect(made).toHaveLength(1);
  });

  test('that took the last of a quota or a name, is not refused for it when it is repeated', async () => {
    const token = (await makePerson(cloud, {})).token;
    const body = { name: 'laptop', publicKey: ed25519Key };
    const params = { header: { 'Idempotency-Key': randomUUID() } };
    const client = clientOf(cloud, token);
    const told = await Promise.all([1, 2, 3].map(() => client.POST('/key-pairs', { params, body })));
    expect(told.map(({ response }) => response.status)).toEqual([201, 201, 201]);
    const without = await client.POST('/key-pairs', { body });
    expect(without.response.status).toBe(409);
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
    expect((await createNetwork(key, 'bad\nname')).response.status).toBe(400);
    expect((await createNetwork(key, 'good name')).response.status).toBe(201);
  });

  test('is a key of its user only', async () => {
    const key = randomUUID();
    const other = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
    await createNetwork(key, 'of two');
    expect((await createNetwork(key, 'of two', other.token)).response.headers.get('idempotency-replayed')).toBeNull();
    expect(await countNetworks('of two')).toBe(2);
  });

  test('is forgotten after a day', async () => {
    const key = randomUUID();
    await createNetwork(key, 'old');
    const createdAt = new Date(Date.now() - 25 * 3_600_000);
    await cloud.core.database.prisma.idempotencyKey.updateMany({ where: { key }, data: { createdAt } });
    expect((await createNetwork(key, 'new')).response.status).toBe(201);
  });

  test('A63: whose answer shows a secret, is made once and the secret kept nowhere', async () => {
    const params = { header: { 'Idempotency-Key': randomUUID() } };
    const ask = () => clientOf(cloud, token).POST('/api-tokens', { params, body: { name: 'secret' } });
    const made = granted(await ask());
    const again = await ask();
    expect(again.response.status).toBe(409);
    expect(again.error?.detail).toContain('shown only once');
    expect(again.error?.next).toContain('Delete what it made');
    const kept = await cloud.core.database.prisma.idempotencyKey.findMany();
    expect(JSON.stringify(kept)).not.toContain(made.token);
  });

  test.each(['', 'with space', 'x'.repeat(256)])('refuses the key %j', async (key) => {
    const { response, error } = await createNetwork(key, 'bad key');
    expect(response.status).toBe(400);
    expect(error?.errors?.[0]?.field).toBe('Idempotency-Key');
  });
});
