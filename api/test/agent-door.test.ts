import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DesiredServerSpec, desired, desiredIndex } from '@unkai/contracts/host/desired';
import { joinReply } from '@unkai/contracts/host/join';
import type { HostReport } from '@unkai/contracts/host/report';
import { commit } from '@unkai/core/database';
import { edgeProof } from '@unkai/core/edge-trust';
import { folderImageStore, type ImageStore } from '@unkai/core/image-store';
import { startRun } from '@unkai/core/workflow/start';
import type { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agentDoor } from '../src/doors/agent.ts';
import {
  factsOf,
  type Installation,
  makeHost,
  makeImage,
  makeJoinToken,
  makeNetwork,
  makePort,
  makeProject,
  makeServer,
  openInstallation,
} from './installation.ts';

let installation: Installation;
let folder: string;
let images: ImageStore;
let door: Hono;

beforeEach(async () => {
  installation = await openInstallation();
  folder = await mkdtemp(join(tmpdir(), 'unkai-images-'));
  images = folderImageStore(folder);
  const hostRedisUrl = installation.services.redisUrl;
  door = agentDoor(installation.core, { images, hostRedisUrl, edgeProof: edgeProof('s'.repeat(64)) });
});
afterEach(async () => {
  await installation[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });

function send(method: string, path: string, body: unknown, credential?: string) {
  const headers = { 'content-type': 'application/json', ...(credential ? bearer(credential) : {}) };
  return door.request(path, { method, headers, body: JSON.stringify(body) });
}

const ask = (path: string, credential: string, headers: Record<string, string> = {}) =>
  door.request(path, { headers: { ...bearer(credential), ...headers } });

async function report(credential: string, reports: HostReport[]) {
  const answer = await send('POST', '/agent/reports', { reports }, credential);
  expect(answer.status).toBe(204);
}

const readServer = (id: string) => installation.core.database.prisma.server.findUniqueOrThrow({ where: { id } });

describe('joining', () => {
  test('a token makes a host once; the second use is refused', async () => {
    const { core } = installation;
    const token = await makeJoinToken(core);
    const first = await send('POST', '/agent/join', { token, facts: factsOf('alpha') });
    const reply = joinReply.parse(await first.json());
    expect(reply.credential).toMatch(/^ukh_/);
    expect(reply.redis.username).toBe(`unkai-host-${reply.hostId}`);
    const host = await core.database.prisma.host.findUniqueOrThrow({ where: { id: reply.hostId } });
    expect(host).toMatchObject({ name: 'alpha', vcpus: 8, memoryMib: 16_384, isUp: true });
    expect((await ask('/agent/desired', reply.credential)).status).toBe(200);

    const second = await send('POST', '/agent/join', { token, facts: factsOf('beta') });
    expect(second.status).toBe(401);
    expect(await core.database.prisma.host.count()).toBe(1);
  });

  test('of ten hosts with one token at the same moment one joins', async () => {
    const token = await makeJoinToken(installation.core);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => send('POST', '/agent/join', { token, facts: factsOf(`host-${index}`) })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await installation.core.database.prisma.host.count()).toBe(1);
  });

  test('an expired token, an invented one and facts with unknown fields are refused', async () => {
    const expired = await makeJoinToken(installation.core, new Date(Date.now() - 1000));
    expect((await send('POST', '/agent/join', { token: expired, facts: factsOf('a') })).status).toBe(401);
    expect((await send('POST', '/agent/join', { token: 'ukj_invented-token', facts: factsOf('a') })).status).toBe(401);
    const token = await makeJoinToken(installation.core);
    const odd = await send('POST', '/agent/join', { token, facts: { ...factsOf('a'), isAdmin: true } });
    expect(await odd.json()).toMatchObject({ code: 'invalid_input', errors: [{ field: 'facts.isAdmin' }] });
  });

  test('joining again by the same name keeps the host and ends its old credential', async () => {
    const { core, services } = installation;
    const before = await makeHost(core, services, 'alpha');
    const after = await makeHost(core, services, 'alpha');
    expect(after.hostId).toBe(before.hostId);
    expect((await ask('/agent/desired', before.credential)).status).toBe(401);
    expect((await ask('/agent/desired', after.credential)).status).toBe(200);
  });

  test('A63: neither the credential nor the Redis password is kept or logged', async () => {
    const token = await makeJoinToken(installation.core);
    const { credential, redis } = joinReply.parse(
      await (await send('POST', '/agent/join', { token, facts: factsOf('alpha') })).json(),
    );
    await send('POST', '/agent/heartbeat', { facts: factsOf('alpha') }, credential);
    const rows = JSON.stringify(await installation.core.database.prisma.host.findMany());
    const log = installation.logged.join('');
    for (const secret of [token, credential, redis.password]) {
      expect(rows).not.toContain(secret);
      expect(log).not.toContain(secret);
    }
  });
});

test('A62: without the credential of a host every path of the door is refused, and a removed host is out at once', async () => {
  const { core, services } = installation;
  const { hostId, credential } = await makeHost(core, services, 'alpha');
  const id = randomUUID();
  const paths = [
    ['GET', '/agent/desired'],
    ['GET', `/agent/desired/server/${id}`],
    ['GET', `/agent/images/${id}/file`],
    ['POST', '/agent/heartbeat'],
    ['POST', '/agent/reports'],
    ['PUT', `/agent/servers/${id}/log`],
  ] as const;
  for (const [method, path] of paths) {
    for (const authorization of ['', 'Bearer ', 'Bearer ukh_wrong', `Basic ${credential}`, `Bearer ${credential} x`]) {
      const answer = await door.request(path, { method, headers: { authorization } });
      expect([method, path, authorization, answer.status]).toEqual([method, path, authorization, 401]);
    }
  }
  await core.database.prisma.host.delete({ where: { id: hostId } });
  expect((await ask('/agent/desired', credential)).status).toBe(401);
});

test('a heartbeat writes the facts, brings a host back that was taken for dead, and cannot rename it', async () => {
  const { core, services } = installation;
  const { hostId, credential } = await makeHost(core, services, 'alpha');
  await core.database.prisma.host.update({ where: { id: hostId }, data: { isUp: false } });
  const answer = await send('POST', '/agent/heartbeat', { facts: { ...factsOf('alpha'), vcpus: 16 } }, credential);
  expect(await answer.json()).toMatchObject({ intervalSeconds: 5, redis: { username: `unkai-host-${hostId}` } });
  const host = await core.database.prisma.host.findUniqueOrThrow({ where: { id: hostId } });
  expect(host).toMatchObject({ vcpus: 16, isUp: true });
  const events = await core.database.prisma.event.findMany({ where: { resourceId: hostId, kind: 'changed' } });
  expect(events).toHaveLength(1);
  expect((await send('POST', '/agent/heartbeat', { facts: factsOf('beta') }, credential)).status).toBe(400);
});

describe('desired state', () => {
  test('a server comes with its image, ports, rules, keys, user data and pending acts', async () => {
    const { core, services } = installation;
    const { hostId, credential } = await makeHost(core, services, 'alpha');
    const project = await makeProject(core);
    const on = await makeNetwork(core, project.id);
    const server = await makeServer(core, { projectId: project.id, hostId });
    const port = await makePort(core, server, on, 10);
    const group = await core.database.prisma.securityGroup.create({
      data: {
        projectId: project.id,
        name: 'ssh',
        rules: { create: [{ direction: 'ingress', protocol: 'tcp', portMin: 22, portMax: 22 }] },
        ports: { create: [{ portId: port.id }] },
      },
    });
    const action = await core.database.prisma.serverAction.create({
      data: { serverId: server.id, kind: 'reboot-soft' },
    });

    const spec = await desiredServer(server.id, credential);
    expect(spec).toMatchObject({
      hostName: 'web-1',
      projectName: project.name,
      power: 'on',
      rootDiskBytes: 1024 ** 3,
      image: { id: server.imageId, diskFormat: 'raw' },
      actions: [{ id: action.id, kind: 'reboot-soft' }],
      guest: {
        metadata: { role: 'web' },
        publicKeys: [{ name: 'laptop', publicKey: 'ssh-ed25519 AAAA me' }],
        userData: '#!/bin/sh\necho canary',
        securityGroups: [group.name],
      },
    });
    expect(spec.ports).toEqual([
      {
        id: port.id,
        networkId: on.network.id,
        macAddress: port.macAddress,
        mtu: 1450,
        tunnelKey: on.network.tunnelKey,
        addresses: [
          {
            subnetId: on.subnet.id,
            address: '10.1.0.10',
            prefixLength: 24,
            gatewayAddress: '10.1.0.1',
            dnsServers: ['9.9.9.9'],
          },
        ],
        rules: [{ direction: 'ingress', protocol: 'tcp', portMin: 22, portMax: 22, remotePrefix: null }],
      },
    ]);
  });

  test('a port in no security group may reach out and is not reached', async () => {
    const { core, services } = installation;
    const { hostId, credential } = await makeHost(core, services, 'alpha');
    const project = await makeProject(core);
    const server = await makeServer(core, { projectId: project.id, hostId });
    await makePort(core, server, await makeNetwork(core, project.id), 10);
    const spec = await desiredServer(server.id, credential);
    expect(spec.ports[0]?.rules).toEqual([
      { direction: 'egress', protocol: 'any', portMin: null, portMax: null, remotePrefix: null },
    ]);
  });

  test('a network names its neighbours and the hosts they are behind', async () => {
    const { core, services } = installation;
    const alpha = await makeHost(core, services, 'alpha', '10.0.0.1');
    const beta = await makeHost(core, services, 'beta', '10.0.0.2');
    const project = await makeProject(core);
    const on = await makeNetwork(core, project.id);
    const here = await makeServer(core, { projectId: project.id, hostId: alpha.hostId });
    const there = await makeServer(core, { projectId: project.id, hostId: beta.hostId });
    const herePort = await makePort(core, here, on, 10);
    const therePort = await makePort(core, there, on, 11);
    const networkId = on.network.id;
    await core.database.prisma.hostNetwork.create({ data: { hostId: alpha.hostId, networkId } });

    const answer = desired.network.parse(
      await (await ask(`/agent/desired/network/${networkId}`, alpha.credential)).json(),
    );
    if (answer.presence !== 'present') throw new Error('the network is absent');
    expect(answer.spec.subnets).toHaveLength(1);
    const neighbours = answer.spec.neighbours.toSorted((one, other) => one.macAddress.localeCompare(other.macAddress));
    expect(neighbours).toEqual([
      { portId: herePort.id, macAddress: herePort.macAddress, addresses: ['10.1.0.10'], underlayAddress: null },
      { portId: therePort.id, macAddress: therePort.macAddress, addresses: ['10.1.0.11'], underlayAddress: '10.0.0.2' },
    ]);
  });

  test('the index lists what is on this host and nothing of another', async () => {
    const { core, services } = installation;
    const alpha = await makeHost(core, services, 'alpha');
    const beta = await makeHost(core, services, 'beta');
    const project = await makeProject(core);
    const { network } = await makeNetwork(core, project.id);
    const server = await makeServer(core, { projectId: project.id, hostId: alpha.hostId });
    const place = { hostId: alpha.hostId };
    await core.database.prisma.hostNetwork.create({ data: { ...place, networkId: network.id } });
    await core.database.prisma.hostImage.create({ data: { ...place, imageId: server.imageId ?? '' } });

    const index = desiredIndex.parse(await (await ask('/agent/desired', alpha.credential)).json());
    expect(new Set(index.items.map(({ noun, id }) => `${noun}/${id}`))).toEqual(
      new Set([`server/${server.id}`, `network/${network.id}`, `image/${server.imageId}`]),
    );
    expect(await (await ask('/agent/desired', beta.credential)).json()).toEqual({ items: [] });
  });

  test('A60: what belongs to another host answers exactly as what never was', async () => {
    const { core, services } = installation;
    const alpha = await makeHost(core, services, 'alpha');
    const beta = await makeHost(core, services, 'beta');
    const project = await makeProject(core);
    const { network } = await makeNetwork(core, project.id);
    const server = await makeServer(core, { projectId: project.id, hostId: alpha.hostId });
    const place = { hostId: alpha.hostId };
    await core.database.prisma.hostNetwork.create({ data: { ...place, networkId: network.id } });
    await core.database.prisma.hostImage.create({ data: { ...place, imageId: server.imageId ?? '' } });
    const foreign = { server: server.id, network: network.id, image: server.imageId, 'console-session': randomUUID() };
    for (const [noun, id] of Object.entries(foreign)) {
      const own = await (await ask(`/agent/desired/${noun}/${id}`, beta.credential)).json();
      const never = await (await ask(`/agent/desired/${noun}/${randomUUID()}`, beta.credential)).json();
      expect(own).toEqual(never);
      expect(own).toMatchObject({ presence: 'absent' });
    }
    expect((await ask(`/agent/images/${server.imageId}/file`, beta.credential)).status).toBe(404);
  });

  test('a server that is to go is absent at its generation, so that the host purges it', async () => {
    const { core, services } = installation;
    const { hostId, credential } = await makeHost(core, services, 'alpha');
    const server = await makeServer(core, { projectId: (await makeProject(core)).id, hostId });
    await core.database.prisma.server.update({
      where: { id: server.id },
      data: { desiredPresence: 'absent', generation: 7 },
    });
    const answer = await ask(`/agent/desired/server/${server.id}`, credential);
    expect(await answer.json()).toEqual({ presence: 'absent', generation: 7 });
  });
});

async function desiredServer(id: string, credential: string): Promise<DesiredServerSpec> {
  const answer = desired.server.parse(await (await ask(`/agent/desired/server/${id}`, credential)).json());
  if (answer.presence !== 'present') throw new Error('the server is absent');
  return answer.spec;
}

describe('reports', () => {
  async function runningServer() {
    const { core, services } = installation;
    const host = await makeHost(core, services, 'alpha');
    const project = await makeProject(core);
    const server = await makeServer(core, { projectId: project.id, hostId: host.hostId });
    await core.database.prisma.server.update({ where: { id: server.id }, data: { generation: 3 } });
    return { ...host, server };
  }

  test('an older report never overwrites a newer one, and a late "working" never hides "present"', async () => {
    const { credential, server } = await runningServer();
    await report(credential, [{ noun: 'server', id: server.id, generation: 3, state: 'present', power: 'on' }]);
    await report(credential, [
      { noun: 'server', id: server.id, generation: 2, state: 'failed', power: 'off' },
      { noun: 'server', id: server.id, generation: 3, state: 'working', progress: 'late' },
      { noun: 'server', id: server.id, generation: 9, state: 'absent' },
    ]);
    expect(await readServer(server.id)).toMatchObject({
      observedGeneration: 3,
      observedState: 'present',
      observedPower: 'on',
      observedProgress: null,
      state: 'running',
    });
  });

  test('A61: a host cannot report on the server of another host', async () => {
    const { server } = await runningServer();
    const beta = await makeHost(installation.core, installation.services, 'beta');
    await report(beta.credential, [
      {
        noun: 'server',
        id: server.id,
        generation: 3,
        state: 'present',
        power: 'crashed',
        firstMetadataAt: new Date().toISOString(),
      },
    ]);
    expect(await readServer(server.id)).toMatchObject({
      observedState: null,
      state: 'running',
      firstMetadataAt: null,
      generation: 3,
    });
  });

  test('a guest that shuts itself down leaves a stopped server, which is not switched on again', async () => {
    const { credential, server } = await runningServer();
    await report(credential, [{ noun: 'server', id: server.id, generation: 3, state: 'present', power: 'off' }]);
    expect(await readServer(server.id)).toMatchObject({
      state: 'stopped',
      desiredPower: 'off',
      generation: 4,
      failure: null,
    });
    const line = await installation.core.database.prisma.auditLine.findFirst({ where: { resourceId: server.id } });
    expect(line).toMatchObject({ action: 'server:power-off', actorKind: 'system' });
  });

  test('a virtual machine that crashes leaves a server in error with a reason', async () => {
    const { credential, server } = await runningServer();
    await report(credential, [{ noun: 'server', id: server.id, generation: 3, state: 'present', power: 'crashed' }]);
    const after = await readServer(server.id);
    expect(after).toMatchObject({ state: 'error', failure: { code: 'accelerator_failed' } });
    const events = await installation.core.database.prisma.event.findMany({ where: { resourceId: server.id } });
    expect(events).toHaveLength(1);
  });

  test('while an operation is under way its steps decide, and the report wakes it', async () => {
    const { core } = installation;
    const { credential, server } = await runningServer();
    const runId = await commit(core.database, (unit) =>
      startRun(unit, core, 'server.stop', {
        resourceId: server.id,
        resourceName: server.name,
        projectId: server.projectId,
        requestId: 'req',
      }),
    );
    const asleep = new Date(Date.now() + 600_000);
    await core.database.prisma.workflowRun.update({
      where: { id: runId },
      data: { startedAt: new Date(), wakeAt: asleep },
    });
    await report(credential, [{ noun: 'server', id: server.id, generation: 3, state: 'present', power: 'off' }]);
    expect(await readServer(server.id)).toMatchObject({ state: 'running', observedPower: 'off' });
    const run = await core.database.prisma.workflowRun.findUniqueOrThrow({ where: { id: runId } });
    expect(run.wakeAt.getTime()).toBeLessThan(asleep.getTime());
  });

  test('acts are done once, and the first metadata request is dated once and never in the future', async () => {
    const { core } = installation;
    const { credential, server } = await runningServer();
    const action = await core.database.prisma.serverAction.create({
      data: { serverId: server.id, kind: 'reboot-hard' },
    });
    const future = new Date(Date.now() + 3_600_000).toISOString();
    const base = { noun: 'server', id: server.id, generation: 3, state: 'present', power: 'on' } as const;
    await report(credential, [{ ...base, actionsDone: [{ id: action.id, failure: null }], firstMetadataAt: future }]);
    const first = await readServer(server.id);
    const done = await core.database.prisma.serverAction.findUniqueOrThrow({ where: { id: action.id } });
    expect(first.firstMetadataAt?.getTime()).toBeLessThanOrEqual(Date.now());
    expect(done.doneAt).not.toBeNull();
    await report(credential, [{ ...base, actionsDone: [{ id: action.id, failure: null }], firstMetadataAt: future }]);
    expect((await readServer(server.id)).firstMetadataAt).toEqual(first.firstMetadataAt);
    expect(await core.database.prisma.serverAction.findUniqueOrThrow({ where: { id: action.id } })).toEqual(done);
  });

  test('networks and images keep what the host said of them', async () => {
    const { core } = installation;
    const { hostId, credential, server } = await runningServer();
    const { network } = await makeNetwork(core, server.projectId);
    const imageId = server.imageId ?? '';
    await core.database.prisma.hostNetwork.create({ data: { hostId, networkId: network.id } });
    await core.database.prisma.hostImage.create({ data: { hostId, imageId } });
    const failure = { code: 'disk_full', message: 'No space.', next: 'Free some.' } as const;
    await report(credential, [
      { noun: 'network', id: network.id, generation: 1, state: 'present' },
      { noun: 'image', id: imageId, generation: 1, state: 'failed', failure },
    ]);
    expect(await core.database.prisma.hostNetwork.findFirst()).toMatchObject({
      observedGeneration: 1,
      observedState: 'present',
    });
    expect(await core.database.prisma.hostImage.findFirst()).toMatchObject({
      observedState: 'failed',
      observedFailure: failure,
    });
  });

  test('a body that is too large, no JSON or of another shape is refused', async () => {
    const { credential } = await runningServer();
    const headers = { 'content-type': 'application/json', ...bearer(credential) };
    const post = (body: string) => door.request('/agent/reports', { method: 'POST', headers, body });
    expect((await post(`{"reports":"${'x'.repeat(1_100_000)}"}`)).status).toBe(413);
    expect((await post('{"reports":')).status).toBe(400);
    expect((await post('{"reports":[]}')).status).toBe(400);
    expect((await send('POST', '/agent/reports', { reports: [{ noun: 'host', id: 'x' }] }, credential)).status).toBe(
      400,
    );
  });
});

describe('image files', () => {
  test('stream to the hosts that should have them, whole or in part', async () => {
    const { core, services } = installation;
    const { hostId, credential } = await makeHost(core, services, 'alpha');
    const image = await makeImage(core, (await makeProject(core)).id);
    await images.write(image.id, bytesOf('0123456789'), { limitBytes: 100 });
    const path = `/agent/images/${image.id}/file`;
    expect((await ask(path, credential)).status).toBe(404);
    await core.database.prisma.hostImage.create({ data: { hostId, imageId: image.id } });
    expect(await (await ask(path, credential)).text()).toBe('0123456789');
    const part = await ask(path, credential, { range: 'bytes=3-5' });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '345', 'bytes 3-5/10']);
    const end = await ask(path, credential, { range: 'bytes=-2' });
    expect([end.status, await end.text()]).toEqual([206, '89']);
    expect((await ask(path, credential, { range: 'bytes=10-' })).status).toBe(416);
  });

  test('a missing file is a plain no, which the host does not ask for again and again', async () => {
    const { core, services } = installation;
    const { hostId, credential } = await makeHost(core, services, 'alpha');
    const image = await makeImage(core, (await makeProject(core)).id);
    await core.database.prisma.hostImage.create({ data: { hostId, imageId: image.id } });
    const answer = await ask(`/agent/images/${image.id}/file`, credential);
    expect(await answer.json()).toMatchObject({
      status: 404,
      detail: expect.stringContaining('not in the image store'),
    });
  });
});

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

test('a log is kept for the server of this host only, whatever bytes a guest prints', async () => {
  const { core, services } = installation;
  const alpha = await makeHost(core, services, 'alpha');
  const beta = await makeHost(core, services, 'beta');
  const server = await makeServer(core, { projectId: (await makeProject(core)).id, hostId: alpha.hostId });
  const path = `/agent/servers/${server.id}/log`;
  const body = { text: 'boot\0 \ud800 <script>', truncated: true };
  expect((await send('PUT', path, body, beta.credential)).status).toBe(204);
  expect(await core.database.prisma.serverLog.count()).toBe(0);
  expect((await send('PUT', path, body, alpha.credential)).status).toBe(204);
  expect(await core.database.prisma.serverLog.findFirst()).toMatchObject({
    text: 'boot\ufffd \ufffd <script>',
    truncated: true,
  });
});
