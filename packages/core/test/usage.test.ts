import { randomUUID } from 'node:crypto';
import { moneyText } from '@unkai/contracts/money';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../src/database/database.ts';
import { listUsageLines, reportProjects, reportUsage, totalUsage, type UsageSpan } from '../src/store/usage.ts';
import { usageIntegral } from './usage-integral.ts';
import { histories as anyHistory, epoch, liveUsage, moment, month, pricedLists, setPriceLists } from './usage-world.ts';
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

const spans = fc.tuple(moment, moment, moment).map((moments) => {
  const [from = epoch, middle = epoch, to = epoch] = moments.toSorted((one, other) => one - other);
  return { from, middle, to: to + 1 };
});
const world = fc.record({
  histories: fc.array(anyHistory, { minLength: 1, maxLength: 5 }),
  lists: pricedLists,
  span: spans,
  openUntil: moment,
});

describe('usage', () => {
  test('H22: the bill equals the integral of the prices over what was there, for random histories', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ histories, lists: charged, span, openUntil }) => {
        const project = await makeProject();
        const things = histories.map((turns) => ({
          id: randomUUID(),
          turns: turns.toSorted((one, other) => one.at - other.at),
        }));
        for (const { id, turns } of things) await liveUsage(database, project.id, id, turns);
        await setPriceLists(database, charged);

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
      fc.asyncProperty(anyHistory, spans, async (turns, { from, middle, to }) => {
        const project = await makeProject();
        await liveUsage(
          database,
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
