// Agents of the releases before work with the control plane of now: what they sent is kept in `recorded/`, word for word.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { desiredIndex } from '@unkai/contracts/host/desired';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type Cloud, makeTenant, openCloud } from './cloud.ts';
import { makeJoinToken, makeServer } from './installation.ts';

const folder = join(import.meta.dirname, 'recorded');
const recording = z.object({
  server: z.string(),
  network: z.string(),
  router: z.string().optional(),
  messages: z.array(z.object({ method: z.string(), path: z.string(), body: z.looseObject({}) })),
});
const joined = z.object({ hostId: z.string(), credential: z.string() });

let cloud: Cloud;
beforeEach(async () => {
  cloud = await openCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

test.each((await readdir(folder)).map((file) => [file]))('%s: it joins, is heard and is believed', async (file) => {
  const { prisma } = cloud.core.database;
  const { messages, server, network, router } = recording.parse(JSON.parse(await readFile(join(folder, file), 'utf8')));
  const [first, ...rest] = messages;
  const token = await makeJoinToken(cloud.core);
  const told = await cloud.ask('POST', '/agent/join', { body: { ...first?.body, token } });
  expect(told.status, told.text).toBe(200);
  const { hostId, credential } = joined.parse(told.body);
  const { id: projectId } = await makeTenant(cloud);
  // The ids of the recording are those of a server and a network of this one.
  const made = await makeServer(cloud.core, { projectId, hostId });
  const { id: networkId } = await prisma.network.findFirstOrThrow({ where: { projectId } });
  await prisma.server.update({ where: { id: made.id }, data: { generation: 2 } });
  await prisma.hostNetwork.create({ data: { hostId, networkId } });
  const { id: routerId } = await prisma.router.create({ data: { projectId, name: 'edge', hostId } });
  const here = (body: object): unknown =>
    JSON.parse(
      JSON.stringify(body)
        .replaceAll(server, made.id)
        .replaceAll(network, networkId)
        .replaceAll(router ?? 'none', routerId),
    );
  for (const { method, path, body } of rest) {
    const answer = await cloud.ask(method, path, { token: credential, body: here(body) });
    expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(300);
  }
  expect(await prisma.host.findUnique({ where: { id: hostId } })).toMatchObject({ isUp: true, fencedAt: null });
  const seen = await prisma.server.findUniqueOrThrow({ where: { id: made.id } });
  expect(seen).toMatchObject({ observedGeneration: 2, observedState: 'absent' });
  expect(seen.firstMetadataAt).not.toBeNull();
  expect(await prisma.hostNetwork.findFirst({ where: { hostId } })).toMatchObject({ observedState: 'present' });
  // It hears of the nouns alone that it knows: an agent that reads another one in the list would read none of it.
  const { items } = desiredIndex.parse((await cloud.ask('GET', '/agent/desired', { token: credential })).body);
  expect(items.map(({ noun }) => noun).toSorted()).toEqual(
    router === undefined ? ['network', 'server'] : ['network', 'router', 'server'],
  );
  const observedState = router === undefined ? null : 'present';
  expect(await prisma.router.findUnique({ where: { id: routerId } })).toMatchObject({ observedState });
});

test('a host of before, which says no lease, counts again when it comes back after an evacuation', async () => {
  const { messages } = recording.parse(JSON.parse(await readFile(join(folder, 'agent-0.1.0.json'), 'utf8')));
  const [first, beat] = messages;
  const token = await makeJoinToken(cloud.core);
  const { hostId, credential } = joined.parse(
    (await cloud.ask('POST', '/agent/join', { body: { ...first?.body, token } })).body,
  );
  const { prisma } = cloud.core.database;
  await prisma.host.update({ where: { id: hostId }, data: { isUp: false, fencedAt: new Date(), leaseGeneration: 2 } });
  await cloud.ask('POST', '/agent/heartbeat', { token: credential, body: beat?.body });
  expect(await prisma.host.findUnique({ where: { id: hostId } })).toMatchObject({ isUp: true, fencedAt: null });
});
