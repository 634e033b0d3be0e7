import { randomUUID } from 'node:crypto';
import { cloudOverview } from '@unkai/contracts/resources/cloud';
import { orphanKinds, orphanList } from '@unkai/contracts/resources/orphan';
import { placement } from '@unkai/contracts/resources/placement';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cloud, makeParts, makePerson, makeTenant, openCloud, problemBody } from './cloud.ts';
import { makeHost, makeServer } from './installation.ts';

let cloud: Cloud;
let token: string;
beforeAll(async () => {
  cloud = await openCloud();
  ({ token } = await makePerson(cloud, { system: 'admin' }));
});
afterAll(() => cloud[Symbol.asyncDispose]());

const ask = (method: 'GET' | 'DELETE', path: string) => cloud.ask(method, `/v1${path}`, { token });
const day = 24 * 3_600_000;

/** A host of the size, as it joined. */
async function rack(name: string, differs: object = {}) {
  const { hostId } = await makeHost(cloud.core, cloud.services, name);
  const size = { vcpus: 4, vcpuRatio: 2, memoryMib: 8_192, diskGib: 100 };
  await cloud.core.database.prisma.host.update({ where: { id: hostId }, data: { ...size, ...differs } });
  return hostId;
}

async function emptyCloud() {
  const { prisma } = cloud.core.database;
  await prisma.hostAllocation.deleteMany();
  await prisma.hostImage.deleteMany();
  await prisma.hostNetwork.deleteMany();
  await prisma.port.deleteMany();
  await prisma.server.deleteMany();
  await prisma.host.deleteMany();
}

test('H1: why a server finds no host is told for each host, with everything that speaks against it', async () => {
  await emptyCloud();
  await rack('rack-1', { isUp: false, memoryMib: 1_024 });
  await rack('rack-2', { availabilityZone: 'east' });
  await rack('rack-3', { isEnabled: false });
  const { prisma } = cloud.core.database;
  const big = { name: `big-${randomUUID()}`, vcpus: 4, memoryMib: 4_096, diskGib: 50 };
  const flavor = await prisma.flavor.create({ data: big });
  const told = async (query = '') => {
    const answer = await ask('GET', `/placement?flavorId=${flavor.id}${query}`);
    return placement.parse(answer.body);
  };
  const open = await told();
  expect(open).toMatchObject({ refusal: null, needs: { vcpus: 4, memoryMib: 4_096, diskGib: 50 } });
  expect(open.hosts.map(({ name, rank }) => [name, rank])).toEqual([
    ['rack-2', 1],
    ['rack-1', null],
    ['rack-3', null],
  ]);
  expect(open.hosts[1]?.reasons).toEqual(['does not answer', 'lacks 4 GiB of memory (896 MiB free)']);
  const shut = await told('&availabilityZone=nova');
  expect(shut.refusal).toMatch(/of 3 hosts/);
  expect(shut.reasons).toContainEqual({ reason: 'is in another zone', hosts: ['rack-2'] });
  expect(shut.reasons).toContainEqual({ reason: 'takes no new servers', hosts: ['rack-3'] });
  expect(await prisma.hostAllocation.count(), 'nothing was taken').toBe(0);
});

test('why a project cannot have it is told too: quota, and what it may not use', async () => {
  const tenant = await makeTenant(cloud);
  const { flavor, image } = await makeParts(cloud, { isPublic: false });
  const { prisma } = cloud.core.database;
  await prisma.projectQuota.create({ data: { projectId: tenant.id, name: 'servers', limit: 0 } });
  await prisma.image.update({ where: { id: image.id }, data: { visibility: 'private' } });
  const path = `/placement?flavorId=${flavor.id}&imageId=${image.id}&projectId=${tenant.id}`;
  const { project } = placement.parse((await ask('GET', path)).body);
  expect(project.denials).toEqual([
    expect.stringContaining(`${flavor.name} is private`),
    expect.stringContaining('belongs to another project'),
  ]);
  expect(project.quotas).toContainEqual(
    expect.objectContaining({ name: 'servers', needed: 1, used: 0, limit: 0, isEnough: false }),
  );
  expect(project.quotas).toContainEqual(expect.objectContaining({ name: 'vcpus', isEnough: true }));
});

test.each([
  ['a flavor', () => `flavorId=${randomUUID()}`, 'flavorId'],
  ['an id', () => 'flavorId=small', 'flavorId'],
  ['an image', (flavor: string) => `flavorId=${flavor}&imageId=${randomUUID()}`, 'imageId'],
  ['a project', (flavor: string) => `flavorId=${flavor}&projectId=${randomUUID()}`, 'projectId'],
  ['a zone', (flavor: string) => `flavorId=${flavor}&availabilityZone=nowhere`, 'availabilityZone'],
])('bad input: what is no %s is refused by its field', async (_, query, field) => {
  const { flavor } = await makeParts(cloud);
  const told = await ask('GET', `/placement?${query(flavor.id)}`);
  expect(told.status).toBe(400);
  expect(problemBody.parse(told.body).errors[0]?.field).toBe(field);
});

test('the cloud in numbers: what may be promised, what is, and how many more of each flavor fit', async () => {
  await emptyCloud();
  const { prisma } = cloud.core.database;
  await prisma.flavor.deleteMany();
  const small = await prisma.flavor.create({ data: { name: 'small', vcpus: 1, memoryMib: 1_024, diskGib: 10 } });
  const tenant = await makeTenant(cloud);
  const hostId = await rack('rack-1');
  await rack('rack-2', { availabilityZone: 'east', isUp: false });
  const server = await makeServer(cloud.core, { projectId: tenant.id, hostId });
  await prisma.hostAllocation.create({
    data: { serverId: server.id, hostId, vcpus: 1, memoryMib: 1_024, diskGib: 10 },
  });
  const shown = cloudOverview.parse((await ask('GET', '/cloud')).body);
  expect(shown.hosts).toEqual({ total: 2, silent: 1, disabled: 0 });
  expect(shown.zones).toEqual([
    expect.objectContaining({ name: 'east', hosts: 1, openHosts: 0 }),
    {
      name: 'nova',
      hosts: 1,
      openHosts: 1,
      capacity: { vcpus: 8, memoryMib: 7_168, diskGib: 100 },
      allocated: { vcpus: 1, memoryMib: 1_024, diskGib: 10 },
    },
  ]);
  // Memory is the scarce part: 6 GiB are left; the silent host counts for nothing.
  expect(shown.room).toEqual([{ flavorId: small.id, name: 'small', count: 6 }]);
  expect(shown.servers).toContainEqual({ state: 'running', count: 1 });
});

/** One of each kind of orphan; gives their keys. */
async function leaveBehind() {
  const { prisma } = cloud.core.database;
  const tenant = await makeTenant(cloud);
  const hostId = await rack(`rack-${randomUUID()}`);
  const lost = await rack(`lost-${randomUUID()}`, { isUp: false, lastHeartbeatAt: new Date(Date.now() - 2 * day) });
  const { image } = await makeParts(cloud);
  const gone = await makeServer(cloud.core, { projectId: tenant.id, hostId });
  await prisma.server.update({ where: { id: gone.id }, data: { hostId: null, state: 'error' } });
  const size = { vcpus: 1, memoryMib: 128, diskGib: 1 };
  await prisma.hostAllocation.create({ data: { serverId: gone.id, hostId, ...size } });
  await prisma.hostNetwork.create({ data: { hostId, networkId: tenant.network.id } });
  await prisma.hostImage.create({ data: { hostId, imageId: image.id, observedState: 'present' } });
  const port = { projectId: tenant.id, networkId: tenant.network.id, macAddress: 'fa:00:00:00:00:09' };
  const left = await prisma.port.create({ data: { ...port, createdAt: new Date(Date.now() - day) } });
  const old = new Date(Date.now() - 2 * day);
  const upload = await prisma.image.create({
    data: { projectId: tenant.id, name: 'never sent', state: 'queued', diskFormat: 'raw', updatedAt: old },
  });
  return {
    tenant,
    hostId,
    image,
    keys: {
      allocation: gone.id,
      'host-network': `${hostId}.${tenant.network.id}`,
      'image-copy': `${hostId}.${image.id}`,
      port: left.id,
      upload: upload.id,
      host: lost,
    },
  };
}

test('what is kept for nobody is listed by kind and cleaned by one request each, once', async () => {
  await emptyCloud();
  const { keys } = await leaveBehind();
  const listed = orphanList.parse((await ask('GET', '/orphans')).body).items;
  expect(Object.fromEntries(listed.map(({ kind, key }) => [kind, key]))).toEqual(keys);
  expect(Object.keys(keys).toSorted()).toEqual(Object.keys(orphanKinds).toSorted());
  expect(cloudOverview.parse((await ask('GET', '/cloud')).body).orphans, 'a copy is kept on purpose').toBe(5);
  for (const [kind, key] of Object.entries(keys)) {
    const both = await Promise.all([
      ask('DELETE', `/orphans/${kind}/${key}`),
      ask('DELETE', `/orphans/${kind}/${key}`),
    ]);
    expect(both.map(({ status }) => status).toSorted(), kind).toEqual([204, 404]);
  }
  expect(orphanList.parse((await ask('GET', '/orphans')).body).items).toEqual([]);
  const { prisma } = cloud.core.database;
  expect(await prisma.port.count({ where: { id: keys.port } })).toBe(0);
  expect(await prisma.host.count({ where: { id: keys.host } })).toBe(0);
  expect(await prisma.image.findUnique({ where: { id: keys.upload } })).toMatchObject({ state: 'deleting' });
  expect(await prisma.auditLine.count({ where: { action: 'orphan:clean', outcome: 'done' } })).toBe(6);
});

test('what came into use since it was listed is not cleaned', async () => {
  await emptyCloud();
  const { keys, tenant, hostId, image } = await leaveBehind();
  const { prisma } = cloud.core.database;
  const server = await makeServer(cloud.core, { projectId: tenant.id, hostId });
  await prisma.server.update({ where: { id: server.id }, data: { imageId: image.id } });
  await prisma.port.update({ where: { id: keys.port }, data: { serverId: server.id } });
  await prisma.host.update({ where: { id: keys.host }, data: { isUp: true, lastHeartbeatAt: new Date() } });
  for (const kind of ['image-copy', 'host-network', 'port', 'host'] as const) {
    expect((await ask('DELETE', `/orphans/${kind}/${keys[kind]}`)).status, kind).toBe(404);
  }
  expect(await prisma.hostImage.count({ where: { hostId, imageId: image.id } })).toBe(1);
});

test.each([
  ['an unknown kind', `/orphans/server/${randomUUID()}`, 'kind'],
  ['a key that is none', '/orphans/port/all', 'key'],
])('bad input: %s is refused by its field', async (_, path, field) => {
  const told = await ask('DELETE', path);
  expect(told.status).toBe(400);
  expect(problemBody.parse(told.body).errors[0]?.field).toBe(field);
});
