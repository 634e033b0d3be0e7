import { randomUUID } from 'node:crypto';
import { usageByProject, usageReport } from '@unkai/contracts/resources/usage';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, problemBody, type Tenant, withId } from './cloud.ts';
import { giveDomainRoles } from './denial-things.ts';

let cloud: Cloud;
let tenant: Tenant;
let reader: string;
let operator: string;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  reader = (await makePerson(cloud, { project: { id: tenant.id, role: 'reader' } })).token;
  operator = (await makePerson(cloud, { system: 'admin' })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const hour = 3_600_000;
const prices = [
  { kind: 'server', item: 'tiny', price: '0.01' },
  { kind: 'server-stopped', item: 'tiny', price: '0.002' },
  { kind: 'image', price: '0.5' },
];
const list = { name: 'first', currency: 'EUR', prices };

async function used(change: object, hours: [begin: number, end: number]): Promise<void> {
  const [startedAt, endedAt] = hours.map((each) => new Date(Date.UTC(2000, 0, 1) + each * hour));
  if (startedAt === undefined || endedAt === undefined) return;
  const row = { projectId: tenant.id, projectName: 'p', domainId: cloud.domainId, resourceId: randomUUID() };
  const data = { ...row, resourceName: 'web', kind: 'server', item: 'tiny', startedAt, endedAt };
  await cloud.core.database.prisma.usage.create({ data: { ...data, ...change } });
}

const january = '?from=2000-01-01T00:00:00Z&to=2000-02-01T00:00:00Z';

/** A list that started long ago, which nobody could make through a door. */
async function chargeSince2000(): Promise<void> {
  const data = { name: 'old', currency: 'EUR', startsAt: new Date(Date.UTC(2000, 0, 1)) };
  const rows = [
    { kind: 'server', item: 'tiny', nanos: 10_000_000n },
    { kind: 'image', nanos: 500_000_000n },
    { kind: 'floating-ip', nanos: 2_000_000n },
  ];
  await cloud.core.database.prisma.priceList.create({ data: { ...data, prices: { create: rows } } });
}

describe('what a project costs', () => {
  test('H13: is told by thing, by day and in total, to those in it; nothing without a price is charged', async () => {
    await chargeSince2000();
    await used({ resourceName: 'web' }, [0, 30]);
    await used({ resourceName: 'big', item: 'large' }, [0, 1]);
    await used({ resourceName: 'debian', kind: 'image', item: '', quantity: 2n ** 31n }, [23, 25]);
    await used({ resourceName: '203.0.113.9', kind: 'floating-ip', item: '' }, [0, 10]);
    const told = await cloud.ask('GET', `/v1/projects/${tenant.id}/usage${january}`, { token: reader });
    const report = usageReport.parse(told.body);
    expect(report).toMatchObject({ currency: 'EUR', total: '2.32', lineCount: 4 });
    expect(
      report.lines.map(({ resourceName, price, cost, milliseconds }) => [resourceName, price, cost, milliseconds]),
    ).toEqual([
      ['debian', '0.5', '2', 2 * hour],
      ['web', '0.01', '0.3', 30 * hour],
      ['203.0.113.9', '0.002', '0.02', 10 * hour],
      ['big', null, '0', hour],
    ]);
    expect(report.days.slice(0, 3)).toEqual([
      { day: '2000-01-01', cost: '1.26' },
      { day: '2000-01-02', cost: '1.06' },
      { day: '2000-01-03', cost: '0' },
    ]);
    expect(report.days).toHaveLength(31);
  });

  test('is told by project to readers of the domain, and of the whole cloud', async () => {
    const { token: ofDomain, id } = await makePerson(cloud, {});
    await giveDomainRoles(cloud, id, { domain: 'reader' });
    for (const [path, token] of [
      [`/v1/domains/${cloud.domainId}/usage`, ofDomain],
      ['/v1/usage', operator],
    ] as const) {
      const told = await cloud.ask('GET', path + january, { token });
      const { projects, total } = usageByProject.parse(told.body);
      expect(projects).toMatchObject([{ projectId: tenant.id, cost: total }]);
    }
  });

  test('this month until now, and what it comes to: a server that runs goes on running', async () => {
    const told = await cloud.ask('POST', '/v1/price-lists', { token: operator, body: list });
    expect(told.status).toBe(201);
    const alone = await makeTenant(cloud);
    const size = { vcpus: 1, memoryMib: 64, diskGib: 1 };
    const server = { name: 'web', state: 'running', flavorId: randomUUID(), flavorName: 'tiny', reservationId: 'r' };
    const row = { projectId: alone.id, ...server, ...size };
    const { id } = await cloud.core.database.prisma.server.create({ data: row });
    const report = async () =>
      usageReport.parse((await cloud.ask('GET', `/v1/projects/${alone.id}/usage`, { token: operator })).body);
    const running = await report();
    expect(running.lines).toMatchObject([{ resourceId: id, kind: 'server', price: '0.01', isOpen: true }]);
    expect(Number(running.forecast?.total)).toBeGreaterThanOrEqual(Number(running.total));
    await cloud.core.database.prisma.server.delete({ where: { id } });
    const ended = await report();
    expect(ended.lines).toMatchObject([{ resourceId: id, isOpen: false }]);
    expect(ended.forecast?.total).toBe(ended.total);
  });
});

describe('price lists', () => {
  test('say what things cost now, and one that has not started can go', async () => {
    const ahead = { ...list, name: 'ahead', startsAt: '2200-01-01T00:00:00Z' };
    const made = await cloud.ask('POST', '/v1/price-lists', { token: operator, body: ahead });
    expect(made.body).toMatchObject({ hasStarted: false });
    const { id } = withId.parse(made.body);
    const now = await cloud.ask('GET', '/v1/prices', { token: reader });
    expect(now.body).toMatchObject({ currency: 'EUR' });
    expect((await cloud.ask('DELETE', `/v1/price-lists/${id}`, { token: operator })).status).toBe(204);
    const lists = await cloud.ask('GET', '/v1/price-lists', { token: reader });
    const { items } = z.object({ items: z.array(z.looseObject({ id: z.string() })) }).parse(lists.body);
    const started = items.find(({ name }) => name === 'first')?.id;
    const told = await cloud.ask('DELETE', `/v1/price-lists/${started}`, { token: operator });
    expect(problemBody.parse(told.body)).toMatchObject({
      code: 'wrong_state',
      next: expect.stringMatching(/another list/),
    });
    expect((await cloud.ask('GET', `/v1/price-lists/${started}`, { token: reader })).status).toBe(200);
    expect((await cloud.ask('DELETE', `/v1/price-lists/${id}`, { token: operator })).status).toBe(404);
  });

  const bad: ReadonlyArray<readonly [string, Record<string, unknown>, string, RegExp]> = [
    ['a price of NaN', { prices: [{ kind: 'image', price: 'NaN' }] }, 'prices.0.price', /from 0 to 1000000/],
    ['a price that is a float', { prices: [{ kind: 'image', price: 0.1 }] }, 'prices.0.price', /as text/],
    ['a price that JSON made of NaN', { prices: [{ kind: 'image', price: null }] }, 'prices.0.price', /as text/],
    ['a price below nothing', { prices: [{ kind: 'image', price: '-1' }] }, 'prices.0.price', /from 0/],
    ['a price with an exponent', { prices: [{ kind: 'image', price: '1e3' }] }, 'prices.0.price', /decimals/],
    ['an absurd price', { prices: [{ kind: 'image', price: '1000000.1' }] }, 'prices.0.price', /to 1000000/],
    [
      'a price finer than can be kept',
      { prices: [{ kind: 'image', price: '0.0000000001' }] },
      'prices.0.price',
      /at most 9/,
    ],
    ['a server of no flavor', { prices: [{ kind: 'server', price: '1' }] }, 'prices.0.item', /must name a flavor/],
    ['an image of a flavor', { prices: [{ kind: 'image', item: 'x', price: '1' }] }, 'prices.0.item', /must be empty/],
    ['a price twice', { prices: [prices[0], prices[0]] }, 'prices.1', /already/],
    ['no price', { prices: [] }, 'prices', />=1 items/],
    ['an unknown kind', { prices: [{ kind: 'air', price: '1' }] }, 'prices.0.kind', /server/],
    ['a start in the past', { startsAt: '2001-01-01T00:00:00Z' }, 'startsAt', /not be in the past/],
    ['another currency', { currency: 'USD' }, 'currency', /must be EUR/],
    ['a currency that is none', { currency: 'euro' }, 'currency', /three capital letters/],
  ];
  test.each(bad)('with %s are refused: the answer names field and rule', async (_, change, field, rule) => {
    const before = await cloud.core.database.prisma.priceList.count();
    const told = await cloud.ask('POST', '/v1/price-lists', { token: operator, body: { ...list, ...change } });
    expect(told.status).toBe(400);
    const { errors } = problemBody.parse(told.body);
    expect(errors.find((each) => each.field === field)?.message).toMatch(rule);
    expect(await cloud.core.database.prisma.priceList.count()).toBe(before);
  });

  test.each([
    ['ends before it begins', '?from=2000-02-01T00:00:00Z&to=2000-01-01T00:00:00Z', 'from'],
    ['is too long', '?from=2000-01-01T00:00:00Z', 'from'],
    ['is no time', '?from=yesterday', 'from'],
  ])('a time of usage that %s is refused', async (_, query, field) => {
    const told = await cloud.ask('GET', `/v1/projects/${tenant.id}/usage${query}`, { token: reader });
    expect(told.status).toBe(400);
    expect(problemBody.parse(told.body).errors).toMatchObject([{ field }]);
  });
});

describe('the file of usage', () => {
  test('has all lines, is for spreadsheets, and no name in it becomes a formula', async () => {
    const alone = await makeTenant(cloud);
    await used({ projectId: alone.id, resourceName: '=HYPERLINK("http://evil.example")' }, [0, 1]);
    const path = `/v1/projects/${alone.id}/usage.csv${january}`;
    const told = await cloud.ask('GET', path, { token: operator });
    expect(told.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [head, line] = told.text.split('\r\n');
    expect(head).toMatch(/^project_id,resource_id,resource_name,kind,/);
    expect(line).toMatch(/^[0-9a-f-]+,[0-9a-f-]+,"'=HYPERLINK\(""http:\/\/evil\.example""\)",server,tiny,1,3600000,/);
    const stranger = (await makePerson(cloud, {})).token;
    expect((await cloud.ask('GET', path, { token: stranger })).status).toBe(404);
    expect((await cloud.ask('GET', path, { token: null })).status).toBe(401);
    expect((await cloud.ask('GET', `/v1/projects/${alone.id}/usage.csv?from=x`, { token: operator })).status).toBe(400);
  });
});
