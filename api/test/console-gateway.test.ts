import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { consoleClose } from '@unkai/contracts/resources/console-session';
import { readDesired } from '@unkai/core/host/desired';
import { takeReports } from '@unkai/core/host/reports';
import { edgeProof, edgeProofHeader } from '@unkai/core/identity/edge-trust';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { allowedOrigins, ownPages } from '../src/console/origin.ts';
import { ConsoleBench, closeOf, messageOf, origin, protocolsOf, refusalOf } from './console-bench.ts';
import { makeHost, makeProject, makeUser } from './installation.ts';

let bench: ConsoleBench;
beforeEach(async () => {
  bench = await ConsoleBench.open();
});
afterEach(() => bench[Symbol.asyncDispose]());

test('bytes pass both ways, also what was typed before the host was there, and both ends close together', async () => {
  const made = await bench.session();
  const browser = bench.browse(made);
  await once(browser, 'open');
  expect(browser.protocol).toBe('unkai.console');
  browser.send('typed early');
  const agent = await bench.dial(made.id);
  expect(await messageOf(agent)).toBe('typed early');
  agent.send(Buffer.from('login: '));
  expect(await messageOf(browser)).toBe('login: ');
  browser.send('root\n');
  expect(await messageOf(agent)).toBe('root\n');

  const gone = closeOf(agent);
  browser.close();
  await gone;
  await expect.poll(() => bench.endedAt(made.id)).not.toBeNull();
  expect(bench.ended).toEqual(['left']);
});

test('A36: a page of another site, or none, opens no console, whatever token and cookies it has', async () => {
  const made = await bench.session();
  for (const from of ['https://evil.example', 'http://cloud.example', 'https://cloud.example.evil.example', 'null']) {
    expect(await refusalOf(bench.browse(made, from))).toBe(403);
  }
  expect(await refusalOf(bench.connect(made.path, protocolsOf(made.token)))).toBe(403);
  // The token is not spent by any of them.
  await once(bench.browse(made), 'open');
});

test('A36: a loopback origin goes by all its names, a public one only by its own', () => {
  expect(allowedOrigins('http://127.0.0.1:7080')).toEqual(
    new Set(['http://127.0.0.1:7080', 'http://localhost:7080', 'http://[::1]:7080']),
  );
  expect(allowedOrigins('https://cloud.example')).toEqual(new Set(['https://cloud.example']));
});

test('A36: without a public origin the portal is its own by each address of the machine, and by no other name', () => {
  const proof = edgeProof('s'.repeat(64));
  const asked = (given: string, host: string, shown = proof) =>
    new Headers({ origin: given, 'x-forwarded-host': host, [edgeProofHeader]: shown });
  const unnamed = ownPages('http://127.0.0.1:7080', proof);
  expect(unnamed(asked('http://192.0.2.9:7080', '192.0.2.9:7080'))).toBe(true);
  expect(unnamed(asked('http://[2001:db8::9]:7080', '[2001:db8::9]:7080'))).toBe(true);
  // A page elsewhere, a name that was pointed here, and a caller that did not come by the edge.
  expect(unnamed(asked('http://192.0.2.8:7080', '192.0.2.9:7080'))).toBe(false);
  expect(unnamed(asked('http://evil.example:7080', 'evil.example:7080'))).toBe(false);
  expect(unnamed(asked('http://192.0.2.9:7080', '192.0.2.9:7080', 'no proof'))).toBe(false);
  expect(ownPages(origin, proof)(asked('http://192.0.2.9:7080', '192.0.2.9:7080'))).toBe(false);
});

test('A37: a token opens one console, once, even when five come at the same moment', async () => {
  const made = await bench.session();
  const browsers = Array.from({ length: 5 }, () => bench.browse(made));
  const codes: number[] = [];
  for (const browser of browsers) void closeOf(browser).then(({ code }) => codes.push(code));
  await expect.poll(() => codes.length).toBe(4);
  expect(new Set(codes)).toEqual(new Set([consoleClose.tokenSpent.code]));
  expect(bench.gateway.openCount).toBe(1);
  expect((await closeOf(bench.browse(made))).code).toBe(consoleClose.tokenSpent.code);
  expect(browsers.filter(({ readyState }) => readyState === WebSocket.OPEN)).toHaveLength(1);
});

test('A37: a token that is too old, of another session or in the address opens nothing', async () => {
  const made = await bench.session();
  const other = await bench.session();
  expect((await closeOf(bench.browse({ path: made.path, token: other.token }))).code).toBe(4001);
  expect(await refusalOf(bench.connect(`${made.path}?token=${made.token}`, ['unkai.console'], { origin }))).toBe(404);
  expect(await refusalOf(bench.connect(made.path, ['unkai.console'], { origin }))).toBe(401);
  const { prisma } = bench.installation.core.database;
  await prisma.consoleSession.update({ where: { id: made.id }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await closeOf(bench.browse(made))).toEqual({ code: 4001, reason: consoleClose.tokenSpent.reason });
});

test('A37, A63: no token or credential reaches a log, a row, a job or an audit line', async () => {
  const { made } = await bench.joined();
  const { core } = bench.installation;
  const rows = await core.database.prisma.$queryRaw`
    SELECT row_to_json(console_session)::text AS row FROM console_session
    UNION ALL SELECT row_to_json(audit_line)::text FROM audit_line`;
  const jobs: string[] = [];
  for (const key of await core.queues.redis.keys('unkai:*')) {
    if ((await core.queues.redis.type(key)) === 'hash') jobs.push(JSON.stringify(await core.queues.redis.hgetall(key)));
  }
  expect(jobs.join('')).toContain(made.id);
  const everything = [JSON.stringify(rows), jobs.join(''), bench.installation.logged.join('')].join('');
  expect(everything).not.toContain(made.token);
  expect(everything).not.toContain(bench.host.credential);
});

test('A35: a console never opens on a server that was deleted, or moved to another host, after the token was made', async () => {
  const { core, services } = bench.installation;
  const made = await bench.session();
  const beta = await makeHost(core, services, 'beta');
  await core.database.prisma.server.update({ where: { id: bench.server.id }, data: { hostId: beta.hostId } });
  expect((await closeOf(bench.browse(made))).code).toBe(consoleClose.serverGone.code);

  await core.database.prisma.server.update({ where: { id: bench.server.id }, data: { hostId: bench.host.hostId } });
  const again = await bench.session();
  await core.database.prisma.server.delete({ where: { id: bench.server.id } });
  expect([4001, 4003]).toContain((await closeOf(bench.browse(again))).code);
});

test('A35: an open console closes when its server goes', async () => {
  const { browser, agent } = await bench.joined();
  const closes = Promise.all([closeOf(browser), closeOf(agent)]);
  await bench.prisma.server.update({ where: { id: bench.server.id }, data: { state: 'deleting' } });
  expect((await closes).map(({ code }) => code)).toEqual([4003, 4003]);
});

test('an open console closes when its user loses the right to it', async () => {
  const { browser } = await bench.joined();
  const close = closeOf(browser);
  await bench.prisma.roleAssignment.deleteMany({ where: { userId: bench.member.user.id } });
  expect((await close).code).toBe(consoleClose.notPermitted.code);
});

test('A62: only the host of the session may dial in, once, with its own credential', async () => {
  const { core, services } = bench.installation;
  const beta = await makeHost(core, services, 'beta');
  const made = await bench.session();
  await once(bench.browse(made), 'open');
  await expect.poll(() => bench.gateway.openCount).toBe(1);
  expect(await refusalOf(await bench.dial(made.id, beta.credential))).toBe(404);
  expect(await refusalOf(await bench.dial(made.id, 'ukh_invented'))).toBe(401);
  expect(await refusalOf(await bench.dial(made.id, made.token))).toBe(401);
  await once(await bench.dial(made.id), 'open');
  expect(await refusalOf(await bench.dial(made.id))).toBe(404);
  const stranger = bench.connect(`/console/host/${randomUUID()}`, [], {
    headers: { authorization: `Bearer ${bench.host.credential}` },
  });
  expect(await refusalOf(stranger)).toBe(404);
});

test('H17: a host that does not answer is named as the reason', async () => {
  await bench.reopen({ hostMs: 50 });
  const made = await bench.session();
  expect(await closeOf(bench.browse(made))).toEqual({ code: 4002, reason: consoleClose.hostSilent.reason });
});

test('a host that reports that it cannot open the console is named as the reason at once', async () => {
  const { core } = bench.installation;
  const made = await bench.session('screen');
  const browser = bench.browse(made);
  const close = closeOf(browser);
  await once(browser, 'open');
  await expect.poll(() => bench.gateway.openCount).toBe(1);
  const identity = { id: bench.host.hostId, name: 'alpha', isUp: true, credential: bench.host.credential };
  const report = { noun: 'console-session', id: made.id, generation: 1, state: 'failed' } as const;
  await takeReports(core, identity, { reports: [{ ...report, actionsDone: [] }] }, 'req');
  expect((await close).code).toBe(consoleClose.hostRefused.code);
});

test('a token holds as long as it says by the clock of the database, whatever the program’s own says', async () => {
  for (const ahead of [-1_800_000, 1_800_000]) {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ahead });
    const made = await bench.session().finally(() => vi.useRealTimers());
    expect(Math.abs(Date.parse(made.expiresAt) - Date.now())).toBeLessThan(300_000);
    await once(bench.browse(made), 'open');
  }
});

test('H17: quiet connections are kept alive by pings, and an end that is gone is found', async () => {
  await bench.reopen({ pingMs: 500 });
  const { browser, agent } = await bench.joined();
  await once(browser, 'ping');
  await once(agent, 'ping');
  const close = closeOf(browser);
  // The agent stops without a word, as when its machine loses power.
  agent.pause();
  expect((await close).code).toBe(consoleClose.hostSilent.code);
});

test('a host that is held back by a screen which takes nothing reads no ping, and keeps its viewer by its own', async () => {
  await bench.reopen({ pingMs: 300 });
  const { browser, agent } = await bench.joined();
  agent.pause();
  const pinging = setInterval(() => agent.ping(), 100);
  // The browser is asked five times while the host answers nothing.
  for (let asked = 0; asked < 5; asked += 1) await once(browser, 'ping');
  expect([browser.readyState, agent.readyState]).toEqual([WebSocket.OPEN, WebSocket.OPEN]);
  expect(bench.ended).toEqual([]);
  clearInterval(pinging);
  expect((await closeOf(browser)).code).toBe(consoleClose.hostSilent.code);
});

test('a browser that reads slowly holds the host back instead of filling the gateway', async () => {
  const { browser, agent } = await bench.joined();
  browser.pause();
  const chunk = Buffer.alloc(65_536, 'x');
  const total = 400 * chunk.length;
  for (let sent = 0; sent < total; sent += chunk.length) agent.send(chunk);
  // What neither end's kernel nor the gateway holds stays with the agent.
  await expect.poll(() => agent.bufferedAmount, { timeout: 5000 }).toBeGreaterThan(8 * 1_048_576);
  let received = 0;
  browser.on('message', (data: Buffer) => {
    received += data.length;
  });
  browser.resume();
  await expect.poll(() => received, { timeout: 15_000 }).toBe(total);
});

test('a reader sees the serial console and types nothing', async () => {
  const { core } = bench.installation;
  const reader = await makeUser(core, 'reader', bench.server.projectId);
  const made = await bench.session('serial', reader.token);
  const browser = bench.browse(made);
  await once(browser, 'open');
  browser.send('rm -rf /');
  const agent = await bench.dial(made.id);
  const typed: string[] = [];
  agent.on('message', (data) => typed.push(String(data)));
  await once(agent, 'open');
  browser.send('reboot');
  agent.send('seen');
  expect(await messageOf(browser)).toBe('seen');
  expect(typed).toEqual([]);
  const stranger = await makeUser(core, 'member', (await makeProject(core)).id);
  await expect(bench.session('serial', stranger.token)).rejects.toMatchObject({ code: 'not_found' });
});

test('a reader asks for the pictures of the screen, and the host is told to take the keys out', async () => {
  const { core } = bench.installation;
  const reader = await makeUser(core, 'reader', bench.server.projectId);
  const made = await bench.session('screen', reader.token);
  const browser = bench.browse(made);
  await once(browser, 'open');
  browser.send('RFB 003.008\n');
  const agent = await bench.dial(made.id);
  expect(await messageOf(agent)).toBe('RFB 003.008\n');
  const desired = await readDesired(core.database, bench.host.hostId, 'console-session', made.id);
  expect(desired).toMatchObject({ presence: 'present', spec: { kind: 'screen', isReadOnly: true } });
});

test('a console of a stopped server is refused with the reason', async () => {
  await bench.prisma.server.update({ where: { id: bench.server.id }, data: { state: 'stopped' } });
  await expect(bench.session()).rejects.toMatchObject({ code: 'wrong_state' });
});

test('a gateway that stops says so, and one that starts ends what its predecessor left', async () => {
  const { made, browser } = await bench.joined();
  const close = closeOf(browser);
  await bench.gateway.stop();
  expect((await close).code).toBe(1012);
  expect(await bench.endedAt(made.id)).not.toBeNull();
  await bench.prisma.consoleSession.update({ where: { id: made.id }, data: { endedAt: null } });
  await bench.gateway.start();
  expect(await bench.endedAt(made.id)).not.toBeNull();
});
