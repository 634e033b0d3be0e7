import { randomUUID } from 'node:crypto';
import { serverState } from '@unkai/contracts/resources/server';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../src/database/database.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let database: Database;
let projectId: string;
beforeAll(async () => {
  opened = await openTestCore();
  database = opened.core.database;
  const domain = await database.prisma.domain.create({ data: { name: 'd' } });
  projectId = (await database.prisma.project.create({ data: { domainId: domain.id, name: 'p' } })).id;
});
afterAll(() => opened.close());

const size = { vcpus: 1, memoryMib: 64, diskGib: 1 };
const makeServer = (change: object = {}) =>
  database.prisma.server.create({
    data: {
      projectId,
      name: 'web',
      state: 'building',
      reservationId: 'r-1',
      flavorId: randomUUID(),
      flavorName: 'tiny',
      ...size,
      ...change,
    },
  });
const turn = (id: string, data: object) => database.prisma.server.update({ where: { id }, data });
const rowsOf = (resourceId: string) =>
  database.prisma.usage.findMany({ where: { resourceId }, orderBy: [{ startedAt: 'asc' }, { endedAt: 'asc' }] });

async function clock(): Promise<Date> {
  const [row] = await database.prisma.$queryRaw<Array<{ at: Date }>>`
    SELECT date_trunc('milliseconds', clock_timestamp()) AS at`;
  if (row === undefined) throw new Error('the database has a clock');
  return row.at;
}

/** What a server in a state counts as, said once more. */
function counts(state: string, isLaunched: boolean): string | null {
  if (['running', 'rebooting', 'stopping'].includes(state)) return 'server';
  if (['stopped', 'starting', 'migrating'].includes(state) || (state === 'error' && isLaunched))
    return 'server-stopped';
  return null;
}

describe('usage is written by the change of state itself', () => {
  test('for every history of a server: one row after the other, without a gap or an overlap', async () => {
    const step = fc.record({
      state: fc.constantFrom(...serverState.options),
      flavor: fc.constantFrom('tiny', 'large'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const { id } = await makeServer();
        const expected: Array<{ kind: string; item: string }> = [];
        let last: string | null = null;
        let isLaunched = false;
        for (const { state, flavor } of steps) {
          isLaunched ||= state === 'running';
          await turn(id, {
            state,
            flavorName: flavor,
            ...(isLaunched && { launchedAt: new Date(0) }),
            memoryMib: flavor === 'tiny' ? 64 : 512,
          });
          const kind = counts(state, isLaunched);
          const now = kind === null ? null : `${kind} ${flavor}`;
          if (kind !== null && now !== last) expected.push({ kind, item: flavor });
          last = now;
        }
        await database.prisma.server.delete({ where: { id } });
        const end = await clock();
        const rows = await rowsOf(id);
        expect(rows.map(({ kind, item }) => ({ kind, item }))).toEqual(expected);
        for (const [index, { startedAt, endedAt }] of rows.entries()) {
          expect(endedAt).not.toBeNull();
          expect(Number(endedAt)).toBeGreaterThanOrEqual(Number(startedAt));
          expect(Number(rows[index + 1]?.startedAt ?? end)).toBeGreaterThanOrEqual(Number(endedAt));
        }
      }),
      { numRuns: 25 },
    );
  });

  test('with the time at which it happened, and undone with the change', async () => {
    const { id } = await makeServer();
    expect(await rowsOf(id)).toEqual([]);
    const before = await clock();
    await turn(id, { state: 'running', launchedAt: new Date() });
    const between = await clock();
    const undone = database.prisma.$transaction(async (tx) => {
      await tx.server.update({ where: { id }, data: { state: 'stopped' } });
      throw new Error('given up');
    });
    await expect(undone).rejects.toThrow('given up');
    const [open, ...others] = await rowsOf(id);
    expect(others).toEqual([]);
    expect(open).toMatchObject({ kind: 'server', item: 'tiny', resourceName: 'web', projectName: 'p', ...size });
    expect(open?.endedAt).toBeNull();
    expect(Number(open?.startedAt)).toBeGreaterThanOrEqual(Number(before));
    expect(Number(open?.startedAt)).toBeLessThanOrEqual(Number(between));
    await turn(id, { state: 'stopped' });
    const [ran, stands] = await rowsOf(id);
    expect(ran?.endedAt).toEqual(stands?.startedAt);
    expect(stands).toMatchObject({ kind: 'server-stopped', endedAt: null });
  });

  test('a new name is the name of all of it, and makes no new row', async () => {
    const { id } = await makeServer({ state: 'running' });
    await turn(id, { state: 'stopped' });
    await turn(id, { name: 'mail' });
    expect((await rowsOf(id)).map(({ resourceName }) => resourceName)).toEqual(['mail', 'mail']);
  });

  test('of an image its bytes, while it can be used, and of those of the installation nothing', async () => {
    const image = { name: 'debian', diskFormat: 'raw', sha256: 'a'.repeat(64), sizeBytes: 5n, virtualSizeBytes: 5n };
    const { id } = await database.prisma.image.create({ data: { ...image, projectId, state: 'importing' } });
    expect(await rowsOf(id)).toEqual([]);
    await database.prisma.image.update({ where: { id }, data: { state: 'active' } });
    await database.prisma.image.update({ where: { id }, data: { description: 'mine' } });
    expect(await rowsOf(id)).toMatchObject([{ kind: 'image', item: '', quantity: 5n, endedAt: null }]);
    await database.prisma.image.update({ where: { id }, data: { state: 'deleting' } });
    await database.prisma.image.delete({ where: { id } });
    const [used] = await rowsOf(id);
    expect(used?.endedAt).not.toBeNull();
    const own = await database.prisma.image.create({ data: { ...image, projectId: null, state: 'active' } });
    expect(await rowsOf(own.id)).toEqual([]);
  });
});

describe('the database itself refuses', () => {
  test('to rewrite what was used', async () => {
    const { id } = await makeServer({ state: 'running' });
    await turn(id, { state: 'deleting' });
    const [row] = await rowsOf(id);
    const where = { id: row?.id ?? '' };
    const refused = /what was used never changes/;
    await expect(database.prisma.usage.delete({ where })).rejects.toThrow(refused);
    for (const data of [{ quantity: 2n }, { endedAt: null }, { startedAt: new Date(0) }, { projectId: randomUUID() }]) {
      await expect(database.prisma.usage.update({ where, data })).rejects.toThrow(refused);
    }
  });

  test('two open rows of one thing, and one that ends before it begins', async () => {
    const { id } = await makeServer({ state: 'running' });
    const [row] = await rowsOf(id);
    const { id: _, ...same } = row ?? {};
    const project = { projectId, projectName: 'p', domainId: randomUUID() };
    const other = { ...project, kind: 'server', resourceId: id, resourceName: 'web', startedAt: new Date() };
    await expect(database.prisma.usage.create({ data: { ...other, ...same } })).rejects.toThrow(/Unique constraint/);
    const backwards = { ...other, resourceId: randomUUID(), endedAt: new Date(0) };
    await expect(database.prisma.usage.create({ data: backwards })).rejects.toThrow(/usage_goes_forward/);
  });

  test('to change a price list, a second currency, and a price below nothing', async () => {
    const { prisma } = database;
    const make = (startsAt: Date, nanos: bigint, currency = 'EUR') =>
      prisma.priceList.create({
        data: { name: 'l', currency, startsAt, prices: { create: { kind: 'image', nanos } } },
      });
    const started = await make(new Date(), 1n);
    const ahead = await make(new Date(Date.now() + 3_600_000), 1n);
    await expect(make(new Date(0), -1n)).rejects.toThrow(/price_sane/);
    await expect(make(new Date(0), 1n, 'USD')).rejects.toThrow(/one currency/);
    const of = (id: string) => ({ where: { id } });
    await expect(prisma.priceList.delete(of(started.id))).rejects.toThrow(/has started stays/);
    await expect(prisma.priceList.update({ ...of(ahead.id), data: { name: 'x' } })).rejects.toThrow(/never changes/);
    const rows = { priceListId: ahead.id };
    await expect(prisma.price.updateMany({ where: rows, data: { nanos: 2n } })).rejects.toThrow(/never changes/);
    await expect(prisma.price.deleteMany({ where: rows })).rejects.toThrow(/never changes/);
    await expect(prisma.price.create({ data: { ...rows, kind: 'volume', item: 'fast', nanos: 1n } })).rejects.toThrow(
      /never changes/,
    );
    await prisma.priceList.delete(of(ahead.id));
    expect(await prisma.price.count({ where: rows })).toBe(0);
  });
});
