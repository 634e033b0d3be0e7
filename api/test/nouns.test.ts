import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makeParts, makePerson, makeTenant, openCloud, problemBody, type Tenant, withId } from './cloud.ts';
import { ed25519Key } from './denial-table.ts';
import { makeHost } from './installation.ts';

let cloud: Cloud;
let tenant: Tenant;
let token: string;
let operator: string;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  token = (await makePerson(cloud, { project: { id: tenant.id, role: 'member' } })).token;
  operator = (await makePerson(cloud, { system: 'admin' })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const get = (path: string, as = token) => cloud.ask('GET', path, { token: as });
const post = (path: string, body: unknown, as = token) => cloud.ask('POST', path, { token: as, body });
const patch = (path: string, body: unknown, as = token) => cloud.ask('PATCH', path, { token: as, body });
const remove = (path: string, as = token) => cloud.ask('DELETE', path, { token: as });
const idOf = (told: { body: unknown }) => withId.parse(told.body).id;

describe('a new project', () => {
  test('has a default network with a subnet, and a group that lets all out and nothing in', async () => {
    const made = await post('/v1/projects', { domainId: cloud.domainId, name: 'fresh' }, operator);
    expect(made.status).toBe(201);
    const id = idOf(made);
    const networks = await get(`/v1/projects/${id}/networks`, operator);
    expect(networks.body).toMatchObject({
      items: [
        {
          isDefault: true,
          mtu: 1450,
          subnets: [{ cidr: '10.0.0.0/24', gatewayAddress: '10.0.0.1', dhcpAddress: '10.0.0.2' }],
        },
      ],
    });
    const groups = await get(`/v1/projects/${id}/security-groups`, operator);
    expect(groups.body).toMatchObject({
      items: [
        {
          isDefault: true,
          rules: expect.arrayContaining(
            [4, 6].map((family) => expect.objectContaining({ direction: 'egress', family, remotePrefix: null })),
          ),
        },
      ],
    });
    expect((await post('/v1/projects', { domainId: cloud.domainId, name: 'fresh' }, operator)).status).toBe(409);
    expect((await remove(`/v1/projects/${id}`, operator)).status).toBe(204);
  });

  test('cannot be deleted while it has servers; each is named', async () => {
    const full = await makeTenant(cloud);
    const parts = await makeParts(cloud);
    const body = { name: 'still-here', flavorId: parts.flavor.id, imageId: parts.image.id };
    await post(`/v1/projects/${full.id}/servers`, body, operator);
    const told = await remove(`/v1/projects/${full.id}`, operator);
    expect(told.status).toBe(409);
    expect(problemBody.parse(told.body).errors[0]?.message).toContain('still-here');
  });
});

describe('networks and subnets', () => {
  test('tunnel keys differ, and the MTU fits the narrowest underlay', async () => {
    const { prisma } = cloud.core.database;
    const keys = await prisma.network.findMany({ select: { tunnelKey: true } });
    expect(new Set(keys.map(({ tunnelKey }) => tunnelKey)).size).toBe(keys.length);
    await prisma.host.create({
      data: {
        name: 'narrow',
        credentialHash: new Uint8Array(32),
        redisPasswordHash: '',
        facts: { underlayMtu: 1400 },
        vcpus: 1,
        memoryMib: 64,
        diskGib: 1,
        underlayAddress: '10.9.0.1',
        lastHeartbeatAt: new Date(),
      },
    });
    const made = await post(`/v1/projects/${tenant.id}/networks`, { name: 'narrow' });
    expect(made.body).toMatchObject({ mtu: 1350 });
    await prisma.host.delete({ where: { name: 'narrow' } });
  });

  test("a new subnet raises the network's generation, so that hosts hear of it", async () => {
    const network = idOf(await post(`/v1/projects/${tenant.id}/networks`, { name: 'grows' }));
    const generation = async () =>
      (await cloud.core.database.prisma.network.findUniqueOrThrow({ where: { id: network } })).generation;
    const before = await generation();
    const subnet = await post(`/v1/networks/${network}/subnets`, {
      name: 's',
      cidr: '10.5.0.0/24',
      dnsServers: ['9.9.9.9'],
    });
    expect(subnet).toMatchObject({ status: 201, body: { dnsServers: ['9.9.9.9'], projectId: tenant.id } });
    expect(await generation()).toBeGreaterThan(before);
    expect((await remove(`/v1/subnets/${idOf(subnet)}`)).status).toBe(204);
    expect((await remove(`/v1/networks/${network}`)).status).toBe(204);
  });

  test('what a server uses stays, and says who uses it', async () => {
    const parts = await makeParts(cloud);
    const body = { name: 'user-of-it', flavorId: parts.flavor.id, imageId: parts.image.id };
    await post(`/v1/projects/${tenant.id}/servers`, body);
    for (const path of [`/v1/subnets/${tenant.subnet.id}`]) {
      const told = await remove(path);
      expect(told.status).toBe(409);
      expect(problemBody.parse(told.body)).toMatchObject({ code: 'in_use' });
      expect(problemBody.parse(told.body).errors[0]?.message).toContain('user-of-it');
    }
    expect((await remove(`/v1/networks/${tenant.network.id}`)).status).toBe(409);
    const ports = z.object({ items: z.array(withId.extend({ securityGroupIds: z.array(z.string()) })) });
    const listed = ports.parse((await get(`/v1/projects/${tenant.id}/ports?networkId=${tenant.network.id}`)).body);
    expect(listed.items[0]?.securityGroupIds).toEqual([tenant.group.id]);
    expect((await get(`/v1/ports/${listed.items[0]?.id}`)).body).toEqual(listed.items[0]);
  });
});

describe('security groups', () => {
  test('A47: a changed rule raises the generation of every server that has the group', async () => {
    const parts = await makeParts(cloud);
    const group = idOf(await post(`/v1/projects/${tenant.id}/security-groups`, { name: 'web' }));
    const body = { name: 'ruled', flavorId: parts.flavor.id, imageId: parts.image.id, securityGroupIds: [group] };
    const server = idOf(await post(`/v1/projects/${tenant.id}/servers`, body));
    const generation = async () =>
      (await cloud.core.database.prisma.server.findUniqueOrThrow({ where: { id: server } })).generation;
    const before = await generation();
    const ssh = { direction: 'ingress', protocol: 'tcp', portMin: 22, portMax: 22, remotePrefix: '203.0.113.7/24' };
    const rule = await post(`/v1/security-groups/${group}/rules`, ssh);
    expect(rule).toMatchObject({ status: 201, body: { remotePrefix: '203.0.113.0/24', portMin: 22 } });
    expect(await generation()).toBe(before + 1);
    expect((await remove(`/v1/security-groups/${group}/rules/${idOf(rule)}`)).status).toBe(204);
    expect(await generation()).toBe(before + 2);
    const used = await remove(`/v1/security-groups/${group}`);
    expect(problemBody.parse(used.body)).toMatchObject({ code: 'in_use', errors: [{ message: /ruled/ }] });
  });

  test('a rule of another group is not there', async () => {
    const group = idOf(await post(`/v1/projects/${tenant.id}/security-groups`, { name: 'other' }));
    expect((await remove(`/v1/security-groups/${group}/rules/${tenant.group.rules[0]?.id}`)).status).toBe(404);
  });

  test('A51: rules are counted', async () => {
    const small = await makeTenant(cloud);
    await cloud.core.database.prisma.projectQuota.create({
      data: { projectId: small.id, name: 'securityGroupRules', limit: 3 },
    });
    const rule = { direction: 'ingress', protocol: 'icmp' };
    expect((await post(`/v1/security-groups/${small.group.id}/rules`, rule, operator)).status).toBe(201);
    expect((await post(`/v1/security-groups/${small.group.id}/rules`, rule, operator)).status).toBe(403);
  });
});

describe('images', () => {
  const announce = (body: object, as = token) =>
    post(`/v1/projects/${tenant.id}/images`, { name: 'mine', diskFormat: 'qcow2', ...body }, as);

  test('an announced image waits for its bytes', async () => {
    const made = await announce({ loginUser: 'alpine' });
    expect(made).toMatchObject({ status: 201, body: { state: 'queued', visibility: 'private', sizeBytes: null } });
    const renamed = await patch(`/v1/images/${idOf(made)}`, { name: 'renamed' });
    expect(renamed.body).toMatchObject({ name: 'renamed', loginUser: 'alpine' });
  });

  test('A50: only an operator makes one public', async () => {
    expect((await announce({ visibility: 'public' })).status).toBe(403);
    const shared = await announce({ visibility: 'public' }, operator);
    expect(shared.status).toBe(201);
    const stranger = await makePerson(cloud, { project: { id: (await makeTenant(cloud)).id, role: 'admin' } });
    expect((await get(`/v1/images/${idOf(shared)}`, stranger.token)).status).toBe(200);
    expect((await patch(`/v1/images/${idOf(shared)}`, { name: 'taken' }, stranger.token)).status).toBe(403);
    expect((await remove(`/v1/images/${idOf(shared)}`, stranger.token)).status).toBe(403);
  });

  test('one that servers stand on stays; servers of others are not named', async () => {
    const parts = await makeParts(cloud);
    const body = { name: 'secret-name', flavorId: parts.flavor.id, imageId: parts.image.id };
    await post(`/v1/projects/${tenant.id}/servers`, body);
    const told = await remove(`/v1/images/${parts.image.id}`, operator);
    expect(told.status).toBe(409);
    expect(told.text).not.toContain('secret-name');
    expect((await get(`/v1/images/${parts.image.id}`)).body).toMatchObject({ state: 'active' });
  });

  test('a delete begins an operation', async () => {
    const id = idOf(await announce({}));
    const told = await remove(`/v1/images/${id}`);
    expect(told).toMatchObject({ status: 202, body: { state: 'deleting' } });
    expect((await get(told.headers.get('location') ?? '')).body).toMatchObject({ name: 'image.delete' });
  });
});

describe('key pairs', () => {
  test("have the fingerprint that ssh-keygen prints, and are their owner's alone", async () => {
    const made = await post('/v1/key-pairs', { name: 'laptop', publicKey: ed25519Key });
    expect(made).toMatchObject({
      status: 201,
      body: { kind: 'ssh-ed25519', fingerprintSha256: fingerprintOfKey },
    });
    expect((await post('/v1/key-pairs', { name: 'laptop', publicKey: ed25519Key })).status).toBe(409);
    expect((await get(`/v1/key-pairs/${idOf(made)}`, operator)).status).toBe(404);
    const parts = await makeParts(cloud);
    const body = { name: 'keyed', flavorId: parts.flavor.id, imageId: parts.image.id, keyPairNames: ['laptop'] };
    expect((await post(`/v1/projects/${tenant.id}/servers`, body)).body).toMatchObject({ keyPairNames: ['laptop'] });
    expect((await remove(`/v1/key-pairs/${idOf(made)}`)).status).toBe(204);
  });
});

describe('operators', () => {
  test('take a host out of placement and back in', async () => {
    await using host = await openHost();
    const off = await patch(`/v1/hosts/${host.id}`, { isEnabled: false, disabledReason: 'new memory' }, operator);
    expect(off.body).toMatchObject({ isEnabled: false, disabledReason: 'new memory', serverCount: 0 });
    const on = await patch(`/v1/hosts/${host.id}`, { isEnabled: true }, operator);
    expect(on.body).toMatchObject({ isEnabled: true, disabledReason: null });
    expect((await get('/v1/hosts', operator)).body).toMatchObject({ items: [{ name: 'rack-9' }] });
  });

  test('make users, give and take roles, which count at once', async () => {
    const made = await post('/v1/users', { domainId: cloud.domainId, name: 'new', password: 'long enough' }, operator);
    expect(made.text).not.toMatch(/long enough|argon2/);
    const signedIn = await cloud.ask('POST', '/v1/sessions', { body: { username: 'new', password: 'long enough' } });
    const { token: theirs } = z.object({ token: z.string() }).parse(signedIn.body);
    const servers = () => get(`/v1/projects/${tenant.id}/servers`, theirs);
    expect((await servers()).status).toBe(404);
    const input = { userId: idOf(made), projectId: tenant.id, role: 'reader' };
    const given = await post('/v1/role-assignments', input, operator);
    expect(given).toMatchObject({ status: 201, body: { userName: 'new', role: 'reader' } });
    expect((await servers()).status).toBe(200);
    expect((await post('/v1/role-assignments', input, operator)).status).toBe(409);
    expect((await remove(`/v1/role-assignments/${idOf(given)}`, operator)).status).toBe(204);
    expect((await servers()).status).toBe(404);
  });

  test('a domain must be disabled and empty before it goes', async () => {
    const id = idOf(await post('/v1/domains', { name: randomUUID() }, operator));
    const user = idOf(await post('/v1/users', { domainId: id, name: 'inside', password: 'long enough' }, operator));
    expect(problemBody.parse((await remove(`/v1/domains/${id}`, operator)).body).code).toBe('wrong_state');
    await patch(`/v1/domains/${id}`, { isEnabled: false }, operator);
    expect(problemBody.parse((await remove(`/v1/domains/${id}`, operator)).body).code).toBe('in_use');
    expect((await remove(`/v1/users/${user}`, operator)).status).toBe(204);
    expect((await remove(`/v1/domains/${id}`, operator)).status).toBe(204);
  });
});

// ssh-keygen -l -E sha256 -f key.pub
const fingerprintOfKey = 'SHA256:tD2aH0DkJs3p8XtoSUXOUZ/0E6yP7CgXnvwlTbBSuGY';

async function openHost() {
  const reply = await makeHost(cloud.core, cloud.services, 'rack-9');
  const close = async () => {
    await cloud.core.database.prisma.host.delete({ where: { id: reply.hostId } });
  };
  return { id: reply.hostId, [Symbol.asyncDispose]: close };
}
