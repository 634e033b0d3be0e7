import { randomUUID } from 'node:crypto';
import { page } from '@unkai/contracts/primitives';
import { searchResult } from '@unkai/contracts/resources/search';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, makeToken, openCloud, type Tenant, withId } from './cloud.ts';
import { giveDomainRoles } from './denial-things.ts';

let cloud: Cloud;
let tenant: Tenant;
let other: Tenant;
let member: Awaited<ReturnType<typeof makePerson>>;
let operator: string;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  other = await makeTenant(cloud);
  member = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  operator = (await makePerson(cloud, { system: 'admin' })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function find(token: string, text: string, projectId?: string) {
  const query = new URLSearchParams({ text, ...(projectId !== undefined && { projectId }) });
  const told = await cloud.ask('GET', `/v1/search?${query}`, { token });
  expect(told.status, told.text).toBe(200);
  return searchResult.parse(told.body).items;
}
const found = async (token: string, text: string) =>
  (await find(token, text)).map(({ noun, name }) => `${noun} ${name}`).toSorted();

/** A port with an address, of a server of its own unless it is free. */
async function makePort(of: Tenant, given: { name: string | null; mac: string; address: string }) {
  const { prisma } = cloud.core.database;
  const server =
    given.name === null
      ? null
      : await prisma.server.create({
          data: {
            projectId: of.id,
            name: given.name,
            state: 'running',
            reservationId: 'r-1',
            flavorId: randomUUID(),
            flavorName: 'm1.tiny',
            vcpus: 1,
            memoryMib: 64,
            diskGib: 1,
          },
        });
  const port = await prisma.port.create({
    data: { projectId: of.id, networkId: of.network.id, serverId: server?.id ?? null, macAddress: given.mac },
  });
  const place = { portId: port.id, subnetId: of.subnet.id, networkId: of.network.id, address: given.address };
  await prisma.portAddress.create({ data: place });
  return { server, port };
}

describe('search', () => {
  test('finds a server by part of its name, its id, its address, its MAC address and the id of its port', async () => {
    const mac = 'fa:16:3e:12:34:56';
    const { server, port } = await makePort(tenant, { name: 'Shop-front-1', mac, address: '10.0.0.71' });
    for (const text of ['shop', 'FRONT', ' Shop-front-1 ', server?.id ?? '', '10.0.0.71', mac.toUpperCase(), port.id]) {
      expect(await found(member.token, text), text).toEqual(['server Shop-front-1']);
    }
    expect(await find(member.token, '10.0.0.71')).toEqual([
      {
        noun: 'server',
        id: server?.id,
        name: 'Shop-front-1',
        detail: '10.0.0.71',
        domainId: cloud.domainId,
        projectId: tenant.id,
        projectName: tenant.name,
        domainName: 'Default',
      },
    ]);
    for (const text of ['10.0.0.7', mac.slice(0, 8), (server?.id ?? '').slice(0, 8)]) {
      expect(await found(member.token, text), `${text} is not all of it`).toEqual([]);
    }
  });

  test('finds a free port by its addresses, any by its name, and a network by its range', async () => {
    await makePort(tenant, { name: null, mac: 'fa:16:3e:65:43:21', address: '10.0.0.72' });
    expect(await found(member.token, '10.0.0.72')).toEqual(['port 10.0.0.72']);
    const named = await makePort(tenant, { name: 'till-2', mac: 'fa:16:3e:65:43:22', address: '10.0.0.74' });
    await cloud.core.database.prisma.port.update({ where: { id: named.port.id }, data: { name: 'way-in' } });
    expect(await found(member.token, 'WAY')).toEqual(['port way-in']);
    expect(await found(member.token, '10.0.0.0/24')).toEqual(['network default']);
  });

  test('finds a router by its name and the addresses of its ports, and a floating IP by its address', async () => {
    const { prisma } = cloud.core.database;
    const made = await cloud.ask('POST', `/v1/projects/${tenant.id}/routers`, {
      token: member.token,
      body: { name: 'Edge-west' },
    });
    const router = withId.parse(made.body);
    expect(await found(member.token, 'edge')).toEqual(['router Edge-west']);
    const interfaces = { token: member.token, body: { subnetId: tenant.subnet.id } };
    await cloud.ask('POST', `/v1/routers/${router.id}/interfaces`, interfaces);
    expect(await found(member.token, '10.0.0.1')).toContain('router Edge-west');
    const outside = await makePort(other, { name: null, mac: 'fa:16:3e:00:00:77', address: '10.0.0.90' });
    const place = { projectId: tenant.id, networkId: other.network.id, externalPortId: outside.port.id };
    const floating = await prisma.floatingIp.create({ data: { ...place, address: '10.0.0.90' } });
    for (const text of ['10.0.0.90', floating.id]) {
      expect(await found(member.token, text)).toEqual(['floating-ip 10.0.0.90']);
    }
  });

  test('takes what a pattern is made of as it stands', async () => {
    await cloud.ask('POST', `/v1/projects/${tenant.id}/networks`, { token: member.token, body: { name: '100%_a\\b' } });
    for (const text of ['0%_', '_a\\', '%']) expect(await found(member.token, text)).toEqual(['network 100%_a\\b']);
    expect(await found(member.token, '1__')).toEqual([]);
  });

  test('shows what the caller may read and nothing else', async () => {
    const word = randomUUID();
    await makePort(other, { name: `of-others-${word}`, mac: 'fa:16:3e:00:00:99', address: '10.0.0.73' });
    const user = await makePerson(cloud, {}, `person-${word}`);
    await cloud.core.database.prisma.keyPair.create({
      data: { userId: user.id, name: `key-${word}`, kind: 'ssh', publicKey: 'x', fingerprintSha256: 'SHA256:x' },
    });
    expect(await found(member.token, word)).toEqual([]);
    expect(await found(member.token, other.id)).toEqual([]);
    expect(await found(user.token, word)).toEqual([`key-pair key-${word}`]);
    expect(await found(operator, word)).toEqual([`server of-others-${word}`, `user person-${word}`]);
    expect((await cloud.ask('GET', '/v1/search?text=x')).status).toBe(401);
  });

  test('a manager of a domain finds its people and projects, and not its servers, hosts, nor those of other domains', async () => {
    const word = randomUUID();
    const elsewhere = await cloud.ask('POST', '/v1/domains', { token: operator, body: { name: `${word}-domain` } });
    const domainId = withId.parse(elsewhere.body).id;
    for (const id of [domainId, cloud.domainId]) {
      const body = { domainId: id, name: `${word}-in-${id === domainId ? 'theirs' : 'ours'}` };
      for (const path of ['/v1/users', '/v1/groups', '/v1/projects']) {
        expect((await cloud.ask('POST', path, { token: operator, body })).status).toBe(201);
      }
    }
    const manager = await makePerson(cloud, {});
    const body = { userId: manager.id, role: 'manager', domainId: cloud.domainId };
    await cloud.ask('POST', '/v1/role-assignments', { token: operator, body });
    const ours = `${word}-in-ours`;
    expect(await found(manager.token, word)).toEqual([`group ${ours}`, `project ${ours}`, `user ${ours}`]);
    expect(await found(manager.token, 'Shop-front')).toEqual([]);
    expect((await found(operator, word)).length).toBe(7);
  });

  test('a token finds no more than it is for', async () => {
    const confined = await makeToken(cloud.core, member.id, { permissions: ['network:read'] });
    expect(await found(confined, 'default')).toEqual(['network default']);
  });

  test('tells a few of each noun, those of the project at hand first, in one query', async () => {
    const word = randomUUID().slice(0, 8);
    const both = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
    await cloud.ask('POST', '/v1/role-assignments', {
      token: operator,
      body: { userId: both.id, role: 'reader', projectId: other.id },
    });
    const data = (of: Tenant) =>
      Array.from({ length: 8 }, (_, index) => ({
        projectId: of.id,
        name: `${word}-${of === other ? 'a' : 'b'}${index}`,
      }));
    await cloud.core.database.prisma.securityGroup.createMany({ data: [...data(tenant), ...data(other)] });
    await find(both.token, word);
    let queries = 0;
    const note = () => {
      queries += 1;
    };
    cloud.core.database.pool.on('acquire', note);
    const hits = await find(both.token, word, tenant.id);
    cloud.core.database.pool.off('acquire', note);
    expect(hits.map(({ name }) => name)).toEqual([0, 1, 2, 3, 4, 5].map((index) => `${word}-b${index}`));
    // No credential is kept in memory here: four are for it.
    expect(queries).toBe(5);
  });
});

describe('what counts', () => {
  const sourced = z.object({
    items: z.array(
      z.object({ role: z.string(), userId: z.string(), sources: z.array(z.record(z.string(), z.unknown())) }),
    ),
  });

  test('is told with where it comes from, and to those in the project', async () => {
    const post = async (path: string, body: object) => {
      const told = await cloud.ask('POST', path, { token: operator, body });
      expect(told.status, told.text).toBeLessThan(300);
      return told.status === 204 ? '' : withId.parse(told.body).id;
    };
    const at = { domainId: cloud.domainId };
    const above = await post('/v1/projects', { ...at, name: `above-${randomUUID()}` });
    const below = await post('/v1/projects', { ...at, name: `below-${randomUUID()}`, parentId: above });
    const team = await post('/v1/groups', { ...at, name: `team-${randomUUID()}` });
    const person = await makePerson(cloud, {});
    await post(`/v1/groups/${team}/members`, { userId: person.id });
    await post('/v1/role-assignments', { groupId: team, role: 'member', projectId: above, isInherited: true });
    await post('/v1/role-assignments', { userId: person.id, role: 'reader', projectId: below });
    const members = await cloud.ask('GET', `/v1/projects/${below}/members`, { token: person.token });
    const rows = sourced.parse(members.body).items.filter(({ userId }) => userId === person.id);
    expect(rows.map(({ role, sources }) => [role, sources.length])).toEqual([
      ['member', 1],
      ['reader', 2],
    ]);
    expect(rows[0]?.sources[0]).toMatchObject({ role: 'member', isInherited: true, groupName: expect.any(String) });
    expect((await cloud.ask('GET', `/v1/projects/${above}/members`, { token: person.token })).status).toBe(404);
    const told = await cloud.ask('GET', `/v1/effective-roles?userId=${person.id}`, { token: operator });
    expect(sourced.parse(told.body).items.length).toBe(2);

    const elsewhere = await post('/v1/domains', { name: randomUUID() });
    const far = await post('/v1/projects', { domainId: elsewhere, name: 'far' });
    await post('/v1/role-assignments', { userId: person.id, role: 'reader', projectId: far });
    for (const list of ['effective-roles', 'role-assignments']) {
      const of = async (domainId: string) => {
        const query = `userId=${person.id}&withinDomainId=${domainId}`;
        const { body } = await cloud.ask('GET', `/v1/${list}?${query}`, { token: operator });
        return z.object({ items: z.array(z.object({ projectId: z.string() })) }).parse(body).items;
      };
      expect(new Set((await of(elsewhere)).map(({ projectId }) => projectId)), list).toEqual(new Set([far]));
      expect(new Set((await of(cloud.domainId)).map(({ projectId }) => projectId)), list).toEqual(new Set([below]));
    }
  });
});

describe('a list is narrowed by a part of a name', () => {
  const named = page(z.object({ name: z.string() }));

  async function names(noun: string, part: string): Promise<string[]> {
    const told = await cloud.ask('GET', `/v1/${noun}?${new URLSearchParams({ nameContains: part })}`, {
      token: operator,
    });
    return named.parse(told.body).items.map(({ name }) => name);
  }

  test.each(['domains', 'projects', 'users', 'groups'])(
    'of %s, whatever its case, each letter for itself',
    async (noun) => {
      const { prisma } = cloud.core.database;
      const { domainId } = cloud;
      const make = (name: string): Promise<unknown> => {
        if (noun === 'domains') return prisma.domain.create({ data: { name } });
        if (noun === 'projects') return prisma.project.create({ data: { domainId, name } });
        return noun === 'users'
          ? prisma.user.create({ data: { domainId, name } })
          : prisma.group.create({ data: { domainId, name } });
      };
      for (const name of ['Reeds_100%', 'reeds-100', String.raw`back\slash`]) await make(name);
      // Made within one millisecond they may come in either order.
      expect(new Set(await names(noun, 'REEDS'))).toEqual(new Set(['reeds-100', 'Reeds_100%']));
      expect(await names(noun, 's_1')).toEqual(['Reeds_100%']);
      expect(await names(noun, '0%')).toEqual(['Reeds_100%']);
      expect(await names(noun, '\\')).toEqual([String.raw`back\slash`]);
      expect(await names(noun, "' OR true --")).toEqual([]);
    },
  );

  test('users by a part of their address too, and nobody of a domain that the caller does not see', async () => {
    const { prisma } = cloud.core.database;
    const elsewhere = await prisma.domain.create({ data: { name: 'elsewhere' } });
    const email = 'ada@reeds.example.org';
    await prisma.user.create({ data: { domainId: elsewhere.id, name: 'countess', email } });
    expect(await names('users', '@REEDS.')).toEqual(['countess']);
    const reader = await makePerson(cloud, {});
    await giveDomainRoles(cloud, reader.id, { domain: 'reader' });
    const told = await cloud.ask('GET', '/v1/users?nameContains=countess', { token: reader.token });
    expect(told).toMatchObject({ status: 200, body: { items: [] } });
  });

  test.each(['', ' '])('and %j is none', async (part) => {
    const query = new URLSearchParams({ nameContains: part });
    const told = await cloud.ask('GET', `/v1/users?${query}`, { token: operator });
    expect(told).toMatchObject({ status: 400, body: { errors: [{ field: 'nameContains' }] } });
  });
});
