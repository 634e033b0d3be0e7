// What becomes of the servers of a host that is dead, and of the host when it comes back.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makePerson, makeTenant, openCloud, problemBody } from './cloud.ts';
import { factsOf, makeHost, makeServer } from './installation.ts';

let cloud: Cloud;
let token: string;
beforeAll(async () => {
  cloud = await openCloud();
  ({ token } = await makePerson(cloud, { system: 'admin' }));
});
afterAll(() => cloud[Symbol.asyncDispose]());

const evacuate = (id: string) => cloud.ask('POST', `/v1/hosts/${id}/evacuate`, { token });
const beat = (credential: string, name: string, leaseGeneration?: number) =>
  cloud.ask('POST', '/agent/heartbeat', {
    token: credential,
    body: { facts: factsOf(name), ...(leaseGeneration !== undefined && { leaseGeneration }) },
  });
const shown = async (id: string) =>
  z
    .looseObject({ isUp: z.boolean(), isFenced: z.boolean(), isForcedDown: z.boolean() })
    .parse((await cloud.ask('GET', `/v1/hosts/${id}`, { token })).body);

async function hostWithServer() {
  const name = `rack-${randomUUID().slice(0, 8)}`;
  const made = await makeHost(cloud.core, cloud.services, name);
  const { id: projectId } = await makeTenant(cloud);
  const server = await makeServer(cloud.core, { projectId, hostId: made.hostId });
  return { name, ...made, server };
}

test('H29: a host that answers, or whose lease runs, is not evacuated', async () => {
  const { prisma } = cloud.core.database;
  const { hostId } = await hostWithServer();
  expect(problemBody.parse((await evacuate(hostId)).body)).toMatchObject({ code: 'wrong_state' });
  await prisma.host.update({ where: { id: hostId }, data: { isUp: false, lastHeartbeatAt: new Date() } });
  expect((await evacuate(hostId)).text).toContain('lease');
  await prisma.host.update({ where: { id: hostId }, data: { lastHeartbeatAt: new Date(0) } });
  expect((await evacuate(hostId)).status).toBe(202);
});

test('H29: what was evacuated is not its own when it comes back, and it counts again only with the lease of now', async () => {
  const { name, hostId, credential, server } = await hostWithServer();
  const forced = { isForcedDown: true };
  expect((await cloud.ask('PATCH', `/v1/hosts/${hostId}`, { token, body: forced })).status).toBe(200);
  const begun = await evacuate(hostId);
  expect(begun).toMatchObject({ status: 202, body: { operations: [{ serverId: server.id }] } });
  const lease = z.object({ lease: z.object({ generation: z.number() }) });
  const { generation } = lease.parse((await beat(credential, name, 1)).body).lease;
  expect(generation).toBe(2);
  expect(await shown(hostId)).toMatchObject({ isUp: false, isFenced: true });
  await cloud.ask('PATCH', `/v1/hosts/${hostId}`, { token, body: { isForcedDown: false } });
  await beat(credential, name, 1);
  expect(await shown(hostId)).toMatchObject({ isUp: false, isFenced: true });
  await beat(credential, name, 2);
  expect(await shown(hostId)).toMatchObject({ isUp: true, isFenced: false });
});

test('a server that is being deleted is not made anew elsewhere', async () => {
  const { hostId, server } = await hostWithServer();
  const { prisma } = cloud.core.database;
  await prisma.server.update({ where: { id: server.id }, data: { state: 'deleting' } });
  await prisma.host.update({ where: { id: hostId }, data: { isUp: false, lastHeartbeatAt: new Date(0) } });
  expect(await evacuate(hostId)).toMatchObject({ status: 202, body: { operations: [] } });
  expect(await prisma.server.findUnique({ where: { id: server.id } })).toMatchObject({ state: 'deleting' });
});

test('an operator who takes a host out says why, and sees what is still on it', async () => {
  const { hostId, server } = await hostWithServer();
  const body = { isEnabled: false, disabledReason: 'new fans' };
  const told = await cloud.ask('PATCH', `/v1/hosts/${hostId}`, { token, body });
  expect(told).toMatchObject({ status: 200, body: { isEnabled: false, disabledReason: 'new fans' } });
  const servers = await cloud.ask('GET', `/v1/hosts/${hostId}/servers`, { token });
  expect(servers).toMatchObject({ status: 200, body: { items: [{ id: server.id }] } });
});
