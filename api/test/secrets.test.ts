// What is said once or to its owner only, looked for everywhere else: in answers, log lines, jobs and the audit log.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { restRoutes } from '../src/doors/rest-routes.ts';
import {
  type Cloud,
  makeParts,
  makePerson,
  makeTenant,
  openCloud,
  type Tenant,
  userPassword,
  withId,
} from './cloud.ts';
import { ed25519Key } from './denial-table.ts';

let cloud: Cloud;
let tenant: Tenant;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const member = () => makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
const listed = z.object({ items: z.array(z.looseObject({ id: z.string() })) });
const made = z.looseObject({ id: z.string(), token: z.string() });

describe('A11: what belongs to a user is listed to that user only', () => {
  const own = ['/v1/key-pairs', '/v1/api-tokens', '/v1/sessions', '/v1/credentials', '/v1/application-credentials'];

  test.each(own)('%s', async (path) => {
    const [mine, other] = [await member(), await member()];
    for (const { token, name } of [mine, other]) {
      await cloud.ask('POST', '/v1/key-pairs', { token, body: { name: 'laptop', publicKey: ed25519Key } });
      await cloud.ask('POST', '/v1/api-tokens', { token, body: { name: `robot of ${name}` } });
      await cloud.ask('POST', '/v1/credentials', { token, body: { type: 'cert', blob: 'a certificate' } });
      const lent = { name: 'robot', projectId: tenant.id };
      await cloud.ask('POST', '/v1/application-credentials', { token, body: lent });
    }
    const seen = async (token: string) =>
      listed.parse((await cloud.ask('GET', path, { token })).body).items.map(({ id }) => id);
    const [first, second] = [await seen(mine.token), await seen(other.token)];
    expect(first).toHaveLength(1);
    expect(second).toHaveLength(1);
    expect(first).not.toEqual(second);
  });

  test('and a member does not learn who else there is', async () => {
    const { token } = await member();
    for (const path of ['/v1/users', '/v1/role-assignments', '/v1/domains']) {
      expect((await cloud.ask('GET', path, { token })).status).toBe(403);
    }
  });
});

test('A01, A11: a credential is changed in its secret only, which is never shown again', async () => {
  const { token } = await member();
  const accessKey = 'a'.repeat(32);
  const canary = 'a-secret-of-ec2';
  const body = { type: 'ec2', blob: canary, accessKey, projectId: tenant.id };
  const told = await cloud.ask('POST', '/v1/credentials', { token, body });
  expect(told.status).toBe(201);
  const { id, userId } = z.looseObject({ id: z.string(), userId: z.string() }).parse(told.body);
  const change = (more: object) =>
    cloud.ask('PATCH', `/v1/credentials/${id}`, { token, body: { blob: canary, ...more } });
  const stranger = await member();
  for (const more of [{ userId: stranger.id }, { projectId: tenant.id }, { type: 'cert' }, { accessKey }]) {
    expect((await change(more)).status).toBe(400);
  }
  expect((await change({})).status).toBe(200);
  const { prisma } = cloud.core.database;
  const other = await makeTenant(cloud);
  for (const data of [{ userId: stranger.id }, { projectId: other.id }]) {
    await expect(prisma.credential.update({ where: { id }, data })).rejects.toThrow('never changes');
  }
  const shown = await cloud.ask('GET', `/v1/credentials/${id}`, { token });
  expect(shown.body).toMatchObject({ userId, projectId: tenant.id, accessKey });
  const kept = Buffer.from((await prisma.credential.findUniqueOrThrow({ where: { id } })).sealedBlob).toString(
    'latin1',
  );
  const audit = JSON.stringify(await prisma.auditLine.findMany());
  expect([shown.text, kept, audit, ...cloud.logged].join('')).not.toContain(canary);
});

test('A63: what was secret is in no log line, no job, no audit line, no event and no later answer', async () => {
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' }, system: 'admin' });
  const signedIn = await cloud.ask('POST', '/v1/sessions', { body: { username: person.name, password: userPassword } });
  const session = made.parse(signedIn.body);
  const { token } = session;
  const apiToken = made.parse((await cloud.ask('POST', '/v1/api-tokens', { token, body: { name: 'robot' } })).body);
  const lent = { token, body: { name: 'robot', projectId: tenant.id } };
  const application = await cloud.ask('POST', '/v1/application-credentials', lent);
  const { secret } = z.object({ secret: z.string() }).parse(application.body);
  const joinToken = made.parse((await cloud.ask('POST', '/v1/join-tokens', { token, body: {} })).body);
  const { flavor, image } = await makeParts(cloud);
  const userData = '#!/bin/sh\necho a-secret-of-the-tenant';
  const body = { name: 'web', flavorId: flavor.id, imageId: image.id, userData };
  const server = await cloud.ask('POST', `/v1/projects/${tenant.id}/servers`, { token, body });
  expect(server.status).toBe(201);
  const newPassword = 'a new and secret password';
  await cloud.ask('PATCH', `/v1/users/${person.id}`, { token, body: { password: newPassword } });
  const secrets = [token, secret, apiToken.token, joinToken.token, 'a-secret-of-the-tenant', userPassword, newPassword];

  for (const [place, text] of await everythingKept(apiToken.token)) {
    expect(text.length, place).toBeGreaterThan(0);
    for (const secret of secrets) expect(text, place).not.toContain(secret);
  }
});

/** All that is kept or told after the fact. The row of the server itself keeps its user data: its host must have it. */
async function everythingKept(token: string): Promise<Array<[place: string, text: string]>> {
  const { prisma } = cloud.core.database;
  const { redis } = cloud.core.queues;
  const rows = [
    ...(await prisma.auditLine.findMany()),
    ...(await prisma.event.findMany()).map(({ noun, resourceId, kind }) => ({ noun, resourceId, kind })),
    ...(await prisma.workflowRun.findMany()).map(({ input, resourceName, failure }) => [input, resourceName, failure]),
    ...(await prisma.idempotencyKey.findMany()).map(({ key, response }) => [key, response]),
  ];
  const jobs: string[] = [];
  for (const key of await redis.keys('*')) {
    const value = (await redis.type(key)) === 'hash' ? await redis.hgetall(key) : null;
    jobs.push(key, JSON.stringify(value));
  }
  // The lists; of what is below one thing, and of what would be, others tell.
  const isList = (path: string) => !/\{(id|webhookId)\}/.test(path) && !/\/(placement|path-check)$/.test(path);
  const lists = restRoutes.filter(({ method, path }) => method === 'GET' && isList(path));
  const answers: Array<[string, string]> = [];
  for (const { name, path } of lists) {
    const query = path === '/search' ? '?text=robot' : '';
    const told = await cloud.ask(
      'GET',
      `/v1${path.replace('{domainId}', cloud.domainId).replace(/\{\w+\}/, tenant.id)}${query}`,
      { token },
    );
    expect(told.status, name).toBe(200);
    answers.push([name, told.text]);
  }
  return [
    ['the log', cloud.logged.join('')],
    ['the rows', JSON.stringify(rows)],
    ['Redis', jobs.join('\n')],
    ...answers,
  ];
}

describe('A44, A61: what only the cloud itself may set is refused by name', () => {
  test.each(['hostId', 'deviceOwner', 'macAddress', 'generation', 'desiredPower', 'state', 'projectId', 'userId'])(
    'a server with %s',
    async (field) => {
      const { token } = await member();
      const { flavor, image } = await makeParts(cloud);
      const body = { name: 'web', flavorId: flavor.id, imageId: image.id, [field]: tenant.id };
      const told = await cloud.ask('POST', `/v1/projects/${tenant.id}/servers`, { token, body });
      expect(told.status).toBe(400);
      expect(told.text).toContain(field);
    },
  );

  test.each(['deviceOwner', 'serverId', 'hostId', 'position', 'isKept', 'allowedAddressPairs'])(
    'a port with %s',
    async (field) => {
      const { token } = await member();
      const network = withId.parse(
        (await cloud.ask('POST', `/v1/projects/${tenant.id}/networks`, { token, body: { name: field } })).body,
      );
      await cloud.ask('POST', `/v1/networks/${network.id}/subnets`, {
        token,
        body: { name: 'one', cidr: '10.9.0.0/24' },
      });
      const post = (body: object) => cloud.ask('POST', `/v1/networks/${network.id}/ports`, { token, body });
      const told = await post({ [field]: tenant.id });
      expect(told.status).toBe(400);
      expect(told.text).toContain(field);
      // It was the field that was refused, and nothing else.
      expect((await post({})).status).toBe(201);
    },
  );
});
