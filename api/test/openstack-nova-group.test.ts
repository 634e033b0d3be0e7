import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makePerson, makeToken } from './cloud.ts';
import { makeHost } from './installation.ts';
import { openstackOf } from './openstack.ts';
import { type Compute, openCompute } from './openstack-compute.ts';

let compute: Compute;
let operator: Compute['member'];
beforeAll(async () => {
  compute = await openCompute();
  const { cloud, tenant } = compute;
  const person = await makePerson(cloud, { system: 'admin', project: { id: tenant.id, role: 'admin' } });
  operator = openstackOf(cloud, '/compute', await makeToken(cloud.core, person.id, {}));
});
afterAll(() => compute.cloud[Symbol.asyncDispose]());

const numbered = z.object({ aggregate: z.looseObject({ id: z.number() }) });
const grouped = z.object({ server_group: z.looseObject({ id: z.string() }) });

test('an aggregate with a zone moves its hosts there and back, and takes metadata', async () => {
  const { cloud } = compute;
  await makeHost(cloud.core, cloud.services, 'rack-7');
  const aggregate = { name: 'fast', availability_zone: 'north' };
  const made = await operator('POST', '/v2.1/os-aggregates', { body: { aggregate } });
  const { id } = numbered.parse(made.body).aggregate;
  const act = (body: unknown) => operator('POST', `/v2.1/os-aggregates/${id}/action`, { body });
  expect(await act({ add_host: { host: 'rack-7' } })).toMatchObject({
    status: 200,
    body: { aggregate: { hosts: ['rack-7'] } },
  });
  expect((await act({ add_host: { host: 'rack-7' } })).status).toBe(409);
  expect((await act({ add_host: { host: 'nowhere' } })).status).toBe(404);
  const zones = async () => JSON.stringify((await operator('GET', '/v2.1/os-availability-zone')).body);
  expect(await zones()).toContain('north');
  const kept = await act({ set_metadata: { metadata: { disk: 'ssd', gone: null } } });
  expect(kept.body).toMatchObject({ aggregate: { metadata: { disk: 'ssd', availability_zone: 'north' } } });
  expect((await operator('DELETE', `/v2.1/os-aggregates/${id}`)).status).toBe(409);
  expect(await act({ remove_host: { host: 'rack-7' } })).toMatchObject({ body: { aggregate: { hosts: [] } } });
  expect(await zones()).not.toContain('north');
  expect((await operator('DELETE', `/v2.1/os-aggregates/${id}`)).status).toBe(200);
});

test('a host is in one zone, whatever aggregates say', async () => {
  const { cloud } = compute;
  await makeHost(cloud.core, cloud.services, 'rack-8');
  const ids = [];
  for (const zone of ['east', 'west']) {
    const body = { aggregate: { name: `zone-${zone}`, availability_zone: zone } };
    ids.push(numbered.parse((await operator('POST', '/v2.1/os-aggregates', { body })).body).aggregate.id);
  }
  const add = (id: number | undefined) =>
    operator('POST', `/v2.1/os-aggregates/${id}/action`, { body: { add_host: { host: 'rack-8' } } });
  expect((await add(ids[0])).status).toBe(200);
  expect((await add(ids[1])).status).toBe(409);
});

test('a server joins a group by a hint, and the group shows it', async () => {
  const { member, makeServer, parts } = compute;
  const body = { server_group: { name: 'web', policy: 'anti-affinity', rules: { max_server_per_host: 2 } } };
  const made = await member('POST', '/v2.1/os-server-groups', { version: '2.64', body });
  expect(made).toMatchObject({
    status: 200,
    body: { server_group: { rules: { max_server_per_host: 2 }, members: [] } },
  });
  const { id } = grouped.parse(made.body).server_group;
  const server = { name: 'grouped', imageRef: parts.image.id, flavorRef: parts.flavor.id };
  const create = (hints: unknown) => member('POST', '/v2.1/servers', { body: { server, 'os:scheduler_hints': hints } });
  expect((await create({ group: id })).status).toBe(202);
  await makeServer();
  const shown = await member('GET', `/v2.1/os-server-groups/${id}`, { version: '2.1' });
  const { members } = z
    .object({ server_group: z.object({ members: z.array(z.string()).length(1) }) })
    .parse(shown.body).server_group;
  const detail = await member('GET', `/v2.1/servers/${members[0]}`, { version: '2.71' });
  expect(detail.body).toMatchObject({ server: { server_groups: [id] } });
  expect((await member('DELETE', `/v2.1/os-server-groups/${id}`)).status).toBe(204);
});

test('A57: a hint that is none, of another project or large is refused by name', async () => {
  const { member, parts, cloud } = compute;
  const server = { name: 'hinted', imageRef: parts.image.id, flavorRef: parts.flavor.id };
  const create = (hints: unknown) => member('POST', '/v2.1/servers', { body: { server, 'os:scheduler_hints': hints } });
  const huge = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`hint-${index}`, 'x'.repeat(100)]));
  expect((await create(huge)).status).toBe(400);
  expect((await create({ group: 'x'.repeat(100_000) })).status).toBe(400);
  const { prisma } = cloud.core.database;
  const domain = await prisma.domain.findFirstOrThrow({});
  const other = await prisma.project.create({ data: { domainId: domain.id, name: 'elsewhere' } });
  const theirs = await prisma.serverGroup.create({ data: { projectId: other.id, name: 'g', policy: 'affinity' } });
  const told = await create({ group: theirs.id });
  expect(told.status).toBe(400);
  expect(told.text).toContain('serverGroupId');
});
