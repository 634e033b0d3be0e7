import { randomUUID } from 'node:crypto';
import { operation } from '@unkai/contracts/resources/operation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, type Tenant } from './cloud.ts';

let cloud: Cloud;
let tenant: Tenant;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
});
afterAll(() => cloud[Symbol.asyncDispose]());

/** A create that no host could take, as the engine leaves it. */
async function makeRefused(): Promise<string> {
  const failure = { code: 'no_capacity', message: '2 of 2 hosts do not answer.', next: 'Try again later.' };
  const run = await cloud.core.database.prisma.workflowRun.create({
    data: {
      name: 'server.create',
      key: `server/${randomUUID()}`,
      input: {},
      state: 'failed',
      failure,
      projectId: tenant.id,
      noun: 'server',
      resourceId: randomUUID(),
      resourceName: 'web',
      requestId: 'req-test',
      deadlineAt: new Date(),
      endedAt: new Date(),
      steps: {
        create: [
          { position: 0, name: 'ipam.allocate', title: 'Give it addresses', state: 'undone' },
          {
            position: 1,
            name: 'placement.reserve',
            title: 'Choose a host',
            state: 'undone',
            failure,
            result: { asked: { generation: 3 }, detail: 'rack-7 does not answer; rack-9 does not answer' },
          },
        ],
      },
    },
  });
  return run.id;
}

test('H1: the tenant reads the counted reason, the operator also the names of the hosts', async () => {
  const id = await makeRefused();
  const page = z.object({ items: z.array(operation) });
  const readAs = async (token: string) => {
    const one = await cloud.ask('GET', `/v1/operations/${id}`, { token });
    const list = await cloud.ask('GET', `/v1/projects/${tenant.id}/operations`, { token });
    const shown = operation.parse(one.body);
    expect(page.parse(list.body).items).toEqual([shown]);
    return { step: shown.steps[1], text: one.text + list.text };
  };
  for (const role of ['reader', 'member', 'manager', 'admin'] as const) {
    const { token } = await makePerson(cloud, { project: { id: tenant.id, role } });
    const { step, text } = await readAs(token);
    expect(step).toMatchObject({ failure: { message: '2 of 2 hosts do not answer.' }, detail: null });
    expect(text).not.toContain('rack-');
  }
  const operator = await makePerson(cloud, { system: 'reader' });
  const { step, text } = await readAs(operator.token);
  expect(step?.detail).toBe('rack-7 does not answer; rack-9 does not answer');
  // What the engine keeps for itself beside it is nobody's business.
  expect(text).not.toContain('asked');
});

test('A60: an operation of others answers like one that never was, and shows nothing of what it was begun with', async () => {
  const { prisma } = cloud.core.database;
  const id = await makeRefused();
  const canary = `canary-${randomUUID()}`;
  await prisma.workflowRun.update({ where: { id }, data: { input: { secret: canary } } });
  await prisma.workflowStep.updateMany({ where: { runId: id }, data: { result: { secret: canary } } });
  const owner = await makePerson(cloud, { project: { id: tenant.id, role: 'admin' } });
  const seen = await cloud.ask('GET', `/v1/operations/${id}`, { token: owner.token });
  expect(seen.status).toBe(200);
  expect(seen.text).not.toContain(canary);
  const stranger = await makePerson(cloud, { project: { id: (await makeTenant(cloud)).id, role: 'admin' } });
  const ask = (operationId: string) => cloud.ask('GET', `/v1/operations/${operationId}`, { token: stranger.token });
  const never = randomUUID();
  const [foreign, missing] = [await ask(id), await ask(never)];
  expect(foreign.status).toBe(404);
  const told = ({ text }: { text: string }, shown: string) =>
    text.replaceAll(shown, '{id}').replace(/"requestId":"[^"]*"/, '');
  expect(told(foreign, id)).toBe(told(missing, never));
  const list = await cloud.ask('GET', `/v1/projects/${tenant.id}/operations`, { token: stranger.token });
  expect(list.status).toBe(404);
});

test('of a project those that go on are told apart from those that ended, however many ended since', async () => {
  const { prisma } = cloud.core.database;
  const { id: projectId } = await makeTenant(cloud);
  const { token } = await makePerson(cloud, { project: { id: projectId, role: 'reader' } });
  const run = (state: string, endedAt: Date | null) => ({
    ...{ name: 'server.stop', key: `server/${randomUUID()}`, input: {}, state, endedAt, projectId },
    ...{ noun: 'server', resourceId: randomUUID(), resourceName: 'web', requestId: 'r', deadlineAt: new Date() },
    ...{ startedAt: endedAt },
  });
  const waiting = await prisma.workflowRun.create({ data: run('queued', null) });
  await prisma.workflowRun.createMany({ data: Array.from({ length: 100 }, () => run('succeeded', new Date())) });
  const list = async (query: string) => {
    const { body } = await cloud.ask('GET', `/v1/projects/${projectId}/operations${query}`, { token });
    return z.object({ items: z.array(operation), nextCursor: z.string().nullable() }).parse(body);
  };
  expect((await list('?isOpen=true')).items.map(({ id }) => id)).toEqual([waiting.id]);
  const ended = await list('?isOpen=false&limit=1000');
  expect(ended.items.map(({ state }) => state)).toEqual(Array.from({ length: 100 }, () => 'succeeded'));
  // Newest first, the one that goes on is on no first page of them all.
  expect((await list('')).items.some(({ id }) => id === waiting.id)).toBe(false);
});
