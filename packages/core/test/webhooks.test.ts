import { eventNoun } from '@unkai/contracts/events';
import { webhookEventNames } from '@unkai/contracts/resources/webhook';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '../src/database/database.ts';
import { emit } from '../src/events.ts';
import { expiry } from '../src/reconcile/expiry.ts';
import { findWebhook, renewWebhookSecret, updateWebhook } from '../src/store/webhook.ts';
import { listDeliveries, resendDelivery, testWebhook } from '../src/store/webhook-delivery.ts';
import { openWebhookSender } from '../src/webhook/sender.ts';
import { rawReceiver, receiver } from './guarded-fetch-receiver.ts';
import { openWebhookWorld, type WebhookWorld } from './webhook-world.ts';

let world: WebhookWorld;
beforeEach(async () => {
  world = await openWebhookWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const minute = 60_000;
const hour = 60 * minute;
const local = (port: number) => `http://127.0.0.1:${port}/hook`;
const found = (id: string) => findWebhook(world.call, 'webhook:update', id);
const page = { limit: 100 };

test('each event that can be chosen is one that is told', () => {
  for (const name of webhookEventNames) expect(eventNoun.safeParse(name.split('.')[0]).success, name).toBe(true);
});

describe('what happens', () => {
  test('is told to those who chose it, signed as a library of the receiver expects', async () => {
    await using shop = await receiver((_, response) => response.end());
    await using other = await receiver((_, response) => response.end());
    const { id, secret } = await world.add(local(shop.port), ['server.changed', 'image.deleted']);
    await world.add(local(other.port), ['network.created']);
    const server = await world.happen();
    await world.happen('network', 'changed');
    await world.happen('host', 'changed', null);
    await world.happen('image', 'deleted');
    await world.send();
    expect(other.heard).toEqual([]);
    expect(shop.heard).toHaveLength(2);
    const [{ request, body } = { request: { headers: {}, method: '' }, body: '' }] = shop.heard;
    expect(request.method).toBe('POST');
    expect(request.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Unkai-Webhooks/1' });
    const headers = textHeaders(request.headers);
    expect(new Webhook(secret).verify(body, headers)).toEqual({
      type: 'server.changed',
      timestamp: expect.stringMatching(/Z$/),
      data: { projectId: world.projectId, noun: 'server', kind: 'changed', id: server },
    });
    expect(() => new Webhook(secret).verify(body.replace('changed', 'deleted'), headers)).toThrow();
    const old = { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 600) };
    expect(() => new Webhook(secret).verify(body, old)).toThrow();
    expect(await world.deliveries(id)).toEqual(['server.changed delivered 1', 'image.deleted delivered 1']);
  });

  test('and was taken back is told to nobody; what was committed is, whatever becomes of the process', async () => {
    await using shop = await receiver((_, response) => response.end());
    const { id } = await world.add(local(shop.port));
    const undone = commit(world.core.database, async ({ tx }) => {
      await emit(tx, { projectId: world.projectId, noun: 'server', resourceId: id, kind: 'changed' });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await world.deliveries(id)).toEqual([]);
    await world.happen();
    expect(await world.deliveries(id)).toEqual(['server.changed waiting 0']);
    await world.send();
    expect(shop.heard).toHaveLength(1);
  });

  test('is sent once by many senders at a time', async () => {
    await using shop = await receiver((_, response) => response.end());
    const ids = await Promise.all(Array.from({ length: 5 }, () => world.add(local(shop.port))));
    for (let index = 0; index < 6; index += 1) await world.happen();
    await Promise.all(Array.from({ length: 4 }, () => world.send()));
    expect(shop.heard).toHaveLength(30);
    const messages = shop.heard.map(({ request }) => request.headers['webhook-id']);
    expect(new Set(messages).size).toBe(30);
    for (const { id } of ids)
      expect(new Set(await world.deliveries(id))).toEqual(new Set(['server.changed delivered 1']));
  });
});

function textHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

describe('a receiver', () => {
  test('that is dead is asked one thing at a time, with longer and longer pauses, and hears all when it is back', async () => {
    let status = 503;
    await using shop = await receiver((_, response) => response.writeHead(status).end('secret of the receiver'));
    const { id } = await world.add(local(shop.port));
    for (let index = 0; index < 3; index += 1) await world.happen();
    await world.send();
    await world.send();
    expect(shop.heard).toHaveLength(1);
    const first = await world.webhook(id);
    expect(first).toMatchObject({ failures: 1, leaseUntil: null, disabledBy: null });
    await world.later(hour);
    await world.send();
    expect(shop.heard).toHaveLength(2);
    const second = await world.webhook(id);
    expect(second.failures).toBe(2);
    status = 204;
    await world.later(2 * hour);
    await world.send();
    expect(await world.webhook(id)).toMatchObject({ failures: 0, failingSince: null });
    expect((await world.deliveries(id)).every((each) => each.includes('delivered'))).toBe(true);
    expect(JSON.stringify(await world.core.database.prisma.webhookDelivery.findMany(), bigText)).not.toContain(
      'secret',
    );
  });

  test('that is slow, silent or lying is given up, and holds up nobody else', async () => {
    await using silent = await rawReceiver(() => {});
    await using liar = await rawReceiver((socket) => socket.end('220 not what you think\r\n'));
    await using endless = await receiver((_, response) => {
      response.writeHead(200);
      response.write('x'.repeat(100_000));
    });
    await using shop = await receiver((_, response) => response.end());
    const ids = await Promise.all(
      [silent, liar, endless, shop].map(async ({ port }) => (await world.add(local(port))).id),
    );
    await world.happen();
    const sender = openWebhookSender(world.core, { patienceMs: 60_000 });
    await sender.sweep();
    await expect.poll(() => shop.heard.length, { timeout: 20_000 }).toBe(1);
    await expect
      .poll(async () => world.deliveries(ids[2] ?? ''), { timeout: 20_000 })
      .toEqual(['server.changed delivered 1']);
    await expect
      .poll(async () => world.deliveries(ids[1] ?? ''), { timeout: 20_000 })
      .toEqual(['server.changed waiting 1']);
    // The process ends while the silent one is still being asked: nothing is lost, and nobody is blamed.
    await sender.stop();
    expect(await world.webhook(ids[0] ?? '')).toMatchObject({ failures: 0, leaseUntil: null });
    await world.send({ patienceMs: 100 });
    expect(await world.deliveries(ids[0] ?? '')).toEqual(['server.changed waiting 1']);
    const { items } = await listDeliveries(world.call, await found(ids[0] ?? ''), { webhookId: ids[0] ?? '', ...page });
    expect(items).toMatchObject([{ lastStatus: null, lastError: 'The receiver did not answer in time.' }]);
  });

  test('A30: that redirects inside, or whose name leads inside, is asked nothing there', async () => {
    await using inside = await receiver((_, response) => response.end());
    await using shop = await receiver((_, response) =>
      response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
    );
    const { id } = await world.add(local(shop.port));
    const named = await world.add(`http://shop.example.com:${inside.port}/`);
    await world.happen();
    await world.send({ resolve: async () => ['127.0.0.1', '10.0.0.1'] });
    expect([shop.heard.length, inside.heard.length]).toEqual([1, 0]);
    for (const webhookId of [id, named.id]) {
      const { items } = await listDeliveries(world.call, await found(webhookId), { webhookId, ...page });
      expect(items).toMatchObject([
        { state: 'waiting', lastError: 'The address, or where it redirects to, must lead to a public address.' },
      ]);
    }
  });

  test('that says it is gone, or takes nothing for days, is left alone, and who made it is told', async () => {
    await using gone = await receiver((_, response) => response.writeHead(410).end());
    await using dead = await receiver((_, response) => response.writeHead(500).end());
    const one = await world.add(local(gone.port));
    const other = await world.add(local(dead.port));
    const { prisma } = world.core.database;
    const { domainId } = await prisma.project.findUniqueOrThrow({ where: { id: world.projectId } });
    const { id: createdById } = await prisma.user.create({ data: { domainId, name: 'ada' } });
    await prisma.webhook.updateMany({ data: { createdById } });
    await world.happen();
    await world.send();
    expect((await world.webhook(one.id)).disabledBy).toBe('gone');
    expect(await world.deliveries(one.id)).toEqual(['server.changed failed 1']);
    await world.later(25 * hour);
    await world.send();
    expect(await world.deliveries(other.id)).toEqual(['server.changed failed 2']);
    await world.happen();
    await world.later(48 * hour);
    await world.happen();
    await world.send();
    expect((await world.webhook(other.id)).disabledBy).toBe('failures');
    expect((await world.deliveries(other.id)).every((each) => each.includes('failed'))).toBe(true);
    const notices = await prisma.notification.findMany({
      where: { userId: createdById },
      orderBy: { createdAt: 'asc' },
    });
    expect(notices.map(({ noun, resourceId, projectId }) => [noun, resourceId, projectId])).toEqual([
      ['webhook', one.id, world.projectId],
      ['webhook', other.id, world.projectId],
    ]);
    const lines = await prisma.auditLine.findMany({ where: { actorName: 'webhooks' } });
    expect(lines.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['webhook:update', 'done'],
      ['webhook:update', 'done'],
    ]);
    await world.happen();
    expect((await world.deliveries(other.id)).some((each) => each.includes('waiting'))).toBe(false);
    const enabled = await commit(world.core.database, async (unit) =>
      updateWebhook(unit, world.call, await found(other.id), { isEnabled: true }),
    );
    expect(enabled).toMatchObject({ state: 'enabled', disabledBy: null, failingSince: null });
  });
});

const bigText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

describe('by hand', () => {
  test('a test message and a message sent again go out at once, under the same id', async () => {
    let status = 500;
    await using shop = await receiver((_, response) => response.writeHead(status).end());
    const { id } = await world.add(local(shop.port));
    await commit(world.core.database, async (unit) => testWebhook(unit, world.call, await found(id)));
    await world.send();
    status = 200;
    const webhook = await found(id);
    const [sent] = (await listDeliveries(world.call, webhook, { webhookId: id, ...page })).items;
    expect(sent).toMatchObject({ event: 'webhook.test', state: 'waiting', lastStatus: 500, attempts: 1 });
    expect(shop.heard[0]?.body).toBe(sent?.payload);
    await commit(world.core.database, (unit) => resendDelivery(unit, world.call, webhook, sent?.id ?? ''));
    await world.send();
    expect(shop.heard.map(({ request }) => request.headers['webhook-id'])).toEqual([sent?.id, sent?.id]);
    expect(await world.deliveries(id)).toEqual(['webhook.test delivered 2']);
  });

  test('a new secret signs beside the old one for a day', async () => {
    await using shop = await receiver((_, response) => response.end());
    const { id, secret: old } = await world.add(local(shop.port));
    const { secret } = await commit(world.core.database, async (unit) =>
      renewWebhookSecret(unit, world.call, await found(id)),
    );
    await world.happen();
    await world.send();
    const verify = (key: string, index: number) => {
      const { request, body } = shop.heard[index] ?? {};
      return new Webhook(key).verify(body ?? '', textHeaders(request?.headers ?? {}));
    };
    for (const key of [old, secret]) expect(verify(key, 0)).toMatchObject({ type: 'server.changed' });
    await world.core.database.prisma.webhook.update({ where: { id }, data: { formerSecretUntil: new Date(0) } });
    await world.happen();
    await world.send();
    expect(verify(secret, 1)).toMatchObject({ type: 'server.changed' });
    expect(() => verify(old, 1)).toThrow();
  });

  test('what is old is cleared away, what could not be sent for a day is given up', async () => {
    const { id } = await world.add('https://hook.example.com/');
    await world.happen();
    await world.happen();
    const { prisma } = world.core.database;
    const rows = await prisma.webhookDelivery.findMany({ orderBy: { position: 'asc' } });
    await prisma.webhookDelivery.update({
      where: { id: rows[0]?.id ?? '' },
      data: { state: 'failed', createdAt: new Date(Date.now() - 8 * 24 * hour) },
    });
    await world.later(25 * hour);
    await expiry.run(world.core);
    expect(await world.deliveries(id)).toEqual(['server.changed failed 0']);
  });
});
