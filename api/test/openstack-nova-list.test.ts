import { randomUUID } from 'node:crypto';
import { searchServers } from '@unkai/core/store/server-search';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makePerson, makeTenant, makeToken } from './cloud.ts';
import { callAs } from './installation.ts';
import { countQueries, openstackOf } from './openstack.ts';
import { type Compute, listed, openCompute } from './openstack-compute.ts';

let cloud: Compute['cloud'];
let tenant: Compute['tenant'];
let parts: Compute['parts'];
let member: Compute['member'];
let operator: Compute['operator'];
let makeServer: Compute['makeServer'];
let setState: Compute['setState'];

beforeAll(async () => {
  ({ cloud, tenant, parts, member, operator, makeServer, setState } = await openCompute());
  for (const name of ['c', 'a', 'e', 'b', 'd']) await makeServer({ name });
});
afterAll(() => cloud[Symbol.asyncDispose]());

describe('lists of servers', () => {
  test('filters narrow, and what cannot name anything finds nothing', async () => {
    const id = await makeServer({ name: 'filtered-1' });
    await setState(id, 'stopped');
    const names = async (query: string) =>
      listed.parse((await member('GET', `/v2.1/servers?${query}`)).body).servers.map(({ name }) => name);
    expect(await names('name=filtered-[0-9]$')).toEqual(['filtered-1']);
    expect(await names('status=shutoff&name=filtered')).toEqual(['filtered-1']);
    for (const query of ['status=nonsense', 'image=nonsense', 'flavor=nonsense', 'ip=^192', 'name=nobody']) {
      expect(await names(query), query).toEqual([]);
    }
    expect(await names(`flavor=${parts.flavor.id}&image=${parts.image.id}&name=filtered`)).toEqual(['filtered-1']);
    expect(await names('changes-since=2051-01-01T12:34:00Z')).toEqual([]);
    for (const query of [
      'changes-since=2011/01/01',
      'limit=-1',
      'limit=a',
      'name=(',
      `marker=${randomUUID()}`,
      'sort_key=password',
    ]) {
      expect((await member('GET', `/v2.1/servers?${query}`)).status, query).toBe(400);
    }
    expect((await member('GET', '/v2.1/servers?status=nonsense', { version: '2.38' })).status).toBe(400);
  });

  test('pages follow one another in every order', async () => {
    for (const sort of [
      '',
      '&sort_key=display_name&sort_dir=asc',
      '&sort_key=launched_at&sort_dir=desc',
      '&sort_key=vm_state&sort_key=display_name&sort_dir=asc&sort_dir=desc',
    ]) {
      const whole = listed.parse((await member('GET', `/v2.1/servers?${sort}`)).body).servers.map(({ id }) => id);
      const walked: string[] = [];
      let path: string | undefined = `/v2.1/servers?limit=2${sort}`;
      const page = z.object({
        servers: z.array(z.object({ id: z.string() })),
        servers_links: z.array(z.object({ href: z.string() })).optional(),
      });
      while (path !== undefined) {
        const { servers, servers_links: links } = page.parse((await member('GET', path)).body);
        walked.push(...servers.map(({ id }) => id));
        path = links?.[0]?.href.replace(/^.*\/compute/, '');
      }
      expect(walked, sort).toEqual(whole);
      expect(whole.length).toBeGreaterThan(4);
    }
  });

  test('those of all projects are for operators', async () => {
    const other = await makeTenant(cloud);
    const person = await makePerson(cloud, { project: { id: other.id, role: 'member' } });
    const stranger = openstackOf(cloud, '/compute', await makeToken(cloud.core, person.id, {}));
    expect((await stranger('GET', '/v2.1/servers')).body).toEqual({ servers: [] });
    expect((await stranger('GET', '/v2.1/servers?all_tenants=1')).status).toBe(403);
    expect((await operator('GET', '/v2.1/servers?all_tenants=1')).text).toContain('filtered-1');
    expect((await operator('GET', '/v2.1/servers?all_tenants=wrong')).status).toBe(400);
  });

  test('H10: cost three queries whatever their length, beside what the credential costs', async () => {
    const rack = await openstackCall();
    const search = { projectId: tenant.id, filter: {}, order: [], marker: null };
    for (const limit of [1, 1000]) {
      const queries = countQueries(cloud);
      const found = await searchServers(rack, { ...search, limit });
      queries.stop();
      expect(found.length).toBeGreaterThan(limit === 1 ? 0 : 4);
      expect(queries.count()).toBe(3);
    }
  });
});

async function openstackCall() {
  const person = await makePerson(cloud, { project: { id: tenant.id, role: 'reader' } });
  return callAs(cloud.core, person.token);
}

describe('the rest', () => {
  test('limits and quotas, by microversion', async () => {
    const told = await member('GET', '/v2.1/limits');
    expect(told.body).toMatchObject({
      limits: { rate: [], absolute: { maxTotalInstances: 20, maxSecurityGroups: 20, maxImageMeta: 128 } },
    });
    expect((await member('GET', '/v2.1/limits', { version: '2.57' })).text).not.toMatch(
      /SecurityGroups|Personality|ImageMeta/,
    );
    const quotas = await member('GET', `/v2.1/os-quota-sets/${tenant.id}`, { version: '2.57' });
    expect(quotas.body).toMatchObject({ quota_set: { id: tenant.id, cores: 40, ram: 81_920 } });
    expect((await member('GET', `/v2.1/os-quota-sets/${tenant.id}/defaults`)).body).toMatchObject({
      quota_set: { instances: 20, floating_ips: 0 },
    });
    expect((await member('GET', `/v2.1/os-quota-sets/${tenant.id}/detail`)).body).toMatchObject({
      quota_set: { instances: { limit: 20, reserved: 0 } },
    });
    expect((await member('GET', `/v2.1/os-quota-sets/${randomUUID()}`)).status).toBe(404);
  });

  test('hosts are for operators, zones for everyone', async () => {
    for (const path of [
      'os-services',
      'os-hypervisors',
      'os-hypervisors/detail',
      'os-hypervisors/statistics',
      'os-hosts',
      'os-availability-zone/detail',
    ]) {
      expect((await operator('GET', `/v2.1/${path}`)).status, path).toBe(200);
      expect((await member('GET', `/v2.1/${path}`)).body, path).toMatchObject({ forbidden: { code: 403 } });
    }
    expect((await member('GET', '/v2.1/os-availability-zone')).body).toEqual({
      availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true }, hosts: null }],
    });
    const hypervisors = z.object({
      hypervisors: z
        .array(z.object({ id: z.union([z.number(), z.string()]), hypervisor_hostname: z.string() }))
        .length(1),
    });
    const [old] = hypervisors.parse((await operator('GET', '/v2.1/os-hypervisors')).body).hypervisors;
    expect(old?.id).toBeTypeOf('number');
    expect((await operator('GET', `/v2.1/os-hypervisors/${old?.id}`)).body).toMatchObject({
      hypervisor: { hypervisor_hostname: 'rack-1', cpu_info: expect.any(String) },
    });
    const [uuid] = hypervisors.parse(
      (await operator('GET', '/v2.1/os-hypervisors', { version: '2.53' })).body,
    ).hypervisors;
    const disable = await operator('PUT', `/v2.1/os-services/${uuid?.id}`, {
      version: '2.53',
      body: { status: 'disabled', disabled_reason: 'rack moves' },
    });
    expect(disable.body).toMatchObject({
      service: { status: 'disabled', disabled_reason: 'rack moves', host: 'rack-1' },
    });
    expect(
      (await operator('PUT', '/v2.1/os-services/enable', { body: { host: 'rack-1', binary: 'nova-compute' } })).status,
    ).toBe(200);
  });
});
