// Two requests that change different things of one row, sent at the same moment: both have found it as it was.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Unit } from '../src/database/database.ts';
import { findDomain, updateDomain } from '../src/store/domain.ts';
import { findEndpoint, updateEndpoint } from '../src/store/endpoint.ts';
import { findGroup, updateGroup } from '../src/store/group.ts';
import { findHost, updateHost } from '../src/store/host.ts';
import { findImage, updateImage } from '../src/store/image.ts';
import { findProject, updateProject } from '../src/store/project.ts';
import { findRole, updateRole } from '../src/store/role.ts';
import { updateSecurityGroup } from '../src/store/security-group.ts';
import { findSecurityGroup } from '../src/store/security-group-read.ts';
import { findServer, updateServer } from '../src/store/server.ts';
import { findService, updateService } from '../src/store/service.ts';
import { findSubnet, updateSubnet } from '../src/store/subnet.ts';
import { findUser, updateUser } from '../src/store/user.ts';
import { type FloatingWorld, openFloatingWorld } from './floating-world.ts';
import { identityRows } from './identity-rows.ts';

const facts = {
  hostName: 'one',
  agentVersion: '0.1.0',
  kernel: '6.1',
  bootedAt: '2026-01-01T00:00:00.000Z',
  architecture: 'x86_64',
  cpuModel: 'test',
  vcpus: 8,
  memoryMib: 16_384,
  diskGib: 100,
  diskFreeGib: 90,
  accelerator: { kind: 'tcg', why: 'a test' },
  qemuVersion: '7.2',
  openVswitch: { version: '3.1', datapath: 'simulated', why: 'a test' },
  underlayAddress: '192.0.2.1',
  underlayMtu: 1500,
  physicalNetworks: [],
  isSimulated: true,
  warnings: [],
};

let world: FloatingWorld;
let make: ReturnType<typeof identityRows>;
beforeAll(async () => {
  world = await openFloatingWorld();
  make = identityRows(world.core);
  const { id: userId } = await make.user((await make.domain()).id);
  await make.give('admin', { userId }, { isSystem: true });
});
afterAll(() => world[Symbol.asyncDispose]());

interface Change {
  readonly isEnabled?: boolean;
  readonly description?: string;
}

interface Renaming {
  readonly name?: string;
  readonly description?: string;
}

/** Both find it, then one changes it after the other. */
async function change<Found, Input>(
  find: () => Promise<Found>,
  update: (unit: Unit, found: Found, input: Input) => Promise<unknown>,
  inputs: readonly [Input, Input],
): Promise<void> {
  const found = [await find(), await find()] as const;
  await world.commit((unit) => update(unit, found[0], inputs[0]));
  await world.commit((unit) => update(unit, found[1], inputs[1]));
}

test('a user who is disabled stays so, whoever gives them another name at that moment', async () => {
  const { call, core } = world;
  const { id } = await make.user((await make.domain()).id);
  const find = () => findUser(call, 'user:update', id);
  const name = randomUUID();
  await change(find, (unit, found, input) => updateUser(unit, call, found, input), [{ isEnabled: false }, { name }]);
  expect(await core.database.prisma.user.findUnique({ where: { id } })).toMatchObject({ isEnabled: false, name });
});

test('so do a domain and a project', async () => {
  const { call, core } = world;
  const { id } = await make.domain();
  const project = await make.project(id);
  const disabledAndRenamed: readonly [Change, Change] = [{ isEnabled: false }, { description: 'another' }];
  await change(
    () => findDomain(call, 'domain:update', id),
    (unit, found, input) => updateDomain(unit, call, found, input),
    disabledAndRenamed,
  );
  await change(
    () => findProject(call, 'project:update', project.id),
    (unit, found, input) => updateProject(unit, call, found, input),
    disabledAndRenamed,
  );
  const { prisma } = core.database;
  const wanted = { isEnabled: false, description: 'another' };
  expect(await prisma.domain.findUnique({ where: { id } })).toMatchObject(wanted);
  expect(await prisma.project.findUnique({ where: { id: project.id } })).toMatchObject(wanted);
});

test('so do a service and an endpoint of the catalog', async () => {
  const { call, core } = world;
  const { prisma } = core.database;
  const { id } = await prisma.service.create({ data: { type: 'backup', name: 'one' } });
  const endpoint = await prisma.endpoint.create({
    data: { serviceId: id, interface: 'public', url: 'http://192.0.2.1/one' },
  });
  await change(
    () => findService(call, 'service:update', id),
    (unit, found, input) => updateService(unit, call, found, input),
    [{ isEnabled: false }, { name: 'two' }],
  );
  const url = 'http://192.0.2.1/two';
  await change(
    () => findEndpoint(call, 'endpoint:update', endpoint.id),
    (unit, found, input) => updateEndpoint(unit, call, found, input),
    [{ isEnabled: false }, { url }],
  );
  expect(await prisma.service.findUnique({ where: { id } })).toMatchObject({ isEnabled: false, name: 'two' });
  expect(await prisma.endpoint.findUnique({ where: { id: endpoint.id } })).toMatchObject({ isEnabled: false, url });
});

test('a group, a role and a security group have what both asked for', async () => {
  const { call, core } = world;
  const { prisma } = core.database;
  const domain = await make.domain();
  const [group, role] = [await make.group(domain.id), await make.role()];
  const { id: projectId } = await make.project(domain.id);
  const rules = await prisma.securityGroup.create({ data: { projectId, name: 'one' } });
  const name = randomUUID();
  const inputs: readonly [Renaming, Renaming] = [{ name }, { description: 'another' }];
  await change(
    () => findGroup(call, 'group:update', group.id),
    (unit, found, input) => updateGroup(unit, call, found, input),
    inputs,
  );
  await change(
    () => findRole(call, 'role:update', role.id),
    (unit, found, input) => updateRole(unit, call, found, input),
    inputs,
  );
  await change(
    () => findSecurityGroup(call, 'security-group:update', rules.id),
    (unit, found, input) => updateSecurityGroup(unit, call, found, input),
    inputs,
  );
  const wanted = { name, description: 'another' };
  expect(await prisma.group.findUnique({ where: { id: group.id } })).toMatchObject(wanted);
  expect(await prisma.role.findUnique({ where: { id: role.id } })).toMatchObject(wanted);
  expect(await prisma.securityGroup.findUnique({ where: { id: rules.id } })).toMatchObject(wanted);
});

test('a host whose maintenance begins stays in it, whoever changes its zone at that moment', async () => {
  const { call, core } = world;
  const { id } = await world.addHost('one', facts);
  await change(
    () => findHost(call, 'host:update', id),
    (unit, found, input) => updateHost(unit, call, found, input),
    [{ isEnabled: false, disabledReason: 'new memory' }, { availabilityZone: 'two' }],
  );
  expect(await core.database.prisma.host.findUnique({ where: { id } })).toMatchObject({
    isEnabled: false,
    disabledReason: 'new memory',
    availabilityZone: 'two',
  });
});

test('a subnet keeps its new gateway, whoever renames it at that moment', async () => {
  const { call, core, outsideId } = world;
  const { id } = await core.database.prisma.subnet.findFirstOrThrow({ where: { networkId: outsideId } });
  await change(
    () => findSubnet(call, 'subnet:update', id),
    (unit, found, input) => updateSubnet(unit, call, found, input),
    [{ gatewayAddress: '203.0.113.254' }, { name: 'renamed' }],
  );
  const wanted = { gatewayAddress: '203.0.113.254', name: 'renamed' };
  expect(await core.database.prisma.subnet.findUnique({ where: { id } })).toMatchObject(wanted);
});

test('of a server and an image each is changed in what was asked for, and in nothing else', async () => {
  const { call, core, routers } = world;
  const { prisma } = core.database;
  const [router] = routers;
  if (router === undefined) throw new Error('there is no router');
  const { serverId } = await world.addGuest(router, null);
  await change(
    () => findServer(call, 'server:update', serverId),
    (unit, found, input) => updateServer(unit, call, found, input),
    [{ name: 'renamed' }, { description: 'another' }],
  );
  const wanted = { name: 'renamed', description: 'another' };
  expect(await prisma.server.findUnique({ where: { id: serverId } })).toMatchObject(wanted);
  const { projectId } = await prisma.server.findUniqueOrThrow({ where: { id: serverId } });
  const image = { projectId, name: 'i', state: 'active', diskFormat: 'raw', sha256: 'a'.repeat(64), sizeBytes: 4 };
  const { id } = await prisma.image.create({ data: { ...image, virtualSizeBytes: 1024 } });
  await change(
    () => findImage(call, 'image:update', id),
    (unit, found, input) => updateImage(unit, call, found, input),
    [{ isProtected: true }, { name: 'renamed' }],
  );
  expect(await prisma.image.findUnique({ where: { id } })).toMatchObject({ isProtected: true, name: 'renamed' });
});
