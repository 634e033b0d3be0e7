import { port as portView } from '@unkai/contracts/resources/port';
import { securityGroup } from '@unkai/contracts/resources/security-group';
import { commit } from '@unkai/core/database/database';
import { releasePorts } from '@unkai/core/store/host-network';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makeParts, makePerson, makeTenant, openCloud, problemBody, type Tenant, withId } from './cloud.ts';

let cloud: Cloud;
let tenant: Tenant;
let token: string;
let parts: Awaited<ReturnType<typeof makeParts>>;
beforeAll(async () => {
  cloud = await openCloud();
  tenant = await makeTenant(cloud);
  parts = await makeParts(cloud);
  token = (await makePerson(cloud, { project: { id: tenant.id, role: 'member' } })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const get = (path: string) => cloud.ask('GET', path, { token });
const post = (path: string, body: unknown) => cloud.ask('POST', path, { token, body });
const remove = (path: string) => cloud.ask('DELETE', path, { token });
const idOf = (told: { body: unknown }) => withId.parse(told.body).id;

const makeGroup = async (name: string) => idOf(await post(`/v1/projects/${tenant.id}/security-groups`, { name }));
const readGroup = async (id: string) => securityGroup.parse((await get(`/v1/security-groups/${id}`)).body);
const makeServerIn = async (...securityGroupIds: string[]) =>
  idOf(
    await post(`/v1/projects/${tenant.id}/servers`, {
      name: 'web',
      flavorId: parts.flavor.id,
      imageId: parts.image.id,
      securityGroupIds,
    }),
  );
const letIn = (group: string, remoteGroupId: string) =>
  post(`/v1/security-groups/${group}/rules`, { direction: 'ingress', protocol: 'tcp', remoteGroupId });

describe('a rule that names a group', () => {
  test('is shown with it, and names no group of a project that does not share it', async () => {
    const web = await makeGroup('web');
    const database = await makeGroup('database');
    expect(await letIn(database, web)).toMatchObject({ status: 201, body: { remoteGroupId: web, remotePrefix: null } });
    const other = await makeTenant(cloud);
    const foreign = await letIn(database, other.group.id);
    expect(foreign.status).toBe(400);
    expect(problemBody.parse(foreign.body).errors[0]?.field).toBe('remoteGroupId');
    const both = await post(`/v1/security-groups/${database}/rules`, {
      direction: 'ingress',
      protocol: 'any',
      remoteGroupId: web,
      remotePrefix: '10.0.0.0/8',
    });
    expect(problemBody.parse(both.body).errors).toMatchObject([{ field: 'remoteGroupId' }]);
  });

  test('A45: of a project that does not share it is refused by the database as well', async () => {
    const other = await makeTenant(cloud);
    const rule = { securityGroupId: tenant.group.id, remoteGroupId: other.group.id };
    const made = cloud.core.database.prisma.securityGroupRule.create({
      data: { ...rule, direction: 'ingress', protocol: 'any' },
    });
    await expect(made).rejects.toThrow('is not open to the project of the rule');
  });

  test('A47: servers that hold it hear of members that come and go, and nobody else does', async () => {
    const [web, database] = [await makeGroup('web'), await makeGroup('database')];
    await letIn(database, web);
    await letIn(web, web);
    const holder = await makeServerIn(database);
    const bystander = await makeServerIn(tenant.group.id);
    const generations = async () => {
      const rows = await cloud.core.database.prisma.server.findMany({ where: { id: { in: [holder, bystander] } } });
      return [holder, bystander].map((id) => rows.find((row) => row.id === id)?.generation ?? 0);
    };
    const [before = 0, quiet = 0] = await generations();
    const member = await makeServerIn(web);
    expect(await generations()).toEqual([before + 1, quiet]);
    await commit(cloud.core.database, (unit) => releasePorts(unit, cloud.core, member, 'req-test'));
    expect(await generations()).toEqual([before + 2, quiet]);
    await commit(cloud.core.database, (unit) => releasePorts(unit, cloud.core, member, 'req-test'));
    expect(await generations()).toEqual([before + 2, quiet]);
  });

  test('keeps that group from being deleted, with the group it is in; one that only names itself may go', async () => {
    const [web, database] = [await makeGroup('web'), await makeGroup('database')];
    const rule = idOf(await letIn(database, web));
    await letIn(web, web);
    const told = await remove(`/v1/security-groups/${web}`);
    expect(problemBody.parse(told.body)).toMatchObject({
      code: 'in_use',
      errors: [{ message: 'a rule of the security group database names it' }],
    });
    expect((await remove(`/v1/security-groups/${database}/rules/${rule}`)).status).toBe(204);
    expect((await remove(`/v1/security-groups/${web}`)).status).toBe(204);
  });
});

test('a group says how many ports have it, and the list of ports says which', async () => {
  const group = await makeGroup('counted');
  expect((await readGroup(group)).portCount).toBe(0);
  const server = await makeServerIn(group);
  await makeServerIn(tenant.group.id);
  expect((await readGroup(group)).portCount).toBe(1);
  const told = await get(`/v1/projects/${tenant.id}/ports?securityGroupId=${group}`);
  const { items } = z.object({ items: z.array(portView) }).parse(told.body);
  expect(items.map(({ serverId }) => serverId)).toEqual([server]);
});

test('the default group of a project stays', async () => {
  const told = await remove(`/v1/security-groups/${tenant.group.id}`);
  expect(told.status).toBe(409);
  expect(problemBody.parse(told.body).detail).toBe('The default security group of a project stays.');
});
