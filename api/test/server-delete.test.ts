import { serverStates, server as serverView } from '@unkai/contracts/resources/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cloud, makeParts, makePerson, makeTenant, openCloud } from './cloud.ts';

let cloud: Cloud;
let create: (name: string) => Promise<string>;
let token: string;
beforeAll(async () => {
  cloud = await openCloud();
  const tenant = await makeTenant(cloud);
  const parts = await makeParts(cloud);
  ({ token } = await makePerson(cloud, { project: { id: tenant.id, role: 'member' } }));
  create = async (name) => {
    const body = { name, flavorId: parts.flavor.id, imageId: parts.image.id };
    const made = await cloud.ask('POST', `/v1/projects/${tenant.id}/servers`, { token, body });
    return serverView.parse(made.body).id;
  };
});
afterAll(() => cloud[Symbol.asyncDispose]());

test.each(Object.keys(serverStates))(
  'H5: a delete is taken in the state "%s", and asked twice begins once',
  async (state) => {
    const { prisma } = cloud.core.database;
    const id = await create(`in-${state}`);
    await prisma.server.update({ where: { id }, data: { state } });
    for (const _time of ['first', 'again']) {
      expect((await cloud.ask('DELETE', `/v1/servers/${id}`, { token })).status).toBe(202);
    }
    expect((await prisma.server.findUniqueOrThrow({ where: { id } })).state).toBe('deleting');
    expect(await prisma.workflowRun.count({ where: { resourceId: id, name: 'server.delete' } })).toBe(1);
  },
);
