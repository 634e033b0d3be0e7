import { afterAll, beforeAll, expect, test } from 'vitest';
import { serverDelete } from '../src/workflows/server-delete.ts';
import { openTestCloud, type TestCloud } from './test-cloud.ts';
import { untilEnded } from './workflow-properties.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await openTestCloud();
});
afterAll(() => cloud.close());

test('H30: a delete waits for a silent host, and not for one that is fenced: that one lets go before it counts again', async () => {
  const { core, host } = cloud;
  const id = await cloud.addRunningServer();
  host.deafTo.add('server');
  const runId = await cloud.start('server.delete', id, { state: 'deleting' });
  const { prisma } = core.database;
  const deleted = untilEnded(core, [serverDelete], runId);
  await expect
    .poll(() => prisma.workflowStep.findFirst({ where: { runId, name: 'server.purge' } }), { timeout: 20_000 })
    .toMatchObject({ state: 'running' });
  expect(await prisma.portAddress.count({ where: { port: { serverId: id } } })).toBe(1);
  await prisma.host.update({ where: { id: host.id }, data: { isUp: false, fencedAt: new Date() } });
  expect(await deleted).toBe('succeeded');
  expect(await prisma.server.findUnique({ where: { id } })).toBeNull();
});
