import { randomUUID } from 'node:crypto';
import { moneyText } from '@unkai/contracts/money';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Call } from '../src/call.ts';
import { commit } from '../src/database/database.ts';
import { systemActor } from '../src/identity/actor.ts';
import { openMail } from '../src/mail/mail.ts';
import { percentOf, spentThisMonth, updateBudget } from '../src/store/budget.ts';
import { tellReachedBudgets } from '../src/store/budget-alert.ts';
import { reportUsage, usageSpan } from '../src/store/usage.ts';
import { usageIntegral } from './usage-integral.ts';
import { epoch, histories, liveUsage, pricedLists, setPriceLists } from './usage-world.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let call: Call;
beforeAll(async () => {
  opened = await openTestCore();
  const { core } = opened;
  call = { core, actor: systemActor, requestId: 'test', address: null, log: core.log };
});
afterAll(() => opened.close());

// Those of a test before would be told of too.
beforeEach(() => opened.core.database.prisma.budget.deleteMany());

/** A project in a domain of its own, and who manages one of both. */
async function place({ managed }: { managed: 'project' | 'domain' }) {
  const { prisma } = opened.core.database;
  const domain = await prisma.domain.create({ data: { name: `acme-${randomUUID()}` } });
  const project = await prisma.project.create({ data: { domainId: domain.id, name: 'shop' } });
  const email = `${randomUUID()}@example.org`;
  const user = await prisma.user.create({ data: { domainId: domain.id, name: randomUUID(), email } });
  const where = managed === 'project' ? { projectId: project.id } : { domainId: domain.id };
  await prisma.roleAssignment.create({ data: { userId: user.id, roleId: builtInRoleIds.manager, ...where } });
  return { projectId: project.id, domainId: domain.id, userId: user.id, email };
}

const hour = 3_600_000;
/** A server that costs 1 an hour from the epoch on. */
async function oneAnHour(projectId: string): Promise<void> {
  const prices = [{ kind: 'server', item: 'tiny', nanos: 1_000_000_000 }];
  await setPriceLists(opened.core.database, [{ startsAt: epoch, prices }]);
  const becomes = { kind: 'server', item: 'tiny', quantity: 1 };
  await liveUsage(opened.core.database, projectId, randomUUID(), [{ at: epoch, becomes }]);
}

const tellAfter = (hours: number) => tellReachedBudgets(opened.core, new Date(epoch + hours * hour));

async function told({ userId, email }: { userId: string; email: string }) {
  const { prisma } = opened.core.database;
  const notices = await prisma.notification.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } });
  const mails = await prisma.mail.findMany({ where: { recipient: email }, orderBy: { createdAt: 'asc' } });
  const letters = mails.map(({ id, sealedBody }) =>
    sealedBody === null ? '' : openMail(opened.core, { id, sealedBody }),
  );
  return { titles: notices.map(({ title }) => title), subjects: mails.map(({ subject }) => subject), letters, notices };
}

describe('a budget', () => {
  test('each part is told once a month: at the bell, by letter with the figures, and to webhooks', async () => {
    const at = await place({ managed: 'project' });
    const { projectId } = at;
    await oneAnHour(projectId);
    const { prisma } = opened.core.database;
    const hook = await prisma.webhook.create({
      data: {
        projectId,
        name: 'hook',
        url: 'https://hook.example.com/',
        events: ['budget.changed'],
        sealedSecret: new Uint8Array(64),
      },
    });
    await prisma.budget.create({ data: { projectId, amount: 10_000_000n, alertPercents: [50, 80, 100] } });
    await tellAfter(4);
    expect((await told(at)).titles).toEqual([]);
    await tellAfter(5);
    await tellAfter(6);
    expect((await told(at)).titles).toEqual(['50 % of the budget of shop is used']);
    // What was reached between two looks is one message.
    await tellAfter(11);
    await tellAfter(200);
    const { titles, subjects, letters, notices } = await told(at);
    expect(titles).toEqual(['50 % of the budget of shop is used', '100 % of the budget of shop is used']);
    expect(subjects).toEqual(titles);
    expect(notices.at(-1)).toMatchObject({ tone: 'warning', noun: 'budget', projectId });
    expect(letters[0]).toMatch(/has cost 5 EUR so far: 50 % of its budget of 10 EUR is reached/);
    expect(letters[0]).toContain(`/projects/${projectId}/cost`);
    expect(await prisma.webhookDelivery.count({ where: { webhookId: hook.id, event: 'budget.changed' } })).toBe(2);
    // The next month begins anew.
    await tellAfter(31 * 24 + 5);
    expect((await told(at)).titles.slice(2)).toEqual(['50 % of the budget of shop is used']);
  });

  test('of a domain counts all its projects; a project that nobody manages is told to the domain', async () => {
    const at = await place({ managed: 'domain' });
    const { prisma } = opened.core.database;
    const other = await prisma.project.create({ data: { domainId: at.domainId, name: 'lab' } });
    await oneAnHour(at.projectId);
    await liveUsage(opened.core.database, other.id, randomUUID(), [
      { at: epoch, becomes: { kind: 'server', item: 'tiny', quantity: 1 } },
    ]);
    await prisma.budget.create({ data: { domainId: at.domainId, amount: 10_000_000n, alertPercents: [100] } });
    await prisma.budget.create({ data: { projectId: other.id, amount: 7_000_000n, alertPercents: [100] } });
    await tellAfter(4);
    expect((await told(at)).titles).toEqual([]);
    await tellAfter(5);
    const { titles, letters, notices } = await told(at);
    expect(titles).toEqual([expect.stringMatching(/^100 % of the budget of acme-.* is used$/)]);
    expect(letters[0]).toContain(`/domains/${at.domainId}/usage`);
    expect(notices[0]).toMatchObject({ resourceId: at.domainId, projectId: null });
    await tellAfter(7);
    expect((await told(at)).titles.slice(1)).toEqual(['100 % of the budget of lab is used']);
  });

  test('whose amount was raised tells again what is no longer reached', async () => {
    const at = await place({ managed: 'project' });
    const { projectId } = at;
    const { core } = opened;
    const now = new Date();
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth()));
    const made = await core.database.prisma.budget.create({
      data: {
        projectId,
        amount: 10_000_000n,
        alertPercents: [50, 100],
        alerts: {
          create: [
            { month, percent: 50 },
            { month, percent: 100 },
          ],
        },
      },
      include: { project: { select: { name: true, domainId: true } }, domain: { select: { name: true } } },
    });
    // Prices of the present month cannot be set; without any nothing costs anything, so that nothing is reached.
    await commit(core.database, (unit) => updateBudget(unit, call, made, { amount: '20' }));
    expect(await core.database.prisma.budgetAlert.count({ where: { budgetId: made.id } })).toBe(0);
  });
});

const moments = fc.array(
  fc.integer({ min: 1, max: 58 * 24 * hour }).map((after) => epoch + after),
  {
    minLength: 1,
    maxLength: 5,
  },
);
const world = fc.record({
  things: fc.array(histories, { minLength: 1, maxLength: 4 }),
  lists: pricedLists,
  amount: fc.bigInt({ min: 1n, max: 2_000_000_000n }),
  percents: fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 5 }),
  moments,
});

test('H22: whatever happened, a budget counts what the bill counts, and tells each part once, whoever looks and when', async () => {
  const { core } = opened;
  const { prisma } = core.database;
  await fc.assert(
    fc.asyncProperty(world, async ({ things, lists, amount, percents, moments: looks }) => {
      await prisma.budget.deleteMany();
      const at = await place({ managed: 'project' });
      const { projectId } = at;
      const lived = things.map((turns) => ({
        id: randomUUID(),
        turns: turns.toSorted((one, other) => one.at - other.at),
      }));
      for (const { id, turns } of lived) await liveUsage(core.database, projectId, id, turns);
      await setPriceLists(core.database, lists);
      const alertPercents = percents.toSorted((one, other) => one - other);
      const { id: budgetId } = await prisma.budget.create({ data: { projectId, amount, alertPercents } });
      const expected = new Map<string, number[]>();
      for (const look of looks.toSorted((one, other) => one - other)) {
        const now = new Date(look);
        // Two workers at once.
        await Promise.all([tellReachedBudgets(core, now), tellReachedBudgets(core, now)]);
        const span = usageSpan({}, now);
        const { spent, month } = await spentThisMonth(core.database, { projectId, domainId: null }, now);
        const integral = usageIntegral(lived, lists, { from: month.getTime(), to: look, openUntil: look });
        expect(spent).toBe(integral.lines.reduce((sum, { cost }) => sum + cost, 0n));
        expect((await reportUsage(core.database, projectId, span)).total).toBe(moneyText('amount', spent));
        expected.set(
          month.toISOString(),
          alertPercents.filter((percent) => percent <= percentOf(spent, amount)),
        );
      }
      const alerts = await prisma.budgetAlert.findMany({ where: { budgetId }, orderBy: { percent: 'asc' } });
      const found = [...expected.keys()].map((month) =>
        alerts.filter((alert) => alert.month.toISOString() === month).map(({ percent }) => percent),
      );
      expect(found).toEqual([...expected.values()]);
      // No more messages than parts, and each of another part.
      const { titles, subjects } = await told(at);
      expect(titles.length).toBeLessThanOrEqual(alerts.length);
      expect(titles.length === 0).toBe(alerts.length === 0);
      expect(subjects).toEqual(titles);
    }),
    { numRuns: 25 },
  );
});
