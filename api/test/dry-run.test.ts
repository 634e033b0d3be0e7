import { randomUUID } from 'node:crypto';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { restRoutes, takesKey } from '../src/doors/rest-routes.ts';
import { makePerson, problemBody, type Told } from './cloud.ts';
import { denialTable } from './denial-table.ts';
import { type DenialWorld, openDenialWorld } from './denial-world.ts';
import { makeHost } from './installation.ts';

let world: DenialWorld;
/** Somebody of the project, who has begun with one-time codes. */
let member: { readonly id: string; readonly token: string };
let seed: string;

beforeAll(async () => {
  world = await openDenialWorld();
  const { cloud, tenant, things } = world;
  const { prisma } = cloud.core.database;
  member = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  const begun = await cloud.ask('POST', '/v1/users/me/totp', { token: member.token });
  seed = z.object({ secret: z.string() }).parse(begun.body).secret;
  const { hostId } = await makeHost(cloud.core, cloud.services, 'rack-2');
  await prisma.server.update({ where: { id: things.server }, data: { state: 'running', hostId } });
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const creates = restRoutes.filter(takesKey).map(({ name }) => name);

/** Input where that of the denial table is refused to everybody, after all access has been decided. */
const inputs: Record<string, () => Record<string, unknown>> = {
  'subnet.create': () => ({ networkId: world.things.network, name: 'more', cidr: '10.77.0.0/24' }),
  'totp.confirm': () => ({ code: new TOTP({ secret: seed }).generate() }),
  'roleAssignment.create': () => ({ userId: world.things.user, projectId: world.tenant.id, role: 'member' }),
};
/** What somebody lends of their own or begins for themselves, an operator has nothing to do with. */
const ownCreates = ['applicationCredential.create', 'trust.create', 'totp.confirm'];

function dryRun(name: string, token = tokenFor(name), headers: Record<string, string> = {}): Promise<Told> {
  const input = (inputs[name] ?? (() => denialTable[name]?.input(world.things) ?? {}))();
  return world.askRest(name, { input, token, headers, query: '?dry_run=1' });
}

function tokenFor(name: string): string {
  return ownCreates.includes(name) ? member.token : (world.tokens.get('system admin') ?? '');
}

/** All that is kept, table by table; what a credential was last used at is no part of a create. */
async function everything(): Promise<Record<string, string>> {
  const { pool } = world.cloud.core.database;
  const { rows } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE relkind = 'r' AND nspname = 'public' ORDER BY relname`,
  );
  const digests = rows.map(({ name }) => {
    const row = `to_jsonb("${name}") - 'last_used_at'`;
    return `SELECT '${name}' AS name, md5(coalesce(string_agg((${row})::text, ',' ORDER BY (${row})::text), '')) AS digest FROM "${name}"`;
  });
  const told = await pool.query<{ name: string; digest: string }>(digests.join(' UNION ALL '));
  return Object.fromEntries(told.rows.map(({ name, digest }) => [name, digest]));
}

async function jobs(): Promise<string[]> {
  const keys = await world.cloud.core.queues.redis.keys('bull:*');
  return keys.filter((key) => /:\d+$|:wait$|:id$|:delayed$|:prioritized$/.test(key)).toSorted();
}

describe('a dry run of every create', () => {
  test.each(creates)('%s says what it would make and makes nothing', async (name) => {
    await world.putBack(name);
    const [rows, queued] = [await everything(), await jobs()];
    const key = { 'idempotency-key': randomUUID() };
    const told = await dryRun(name, tokenFor(name), key);
    expect(told, told.text).toMatchObject({ status: 200, body: { dryRun: true } });
    expect(told.headers.get('location')).toBeNull();
    expect(await everything()).toEqual(rows);
    expect(await jobs()).toEqual(queued);
    // The same request in earnest is not held up by it, under the same key neither, and gives the same fields.
    const input = (inputs[name] ?? (() => denialTable[name]?.input(world.things) ?? {}))();
    const made = await world.askRest(name, { input, token: tokenFor(name), headers: key });
    expect(made, made.text).toMatchObject({ status: 201 });
    const fieldsOf = (body: unknown) => Object.keys(z.record(z.string(), z.unknown()).parse(body)).toSorted();
    expect(fieldsOf(told.body).filter((field) => field !== 'dryRun')).toEqual(fieldsOf(made.body));
    expect(await everything()).not.toEqual(rows);
  });

  test.each(creates)('%s is refused to whom the create is refused', async (name) => {
    const row = denialTable[name];
    for (const persona of ['nobody', 'member of another project', 'scoped-down token', 'reader'] as const) {
      const expected = row?.expected[persona];
      if (expected === 'let through' || expected === undefined) continue;
      const input = row?.input(world.things) ?? {};
      const token = world.tokens.get(persona) ?? null;
      expect((await world.askRest(name, { input, token, query: '?dry_run=1' })).status, persona).toBe(expected);
    }
  });
});

describe('what stands in the way of a create stands in the way of its dry run', () => {
  const networks = () => `/v1/projects/${world.tenant.id}/networks?dry_run=1`;

  test('bad input, by field', async () => {
    const told = await world.cloud.ask('POST', networks(), { token: member.token, body: { name: '' } });
    expect(told.status).toBe(400);
    expect(problemBody.parse(told.body).errors).toMatchObject([{ field: 'name' }]);
  });

  test('a name that is taken', async () => {
    const ask = { token: member.token, body: { name: 'taken' } };
    const path = '/v1/key-pairs/generate';
    expect((await world.cloud.ask('POST', path, ask)).status).toBe(201);
    expect((await world.cloud.ask('POST', `${path}?dry_run=1`, ask)).status).toBe(409);
  });

  test('the quota', async () => {
    const { prisma } = world.cloud.core.database;
    const where = { projectId_name: { projectId: world.tenant.id, name: 'networks' } };
    await prisma.projectQuota.update({ where, data: { limit: 0 } });
    const told = await world.cloud.ask('POST', networks(), { token: member.token, body: { name: 'one more' } });
    await prisma.projectQuota.update({ where, data: { limit: 1_000_000 } });
    expect(problemBody.parse(told.body).code).toBe('quota_exceeded');
  });

  test('that no host has room, counted, which the create itself only finds out later', async () => {
    const { prisma } = world.cloud.core.database;
    await prisma.host.updateMany({ data: { isEnabled: false } });
    const told = await dryRun('server.create', member.token);
    await prisma.host.updateMany({ data: { isEnabled: true } });
    expect(told.status).toBe(507);
    expect(problemBody.parse(told.body)).toMatchObject({ code: 'no_capacity' });
    expect(problemBody.parse(told.body).detail).toMatch(/^\d of \d hosts /);
    expect((await dryRun('server.create', member.token)).status).toBe(200);
  });
});

describe('dry_run', () => {
  test.each(['0', 'true', '', '1&dry_run=1'])('=%s is refused, and nothing made', async (value) => {
    const path = `/v1/projects/${world.tenant.id}/networks?dry_run=${value}`;
    const told = await world.cloud.ask('POST', path, { token: member.token, body: { name: 'unsure' } });
    expect(problemBody.parse(told.body).errors).toMatchObject([{ field: 'dry_run' }]);
    expect(await world.cloud.core.database.prisma.network.count({ where: { name: 'unsure' } })).toBe(0);
  });

  test('of what is no create is refused, and nothing done', async () => {
    const { cloud, things } = world;
    for (const [method, path] of [
      ['DELETE', `/v1/networks/${things.network}`],
      ['PATCH', `/v1/networks/${things.network}`],
      ['POST', `/v1/servers/${things.server}/stop`],
      ['POST', '/v1/sessions'],
      ['GET', '/v1/flavors'],
    ] as const) {
      const body = method === 'PATCH' ? { name: 'changed' } : undefined;
      const told = await cloud.ask(method, `${path}?dry_run=1`, { token: member.token, body });
      expect(told.status, `${method} ${path}`).toBe(400);
    }
    const network = await cloud.core.database.prisma.network.findUniqueOrThrow({ where: { id: things.network } });
    expect(network.name).not.toBe('changed');
  });
});
