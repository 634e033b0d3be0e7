import { randomUUID } from 'node:crypto';
import { moneyText } from '@unkai/contracts/money';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../src/database.ts';
import { listUsageLines, reportProjects, reportUsage, totalUsage, type UsageSpan } from '../src/store/usage.ts';
import { type PricedList, type Turn, usageIntegral } from './usage-integral.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let database: Database;
beforeAll(async () => {
  opened = await openTestCore();
  database = opened.core.database;
});
afterAll(() => opened.close());

async function makeProject() {
  const domain = await database.prisma.domain.create({ data: { name: randomUUID() } });
  const project = await database.prisma.project.create({ data: { domainId: domain.id, name: randomUUID() } });
  return { id: project.id, domainId: domain.id };
}

const flavors = ['tiny', 'small', 'large'];
/** Far enough ahead that price lists have not started, and so can make way for those of the next history. */
const epoch = Date.UTC(2100, 0, 1);
const month = 31 * 86_400_000;
const moment = fc.integer({ min: 0, max: 2 * month }).map((after) => epoch + after);

const becoming = fc.oneof(
  fc.constant(null),
  fc.record({
    kind: fc.constantFrom('server', 'server-stopped'),
    item: fc.constantFrom(...flavors),
    quantity: fc.constant(1),
  }),
  fc.record({ kind: fc.constant('image'), item: fc.constant(''), quantity: fc.integer({ min: 0, max: 5e12 }) }),
);
const history = fc.array(fc.record({ at: moment, becomes: becoming }), { maxLength: 12 });
const pricesOfList = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom('server', 'server-stopped', 'image'),
    item: fc.constantFrom(...flavors),
    nanos: fc.integer({ min: 0, max: 2_000_000_000 }),
  }),
  { selector: ({ kind, item }) => (kind === 'image' ? kind : `${kind} ${item}`), maxLength: 7 },
);
const lists = fc.uniqueArray(fc.record({ startsAt: moment, prices: pricesOfList }), {
  selector: ({ startsAt }) => startsAt,
  maxLength: 4,
});
const spans = fc.tuple(moment, moment, moment).map((moments) => {
  const [from = epoch, middle = epoch, to = epoch] = moments.toSorted((one, other) => one - other);
  return { from, middle, to: to + 1 };
});
const world = fc.record({
  histories: fc.array(history, { minLength: 1, maxLength: 5 }),
  lists,
  span: spans,
  openUntil: moment,
});

/** Writes a history as the triggers do, at times of its own. */
async function live(projectId: string, resourceId: string, turns: readonly Turn[]): Promise<void> {
  for (const { at, becomes } of turns) {
    const { kind, item, quantity } = becomes ?? { kind: null, item: '', quantity: 1 };
    await database.prisma.$executeRaw`
      SELECT usage_turn(${resourceId}::uuid, 'web', ${projectId}::uuid, ${kind}, ${item}, ${quantity}::bigint, NULL, NULL, NULL,
        ${new Date(at)}::timestamptz)`;
  }
}

async function charge(given: readonly PricedList[]): Promise<void> {
  await database.prisma.priceList.deleteMany();
  for (const { startsAt, prices } of given) {
    const rows = prices.map(({ kind, item, nanos }) => ({ kind, item: kind === 'image' ? '' : item, nanos }));
    const data = { name: 'list', currency: 'EUR', startsAt: new Date(startsAt), prices: { create: rows } };
    await database.prisma.priceList.create({ data });
  }
}

describe('usage', () => {
  test('H22: the bill equals the integral of the prices over what was there, for random histories', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ histories, lists: charged, span, openUntil }) => {
        const project = await makeProject();
        const things = histories.map((turns) => ({
          id: randomUUID(),
          turns: turns.toSorted((one, other) => one.at - other.at),
        }));
        for (const { id, turns } of things) await live(project.id, id, turns);
        await charge(charged);

        const asked: UsageSpan = { from: new Date(span.from), to: new Date(span.to), openUntil: new Date(openUntil) };
        const integral = usageIntegral(things, charged, { ...span, openUntil });
        const report = await reportUsage(database, project.id, asked);
        const shown = report.lines.map(({ resourceId, kind, item, quantity, milliseconds, cost }) =>
          [resourceId, kind, item, quantity, milliseconds, cost].join(' '),
        );
        expect(shown.toSorted()).toEqual(
          integral.lines
            .map((line) => [...line.key, line.milliseconds, moneyText('amount', line.cost)].join(' '))
            .toSorted(),
        );
        // Rounded to millionths line by line, so that lines add up; the exact integral is that near.
        const total = await totalUsage(database, { projectId: project.id }, asked);
        expect(report.total).toBe(moneyText('amount', total));
        expect(integral.lines.reduce((sum, { cost }) => sum + cost, 0n)).toBe(total);
        expect(integral.offBy(total)).toBeLessThanOrEqual(integral.lines.length / 2);
        // The same rows by day and by project.
        const ofDays = report.days.reduce((sum, { cost }) => sum + Number(cost), 0);
        expect(Math.abs(ofDays - Number(report.total))).toBeLessThan(1e-6 * (report.days.length * 40 + 40));
        const byProject = await reportProjects(database, { domainId: project.domainId }, asked);
        expect(byProject.projects.map(({ cost }) => cost)).toEqual(integral.lines.length === 0 ? [] : [report.total]);
      }),
      { numRuns: 30 },
    );
  });

  test('a time that is cut in two was used as long as the whole', async () => {
    await fc.assert(
      fc.asyncProperty(history, spans, async (turns, { from, middle, to }) => {
        const project = await makeProject();
        await live(
          project.id,
          randomUUID(),
          turns.toSorted((one, other) => one.at - other.at),
        );
        const used = async (begin: number, end: number) => {
          const span = { from: new Date(begin), to: new Date(end), openUntil: new Date(epoch + 2 * month) };
          const lines = await listUsageLines(database, project.id, span);
          return lines.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
        };
        expect((await used(from, middle)) + (await used(middle, to))).toBe(await used(from, to));
      }),
      { numRuns: 30 },
    );
  });
});
