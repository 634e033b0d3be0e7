import { randomUUID } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commit } from '../src/database/database.ts';
import { type Notice, notify } from '../src/notification.ts';
import { expiry } from '../src/reconcile/expiry.ts';
import { defineWorkflow, step } from '../src/workflow/definition.ts';
import { openEngine } from '../src/workflow/engine.ts';
import { startRun } from '../src/workflow/start.ts';
import { identityRows } from './identity-rows.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let make: ReturnType<typeof identityRows>;
let domainId: string;
beforeAll(async () => {
  opened = await openTestCore();
  make = identityRows(opened.core);
  domainId = (await make.domain()).id;
});
afterAll(() => opened.close());

const tell = (notice: Partial<Notice> & Pick<Notice, 'userIds'>) =>
  commit(opened.core.database, ({ tx }) => notify(tx, { tone: 'info', title: 'Told', noun: 'server', ...notice }));
const told = (userId: string) => opened.core.database.prisma.notification.findMany({ where: { userId } });

describe('telling', () => {
  test('reaches each user once, and nobody who is gone', async () => {
    const [ada, ben] = [await make.user(domainId), await make.user(domainId)];
    await tell({ userIds: [ada.id, ben.id, ada.id, randomUUID()] });
    await tell({ userIds: [] });
    expect([await told(ada.id), await told(ben.id)].map(({ length }) => length)).toEqual([1, 1]);
  });

  test('counts once by its key, and each time without one', async () => {
    const { id } = await make.user(domainId);
    for (const key of ['run/1', 'run/1', 'run/2', undefined, undefined]) {
      await tell({ userIds: [id], ...(key !== undefined && { key }) });
    }
    expect(await told(id)).toHaveLength(4);
  });

  test('cuts words that are too long instead of failing what they are about', async () => {
    const { id } = await make.user(domainId);
    await tell({ userIds: [id], title: 'x'.repeat(1_000), detail: 'y'.repeat(10_000) });
    const [row] = await told(id);
    expect([row?.title.length, row?.detail.length]).toEqual([400, 2_000]);
  });

  test('lets live pages of its project ask, and goes with a project or a user', async () => {
    const { id } = await make.user(domainId);
    const project = await make.project(domainId);
    await tell({ userIds: [id], projectId: project.id });
    const { prisma } = opened.core.database;
    expect(await prisma.event.count({ where: { projectId: project.id, noun: 'notification' } })).toBe(1);
    await prisma.project.delete({ where: { id: project.id } });
    expect(await told(id)).toEqual([]);
  });

  test('is kept for the newest 500 of each user', async () => {
    const { id } = await make.user(domainId);
    const { prisma } = opened.core.database;
    const rows = Array.from({ length: 510 }, (_, index) => ({ userId: id, createdAt: new Date(Date.now() - index) }));
    await prisma.notification.createMany({
      data: rows.map((row, index) => ({ ...row, tone: 'info', title: `${index}`, noun: 'server' })),
    });
    await expiry.run(opened.core);
    const left = await told(id);
    expect(left).toHaveLength(500);
    expect(left.map(({ title }) => Number(title)).toSorted((a, b) => b - a)[0]).toBe(499);
  });
});

describe('a run that fails', () => {
  const broken = (code: 'host_failed' | 'cancelled') =>
    defineWorkflow('server.create', {
      steps: [
        step('a', 'A', async () => {
          throw new UnkaiError(code, 'The host broke.', { next: 'Try again.', cause: 'rack-7 broke' });
        }),
      ],
      onFailure: async () => {},
    });

  async function fail(userId: string | null, code: 'host_failed' | 'cancelled' = 'host_failed') {
    const { core } = opened;
    const { id: projectId } = await make.project(domainId);
    const about = { resourceId: randomUUID(), resourceName: 'web', projectId, requestId: 'req-test', userId };
    const run = await commit(core.database, (unit) => startRun(unit, core, 'server.create', about));
    await openEngine({ core, workflows: [broken(code)] }).advance(run);
    return { run, ...about };
  }

  test('H22: tells whoever asked for it why, and what to do, and names no host', async () => {
    const { id } = await make.user(domainId);
    const { run, resourceId, projectId } = await fail(id);
    expect(await told(id)).toMatchObject([
      {
        tone: 'bad',
        title: 'Create server failed: web',
        detail: 'The host broke. Try again.',
        noun: 'server',
        resourceId,
        projectId,
        key: `run/${run}`,
        readAt: null,
      },
    ]);
  });

  test('tells nobody when the system asked, or when it made way for a later request', async () => {
    const { prisma } = opened.core.database;
    const before = await prisma.notification.count();
    await fail(null);
    await fail((await make.user(domainId)).id, 'cancelled');
    expect(await prisma.notification.count()).toBe(before);
  });
});
