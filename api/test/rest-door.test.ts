import { granted } from '@unkai/client/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../src/doors/openapi.ts';
import { restRoutes } from '../src/doors/rest-routes.ts';
import { type Cloud, clientOf, makePerson, makeTenant, openCloud, problemBody, type Tenant } from './cloud.ts';
import { listen } from './installation.ts';

let cloud: Cloud;
let tenant: Tenant;
let token: string;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  token = (await makePerson(cloud, { project: { id: tenant.id, role: 'member' } })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

describe('every answer', () => {
  test("carries a request id: the caller's own when it is one, else a new one", async () => {
    const own = await cloud.ask('GET', '/v1/users/me', { token, headers: { 'x-request-id': 'trace-1' } });
    expect(own.headers.get('x-request-id')).toBe('trace-1');
    const forged = await cloud.ask('GET', '/v1/users/me', { headers: { 'x-request-id': 'a b"<script>' } });
    expect(forged.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(problemBody.parse(forged.body).requestId).toBe(forged.headers.get('x-request-id'));
  });

  test('is not kept by caches and not guessed at by browsers', async () => {
    const told = await cloud.ask('GET', '/v1/users/me', { token });
    expect(told.headers.get('cache-control')).toBe('no-store');
    expect(told.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('what is not there', () => {
  test.each(['/v1/nothing', '/v1/servers', '/v1/servers/', '/v1//servers/x', '/v1/servers/%zz', '/nothing'])(
    '%s is 404 problem details',
    async (path) => {
      const told = await cloud.ask('GET', path, { token });
      expect(told.status).toBe(404);
      expect(told.headers.get('content-type')).toBe('application/problem+json');
      expect(problemBody.parse(told.body).code).toBe('not_found');
    },
  );

  test('a method that a path does not have is 405 with those it has', async () => {
    const told = await cloud.ask('PUT', `/v1/servers/${tenant.id}`, { token, body: {} });
    expect(told.status).toBe(405);
    expect(told.headers.get('allow')?.split(', ').toSorted()).toEqual(['DELETE', 'GET', 'PATCH']);
  });

  test('without a credential is 401 with the way to sign in', async () => {
    const told = await cloud.ask('GET', '/v1/projects');
    expect(told.status).toBe(401);
    expect(told.headers.get('www-authenticate')).toContain('Bearer');
  });
});

describe('a body', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    cloud.ask('POST', `/v1/projects/${tenant.id}/networks`, { token, body, headers });

  test('of another type is 415', async () => {
    expect((await post('name=x', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
  });

  test('of more than a megabyte is 413, also when it does not say its length', async () => {
    expect((await post(JSON.stringify({ name: 'x'.repeat(1_048_577) }))).status).toBe(413);
    await using door = await listen(cloud.app);
    const chunks = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < 20; sent += 1) controller.enqueue(new TextEncoder().encode('x'.repeat(100_000)));
        controller.close();
      },
    });
    const answer = await fetch(`${door.url}/v1/projects/${tenant.id}/networks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: chunks,
      duplex: 'half',
    });
    expect(answer.status).toBe(413);
  });

  test.each(['{', 'null', '[]', '"text"', '7'])('%s is 400', async (body) => {
    const told = await post(body);
    expect(told.status).toBe(400);
    expect(problemBody.parse(told.body).code).toBe('invalid_input');
  });

  test('that would change what objects inherit changes nothing', async () => {
    const told = await post('{"name":"x","__proto__":{"isDefault":true}}');
    expect(told).toMatchObject({ status: 201, body: { name: 'x', isDefault: false } });
    expect(Reflect.get({}, 'isDefault')).toBeUndefined();
  });
});

describe('statuses of REST', () => {
  test('201 with Location, 200 there, 200 for a change, 204 for a removal, 404 after it', async () => {
    const client = clientOf(cloud, token);
    const projects = { params: { path: { projectId: tenant.id } } };
    const made = await client.POST('/projects/{projectId}/networks', { ...projects, body: { name: 'net' } });
    expect(made.response.status).toBe(201);
    const { id } = granted(made);
    const params = { path: { id } };
    expect(made.response.headers.get('location')).toBe(`/v1/networks/${id}`);
    expect(granted(await client.GET('/networks/{id}', { params }))).toEqual(made.data);
    const changed = await client.PATCH('/networks/{id}', { params, body: { name: 'renamed' } });
    expect(changed).toMatchObject({ response: { status: 200 }, data: { name: 'renamed' } });
    const removed = await client.DELETE('/networks/{id}', { params });
    expect(removed.response.status).toBe(204);
    expect(await removed.response.text()).toBe('');
    const gone = await client.GET('/networks/{id}', { params });
    expect(gone).toMatchObject({ response: { status: 404 }, error: { code: 'not_found' } });
  });

  test('HEAD is GET without the body', async () => {
    const told = await cloud.ask('HEAD', `/v1/projects/${tenant.id}/servers`, { token });
    expect(told).toMatchObject({ status: 200, text: '' });
  });

  test('an upper-case id is the same id', async () => {
    expect((await cloud.ask('GET', `/v1/networks/${tenant.network.id.toUpperCase()}`, { token })).status).toBe(200);
  });
});

describe('what breaks on our side', () => {
  test('A63: tells nothing but the request id, and the log has the rest', async () => {
    await using broken = await openCloud();
    const person = await makePerson(broken, { system: 'admin' });
    await broken.services.asOwner('ALTER TABLE flavor RENAME TO canary_table');
    for (const path of ['/v1/flavors', '/trpc/flavor.list?input={}']) {
      const told = await broken.ask('GET', path, {
        token: person.token,
        headers: { 'x-request-id': 'canary-request' },
      });
      expect(told.status).toBe(500);
      expect(told.text).toContain('canary-request');
      expect(told.text).not.toMatch(/canary_table|flavor\.findMany|prisma|stack|node_modules/i);
    }
    const lines = broken.logged.filter((line) => line.includes('canary-request') && line.includes('"level":50'));
    expect(lines.join('')).toMatch(/flavor/);
  });
});

describe('the reference', () => {
  test('describes every operation, and is what docs/openapi.json says', async () => {
    const told = await cloud.ask('GET', '/v1/openapi.json');
    const { paths } = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) }).parse(told.body);
    const missing = restRoutes.filter(({ path, method }) => paths[path]?.[method.toLowerCase()] === undefined);
    expect(missing).toEqual([]);
    expect(told.body).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });

  test('has no reference that leads nowhere', () => {
    const text = JSON.stringify(openApiDocument());
    const { schemas } = openApiDocument().components;
    const names = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => !(name in schemas))).toEqual([]);
    expect(text).not.toContain('#/$defs/');
  });

  test('A40: can be read by people, loads nothing from anywhere, and runs nothing', async () => {
    const told = await cloud.ask('GET', '/v1');
    expect(told.status).toBe(200);
    expect(told.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(told.text).toContain('curl -X POST &quot;$UNKAI_URL/v1/projects/$projectId/servers&quot;');
    expect(told.text).toContain('id="quota_exceeded"');
    expect(told.text).not.toMatch(/<script|<link|<img|(src|href)=["']?(https?:)?\/\//);
  });
});

describe('/trpc', () => {
  test('tells problems in the form that the portal reads', async () => {
    const told = await cloud.ask('POST', '/trpc/network.create', { token, body: { projectId: tenant.id, name: '' } });
    expect(told.status).toBe(400);
    expect(told.body).toMatchObject({
      error: {
        data: { problem: { code: 'invalid_input', errors: [{ field: 'name', message: 'must not be empty' }] } },
      },
    });
  });

  test('knows no operation that is not there', async () => {
    const told = await cloud.ask('GET', '/trpc/server.nothing', { token });
    expect(told).toMatchObject({ status: 404, body: { error: { data: { problem: { code: 'not_found' } } } } });
  });

  test('A14: does not take a thousand calls in one request', async () => {
    const names = Array(1000).fill('session.current').join(',');
    expect((await cloud.ask('GET', `/trpc/${names}?batch=1&input={}`, { token })).status).toBe(413);
  });

  test('a change is not done by GET', async () => {
    const input = encodeURIComponent(JSON.stringify({ projectId: tenant.id, name: 'by-get' }));
    const told = await cloud.ask('GET', `/trpc/network.create?input=${input}`, { token });
    expect(told.status).toBe(405);
    expect(await cloud.core.database.prisma.network.count({ where: { name: 'by-get' } })).toBe(0);
  });
});
