import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTenant } from './cloud.ts';
import { type Compute, openCompute } from './openstack-compute.ts';

let compute: Compute;
let first: string;
let second: string;
beforeAll(async () => {
  compute = await openCompute();
  first = await used({ resourceName: 'grown' }, [
    [0, 10, 1],
    [10, 20, 4],
  ]);
  second = await used({ resourceName: 'there' }, [[5, null, 2]]);
  const other = await makeTenant(compute.cloud);
  await used({ resourceName: 'foreign', projectId: other.id }, [[0, 1, 1]]);
});
afterAll(() => compute.cloud[Symbol.asyncDispose]());

const begin = Date.UTC(2000, 0, 1);
const at = (hour: number) => new Date(begin + hour * 3_600_000);

/** A server with some hours behind it, of a size each. */
async function used(
  change: object,
  hours: ReadonlyArray<readonly [from: number, to: number | null, vcpus: number]>,
): Promise<string> {
  const resourceId = randomUUID();
  const place = { projectId: compute.tenant.id, projectName: 'p', domainId: compute.cloud.domainId };
  for (const [from, to, vcpus] of hours) {
    const size = { item: `x${vcpus}`, vcpus, memoryMib: 512 * vcpus, diskGib: 10 };
    const time = { startedAt: at(from), endedAt: to === null ? null : at(to) };
    const data = { ...place, ...size, ...time, kind: 'server', resourceId, resourceName: 'web', ...change };
    await compute.cloud.core.database.prisma.usage.create({ data });
  }
  return resourceId;
}

const twoDays = 'start=2000-01-01T00:00:00&end=2000-01-03T00:00:00';

describe('os-simple-tenant-usage', () => {
  test('shows the servers of a project, and what they come to', async () => {
    const told = await compute.member('GET', `/v2.1/os-simple-tenant-usage/${compute.tenant.id}?${twoDays}`);
    expect(told.status).toBe(200);
    expect(told.body).toMatchObject({
      tenant_usage: {
        tenant_id: compute.tenant.id,
        start: '2000-01-01T00:00:00.000000',
        stop: '2000-01-03T00:00:00.000000',
        total_hours: 20 + 43,
        total_vcpus_usage: 10 + 40 + 86,
        total_memory_mb_usage: 512 * 136,
        total_local_gb_usage: 630,
        server_usages: [
          {
            instance_id: first,
            name: 'grown',
            flavor: 'x4',
            vcpus: 4,
            memory_mb: 2048,
            hours: 20,
            started_at: '2000-01-01T00:00:00.000000',
            ended_at: '2000-01-01T20:00:00.000000',
            state: 'terminated',
            uptime: 72_000,
          },
          { instance_id: second, name: 'there', ended_at: null, state: 'active', hours: 43 },
        ],
      },
    });
  });

  test('lists all projects for operators, with servers where asked', async () => {
    const plain = await compute.operator('GET', `/v2.1/os-simple-tenant-usage?${twoDays}`);
    expect(plain.text).not.toContain('server_usages');
    expect(plain.body).toMatchObject({ tenant_usages: expect.toSatisfy((usages: object[]) => usages.length === 2) });
    const detailed = await compute.operator('GET', `/v2.1/os-simple-tenant-usage?detailed=1&${twoDays}`);
    expect(detailed.text).toContain('"name":"foreign"');
  });

  test('gives pages of servers from 2.40 on', async () => {
    const path = `/v2.1/os-simple-tenant-usage/${compute.tenant.id}?limit=1&${twoDays}`;
    const page = await compute.member('GET', path, { version: '2.40' });
    expect(page.body).toMatchObject({
      tenant_usage: { server_usages: [{ instance_id: first }] },
      tenant_usage_links: [{ rel: 'next', href: expect.stringContaining(`marker=${first}`) }],
    });
    const rest = await compute.member('GET', `${path}&marker=${first}`, { version: '2.40' });
    expect(rest.body).toMatchObject({ tenant_usage: { server_usages: [{ instance_id: second }] } });
    expect(rest.text).not.toContain('links');
  });

  test('a time that is none is refused, and a project in which nothing ran has an empty usage', async () => {
    const path = `/v2.1/os-simple-tenant-usage/${compute.tenant.id}`;
    for (const query of [
      'start=yesterday',
      'start=2000-13-01T00:00:00',
      'start=2000-01-02T00:00:00&end=2000-01-01T00:00:00',
    ]) {
      expect((await compute.member('GET', `${path}?${query}`)).status).toBe(400);
    }
    const early = await compute.member('GET', `${path}?start=1990-01-01T00:00:00&end=1990-02-01T00:00:00`);
    expect(early.body).toEqual({ tenant_usage: {} });
  });
});
