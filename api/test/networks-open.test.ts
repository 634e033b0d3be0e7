import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makeParts, makePerson, makeTenant, openCloud, problemBody, type Tenant, withId } from './cloud.ts';
import { type Ask, openstackOf } from './openstack.ts';

let cloud: Cloud;
let tenant: Tenant;
let cloudProject: Tenant;
let token: string;
let operator: string;
let neutron: Ask;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  cloudProject = await makeTenant(cloud);
  token = (await makePerson(cloud, { project: { id: tenant.id, role: 'member' } })).token;
  operator = (await makePerson(cloud, { system: 'admin', project: { id: cloudProject.id, role: 'member' } })).token;
  neutron = openstackOf(cloud, '/network', token);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const ask = (method: string, path: string, body?: unknown, as = token) => cloud.ask(method, path, { token: as, body });
const make = async (body: Record<string, unknown>) => {
  const told = await ask('POST', `/v1/projects/${cloudProject.id}/networks`, body, operator);
  expect(told.status, told.text).toBe(201);
  const network = withId.parse(told.body).id;
  const cidr = { name: 's', cidr: '192.0.2.0/24' };
  const subnet = await ask('POST', `/v1/networks/${network}/subnets`, cidr, operator);
  expect(subnet.status, subnet.text).toBe(201);
  return { network, subnet: withId.parse(subnet.body).id };
};
const listed = z.object({ items: z.array(z.object({ id: z.string() })) });
const ids = async (path: string) => listed.parse((await ask('GET', path)).body).items.map(({ id }) => id);

describe('what only operators say of a network', () => {
  test.each([
    ['provider', { provider: { type: 'vlan', physicalNetwork: 'rack', segmentationId: 7 } }],
    ['isExternal', { isExternal: true }],
    ['isShared', { isShared: true }],
  ])('A50: a tenant who names %s is refused with the field, when it is made and later', async (field, said) => {
    const made = await ask('POST', `/v1/projects/${tenant.id}/networks`, { name: 'mine', ...said });
    expect(made.status).toBe(403);
    expect(problemBody.parse(made.body).errors[0]?.field).toBe(field);
    if (field === 'provider') return;
    const path = `/v1/networks/${tenant.network.id}`;
    for (const value of [true, false]) {
      const changed = await ask('PATCH', path, { [field]: value });
      expect(changed.status).toBe(403);
      expect(problemBody.parse(changed.body).errors[0]?.field).toBe(field);
    }
  });

  test('A50: a change that says nothing of them leaves them as they are', async () => {
    const { network } = await make({ name: 'out', isExternal: true, isShared: true });
    const told = await ask('PATCH', `/v1/networks/${network}`, { description: 'the way out' }, operator);
    expect(told.body).toMatchObject({ isExternal: true, isShared: true, provider: { type: 'vxlan' } });
  });

  test('where it is, is told to operators alone', async () => {
    const { network } = await make({ name: 'seen', isShared: true });
    expect((await ask('GET', `/v1/networks/${network}`)).body).toMatchObject({ provider: null, isShared: true });
    const shown = (await neutron('GET', `/v2.0/networks/${network}`)).text;
    expect(shown).not.toContain('provider:');
    const asOperator = openstackOf(cloud, '/network', operator);
    expect((await asOperator('GET', `/v2.0/networks/${network}`)).body).toMatchObject({
      network: { 'provider:network_type': 'vxlan', shared: true },
    });
  });
});

describe('a shared network', () => {
  test('is read with its subnets by every project, and changed by none but its own', async () => {
    const { network, subnet } = await make({ name: 'for-all', isShared: true });
    expect(await ids(`/v1/projects/${tenant.id}/networks`)).toContain(network);
    expect(await ids(`/v1/projects/${tenant.id}/subnets`)).toContain(subnet);
    expect((await ask('GET', `/v1/subnets/${subnet}`)).status).toBe(200);
    expect((await neutron('GET', '/v2.0/networks?shared=true')).text).toContain(network);
    expect((await neutron('GET', '/v2.0/subnets')).text).toContain(subnet);
    expect((await ask('PATCH', `/v1/networks/${network}`, { name: 'mine' })).status).toBe(403);
    expect((await ask('DELETE', `/v1/networks/${network}`)).status).toBe(403);
    expect((await ask('DELETE', `/v1/subnets/${subnet}`)).status).toBe(403);
    const more = { name: 'more', cidr: '10.9.0.0/24' };
    expect((await ask('POST', `/v1/networks/${network}/subnets`, more)).status).toBe(403);
  });

  test('takes ports and servers of any project, by the quota of that project, and stays shared while it has them', async () => {
    const { network } = await make({ name: 'plugged', isShared: true });
    const made = await neutron('POST', '/v2.0/ports', { body: { port: { network_id: network } } });
    expect(made.body).toMatchObject({ port: { project_id: tenant.id, fixed_ips: [{ ip_address: '192.0.2.3' }] } });
    const parts = await makeParts(cloud);
    const server = { name: 'web', flavorId: parts.flavor.id, imageId: parts.image.id, networkIds: [network] };
    const told = await ask('POST', `/v1/projects/${tenant.id}/servers`, server);
    expect(told.body).toMatchObject({ addresses: [{ address: '192.0.2.4' }] });
    const closed = await ask('PATCH', `/v1/networks/${network}`, { isShared: false }, operator);
    expect(closed.status).toBe(409);
    expect(problemBody.parse(closed.body).errors).toHaveLength(2);
    const gone = await ask('DELETE', `/v1/projects/${cloudProject.id}`, undefined, operator);
    expect(gone.status).toBe(409);
  });

  test('50 ports at once of two projects have 50 addresses', async () => {
    const { network } = await make({ name: 'busy', isShared: true });
    const body = (projectId: string) => ({ projectId });
    const told = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        index % 2 === 0
          ? ask('POST', `/v1/networks/${network}/ports`, body(tenant.id))
          : ask('POST', `/v1/networks/${network}/ports`, body(cloudProject.id), operator),
      ),
    );
    const addressed = z.object({ addresses: z.array(z.object({ address: z.string() })) });
    const addresses = told.map((each) => addressed.parse(each.body).addresses[0]?.address);
    expect(new Set(addresses).size).toBe(50);
  });
});

test('an external network is seen by every project; ports on it are for operators', async () => {
  const { network } = await make({
    name: 'internet',
    isExternal: true,
    provider: { type: 'flat', physicalNetwork: 'wan' },
  });
  expect(await ids(`/v1/projects/${tenant.id}/networks`)).toContain(network);
  const refused = await ask('POST', `/v1/networks/${network}/ports`, { projectId: tenant.id });
  expect(refused.status).toBe(403);
  expect(problemBody.parse(refused.body).errors[0]?.field).toBe('networkId');
  const parts = await makeParts(cloud);
  const server = { name: 'web', flavorId: parts.flavor.id, imageId: parts.image.id, networkIds: [network] };
  expect((await ask('POST', `/v1/projects/${tenant.id}/servers`, server)).status).toBe(400);
  const port = await ask('POST', `/v1/networks/${network}/ports`, { projectId: tenant.id }, operator);
  expect(port.body).toMatchObject({ projectId: tenant.id, networkId: network });
});

test('a network that is nobody else’s stays unknown to others', async () => {
  const { network, subnet } = await make({ name: 'secret' });
  for (const path of [`/v1/networks/${network}`, `/v1/subnets/${subnet}`]) {
    expect((await ask('GET', path)).status).toBe(404);
  }
  const port = await ask('POST', `/v1/networks/${network}/ports`, { projectId: tenant.id });
  expect(port.status).toBe(404);
});
