import { granted } from '@unkai/client/client';
import { openMail } from '@unkai/core/mail/mail';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Cloud, clientOf, makePerson, makeTenant, openCloud, problemBody, type Tenant, withId } from './cloud.ts';

let cloud: Cloud;
let operator: Awaited<ReturnType<typeof makePerson>>;
beforeAll(async () => {
  cloud = await openCloud();
  operator = await makePerson(cloud, { system: 'admin' });
  await cloud.core.database.prisma.user.update({ where: { id: operator.id }, data: { email: 'ops@example.org' } });
});
afterAll(() => cloud[Symbol.asyncDispose]());

let tenant: Tenant;
let member: Awaited<ReturnType<typeof makePerson>>;
beforeEach(async () => {
  tenant = await makeTenant(cloud);
  member = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  const where = { id: member.id };
  await cloud.core.database.prisma.user.update({ where, data: { email: `${member.name}@example.org` } });
});

const ask = (limits: Record<string, unknown>, reason = 'A course with 30 people') =>
  cloud.ask('POST', `/v1/projects/${tenant.id}/quota-requests`, { token: member.token, body: { limits, reason } });
const decide = (id: string, verb: 'approve' | 'deny', body: Record<string, unknown>) =>
  cloud.ask('POST', `/v1/quota-requests/${id}/${verb}`, { token: operator.token, body });
async function asked(limits: Record<string, unknown>): Promise<string> {
  return withId.parse((await ask(limits)).body).id;
}
async function limitOf(wanted: string) {
  const params = { path: { projectId: tenant.id } };
  const { items } = granted(await clientOf(cloud, member.token).GET('/projects/{projectId}/limits', { params }));
  return items.find(({ name }) => name === wanted)?.limit;
}
const told = (userId: string) =>
  cloud.core.database.prisma.notification.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } });
async function letters(recipient: string) {
  const rows = await cloud.core.database.prisma.mail.findMany({ where: { recipient }, orderBy: { createdAt: 'asc' } });
  return rows.map(({ id, subject, sealedBody }) => ({
    subject,
    body: sealedBody === null ? '' : openMail(cloud.core, { id, sealedBody }),
  }));
}

describe('a project asks for more, and', () => {
  test('gets all of it: the limits count at once, and both sides are told in the portal and by letter', async () => {
    const made = await ask({ servers: 50, vcpus: 100 });
    expect(made).toMatchObject({ status: 201, body: { state: 'open', projectName: tenant.name, decidedAt: null } });
    const { id } = withId.parse(made.body);
    expect(await limitOf('servers')).toBe(20);
    const [notice] = (await told(operator.id)).filter(({ resourceId }) => resourceId === id);
    expect(notice).toMatchObject({ title: `${tenant.name} asks for more`, noun: 'quota-request', projectId: null });
    expect(notice?.detail).toContain('Servers: 20 → 50');
    const letter = (await letters('ops@example.org')).at(-1);
    expect(letter?.subject).toBe(`${tenant.name} asks for more`);
    expect(letter?.body).toContain('A course with 30 people');
    expect(letter?.body).toContain('/operate/quota-requests');

    const approved = await decide(id, 'approve', { answer: 'Have fun' });
    expect(approved).toMatchObject({ status: 200, body: { state: 'approved', decidedByName: operator.name } });
    expect([await limitOf('servers'), await limitOf('vcpus')]).toEqual([50, 100]);
    expect(await told(member.id)).toMatchObject([
      { tone: 'good', title: `The request for more in ${tenant.name} was approved`, projectId: tenant.id },
    ]);
    const [answer] = await letters(`${member.name}@example.org`);
    expect(answer?.subject).toBe(`Your request for more in ${tenant.name} was approved`);
    expect(answer?.body).toContain('Have fun');
    expect(answer?.body).toContain(`/projects/${tenant.id}/quotas`);
  });

  test('gets a part: what is not given stays', async () => {
    const id = await asked({ servers: 50, vcpus: 100 });
    const partly = await decide(id, 'approve', { limits: { servers: 30 }, answer: 'For now' });
    expect(partly).toMatchObject({ status: 200, body: { state: 'partly', answer: 'For now' } });
    expect(partly.body).toMatchObject({
      items: [
        { name: 'servers', had: 20, asked: 50, granted: 30 },
        { name: 'vcpus', had: 40, asked: 100, granted: null },
      ],
    });
    expect([await limitOf('servers'), await limitOf('vcpus')]).toEqual([30, 40]);
    expect((await told(member.id))[0]?.detail).toBe('Servers: 20 → 30 (asked 50), vCPU: stays 40. For now');
  });

  test('gets nothing, with a reason', async () => {
    const id = await asked({ servers: 50 });
    expect((await decide(id, 'deny', {})).status).toBe(400);
    expect(await decide(id, 'deny', { answer: 'No room' })).toMatchObject({ status: 200, body: { state: 'denied' } });
    expect(await limitOf('servers')).toBe(20);
    expect(await told(member.id)).toMatchObject([{ tone: 'warning', detail: 'No room' }]);
  });

  test('takes it back, and asks anew', async () => {
    const id = await asked({ servers: 50 });
    const busy = await ask({ servers: 60 });
    expect(busy).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const gone = await cloud.ask('POST', `/v1/quota-requests/${id}/withdraw`, { token: member.token });
    expect(gone).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
    expect((await decide(id, 'approve', {})).status).toBe(409);
    expect(await limitOf('servers')).toBe(20);
    expect((await ask({ servers: 60 })).status).toBe(201);
  });

  test('has a limit that was raised meanwhile not lowered', async () => {
    const id = await asked({ servers: 50 });
    const limits = { servers: 80 };
    await cloud.ask('PATCH', `/v1/projects/${tenant.id}/limits`, { token: operator.token, body: { limits } });
    expect((await decide(id, 'approve', {})).status).toBe(200);
    expect(await limitOf('servers')).toBe(80);
  });

  test('is in the queue of the operators until it is answered', async () => {
    const id = await asked({ servers: 50 });
    const queue = async (isOpen: boolean) => {
      const { text } = await cloud.ask('GET', `/v1/quota-requests?isOpen=${isOpen}`, { token: operator.token });
      return text.includes(id);
    };
    expect([await queue(true), await queue(false)]).toEqual([true, false]);
    await decide(id, 'approve', {});
    expect([await queue(true), await queue(false)]).toEqual([false, true]);
  });
});

test('of ten answers at once one counts', async () => {
  const id = await asked({ servers: 50 });
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, turn) =>
      turn % 2 === 0 ? decide(id, 'approve', {}) : decide(id, 'deny', { answer: 'no' }),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
  const row = await cloud.core.database.prisma.quotaRequest.findUniqueOrThrow({ where: { id } });
  expect(await limitOf('servers')).toBe(row.state === 'approved' ? 50 : 20);
  expect(await told(member.id)).toHaveLength(1);
});

test('of ten requests at once one is open', async () => {
  const made = await Promise.all(Array.from({ length: 10 }, () => ask({ servers: 50 })));
  expect(made.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(made.filter(({ status }) => status === 409)).toHaveLength(9);
});

test('a project that asks all day is told when it may again', async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const id = await asked({ servers: 50 });
    await cloud.ask('POST', `/v1/quota-requests/${id}/withdraw`, { token: member.token });
  }
  const refused = await ask({ servers: 50 });
  expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3600);
});

describe('bad input names the field, and nothing is kept', () => {
  test.each([
    ['no limits', { limits: {} }, 'limits'],
    ['what the project has already', { limits: { servers: 20 } }, 'limits.servers'],
    ['negative', { limits: { servers: -5 } }, 'limits.servers'],
    ['absurd', { limits: { servers: 1e12 } }, 'limits.servers'],
    ['any number', { limits: { servers: Number.MAX_SAFE_INTEGER } }, 'limits.servers'],
    ['what is not made yet', { limits: { volumes: 30 } }, 'limits.volumes'],
    ['an unknown name', { limits: { moons: 30 } }, 'limits'],
    ['no reason', { reason: '' }, 'reason'],
    ['a reason of many pages', { reason: 'x'.repeat(1001) }, 'reason'],
  ])('%s', async (_, given, field) => {
    const body = { limits: { servers: 50 }, reason: 'more', ...given };
    const path = `/v1/projects/${tenant.id}/quota-requests`;
    const { status, body: problem } = await cloud.ask('POST', path, { token: member.token, body });
    expect(status).toBe(400);
    expect(problemBody.parse(problem).errors[0]?.field).toMatch(new RegExp(`^${field}`));
    expect(await cloud.core.database.prisma.quotaRequest.count({ where: { projectId: tenant.id } })).toBe(0);
  });

  test.each([
    ['more than was asked', { servers: 51 }],
    ['no more than it had', { servers: 20 }],
    ['what was not asked', { images: 30 }],
  ])('an answer that gives %s', async (_, limits) => {
    const id = await asked({ servers: 50 });
    const { status, body } = await decide(id, 'approve', { limits });
    expect(status).toBe(400);
    expect(problemBody.parse(body).errors[0]?.field).toBe(`limits.${Object.keys(limits)[0]}`);
    expect(await cloud.core.database.prisma.quotaRequest.findUnique({ where: { id } })).toMatchObject({
      state: 'open',
    });
  });
});
