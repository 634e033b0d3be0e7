import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, type Tenant, userPassword } from './cloud.ts';
import { askOpenstack, openstackToken } from './openstack-ask.ts';

let cloud: Cloud;
let tenant: Tenant;
let operator: string;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  operator = (await makePerson(cloud, { system: 'admin' })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

interface Key {
  readonly access: string;
  readonly secret: string;
}

/** A member with an EC2 key pair. */
async function owner(role: 'member' | 'reader' = 'member') {
  const person = await makePerson(cloud, { project: { id: tenant.id, role } });
  const token = await openstackToken(cloud, { user: person.id, password: userPassword, project: tenant.id });
  const path = `/identity/v3/users/${person.id}/credentials/OS-EC2`;
  const made = await askOpenstack(cloud, 'POST', path, { token, body: { tenant_id: tenant.id } });
  expect(made.status).toBe(201);
  const key = z
    .object({ credential: z.object({ access: z.string(), secret: z.string() }) })
    .parse(made.body).credential;
  return { ...person, key, credentialPath: `${path}/${key.access}`, openstack: token };
}

interface Signing {
  readonly at?: number;
  readonly path?: string;
}

/** A request as a service passes it on, signed by hand with version 4. */
function signed({ access, secret }: Key, { at = Date.now(), path = '/' }: Signing = {}) {
  const date = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  const scope = `${day}/RegionOne/ec2/aws4_request`;
  const bodyHash = createHash('sha256').update('').digest('hex');
  const canonical = `GET\n${path}\n\nhost:cloud.example.org\nx-amz-date:${date}\n\nhost;x-amz-date\n${bodyHash}`;
  const text = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`;
  const hmac = (key: string | Buffer, part: string) => createHmac('sha256', key).update(part).digest();
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), 'RegionOne'), 'ec2'), 'aws4_request');
  const authorization = `AWS4-HMAC-SHA256 Credential=${access}/${scope}, SignedHeaders=host;x-amz-date, Signature=x`;
  return {
    access,
    signature: hmac(key, text).toString('hex'),
    host: 'cloud.example.org',
    verb: 'GET',
    path,
    params: {},
    body_hash: bodyHash,
    headers: { Host: 'cloud.example.org', 'X-Amz-Date': date, Authorization: authorization },
  };
}

const exchange = (credentials: object, token: string | null = operator, path = '/identity/v3/ec2tokens') =>
  askOpenstack(cloud, 'POST', path, { token, body: { credentials } });
const servers = async (token: string) =>
  (await cloud.ask('GET', `/v1/projects/${tenant.id}/servers`, { token })).status;
const tokenOf = (told: { headers: Headers }) => told.headers.get('x-subject-token') ?? '';

describe('a signature of EC2', () => {
  test('is exchanged by a service for a token of the key pair’s user and project', async () => {
    const { key, id } = await owner();
    const told = await exchange(signed(key));
    expect(told.status).toBe(200);
    expect(told.body).toMatchObject({
      token: { methods: ['ec2credential'], user: { id }, project: { id: tenant.id }, roles: expect.any(Array) },
    });
    expect(await servers(tokenOf(told))).toBe(200);
  });

  test('A04: is exchanged for nobody who is no service, its owner among them', async () => {
    const { key, token } = await owner();
    expect((await exchange(signed(key), null)).status).toBe(401);
    expect((await exchange(signed(key), token)).status).toBe(403);
    const manager = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' } });
    expect((await exchange(signed(key), manager.token)).status).toBe(403);
  });

  test('A04: a role named service counts on the system, which operators give, and nowhere else', async () => {
    const { prisma } = cloud.core.database;
    const role = await prisma.role.create({ data: { name: 'service' } });
    const swift = await makePerson(cloud, {});
    await prisma.roleAssignment.create({ data: { userId: swift.id, roleId: role.id, isSystem: true } });
    await prisma.roleAssignment.create({ data: { userId: swift.id, roleId: role.id, projectId: tenant.id } });
    const { key } = await owner();
    const onSystem = await openstackToken(cloud, { user: swift.id, password: userPassword, system: true });
    expect((await exchange(signed(key), onSystem)).status).toBe(200);
    const onProject = await openstackToken(cloud, { user: swift.id, password: userPassword, project: tenant.id });
    expect((await exchange(signed(key), onProject)).status).toBe(403);
  });

  test('A04: of one request is that of no other', async () => {
    const { key } = await owner();
    const good = signed(key, { path: '/mine' });
    for (const change of [
      { path: '/theirs' },
      { verb: 'DELETE' },
      { host: 'elsewhere.example.org' },
      { params: { Action: 'Delete' } },
      { body_hash: 'b'.repeat(64) },
      { signature: 'c'.repeat(64) },
      { access: 'd'.repeat(32) },
    ]) {
      expect((await exchange({ ...good, ...change })).status, JSON.stringify(change)).toBe(401);
    }
    expect((await exchange(good)).status).toBe(200);
  });

  test('A07: is taken once, and only for five minutes around when it was made', async () => {
    const { key } = await owner();
    const good = signed(key);
    expect((await exchange(good)).status).toBe(200);
    expect((await exchange(good)).status).toBe(401);
    for (const minutes of [-6, 6]) {
      const late = signed(key, { at: Date.now() + minutes * 60_000 });
      expect((await exchange(late)).status, `${minutes} minutes`).toBe(401);
    }
    const timeless = signed(key);
    expect((await exchange({ ...timeless, headers: { Authorization: timeless.headers.Authorization } })).status).toBe(
      401,
    );
  });

  test('A05: its token makes no credentials', async () => {
    const { key, id } = await owner();
    const token = tokenOf(await exchange(signed(key)));
    const body = { tenant_id: tenant.id };
    const path = `/identity/v3/users/${id}/credentials/OS-EC2`;
    expect((await askOpenstack(cloud, 'POST', path, { token, body })).status).toBe(403);
  });

  test('A05: of a key pair that an application credential made is good for the roles of that one, and ends with it', async () => {
    const { id, openstack } = await owner();
    const all = `/identity/v3/users/${id}/application_credentials`;
    const wanted = { name: 'looker', unrestricted: true, roles: [{ name: 'reader' }] };
    const made = await askOpenstack(cloud, 'POST', all, { token: openstack, body: { application_credential: wanted } });
    const lent = z
      .object({ application_credential: z.object({ id: z.string(), secret: z.string() }) })
      .parse(made.body).application_credential;
    const application = await openstackToken(cloud, { applicationCredential: lent });
    const path = `/identity/v3/users/${id}/credentials/OS-EC2`;
    const paired = await askOpenstack(cloud, 'POST', path, { token: application, body: { tenant_id: tenant.id } });
    const key = z
      .object({ credential: z.object({ access: z.string(), secret: z.string() }) })
      .parse(paired.body).credential;
    const told = await exchange(signed(key));
    const roles = z.object({ token: z.object({ roles: z.array(z.object({ name: z.string() })) }) }).parse(told.body);
    expect(roles.token.roles.map(({ name }) => name)).toEqual(['reader']);
    await askOpenstack(cloud, 'DELETE', `${all}/${lent.id}`, { token: openstack });
    expect(await servers(tokenOf(told))).toBe(401);
    expect((await exchange(signed(key))).status).toBe(401);
  });

  test('A08, A09: its token dies with the key pair, and none is given for a disabled user', async () => {
    const { key, id, credentialPath, openstack } = await owner();
    const token = tokenOf(await exchange(signed(key)));
    await askOpenstack(cloud, 'DELETE', credentialPath, { token: openstack });
    expect(await servers(token)).toBe(401);
    expect((await exchange(signed(key))).status).toBe(401);
    const other = await owner();
    await cloud.core.database.prisma.user.update({ where: { id: other.id }, data: { isEnabled: false } });
    expect((await exchange(signed(other.key))).status).toBe(401);
    expect(id).not.toBe(other.id);
  });
});

describe('a signature of S3', () => {
  const text = (at = Date.now(), service = 's3') => {
    const date = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
    return { scope: [date.slice(0, 8), 'RegionOne', service, 'aws4_request'], date };
  };
  const signedText = ({ access, secret }: Key, { scope, date } = text()) => {
    const toSign = `AWS4-HMAC-SHA256\n${date}\n${scope.join('/')}\n${'a'.repeat(64)}`;
    const key = scope.reduce<string | Buffer>(
      (before, part) => createHmac('sha256', before).update(part).digest(),
      `AWS4${secret}`,
    );
    const signature = createHmac('sha256', key).update(toSign).digest('hex');
    return { access, signature, token: Buffer.from(toSign).toString('base64') };
  };
  const path = '/identity/v3/s3tokens';

  test('is exchanged for a token, once, in time, for objects, and for services alone', async () => {
    const { key, token, id } = await owner();
    const good = signedText(key);
    expect((await exchange(good, null, path)).status).toBe(401);
    expect((await exchange(good, token, path)).status).toBe(403);
    const told = await exchange(good, operator, path);
    expect(told.body).toMatchObject({ token: { user: { id }, project: { id: tenant.id } } });
    expect((await exchange(good, operator, path)).status).toBe(401);
    for (const bad of [text(Date.now() - 360_000), text(Date.now(), 'ec2')]) {
      expect((await exchange(signedText(key, bad), operator, path)).status).toBe(401);
    }
  });
});
