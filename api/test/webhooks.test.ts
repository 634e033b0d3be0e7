import { randomUUID } from 'node:crypto';
import { webhook, webhookCreated, webhookDelivery } from '@unkai/contracts/resources/webhook';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, problemBody, type Tenant } from './cloud.ts';

let cloud: Cloud;
let tenant: Tenant;
let manager: string;
let reader: string;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  manager = (await makePerson(cloud, { project: { id: tenant.id, role: 'manager' } })).token;
  reader = (await makePerson(cloud, { project: { id: tenant.id, role: 'reader' } })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const right = { name: 'shop', url: 'https://hook.example.com/unkai?key=hidden', events: ['server.changed'] };
const post = (path: string, body: unknown = {}) => cloud.ask('POST', path, { token: manager, body });
const make = async (differs: object = {}) => {
  const told = await post(`/v1/projects/${tenant.id}/webhooks`, { ...right, name: randomUUID(), ...differs });
  expect(told.status, told.text).toBe(201);
  return webhookCreated.parse(told.body);
};
const deliveries = z.object({ items: z.array(webhookDelivery) });

describe('a webhook', () => {
  test('shows its secret once, and keeps it encrypted', async () => {
    const { secret, ...made } = await make();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const shown = await cloud.ask('GET', `/v1/webhooks/${made.id}`, { token: manager });
    expect(shown.body).toEqual(made);
    const renewed = webhookCreated.parse((await post(`/v1/webhooks/${made.id}/secret`)).body);
    expect(renewed.secret).not.toBe(secret);
    const { database } = cloud.core;
    const kept = await database.prisma.webhook.findUniqueOrThrow({ where: { id: made.id } });
    for (const each of [secret, renewed.secret]) {
      expect(cloud.logged.join('\n')).not.toContain(each);
      for (const sealed of [kept.sealedSecret, kept.sealedFormerSecret ?? new Uint8Array()]) {
        expect(Buffer.from(sealed).toString('latin1')).not.toContain(each.slice(6, 20));
      }
    }
  });

  test('A30: what may be a password in its address is for those who may change it, and is in no log', async () => {
    const made = await make();
    expect(made.url).toBe(right.url);
    const toReader = await cloud.ask('GET', `/v1/webhooks/${made.id}`, { token: reader });
    expect(webhook.parse(toReader.body).url).toBe('https://hook.example.com/…');
    const listed = await cloud.ask('GET', `/v1/projects/${tenant.id}/webhooks`, { token: reader });
    expect(listed.text).not.toContain('hidden');
    const changed = { url: 'https://other.example.com/?key=hidden-too' };
    const told = await cloud.ask('PATCH', `/v1/webhooks/${made.id}`, { token: manager, body: changed });
    expect(told.body).toMatchObject(changed);
    const lines = await cloud.core.database.prisma.auditLine.findMany({ where: { resourceId: made.id } });
    expect(lines.map(({ detail }) => detail).toSorted()).toEqual([
      'now to https://other.example.com',
      'to https://hook.example.com',
    ]);
    expect([...cloud.logged, JSON.stringify(lines)].join('\n')).not.toContain('hidden');
  });

  test('A30: deliveries are those of its own project', async () => {
    const made = await make();
    await post(`/v1/webhooks/${made.id}/test`);
    const list = await cloud.ask('GET', `/v1/webhooks/${made.id}/deliveries`, { token: reader });
    const [sent] = deliveries.parse(list.body).items;
    expect(sent).toMatchObject({ event: 'webhook.test', state: 'waiting', attempts: 0 });
    expect(JSON.parse(sent?.payload ?? '')).toMatchObject({ type: 'webhook.test', data: { projectId: tenant.id } });
    const other = await makeTenant(cloud);
    const { token } = await makePerson(cloud, { project: { id: other.id, role: 'manager' } });
    const path = `/v1/webhooks/${made.id}/deliveries`;
    expect((await cloud.ask('GET', path, { token })).status).toBe(404);
    expect((await cloud.ask('POST', `${path}/${sent?.id}/resend`, { token, body: {} })).status).toBe(404);
    // Nor through a webhook of one's own.
    const own = await cloud.ask('POST', `/v1/projects/${other.id}/webhooks`, { token, body: right });
    const through = `/v1/webhooks/${webhookCreated.parse(own.body).id}/deliveries/${sent?.id}/resend`;
    expect((await cloud.ask('POST', through, { token, body: {} })).status).toBe(404);
  });

  test('that is disabled sends nothing, and says so; enabled again it sends', async () => {
    const { id } = await make();
    const set = (isEnabled: boolean) =>
      cloud.ask('PATCH', `/v1/webhooks/${id}`, { token: manager, body: { isEnabled } });
    expect((await set(false)).body).toMatchObject({ state: 'disabled', disabledBy: 'person' });
    const refused = await post(`/v1/webhooks/${id}/test`);
    expect([refused.status, problemBody.parse(refused.body).code]).toEqual([409, 'wrong_state']);
    expect((await set(true)).body).toMatchObject({ state: 'enabled', disabledBy: null });
    expect((await post(`/v1/webhooks/${id}/test`)).status).toBe(201);
  });

  test('is told of what is made and taken away through the API', async () => {
    const { id } = await make({ events: ['security-group.created', 'security-group.deleted'] });
    const group = z
      .object({ id: z.string() })
      .parse((await post(`/v1/projects/${tenant.id}/security-groups`, { name: 'a' })).body);
    await cloud.ask('DELETE', `/v1/security-groups/${group.id}`, { token: manager });
    const list = await cloud.ask('GET', `/v1/webhooks/${id}/deliveries`, { token: reader });
    const told = deliveries.parse(list.body).items.map(({ event, payload }) => [event, JSON.parse(payload).data.id]);
    expect(told.toSorted()).toEqual([
      ['security-group.created', group.id],
      ['security-group.deleted', group.id],
    ]);
  });
});

describe('bad input', () => {
  test.each([
    [{ url: 'https://user:secret@example.com/' }, 'url', /user name or a password/],
    [{ url: 'ftp://example.com/' }, 'url', /https:\/\//],
    [{ url: 'file:///etc/passwd' }, 'url', /https:\/\//],
    [{ url: 'javascript:alert(1)' }, 'url', /https:\/\//],
    [{ url: 'hook.example.com' }, 'url', /such as https/],
    [{ url: 'http://127.0.0.1/' }, 'url', /public/],
    [{ url: 'http://0x7f.1:8080/' }, 'url', /public/],
    [{ url: 'http://[::ffff:169.254.169.254]/' }, 'url', /public/],
    [{ url: 'http://[64:ff9b::a9fe:a9fe]/' }, 'url', /public/],
    [{ url: 'http://169.254.169.254/latest/meta-data/' }, 'url', /public/],
    [{ url: 'https://example.com:22/' }, 'url', /ports 80, 443/],
    [{ url: 'https://example.com/#part' }, 'url', /fragment/],
    [{ url: `https://example.com/${'a'.repeat(2_000)}` }, 'url', /2000/],
    [{ url: '' }, 'url', /./],
    [{ events: [] }, 'events', /at least one/],
    [{ events: ['server.changed', 'server.changed'] }, 'events', /twice/],
    [{ events: ['webhook.test'] }, 'events.0', /./],
    [{ events: ['host.changed'] }, 'events.0', /./],
    [{ events: '*' }, 'events', /./],
    [{ name: '' }, 'name', /empty/],
    [{ name: 'two\nlines' }, 'name', /control characters/],
    [{ secret: 'mine' }, 'secret', /not a field/],
  ])('%j names the field and the rule, and nothing is made', async (differs, field, rule) => {
    const count = () => cloud.core.database.prisma.webhook.count();
    const before = await count();
    const told = await post(`/v1/projects/${tenant.id}/webhooks`, { ...right, name: randomUUID(), ...differs });
    expect(told.status).toBe(400);
    const { errors } = problemBody.parse(told.body);
    expect(errors[0]?.field).toBe(field);
    expect(errors[0]?.message).toMatch(rule);
    expect(await count()).toBe(before);
  });

  test('a name that is taken, an address that is changed to a bad one, one too many', async () => {
    const { id, name } = await make();
    const twin = await post(`/v1/projects/${tenant.id}/webhooks`, { ...right, name });
    expect([twin.status, problemBody.parse(twin.body).errors[0]?.field]).toEqual([409, 'name']);
    const bad = { url: 'http://10.0.0.1/' };
    expect((await cloud.ask('PATCH', `/v1/webhooks/${id}`, { token: manager, body: bad })).status).toBe(400);
    const { id: projectId } = await makeTenant(cloud);
    const { token } = await makePerson(cloud, { project: { id: projectId, role: 'manager' } });
    const tries = await Promise.all(
      Array.from({ length: 14 }, (_, index) =>
        cloud.ask('POST', `/v1/projects/${projectId}/webhooks`, { token, body: { ...right, name: `w${index}` } }),
      ),
    );
    expect(tries.filter(({ status }) => status === 201)).toHaveLength(10);
    const over = tries.filter(({ status }) => status !== 201).map(({ body }) => problemBody.parse(body).code);
    expect(over).toEqual(Array.from({ length: 4 }, () => 'quota_exceeded'));
  });
});
