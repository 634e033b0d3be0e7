import { budget } from '@unkai/contracts/resources/budget';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Cloud, makePerson, makeTenant, openCloud, problemBody, type Tenant, withId } from './cloud.ts';
import { giveDomainRoles } from './denial-things.ts';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await openCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

let tenant: Tenant;
let manager: Awaited<ReturnType<typeof makePerson>>;
beforeEach(async () => {
  tenant = await makeTenant(cloud);
  manager = await makePerson(cloud, { project: { id: tenant.id, role: 'manager' } });
});

const make = (body: object) => cloud.ask('POST', '/v1/budgets', { token: manager.token, body });
const budgets = () => cloud.core.database.prisma.budget.count({ where: { projectId: tenant.id } });

describe('a budget', () => {
  test('is made, shown, changed and taken away by who manages the project, with a line in the log for each', async () => {
    const made = await make({ projectId: tenant.id, amount: '250.50', alertPercents: [100, 50] });
    expect(made.status).toBe(201);
    const shown = budget.parse(made.body);
    const { id } = shown;
    expect(shown).toMatchObject({
      name: tenant.name,
      amount: '250.5',
      alertPercents: [50, 100],
      spent: '0',
      alerts: [],
    });
    const listed = await cloud.ask('GET', `/v1/projects/${tenant.id}/budgets`, { token: manager.token });
    expect(listed.body).toEqual({ items: [shown], nextCursor: null });
    const changed = await cloud.ask('PATCH', `/v1/budgets/${id}`, { token: manager.token, body: { amount: '300' } });
    expect(changed.body).toMatchObject({ amount: '300', alertPercents: [50, 100] });
    expect((await cloud.ask('DELETE', `/v1/budgets/${id}`, { token: manager.token })).status).toBe(204);
    expect(await budgets()).toBe(0);
    const lines = await cloud.core.database.prisma.auditLine.findMany({
      where: { resourceId: id },
      orderBy: { at: 'asc' },
    });
    expect(lines.map(({ action, projectId, before, after }) => ({ action, projectId, before, after }))).toEqual([
      {
        action: 'budget:create',
        projectId: tenant.id,
        before: null,
        after: { projectId: tenant.id, amount: '250.5', alertPercents: [50, 100] },
      },
      { action: 'budget:update', projectId: tenant.id, before: { amount: '250.5' }, after: { amount: '300' } },
      {
        action: 'budget:delete',
        projectId: tenant.id,
        before: { projectId: tenant.id, amount: '300', alertPercents: [50, 100] },
        after: null,
      },
    ]);
  });

  test('of a domain is for who manages it; a manager of a project in it is told what is missing', async () => {
    const body = { domainId: cloud.domainId, amount: '1000' };
    expect((await make(body)).status).toBe(404);
    const above = await makePerson(cloud, {});
    await giveDomainRoles(cloud, above.id, { domain: 'manager' });
    const made = await cloud.ask('POST', '/v1/budgets', { token: above.token, body });
    expect(made.body).toMatchObject({ domainId: cloud.domainId, projectId: null, alertPercents: [50, 80, 100] });
    const { id } = withId.parse(made.body);
    expect((await cloud.ask('DELETE', `/v1/budgets/${id}`, { token: above.token })).status).toBe(204);
  });

  test('is one for each place; another names the field', async () => {
    expect((await make({ projectId: tenant.id, amount: '1' })).status).toBe(201);
    const again = await make({ projectId: tenant.id, amount: '2' });
    expect(again).toMatchObject({ status: 409, body: { errors: [{ field: 'projectId' }] } });
    expect(await budgets()).toBe(1);
  });

  test.each<[string, object, string]>([
    ['nothing', { amount: '0' }, 'amount'],
    ['less than nothing', { amount: '-1' }, 'amount'],
    ['NaN', { amount: 'NaN' }, 'amount'],
    ['a float', { amount: 12.5 }, 'amount'],
    ['more than is sane', { amount: '1000001' }, 'amount'],
    ['finer than is counted', { amount: '0.0000001' }, 'amount'],
    ['no percentages', { amount: '1', alertPercents: [] }, 'alertPercents'],
    ['a percentage of 0', { amount: '1', alertPercents: [0] }, 'alertPercents.0'],
    ['a part of one', { amount: '1', alertPercents: [50.5] }, 'alertPercents.0'],
    ['one twice', { amount: '1', alertPercents: [50, 50] }, 'alertPercents'],
    ['what nobody reaches', { amount: '1', alertPercents: [1001] }, 'alertPercents.0'],
    ['eleven of them', { amount: '1', alertPercents: Array.from({ length: 11 }, (_, at) => at + 1) }, 'alertPercents'],
  ])('of %s is refused at its field, and nothing is made', async (_what, body, field) => {
    const refused = await make({ projectId: tenant.id, ...body });
    expect(refused.status).toBe(400);
    expect(problemBody.parse(refused.body).errors?.map((error) => error.field)).toEqual([field]);
    expect(await budgets()).toBe(0);
  });

  test('is for one place, not for two or none', async () => {
    for (const where of [{}, { projectId: tenant.id, domainId: cloud.domainId }]) {
      expect((await make({ ...where, amount: '1' })).status).toBe(400);
    }
    expect(await budgets()).toBe(0);
  });
});
