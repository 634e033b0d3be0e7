import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, makeToken, openCloud, type Tenant } from './cloud.ts';
import { makeHost } from './installation.ts';
import { type Ask, countQueries, openstackOf } from './openstack.ts';

// What is the same for all lists and changes of the network service: one mechanism, tried on one noun or another.
let cloud: Cloud;
let tenant: Tenant;
let member: Ask;
let stranger: Ask;
const networks: string[] = [];

beforeAll(async () => {
  cloud = await openCloud();
  await makeHost(cloud.core, cloud.services, 'rack-1');
  tenant = await makeTenant(cloud);
  const other = await makeTenant(cloud);
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } });
  const outsider = await makePerson(cloud, { project: { id: other.id, role: 'member' } });
  member = openstackOf(cloud, '/network', await makeToken(cloud.core, person.id, {}));
  stranger = openstackOf(cloud, '/network', await makeToken(cloud.core, outsider.id, {}));
  const wanted = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, description: name < 'd' ? 'few' : 'rest' }));
  const told = await member('POST', '/v2.0/networks', { body: { networks: wanted } });
  networks.push(...shown('networks', told.body).map(({ id }) => id));
});
afterAll(() => cloud[Symbol.asyncDispose]());

const link = z.object({ rel: z.string(), href: z.string() });
const things = z.array(z.looseObject({ id: z.string(), name: z.string().default('') }));
const shown = (plural: string, body: unknown) => things.parse(z.looseObject({ [plural]: things }).parse(body)[plural]);

async function names(query: string, ask = member): Promise<string> {
  const told = await ask('GET', `/v2.0/networks?${query}`);
  expect(told.status, told.text).toBe(200);
  return shown('networks', told.body)
    .map(({ name }) => name)
    .join(' ');
}

describe('lists', () => {
  test('are sorted by several keys, each in its direction', async () => {
    const query = 'description=few&description=rest&sort_key=description&sort_dir=desc&sort_key=name&sort_dir=asc';
    expect(await names(query)).toBe('d e a b c');
    expect(await names('description=few&sort_key=name&sort_dir=desc')).toBe('c b a');
  });

  test('are paged both ways, with links to what is beside the page', async () => {
    const query = 'description=few&description=rest&sort_key=name&sort_dir=asc';
    const page = async (path: string) => {
      const { body } = await member('GET', path);
      const links = z.array(link).default([]).parse(z.looseObject({}).parse(body)['networks_links']);
      const to = (rel: string) => links.find((each) => each.rel === rel)?.href.replace(/^.*\/network\//, '/');
      const text = shown('networks', body).map(({ name }) => name);
      return { text: text.join(' '), next: to('next'), previous: to('previous') };
    };
    const first = await page(`/v2.0/networks?${query}&limit=2`);
    expect(first).toMatchObject({ text: 'a b', previous: undefined });
    const second = await page(first.next ?? '');
    expect(second.text).toBe('c d');
    const third = await page(second.next ?? '');
    expect(third).toMatchObject({ text: 'e', next: undefined });
    expect((await page(third.previous ?? '')).text).toBe('c d');
    const back = await page(second.previous ?? '');
    expect(back).toMatchObject({ text: 'a b', previous: undefined });
    expect((await page(back.next ?? '')).text).toBe('c d');
    const nowhere = await member('GET', `/v2.0/networks?marker=${tenant.id}`);
    expect(nowhere).toMatchObject({ status: 400, text: expect.stringContaining('marker') });
    const theirs = await stranger('GET', `/v2.0/networks?marker=${networks[0]}`);
    expect(theirs.status).toBe(400);
  });

  test('refuse what they cannot be narrowed or sorted by, and name it', async () => {
    for (const [query, name] of [
      ['colour=red', 'colour'],
      ['sort_key=subnets', 'subnet_id'],
      ['sort_key=colour', 'colour'],
      ['sort_dir=up&sort_key=name', 'sort_dir'],
      ['admin_state_up=perhaps', 'perhaps'],
      ['changed_since=yesterday', 'yesterday'],
    ]) {
      const told = await member('GET', `/v2.0/networks?${query}`);
      expect(told, query).toMatchObject({ status: 400, text: expect.stringContaining(name ?? '') });
    }
  });

  test('show nobody what only operators see, not even by a filter', async () => {
    expect(await names('provider:network_type=vxlan')).toBe('');
    expect(await names('description=few', stranger)).toBe('');
  });

  test('of hundreds take as few statements as of two', async () => {
    const statements = async (limit: number) => {
      const counted = countQueries(cloud);
      await names(`limit=${limit}`);
      counted.stop();
      return counted.count();
    };
    await statements(2);
    expect(await statements(5)).toBe(await statements(2));
  });

  test.each([
    ['subnets', 'ip_version=4&enable_dhcp=true&cidr=10.0.0.0/24&subnetpool_id=', 1],
    ['ports', 'status=DOWN&admin_state_up=True&device_owner=&fixed_ips=ip_address_substr=10.0.0', 0],
    ['routers', 'admin_state_up=true&distributed=False&ha=false', 0],
    ['floatingips', 'status=DOWN&floating_ip_address=192.0.2.1&router_id=', 0],
    ['security-groups', 'name=default&stateful=true&shared=false', 1],
    ['security-group-rules', 'direction=egress&ethertype=IPv6&protocol=', 1],
  ])('of %s know their own fields', async (path, query, count) => {
    const told = await member('GET', `/v2.0/${path}?${query}&sort_key=id&fields=id`);
    expect(told.status, told.text).toBe(200);
    expect(shown(path.replaceAll('-', '_'), told.body)).toHaveLength(count);
  });
});

describe('many at once', () => {
  test('are made together', async () => {
    const subnets = networks.slice(0, 2).map((network_id) => ({ network_id, ip_version: 4, cidr: '10.5.0.0/24' }));
    const made = await member('POST', '/v2.0/subnets', { body: { subnets } });
    expect(made.status, made.text).toBe(201);
    const ports = networks.slice(0, 2).map((network_id) => ({ network_id, name: 'bulk' }));
    const told = await member('POST', '/v2.0/ports', { body: { ports } });
    expect(told.status, told.text).toBe(201);
    expect(shown('ports', told.body)).toHaveLength(2);
  });

  test('are all refused when one cannot be, which is named', async () => {
    const [network_id] = networks;
    const ports = [
      { network_id, name: 'half' },
      { network_id, name: 'half', fixed_ips: [{ ip_address: '10.99.0.1' }] },
    ];
    const told = await member('POST', '/v2.0/ports', { body: { ports } });
    expect(told).toMatchObject({ status: 400, text: expect.stringContaining('ports.1') });
    expect(shown('ports', (await member('GET', '/v2.0/ports?name=half')).body)).toEqual([]);
    const wrong = await member('POST', '/v2.0/ports', { body: { ports: [{ network_id }, { name: 7 }] } });
    expect(wrong).toMatchObject({ status: 400, text: expect.stringContaining('ports.1.name') });
  });

  test('have an end', async () => {
    const wanted = Array.from({ length: 201 }, () => ({ name: 'x' }));
    const told = await member('POST', '/v2.0/networks', { body: { networks: wanted } });
    expect(told).toMatchObject({ status: 400, text: expect.stringContaining('at most 200') });
  });
});

describe('revisions', () => {
  const revised = z.object({ revision_number: z.number(), updated_at: z.string() });
  const revisionOf = async (kind: string, path: string) =>
    revised.parse(z.looseObject({}).parse((await member('GET', `/v2.0/${path}`)).body)[kind]).revision_number;

  test('count each change once, also those of its parts, and nothing else', async () => {
    const path = `networks/${networks[4]}`;
    const at = await revisionOf('network', path);
    await member('PUT', `/v2.0/${path}`, { body: { network: { name: 'e', description: 'other' } } });
    expect(await revisionOf('network', path)).toBe(at + 1);
    await member('PUT', `/v2.0/${path}`, { body: { network: { name: 'e' } } });
    expect(await revisionOf('network', path)).toBe(at + 1);
    const subnet = { network_id: networks[4], ip_version: 4, cidr: '10.6.0.0/24' };
    await member('POST', '/v2.0/subnets', { body: { subnet } });
    expect(await revisionOf('network', path)).toBe(at + 2);
    // A port changes what hosts are told of the network, and not the network.
    const port = await member('POST', '/v2.0/ports', { body: { port: { network_id: networks[4] } } });
    expect(await revisionOf('network', path)).toBe(at + 2);
    const { id } = z.object({ port: z.looseObject({ id: z.string() }) }).parse(port.body).port;
    const first = await revisionOf('port', `ports/${id}`);
    const fixed_ips = [{ ip_address: '10.6.0.77' }];
    await member('PUT', `/v2.0/ports/${id}`, { body: { port: { fixed_ips, security_groups: [] } } });
    expect(await revisionOf('port', `ports/${id}`)).toBe(first + 1);
    await member('PUT', `/v2.0/ports/${id}/tags`, { body: { tags: ['red'] } });
    expect(await revisionOf('port', `ports/${id}`)).toBe(first + 2);
  });

  test('keep a change from what the caller did not know', async () => {
    const path = `/v2.0/networks/${networks[3]}`;
    const at = await revisionOf('network', `networks/${networks[3]}`);
    const change = (revision: number | string, ask = member) =>
      ask('PUT', path, {
        body: { network: { description: 'mine' } },
        headers: { 'if-match': `revision_number=${revision}` },
      });
    expect(await change(at - 1)).toMatchObject({ status: 412, text: expect.stringContaining('RevisionNumber') });
    expect((await change('new')).status).toBe(400);
    expect((await change(at, stranger)).status).toBe(404);
    expect((await change(at)).status).toBe(200);
    expect((await change(at)).status).toBe(412);
    const both = await Promise.all(
      ['one', 'two'].map((description) =>
        member('PUT', path, {
          body: { network: { description } },
          headers: { 'if-match': `revision_number=${at + 1}` },
        }),
      ),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    expect((await member('DELETE', path, { headers: { 'if-match': `revision_number=${at}` } })).status).toBe(412);
    expect((await member('DELETE', path, { headers: { 'if-match': `revision_number=${at + 2}` } })).status).toBe(204);
  });
});
