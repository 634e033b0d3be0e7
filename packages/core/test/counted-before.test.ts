import type * as Quota from '@unkai/core/quota/quota';
import { freshDatabase } from '@unkai/testing/database';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { commit, type Database, openDatabase, type Transaction } from '../src/database/database.ts';

/** As many as a project has before it is worth remembering what was counted. */
const crowd = 1_000;

interface Program {
  readonly database: Database;
  readonly spend: typeof Quota.spend;
}

let services: Awaited<ReturnType<typeof freshDatabase>>;
let programs: readonly Program[];
let domainId: string;
beforeAll(async () => {
  services = await freshDatabase();
  programs = [await openProgram(), await openProgram()];
  domainId = (await prismaOf(0).domain.create({ data: { name: 'busy' } })).id;
});
afterAll(async () => {
  await Promise.all(programs.map(({ database }) => database.close()));
  await services.close();
});

/** With a memory of its own, as another process has. */
async function openProgram(): Promise<Program> {
  vi.resetModules();
  const { spend } = await import('../src/quota/quota.ts');
  return { database: openDatabase(services.databaseUrl, 4), spend };
}

function program(index: number): Program {
  const found = programs[index];
  if (found === undefined) throw new Error(`There is no program ${index}.`);
  return found;
}

const prismaOf = (index: number) => program(index).database.prisma;

async function makeProject(limit: number): Promise<string> {
  const { id } = await prismaOf(0).project.create({ data: { domainId, name: crypto.randomUUID() } });
  await setLimit(id, limit);
  await services.asOwner(insertServers(id, crowd));
  return id;
}

const insertServers = (projectId: string, many: number) => `
  INSERT INTO server (project_id, name, state, flavor_id, flavor_name, vcpus, memory_mib, disk_gib, reservation_id)
    SELECT '${projectId}', 'one', 'stopped', gen_random_uuid(), 'nano', 1, 64, 1, 'r-0' FROM generate_series(1, ${many})`;

async function setLimit(projectId: string, limit: number): Promise<void> {
  const where = { projectId_name: { projectId, name: 'servers' } };
  await prismaOf(0).projectQuota.upsert({ where, create: { projectId, name: 'servers', limit }, update: { limit } });
}

const servers = (projectId: string) => prismaOf(0).server.count({ where: { projectId } });

const undone = new Error('undone');

/** Whether as many servers were let in; they are there then, unless the transaction is undone after all. */
async function make({ database, spend }: Program, projectId: string, many: number, isUndone = false): Promise<boolean> {
  const work = async ({ tx }: { tx: Transaction }) => {
    await spend(tx, projectId, { servers: many });
    await tx.$executeRawUnsafe(insertServers(projectId, many));
    if (isUndone) throw undone;
  };
  return commit(database, work).then(
    () => true,
    (error: unknown) => {
      if (error === undone) return true;
      expect(error).toMatchObject({ code: 'quota_exceeded' });
      return false;
    },
  );
}

const counts = z.array(z.object({ times: z.coerce.number() }));

/** How often this connection has counted servers. */
async function timesCounted(database: Database): Promise<number> {
  const { rows } = await database.pool.query(
    `SELECT generic_plans + custom_plans AS times FROM pg_prepared_statements WHERE statement LIKE '%FROM server%'`,
  );
  return counts.parse(rows).reduce((sum, { times }) => sum + times, 0);
}

test('who goes on spending in a large project counts it once, until what is remembered does not fit', async () => {
  const projectId = await makeProject(crowd + 5);
  const alone = { ...program(0), database: openDatabase(services.databaseUrl, 1) };
  for (let index = 0; index < 4; index += 1) expect(await make(alone, projectId, 1)).toBe(true);
  expect(await timesCounted(alone.database)).toBe(1);
  await prismaOf(0).server.deleteMany({ where: { projectId } });
  expect(await make(alone, projectId, 1)).toBe(true);
  expect(await timesCounted(alone.database)).toBe(1);
  expect(await make(alone, projectId, 1)).toBe(true);
  expect(await timesCounted(alone.database)).toBe(2);
  await alone.database.close();
});

test('a refusal tells what is there, not what is remembered', async () => {
  const projectId = await makeProject(crowd + 3);
  expect(await make(program(0), projectId, 3)).toBe(true);
  await prismaOf(0).server.deleteMany({ where: { id: { in: await someServers(projectId, 2) } } });
  const refused = commit(program(0).database, ({ tx }) => program(0).spend(tx, projectId, { servers: 3 }));
  await expect(refused).rejects.toThrow(`Servers: needs 3, used ${crowd + 1} of ${crowd + 3}.`);
});

async function someServers(projectId: string, many: number): Promise<string[]> {
  const rows = await prismaOf(0).server.findMany({ where: { projectId }, take: many, select: { id: true } });
  return rows.map(({ id }) => id);
}

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('make'), by: fc.nat(1), many: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('undo'), by: fc.nat(1), many: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('delete'), by: fc.nat(1), many: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('limit'), by: fc.nat(1), many: fc.nat(12) }) },
);

test('what is let in is what fits, whoever spends, undoes, gives back or changes the limit', async () => {
  const history = async (acts: readonly { kind: string; by: number; many: number }[]) => {
    let limit = crowd + 6;
    const projectId = await makeProject(limit);
    for (const { kind, by, many } of acts) {
      if (kind === 'delete') {
        await prismaOf(by).server.deleteMany({ where: { id: { in: await someServers(projectId, many) } } });
      } else if (kind === 'limit') {
        limit = crowd + many;
        await setLimit(projectId, limit);
      } else {
        const used = await servers(projectId);
        expect(await make(program(by), projectId, many, kind === 'undo')).toBe(used + many <= limit);
      }
    }
  };
  await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 25 }), history), { numRuns: 25 });
});

test('fifty creates at once by two programs fill the quota and never pass it', async () => {
  const limit = crowd + 37;
  const projectId = await makeProject(limit);
  const all = Array.from({ length: 50 }, (_, index) => make(program(index % 2), projectId, 1));
  expect((await Promise.all(all)).filter(Boolean)).toHaveLength(37);
  expect(await servers(projectId)).toBe(limit);
});
