// Tokens: what it takes to check one, in the process and through the door for OpenStack's clients, and to issue one.
//   node bench/token.ts
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { hashPassword, verifyPassword } from '@unkai/core/identity/password-hash';
import { newAuditId, signToken, verifyToken } from '@unkai/core/identity/token';
import { openKeys } from '@unkai/core/keys';
import { z } from 'zod';
import { smallestRequest } from './measuring/baselines.ts';
import { type Figure, median, printFigures } from './measuring/figure.ts';
import { openHashingServer } from './measuring/hashing-server.ts';
import { openInstallation } from './measuring/installation.ts';
import { machineLine } from './measuring/machine.ts';
import { processorSeconds } from './measuring/processor.ts';

const measureMs = 2_000;
const warmUps = 300;
const checks = 2_000;
const checksAtOnce = 8;
const issues = 100;

/** How often `work` is done in a second, on this one core. */
function perSecond(work: () => unknown): number {
  const endsAt = performance.now() + measureMs;
  let count = 0;
  for (; performance.now() < endsAt; count += 1) work();
  return (count * 1000) / measureMs;
}

function signatureFigure(): Figure {
  const { tokens: key } = openKeys('bench'.repeat(16));
  const facts = {
    userId: randomUUID(),
    scope: { kind: 'project' as const, projectId: randomUUID() },
    methods: ['password' as const, 'token' as const],
    issuedAt: Date.now(),
    expiresAt: Date.now() + 3_600_000,
    generation: 1,
    scopeGeneration: 0,
    credential: null,
    auditIds: [newAuditId(), newAuditId()],
  };
  const token = signToken(facts, key);
  perSecond(() => verifyToken(token, key));
  const measured = perSecond(() => verifyToken(token, key));
  return { name: 'signature of a token checked, one core', unit: '/s', measured, goal: null };
}

const agent = new Agent({ keepAlive: true });

interface Sent {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends one request to Keystone's door. Throws an Error for an answer outside 2xx. */
function ask(origin: string, { method, headers, body }: Sent): Promise<{ milliseconds: number; token: string }> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(new URL('/identity/v3/auth/tokens', origin), { method, headers, agent }, (answer) => {
      answer.resume();
      answer.on('error', reject);
      answer.on('end', () => {
        const { statusCode = 0 } = answer;
        if (statusCode >= 300) reject(new Error(`${method} of a token was answered by ${statusCode}`));
        const token = String(answer.headers['x-subject-token']);
        resolve({ milliseconds: performance.now() - begun, token });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function manyMs(count: number, work: () => Promise<{ milliseconds: number }>): Promise<number> {
  const took: number[] = [];
  for (let index = 0; index < count; index += 1) took.push((await work()).milliseconds);
  return median(took);
}

/** The request for a token of the system, as the first operator would send it. */
function passwordRequest(password: string): Sent {
  const user = { name: 'admin', domain: { id: 'default' }, password };
  const auth = { identity: { methods: ['password'], password: { user } }, scope: { system: { all: true } } };
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ auth }) };
}

/**
 * What Postgres, Redis, the network and Node add to the hash that has to be slow; and what a server adds that does nothing
 * but hash.
 */
async function issueFigures(origin: string, password: string): Promise<Figure[]> {
  const sent = passwordRequest(password);
  await using plain = await openHashingServer();
  const askPlain = () => ask(plain.origin, { ...sent, body: password });
  await manyMs(100, () => ask(origin, sent));
  await manyMs(100, askPlain);
  const kept = await hashPassword(password);
  const hashed: number[] = [];
  const issued: number[] = [];
  const plainly: number[] = [];
  // In turns, so that all see the same machine.
  for (let index = 0; index < issues; index += 1) {
    const begun = performance.now();
    await verifyPassword(kept, password);
    hashed.push(performance.now() - begun);
    issued.push((await ask(origin, sent)).milliseconds);
    plainly.push((await askPlain()).milliseconds);
  }
  const bare = median(hashed);
  const baseline = { name: 'the bare argon2id hash', value: bare };
  const figure = { unit: 'ms' as const, baseline };
  return [
    { ...figure, name: 'token issued by password, p50', measured: median(issued), goal: 1.2 * bare },
    { ...figure, name: 'answer of a server that only hashes, p50', measured: median(plainly), goal: null },
  ];
}

async function checkFigures(home: string, origins: { edge: string; api: string }, token: string): Promise<Figure[]> {
  const sent = { method: 'GET', headers: { 'x-auth-token': token, 'x-subject-token': token } } as const;
  const check = () => ask(origins.api, sent);
  await manyMs(warmUps, check);
  const alone = await manyMs(checks, check);
  const throughEdge = await manyMs(checks, () => ask(origins.edge, sent));
  const before = await processorSeconds(home, 'api');
  await Promise.all(Array.from({ length: checksAtOnce }, () => manyMs(checks, check)));
  const spent = (await processorSeconds(home, 'api')) - before;
  const rate = (checks * checksAtOnce) / spent;
  return [
    { name: 'token checked by the API program, p50', unit: 'ms', measured: alone, goal: 0.8 },
    { name: 'token checked through the edge, p50', unit: 'ms', measured: throughEdge, goal: null },
    { name: 'tokens checked per second of one core', unit: '/s', measured: rate, goal: 4_000, isAtLeast: true },
  ];
}

const settings = z.object({ origin: z.number(), ports: z.object({ api: z.number() }) });

await using installation = await openInstallation({ isSimulated: true });
const { home } = installation;
if (home === null) throw new Error('This starts an installation of its own: leave UNKAI_URL unset.');
const { origin, ports } = settings.parse(JSON.parse(await readFile(join(home, 'settings.json'), 'utf8')));
const origins = { edge: `http://127.0.0.1:${origin}`, api: `http://127.0.0.1:${ports.api}` };
const password = (await readFile(join(home, 'admin-password'), 'utf8')).trim();
const { token } = await ask(origins.api, passwordRequest(password));
const figures = [
  signatureFigure(),
  ...(await checkFigures(home, origins, token)),
  ...(await issueFigures(origins.api, password)),
];
const baseline = await smallestRequest(installation);
agent.destroy();
printFigures(machineLine(), [...figures, { name: baseline.name, unit: 'ms', measured: baseline.value, goal: null }]);
