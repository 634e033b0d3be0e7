import { randomUUID } from 'node:crypto';
import { joinReply } from '@unkai/contracts/host/join';
import { commit } from '@unkai/core/database/database';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AgentBench, openAgentBench } from './agent-bench.ts';
import { factsOf, makeHost, makeImage, makeJoinToken, makeProject, makeServer } from './installation.ts';
import { countQueries } from './openstack.ts';

let bench: AgentBench;
beforeEach(async () => {
  bench = await openAgentBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

describe('joining', () => {
  test('a token makes a host once; the second use is refused', async () => {
    const { core } = bench;
    const token = await makeJoinToken(core);
    const first = await bench.send('POST', '/agent/join', { token, facts: factsOf('alpha') });
    const reply = joinReply.parse(await first.json());
    expect(reply.credential).toMatch(/^ukh_/);
    expect(reply.redis.username).toBe(`unkai-host-${reply.hostId}`);
    const host = await core.database.prisma.host.findUniqueOrThrow({ where: { id: reply.hostId } });
    expect(host).toMatchObject({ name: 'alpha', vcpus: 8, memoryMib: 16_384, isUp: true });
    expect((await bench.ask('/agent/desired', reply.credential)).status).toBe(200);

    const second = await bench.send('POST', '/agent/join', { token, facts: factsOf('beta') });
    expect(second.status).toBe(401);
    expect(await core.database.prisma.host.count()).toBe(1);
  });

  test('an answer that is lost is asked for again with the same credential, and with another the token is spent', async () => {
    const { core } = bench;
    const token = await makeJoinToken(core);
    const own = `ukh_${'a'.repeat(43)}`;
    const ask = (credential: string, name = 'alpha') =>
      bench.send('POST', '/agent/join', { token, facts: factsOf(name), credential });
    const first = await (await ask(own)).json();
    expect(joinReply.parse(first).credential).toBe(own);
    // The host may even have another name by now: the token has made one host, and this is it.
    expect(await (await ask(own, 'renamed')).json()).toEqual(first);
    expect((await ask(`ukh_${'b'.repeat(43)}`)).status).toBe(401);
    expect((await bench.send('POST', '/agent/join', { token, facts: factsOf('alpha') })).status).toBe(401);
    expect((await bench.ask('/agent/desired', own)).status).toBe(200);
    expect(await core.database.prisma.host.findMany({ select: { name: true } })).toEqual([{ name: 'alpha' }]);
    await core.database.prisma.host.deleteMany();
    expect((await ask(own)).status).toBe(401);
  });

  test('a credential that another host has, or that is no random one, joins nothing and spends no token', async () => {
    const { core } = bench;
    const own = `ukh_${'a'.repeat(43)}`;
    const ask = async (credential: string, name: string, token: string) =>
      (await bench.send('POST', '/agent/join', { token, facts: factsOf(name), credential })).status;
    expect(await ask(own, 'alpha', await makeJoinToken(core))).toBe(200);
    const token = await makeJoinToken(core);
    expect(await ask(own, 'beta', token)).toBe(409);
    expect(await ask('ukh_short', 'beta', token)).toBe(400);
    expect(await ask(`unk_${'c'.repeat(43)}`, 'beta', token)).toBe(400);
    expect(await ask(`ukh_${'c'.repeat(43)}`, 'beta', token)).toBe(200);
  });

  test('of ten hosts with one token at the same moment one joins', async () => {
    const token = await makeJoinToken(bench.core);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        bench.send('POST', '/agent/join', { token, facts: factsOf(`host-${index}`) }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await bench.core.database.prisma.host.count()).toBe(1);
  });

  test('an expired token, an invented one and facts with unknown fields are refused', async () => {
    const expired = await makeJoinToken(bench.core, new Date(Date.now() - 1000));
    expect((await bench.send('POST', '/agent/join', { token: expired, facts: factsOf('a') })).status).toBe(401);
    expect((await bench.send('POST', '/agent/join', { token: 'ukj_invented-token', facts: factsOf('a') })).status).toBe(
      401,
    );
    const token = await makeJoinToken(bench.core);
    const odd = await bench.send('POST', '/agent/join', { token, facts: { ...factsOf('a'), isAdmin: true } });
    expect(await odd.json()).toMatchObject({ code: 'invalid_input', errors: [{ field: 'facts.isAdmin' }] });
  });

  test('joining again by the same name keeps the host and ends its old credential', async () => {
    const { core, services } = bench;
    const before = await makeHost(core, services, 'alpha');
    const after = await makeHost(core, services, 'alpha');
    expect(after.hostId).toBe(before.hostId);
    expect((await bench.ask('/agent/desired', before.credential)).status).toBe(401);
    expect((await bench.ask('/agent/desired', after.credential)).status).toBe(200);
  });

  test('A63: neither the credential nor the Redis password is kept or logged', async () => {
    const token = await makeJoinToken(bench.core);
    const { credential, redis } = joinReply.parse(
      await (await bench.send('POST', '/agent/join', { token, facts: factsOf('alpha') })).json(),
    );
    await bench.send('POST', '/agent/heartbeat', { facts: factsOf('alpha') }, credential);
    const rows = JSON.stringify(await bench.core.database.prisma.host.findMany());
    const log = bench.logged.join('');
    for (const secret of [token, credential, redis.password]) {
      expect(rows).not.toContain(secret);
      expect(log).not.toContain(secret);
    }
  });
});

test('A62: without the credential of a host every path of the door is refused, and a removed host is out at once', async () => {
  const { core, services } = bench;
  const { hostId, credential } = await makeHost(core, services, 'alpha');
  const id = randomUUID();
  const paths = [
    ['GET', '/agent/desired'],
    ['GET', '/agent/hints'],
    ['GET', `/agent/desired/server/${id}`],
    ['GET', `/agent/images/${id}/file`],
    ['POST', '/agent/heartbeat'],
    ['POST', '/agent/reports'],
    ['PUT', `/agent/servers/${id}/log`],
  ] as const;
  for (const [method, path] of paths) {
    for (const authorization of ['', 'Bearer ', 'Bearer ukh_wrong', `Basic ${credential}`, `Bearer ${credential} x`]) {
      const answer = await bench.door.request(path, { method, headers: { authorization } });
      expect([method, path, authorization, answer.status]).toEqual([method, path, authorization, 401]);
    }
  }
  await core.database.prisma.host.delete({ where: { id: hostId } });
  expect((await bench.ask('/agent/desired', credential)).status).toBe(401);
});

describe('heartbeats that say the same again', () => {
  const body = (name: string) => ({ facts: factsOf(name), leaseGeneration: 1 });
  const beat = (name: string, credential: string) => bench.send('POST', '/agent/heartbeat', body(name), credential);
  const rowOf = (id: string) => bench.core.database.prisma.host.findUniqueOrThrow({ where: { id } });

  test('of many hosts are noted together, and nothing else is written or asked', async () => {
    const { core, services } = bench;
    const names = Array.from({ length: 20 }, (_, index) => `rack-${index}`);
    const hosts = await Promise.all(names.map((name) => makeHost(core, services, name)));
    const all = () => Promise.all(hosts.map(({ credential }, index) => beat(names[index] ?? '', credential)));
    for (const answer of await all()) expect(answer.status).toBe(200);
    const before = await Promise.all(hosts.map(({ hostId }) => rowOf(hostId)));
    const redis = vi.spyOn(core.queues.redis, 'call');
    const queries = countQueries({ core });
    const answers = await all();
    expect(await Promise.all(answers.map((answer) => answer.json()))).toMatchObject(
      hosts.map(({ redis: access }) => ({ intervalSeconds: 5, redis: access, lease: { generation: 1, seconds: 30 } })),
    );
    queries.stop();
    expect(queries.count()).toBeLessThan(names.length / 2);
    expect(redis).not.toHaveBeenCalled();
    const after = await Promise.all(hosts.map(({ hostId }) => rowOf(hostId)));
    for (const [index, { lastHeartbeatAt, ...rest }] of after.entries()) {
      expect({ ...rest, lastHeartbeatAt: before[index]?.lastHeartbeatAt }).toEqual(before[index]);
      expect(lastHeartbeatAt.getTime()).toBeGreaterThan(before[index]?.lastHeartbeatAt.getTime() ?? Infinity);
    }
  });

  test('are read in full where something is not as it was', async () => {
    const { core, services } = bench;
    const { hostId, credential } = await makeHost(core, services, 'alpha');
    const other = await makeHost(core, services, 'beta');
    const { prisma } = core.database;
    for (const [name, shown] of [['alpha', credential] as const, ['beta', other.credential] as const]) {
      expect((await beat(name, shown)).status).toBe(200);
    }
    // One that was taken for dead is heard again, and pages are told.
    await prisma.host.update({ where: { id: hostId }, data: { isUp: false } });
    expect((await beat('alpha', credential)).status).toBe(200);
    expect(await rowOf(hostId)).toMatchObject({ isUp: true });
    expect(await prisma.event.count({ where: { resourceId: hostId, kind: 'changed' } })).toBe(1);
    // One that was fenced is not up by the lease of before, however often it says it.
    await prisma.host.update({
      where: { id: hostId },
      data: { isUp: false, fencedAt: new Date(), leaseGeneration: 2 },
    });
    expect(await (await beat('alpha', credential)).json()).toMatchObject({ lease: { generation: 2 } });
    expect(await (await beat('alpha', credential)).json()).toMatchObject({ lease: { generation: 2 } });
    expect(await rowOf(hostId)).toMatchObject({ isUp: false, fencedAt: expect.any(Date) });
    // One that an operator says is off stays so.
    await prisma.host.update({ where: { id: other.hostId }, data: { isUp: false, isForcedDown: true } });
    await beat('beta', other.credential);
    expect(await rowOf(other.hostId)).toMatchObject({ isUp: false });
    // What another host says is not believed of this one, nor is a stranger.
    expect((await beat('beta', credential)).status).toBe(400);
    expect((await beat('alpha', `${credential.slice(0, -1)}x`)).status).toBe(401);
  });

  test('wait for nobody else’s row', async () => {
    const { core, services } = bench;
    const [held, free] = [await makeHost(core, services, 'held'), await makeHost(core, services, 'free')];
    for (const [name, { credential }] of [['held', held] as const, ['free', free] as const])
      await beat(name, credential);
    const order: string[] = [];
    await commit(core.database, async ({ tx }) => {
      await tx.$queryRaw`SELECT 1 FROM host WHERE id = ${held.hostId}::uuid FOR UPDATE`;
      const late = beat('held', held.credential).then(() => order.push('held'));
      expect((await beat('free', free.credential)).status).toBe(200);
      order.push('free');
      return { late };
    }).then(({ late }) => late);
    expect(order).toEqual(['free', 'held']);
  });
});

test('a heartbeat writes the facts, brings a host back that was taken for dead, and cannot rename it', async () => {
  const { core, services } = bench;
  const { hostId, credential } = await makeHost(core, services, 'alpha');
  await core.database.prisma.host.update({ where: { id: hostId }, data: { isUp: false } });
  const answer = await bench.send(
    'POST',
    '/agent/heartbeat',
    { facts: { ...factsOf('alpha'), vcpus: 16 } },
    credential,
  );
  expect(await answer.json()).toMatchObject({ intervalSeconds: 5, redis: { username: `unkai-host-${hostId}` } });
  const host = await core.database.prisma.host.findUniqueOrThrow({ where: { id: hostId } });
  expect(host).toMatchObject({ vcpus: 16, isUp: true });
  const events = await core.database.prisma.event.findMany({ where: { resourceId: hostId, kind: 'changed' } });
  expect(events).toHaveLength(1);
  expect((await bench.send('POST', '/agent/heartbeat', { facts: factsOf('beta') }, credential)).status).toBe(400);
});

describe('image files', () => {
  test('stream to the hosts that should have them, whole or in part', async () => {
    const { core, services } = bench;
    const { hostId, credential } = await makeHost(core, services, 'alpha');
    const image = await makeImage(core, (await makeProject(core)).id);
    await bench.images.write(image.id, bytesOf('0123456789'), { limitBytes: 100 });
    const path = `/agent/images/${image.id}/file`;
    expect((await bench.ask(path, credential)).status).toBe(404);
    await core.database.prisma.hostImage.create({ data: { hostId, imageId: image.id } });
    expect(await (await bench.ask(path, credential)).text()).toBe('0123456789');
    const part = await bench.ask(path, credential, { range: 'bytes=3-5' });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '345', 'bytes 3-5/10']);
    const end = await bench.ask(path, credential, { range: 'bytes=-2' });
    expect([end.status, await end.text()]).toEqual([206, '89']);
    expect((await bench.ask(path, credential, { range: 'bytes=10-' })).status).toBe(416);
  });

  test('a missing file is a plain no, which the host does not ask for again and again', async () => {
    const { core, services } = bench;
    const { hostId, credential } = await makeHost(core, services, 'alpha');
    const image = await makeImage(core, (await makeProject(core)).id);
    await core.database.prisma.hostImage.create({ data: { hostId, imageId: image.id } });
    const answer = await bench.ask(`/agent/images/${image.id}/file`, credential);
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
  const { core, services } = bench;
  const alpha = await makeHost(core, services, 'alpha');
  const beta = await makeHost(core, services, 'beta');
  const server = await makeServer(core, { projectId: (await makeProject(core)).id, hostId: alpha.hostId });
  const path = `/agent/servers/${server.id}/log`;
  const body = { text: 'boot\0 \ud800 <script>', truncated: true };
  expect((await bench.send('PUT', path, body, beta.credential)).status).toBe(204);
  expect(await core.database.prisma.serverLog.count()).toBe(0);
  expect((await bench.send('PUT', path, body, alpha.credential)).status).toBe(204);
  expect(await core.database.prisma.serverLog.findFirst()).toMatchObject({
    text: 'boot\ufffd \ufffd <script>',
    truncated: true,
  });
});
