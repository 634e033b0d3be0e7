import { randomUUID } from 'node:crypto';
import { granted } from '@unkai/client/client';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, clientOf, makeParts, makePerson, makeTenant, openCloud } from './cloud.ts';

let cloud: Cloud;
let parts: Awaited<ReturnType<typeof makeParts>>;
beforeAll(async () => {
  cloud = await openCloud();
  parts = await makeParts(cloud);
});
afterAll(() => cloud[Symbol.asyncDispose]());

test('H8: of 50 creates at once, as many succeed as the limit has room for, each with an address of its own', async () => {
  const limits = fc.record({ servers: fc.integer({ min: 0, max: 12 }), vcpus: fc.integer({ min: 0, max: 12 }) });
  await fc.assert(
    fc.asyncProperty(limits, async (limit) => {
      const tenant = await makeTenant(cloud);
      const { token } = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
      const { prisma } = cloud.core.database;
      await prisma.projectQuota.createMany({
        data: Object.entries(limit).map(([name, value]) => ({ projectId: tenant.id, name, limit: value })),
      });
      const body = { name: 'web', flavorId: parts.flavor.id, imageId: parts.image.id };
      const client = clientOf(cloud, token);
      const params = { path: { projectId: tenant.id } };
      const told = await Promise.all(
        Array.from({ length: 50 }, () => client.POST('/projects/{projectId}/servers', { params, body })),
      );
      const room = Math.min(limit.servers, limit.vcpus);
      const made = told.filter(({ response }) => response.status === 201);
      expect(made).toHaveLength(room);
      expect(told.filter(({ response }) => response.status === 403)).toHaveLength(50 - room);
      expect(await prisma.server.count({ where: { projectId: tenant.id } })).toBe(room);
      const addresses = made.flatMap((each) => granted(each).addresses.map(({ address }) => address));
      expect(new Set(addresses).size).toBe(room);
    }),
    { numRuns: 5 },
  );
}, 120_000);

const quotas = ['networks', 'securityGroups'] as const;
type Quota = (typeof quotas)[number];
const paths = { networks: 'networks', securityGroups: 'security-groups' } as const;

const step = fc.record({
  quota: fc.constantFrom(...quotas),
  act: fc.constantFrom('create', 'create', 'create', 'delete', 'limit'),
  number: fc.integer({ min: 0, max: 6 }),
});
/** What was answered, and of what broke on our side what the log has of it. */
function whyOf(answer: { readonly status: number; readonly text: string } | undefined): string | undefined {
  if (answer === undefined || answer.status < 500) return answer?.text;
  const { requestId } = z.object({ requestId: z.string() }).parse(JSON.parse(answer.text));
  return [answer.text, ...cloud.logged.filter((line) => line.includes(requestId))].join('\n');
}

/** What is asked for at once, and then what is asked for at once after it. */
const rounds = fc.array(fc.array(step, { minLength: 2, maxLength: 8 }), { minLength: 1, maxLength: 5 });

test('H8: whatever is made, deleted and limited at once, no limit is passed, and what is told is what is there', async () => {
  const { prisma } = cloud.core.database;
  const operator = await makePerson(cloud, { system: 'admin' });
  await fc.assert(
    fc.asyncProperty(rounds, async (history) => {
      const tenant = await makeTenant(cloud);
      const { token } = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
      const there = {
        networks: () => prisma.network.findMany({ where: { projectId: tenant.id } }),
        securityGroups: () => prisma.securityGroup.findMany({ where: { projectId: tenant.id } }),
      };
      const told = async () => {
        const params = { path: { projectId: tenant.id } };
        const { items } = granted(await clientOf(cloud, token).GET('/projects/{projectId}/limits', { params }));
        return new Map(items.map(({ name, used, limit }) => [name, { used, limit }]));
      };
      const act = async ({ quota, act: what, number }: { quota: Quota; act: string; number: number }) => {
        if (what === 'limit') {
          const body = { limits: { [quota]: number } };
          return cloud.ask('PATCH', `/v1/projects/${tenant.id}/limits`, { token: operator.token, body });
        }
        if (what === 'create') {
          const body = { name: randomUUID() };
          return cloud.ask('POST', `/v1/projects/${tenant.id}/${paths[quota]}`, { token, body });
        }
        const victim = (await there[quota]()).filter(({ isDefault }) => !isDefault)[number];
        return victim && cloud.ask('DELETE', `/v1/${paths[quota]}/${victim.id}`, { token });
      };
      for (const round of history) {
        const before = await told();
        const answers = await Promise.all(round.map(act));
        for (const answer of answers) expect(answer?.status ?? 204, whyOf(answer)).toBeLessThan(500);
        const after = await told();
        for (const quota of quotas) {
          const rows = (await there[quota]()).length;
          expect(after.get(quota)?.used, quota).toBe(rows);
          // A limit may have been lowered after, or beside, what it would have refused; what was there stays.
          const said = round.filter((each) => each.quota === quota && each.act === 'limit').map(({ number }) => number);
          const highest = Math.max(before.get(quota)?.limit ?? 0, ...said, before.get(quota)?.used ?? 0);
          expect(rows, quota).toBeLessThanOrEqual(highest);
        }
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);

test('H8: of many requests that delete one thing at once, one has deleted it and to the others it is not there', async () => {
  const tenant = await makeTenant(cloud);
  const { token } = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  for (const path of Object.values(paths)) {
    const made = await cloud.ask('POST', `/v1/projects/${tenant.id}/${path}`, { token, body: { name: 'once' } });
    const { id } = z.object({ id: z.string() }).parse(made.body);
    const deleted = await Promise.all(
      Array.from({ length: 4 }, () => cloud.ask('DELETE', `/v1/${path}/${id}`, { token })),
    );
    expect(deleted.map(({ status }) => status).toSorted()).toEqual([204, 404, 404, 404]);
  }
});

test('A51: when a subnet is full the answer says so, and a freed address is used again', async () => {
  const tenant = await makeTenant(cloud);
  const { token } = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  const { prisma } = cloud.core.database;
  // .1 is the gateway, .2 DHCP, .7 the broadcast address: four are left.
  await prisma.subnet.update({ where: { id: tenant.subnet.id }, data: { cidr: '10.0.0.0/29' } });
  const create = () =>
    clientOf(cloud, token).POST('/projects/{projectId}/servers', {
      params: { path: { projectId: tenant.id } },
      body: { name: 'web', flavorId: parts.flavor.id, imageId: parts.image.id },
    });
  const first = [await create(), await create(), await create(), await create()];
  const given = first.map((each) => granted(each).addresses[0]?.address);
  expect(given).toEqual(['10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.6']);
  const full = await create();
  expect(full).toMatchObject({ response: { status: 507 }, error: { code: 'addresses_exhausted' } });
  expect(await prisma.server.count({ where: { projectId: tenant.id } })).toBe(4);
  await prisma.portAddress.deleteMany({ where: { networkId: tenant.network.id, address: '10.0.0.4' } });
  expect(granted(await create()).addresses[0]?.address).toBe('10.0.0.4');
});
