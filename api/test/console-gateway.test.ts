import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { consoleClose, consoleTokenSubprotocolPrefix } from '@unkai/contracts/resources/console-session';
import { openConsoleSession } from '@unkai/core/console';
import { readDesired } from '@unkai/core/host/desired';
import { takeReports } from '@unkai/core/host/reports';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { ConsoleGateway } from '../src/console/gateway.ts';
import { allowedOrigins } from '../src/console/origin.ts';
import {
  callAs,
  closing,
  type Installation,
  makeHost,
  makeProject,
  makeServer,
  makeUser,
  openInstallation,
  portOf,
} from './installation.ts';

const origin = 'https://cloud.example';
/** As in an installation, but open consoles are looked at more often. */
const times = { hostMs: 10_000, pingMs: 20_000, recheckMs: 30, longestMs: 60_000 };

let installation: Installation;
let gateway: ConsoleGateway;
let url: string;
let http: AsyncDisposable;
let host: Awaited<ReturnType<typeof makeHost>>;
let server: Awaited<ReturnType<typeof makeServer>>;
let member: Awaited<ReturnType<typeof makeUser>>;
const sockets: WebSocket[] = [];
const ended: string[] = [];

beforeEach(async () => {
  installation = await openInstallation();
  const { core, services } = installation;
  host = await makeHost(core, services, 'alpha');
  const project = await makeProject(core);
  server = await makeServer(core, { projectId: project.id, hostId: host.hostId });
  member = await makeUser(core, 'member', project.id);
  await open(times);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await gateway.stop();
  await http[Symbol.asyncDispose]();
  await installation[Symbol.asyncDispose]();
});

async function open(chosen: Partial<typeof times>) {
  const listener = createServer();
  listener.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  url = `ws://127.0.0.1:${portOf(listener.address())}`;
  http = closing(listener);
  ended.length = 0;
  gateway = new ConsoleGateway(installation.core, {
    origin,
    url,
    times: chosen,
    onEnd: (reason) => ended.push(reason),
  });
  await gateway.start();
}

/** Opens the gateway anew, with some of its times shorter. */
async function reopen(chosen: Partial<typeof times>) {
  await gateway.stop();
  await http[Symbol.asyncDispose]();
  await open({ ...times, ...chosen });
}

async function session(kind: 'serial' | 'screen' = 'serial', token = member.token) {
  return openConsoleSession(await callAs(installation.core, token), server.id, kind);
}

type Session = Awaited<ReturnType<typeof session>>;

function connect(path: string, protocols: string[], options: ClientOptions = {}): WebSocket {
  const socket = new WebSocket(`${url}${path}`, protocols, options);
  socket.on('error', () => {});
  sockets.push(socket);
  return socket;
}

const protocolsOf = (token: string) => ['unkai.console', `${consoleTokenSubprotocolPrefix}${token}`];

const browse = ({ path, token }: Pick<Session, 'path' | 'token'>, from = origin) =>
  connect(path, protocolsOf(token), { headers: { origin: from, cookie: 'next-auth.session-token=whatever' } });

/** Dials as the agent does: to the address that its desired state names. */
async function dial(sessionId: string, credential = host.credential): Promise<WebSocket> {
  const wanted = () => readDesired(installation.core.database, host.hostId, 'console-session', sessionId);
  await expect.poll(wanted, { timeout: 2000 }).toMatchObject({ presence: 'present' });
  const desired = await wanted();
  if (desired.presence !== 'present') throw new Error('no gateway waits for the host');
  const socket = new WebSocket(desired.spec.gatewayUrl, { headers: { authorization: `Bearer ${credential}` } });
  socket.on('error', () => {});
  sockets.push(socket);
  return socket;
}

async function closeOf(socket: WebSocket): Promise<{ code: number; reason: string }> {
  const [code, reason] = await once(socket, 'close');
  return { code: Number(code), reason: String(reason) };
}

/** The status of an upgrade that is refused with plain HTTP. */
async function refusalOf(socket: WebSocket): Promise<number | undefined> {
  const [, answer] = await once(socket, 'unexpected-response');
  return answer.statusCode;
}

async function messageOf(socket: WebSocket): Promise<string> {
  const [data] = await once(socket, 'message');
  return String(data);
}

async function joined() {
  const made = await session();
  const browser = browse(made);
  await once(browser, 'open');
  const agent = await dial(made.id);
  await once(agent, 'open');
  return { made, browser, agent };
}

test('bytes pass both ways, also what was typed before the host was there, and both ends close together', async () => {
  const made = await session();
  const browser = browse(made);
  await once(browser, 'open');
  expect(browser.protocol).toBe('unkai.console');
  browser.send('typed early');
  const agent = await dial(made.id);
  expect(await messageOf(agent)).toBe('typed early');
  agent.send(Buffer.from('login: '));
  expect(await messageOf(browser)).toBe('login: ');
  browser.send('root\n');
  expect(await messageOf(agent)).toBe('root\n');

  const gone = closeOf(agent);
  browser.close();
  await gone;
  await expect.poll(() => endedAt(made.id)).not.toBeNull();
  expect(ended).toEqual(['left']);
});

const endedAt = async (id: string) =>
  (await installation.core.database.prisma.consoleSession.findUniqueOrThrow({ where: { id } })).endedAt;

test('A36: a page of another site, or none, opens no console, whatever token and cookies it has', async () => {
  const made = await session();
  for (const from of ['https://evil.example', 'http://cloud.example', 'https://cloud.example.evil.example', 'null']) {
    expect(await refusalOf(browse(made, from))).toBe(403);
  }
  expect(await refusalOf(connect(made.path, protocolsOf(made.token)))).toBe(403);
  // The token is not spent by any of them.
  await once(browse(made), 'open');
});

test('A36: a loopback origin goes by all its names, a public one only by its own', () => {
  expect(allowedOrigins('http://127.0.0.1:7080')).toEqual(
    new Set(['http://127.0.0.1:7080', 'http://localhost:7080', 'http://[::1]:7080']),
  );
  expect(allowedOrigins('https://cloud.example')).toEqual(new Set(['https://cloud.example']));
});

test('A37: a token opens one console, once, even when five come at the same moment', async () => {
  const made = await session();
  const browsers = Array.from({ length: 5 }, () => browse(made));
  const codes: number[] = [];
  for (const browser of browsers) void closeOf(browser).then(({ code }) => codes.push(code));
  await expect.poll(() => codes.length).toBe(4);
  expect(new Set(codes)).toEqual(new Set([consoleClose.tokenSpent.code]));
  expect(gateway.openCount).toBe(1);
  expect((await closeOf(browse(made))).code).toBe(consoleClose.tokenSpent.code);
  expect(browsers.filter(({ readyState }) => readyState === WebSocket.OPEN)).toHaveLength(1);
});

test('A37: a token that is too old, of another session or in the address opens nothing', async () => {
  const made = await session();
  const other = await session();
  expect((await closeOf(browse({ path: made.path, token: other.token }))).code).toBe(4001);
  expect(await refusalOf(connect(`${made.path}?token=${made.token}`, ['unkai.console'], { origin }))).toBe(404);
  expect(await refusalOf(connect(made.path, ['unkai.console'], { origin }))).toBe(401);
  const { prisma } = installation.core.database;
  await prisma.consoleSession.update({ where: { id: made.id }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await closeOf(browse(made))).toEqual({ code: 4001, reason: consoleClose.tokenSpent.reason });
});

test('A37, A63: no token or credential reaches a log, a row, a job or an audit line', async () => {
  const { made } = await joined();
  const { core } = installation;
  const rows = await core.database.prisma.$queryRaw`
    SELECT row_to_json(console_session)::text AS row FROM console_session
    UNION ALL SELECT row_to_json(audit_line)::text FROM audit_line`;
  const jobs: string[] = [];
  for (const key of await core.queues.redis.keys('unkai:*')) {
    if ((await core.queues.redis.type(key)) === 'hash') jobs.push(JSON.stringify(await core.queues.redis.hgetall(key)));
  }
  expect(jobs.join('')).toContain(made.id);
  const everything = [JSON.stringify(rows), jobs.join(''), installation.logged.join('')].join('');
  expect(everything).not.toContain(made.token);
  expect(everything).not.toContain(host.credential);
});

test('A35: a console never opens on a server that was deleted, or moved to another host, after the token was made', async () => {
  const { core, services } = installation;
  const made = await session();
  const beta = await makeHost(core, services, 'beta');
  await core.database.prisma.server.update({ where: { id: server.id }, data: { hostId: beta.hostId } });
  expect((await closeOf(browse(made))).code).toBe(consoleClose.serverGone.code);

  await core.database.prisma.server.update({ where: { id: server.id }, data: { hostId: host.hostId } });
  const again = await session();
  await core.database.prisma.server.delete({ where: { id: server.id } });
  expect([4001, 4003]).toContain((await closeOf(browse(again))).code);
});

test('A35: an open console closes when its server goes', async () => {
  const { browser, agent } = await joined();
  const closes = Promise.all([closeOf(browser), closeOf(agent)]);
  await installation.core.database.prisma.server.update({ where: { id: server.id }, data: { state: 'deleting' } });
  expect((await closes).map(({ code }) => code)).toEqual([4003, 4003]);
});

test('an open console closes when its user loses the right to it', async () => {
  const { browser } = await joined();
  const close = closeOf(browser);
  await installation.core.database.prisma.roleAssignment.deleteMany({ where: { userId: member.user.id } });
  expect((await close).code).toBe(consoleClose.notPermitted.code);
});

test('A62: only the host of the session may dial in, once, with its own credential', async () => {
  const { core, services } = installation;
  const beta = await makeHost(core, services, 'beta');
  const made = await session();
  await once(browse(made), 'open');
  await expect.poll(() => gateway.openCount).toBe(1);
  expect(await refusalOf(await dial(made.id, beta.credential))).toBe(404);
  expect(await refusalOf(await dial(made.id, 'ukh_invented'))).toBe(401);
  expect(await refusalOf(await dial(made.id, made.token))).toBe(401);
  await once(await dial(made.id), 'open');
  expect(await refusalOf(await dial(made.id))).toBe(404);
  const stranger = connect(`/console/host/${randomUUID()}`, [], {
    headers: { authorization: `Bearer ${host.credential}` },
  });
  expect(await refusalOf(stranger)).toBe(404);
});

test('H17: a host that does not answer is named as the reason', async () => {
  await reopen({ hostMs: 50 });
  const made = await session();
  expect(await closeOf(browse(made))).toEqual({ code: 4002, reason: consoleClose.hostSilent.reason });
});

test('a host that reports that it cannot open the console is named as the reason at once', async () => {
  const { core } = installation;
  const made = await session('screen');
  const browser = browse(made);
  const close = closeOf(browser);
  await once(browser, 'open');
  const identity = { id: host.hostId, name: 'alpha', isUp: true, credential: host.credential };
  const report = { noun: 'console-session', id: made.id, generation: 1, state: 'failed' } as const;
  await takeReports(core, identity, { reports: [{ ...report, actionsDone: [] }] }, 'req');
  expect((await close).code).toBe(consoleClose.hostRefused.code);
});

test('H17: quiet connections are kept alive by pings, and an end that is gone is found', async () => {
  await reopen({ pingMs: 500 });
  const { browser, agent } = await joined();
  await once(browser, 'ping');
  await once(agent, 'ping');
  const close = closeOf(browser);
  // The agent stops without a word, as when its machine loses power.
  agent.pause();
  expect((await close).code).toBe(consoleClose.hostSilent.code);
});

test('a browser that reads slowly holds the host back instead of filling the gateway', async () => {
  const { browser, agent } = await joined();
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

test('a reader sees the serial console and types nothing; the screen is not for readers', async () => {
  const { core } = installation;
  const reader = await makeUser(core, 'reader', server.projectId);
  await expect(session('screen', reader.token)).rejects.toMatchObject({ code: 'forbidden' });
  const made = await session('serial', reader.token);
  const browser = browse(made);
  await once(browser, 'open');
  browser.send('rm -rf /');
  const agent = await dial(made.id);
  const typed: string[] = [];
  agent.on('message', (data) => typed.push(String(data)));
  await once(agent, 'open');
  browser.send('reboot');
  agent.send('seen');
  expect(await messageOf(browser)).toBe('seen');
  expect(typed).toEqual([]);
  const stranger = await makeUser(core, 'member', (await makeProject(core)).id);
  await expect(session('serial', stranger.token)).rejects.toMatchObject({ code: 'not_found' });
});

test('a console of a stopped server is refused with the reason', async () => {
  await installation.core.database.prisma.server.update({ where: { id: server.id }, data: { state: 'stopped' } });
  await expect(session()).rejects.toMatchObject({ code: 'wrong_state' });
});

test('a gateway that stops says so, and one that starts ends what its predecessor left', async () => {
  const { made, browser } = await joined();
  const close = closeOf(browser);
  await gateway.stop();
  expect((await close).code).toBe(1012);
  expect(await endedAt(made.id)).not.toBeNull();
  await installation.core.database.prisma.consoleSession.update({ where: { id: made.id }, data: { endedAt: null } });
  await gateway.start();
  expect(await endedAt(made.id)).not.toBeNull();
});
