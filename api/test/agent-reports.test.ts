import { standsStillFailure } from '@unkai/contracts/host/report';
import { commit } from '@unkai/core/database/database';
import { startRun } from '@unkai/core/workflow/start';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AgentBench, openAgentBench } from './agent-bench.ts';
import { makeHost, makeNetwork, makeProject, makeServer } from './installation.ts';

let bench: AgentBench;
beforeEach(async () => {
  bench = await openAgentBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const readServer = (id: string) => bench.core.database.prisma.server.findUniqueOrThrow({ where: { id } });

describe('reports', () => {
  async function runningServer() {
    const { core, services } = bench;
    const host = await makeHost(core, services, 'alpha');
    const project = await makeProject(core);
    const server = await makeServer(core, { projectId: project.id, hostId: host.hostId });
    await core.database.prisma.server.update({ where: { id: server.id }, data: { generation: 3 } });
    return { ...host, server };
  }

  test('an older report never overwrites a newer one, and a late "working" never hides "present"', async () => {
    const { credential, server } = await runningServer();
    await bench.report(credential, [{ noun: 'server', id: server.id, generation: 3, state: 'present', power: 'on' }]);
    await bench.report(credential, [
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
    const beta = await makeHost(bench.core, bench.services, 'beta');
    await bench.report(beta.credential, [
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
    await bench.report(credential, [{ noun: 'server', id: server.id, generation: 3, state: 'present', power: 'off' }]);
    expect(await readServer(server.id)).toMatchObject({
      state: 'stopped',
      desiredPower: 'off',
      generation: 4,
      failure: null,
    });
    const line = await bench.core.database.prisma.auditLine.findFirst({ where: { resourceId: server.id } });
    expect(line).toMatchObject({ action: 'server:power-off', actorKind: 'system' });
  });

  test('a guest that stands still on a full disk runs with that failure, until it goes on', async () => {
    const { credential, server } = await runningServer();
    const on = { noun: 'server', id: server.id, generation: 3, state: 'present', power: 'on' } as const;
    const told = () => bench.core.database.prisma.event.count({ where: { resourceId: server.id } });
    await bench.report(credential, [{ ...on, failure: standsStillFailure }]);
    expect(await readServer(server.id)).toMatchObject({ state: 'running', failure: standsStillFailure, generation: 3 });
    const events = await told();
    expect(events).toBeGreaterThan(0);
    await bench.report(credential, [{ ...on, failure: standsStillFailure }]);
    expect(await told()).toBe(events);
    await bench.report(credential, [on]);
    expect(await readServer(server.id)).toMatchObject({ state: 'running', failure: null });
    expect(await told()).toBe(events + 1);
  });

  test('what an operation failed with stays on a server whose guest runs', async () => {
    const { credential, server } = await runningServer();
    const failure = { code: 'disk_full', message: 'There is no room for its second disk.', next: 'Try again.' };
    await bench.core.database.prisma.server.update({ where: { id: server.id }, data: { failure } });
    await bench.report(credential, [{ noun: 'server', id: server.id, generation: 3, state: 'present', power: 'on' }]);
    expect(await readServer(server.id)).toMatchObject({ failure });
  });

  test('a virtual machine that crashes leaves a server in error with a reason', async () => {
    const { credential, server } = await runningServer();
    await bench.report(credential, [
      { noun: 'server', id: server.id, generation: 3, state: 'present', power: 'crashed' },
    ]);
    const after = await readServer(server.id);
    expect(after).toMatchObject({ state: 'error', failure: { code: 'accelerator_failed' } });
    const events = await bench.core.database.prisma.event.findMany({ where: { resourceId: server.id } });
    expect(events).toHaveLength(1);
  });

  test('while an operation is under way its steps decide, and the report wakes it', async () => {
    const { core } = bench;
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
    await bench.report(credential, [{ noun: 'server', id: server.id, generation: 3, state: 'present', power: 'off' }]);
    expect(await readServer(server.id)).toMatchObject({ state: 'running', observedPower: 'off' });
    const run = await core.database.prisma.workflowRun.findUniqueOrThrow({ where: { id: runId } });
    expect(run.wakeAt.getTime()).toBeLessThan(asleep.getTime());
  });

  test('acts are done once, and the first metadata request is dated once and never in the future', async () => {
    const { core } = bench;
    const { credential, server } = await runningServer();
    const action = await core.database.prisma.serverAction.create({
      data: { serverId: server.id, kind: 'reboot-hard' },
    });
    const future = new Date(Date.now() + 3_600_000).toISOString();
    const base = { noun: 'server', id: server.id, generation: 3, state: 'present', power: 'on' } as const;
    await bench.report(credential, [
      { ...base, actionsDone: [{ id: action.id, failure: null }], firstMetadataAt: future },
    ]);
    const first = await readServer(server.id);
    const done = await core.database.prisma.serverAction.findUniqueOrThrow({ where: { id: action.id } });
    expect(first.firstMetadataAt?.getTime()).toBeLessThanOrEqual(Date.now());
    expect(done.doneAt).not.toBeNull();
    await bench.report(credential, [
      { ...base, actionsDone: [{ id: action.id, failure: null }], firstMetadataAt: future },
    ]);
    expect((await readServer(server.id)).firstMetadataAt).toEqual(first.firstMetadataAt);
    expect(await core.database.prisma.serverAction.findUniqueOrThrow({ where: { id: action.id } })).toEqual(done);
  });

  test('networks and images keep what the host said of them', async () => {
    const { core } = bench;
    const { hostId, credential, server } = await runningServer();
    const { network } = await makeNetwork(core, server.projectId);
    const imageId = server.imageId ?? '';
    await core.database.prisma.hostNetwork.create({ data: { hostId, networkId: network.id } });
    await core.database.prisma.hostImage.create({ data: { hostId, imageId } });
    const failure = { code: 'disk_full', message: 'No space.', next: 'Free some.' } as const;
    await bench.report(credential, [
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
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${credential}` };
    const post = (body: string) => bench.door.request('/agent/reports', { method: 'POST', headers, body });
    expect((await post(`{"reports":"${'x'.repeat(1_100_000)}"}`)).status).toBe(413);
    expect((await post('{"reports":')).status).toBe(400);
    expect((await post('{"reports":[]}')).status).toBe(400);
    expect(
      (await bench.send('POST', '/agent/reports', { reports: [{ noun: 'host', id: 'x' }] }, credential)).status,
    ).toBe(400);
  });
});
