// H14: the one command, as a person meets it. Simulated hosts where a real one is not the point.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finding } from '@unkai/contracts/host/finding';
import { type RunResult, run } from '@unkai/hostagent/tools/run';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { pidFile, statusFile } from '../../src/status.ts';
import { Cloud } from './cloud.ts';
import { checkout, eventually, Installation, timedSteps } from './installation.ts';
import { failuresOfReading } from './status-reader.ts';

const isRoot = process.getuid?.() === 0;

let installation: Installation;
let cloud: Cloud;
let firstWords: RunResult;

beforeAll(async () => {
  // Heartbeats come often, so that nobody waits long for what they tell.
  installation = await Installation.prepare({ sim: true, variables: { UNKAI_HEARTBEAT_SECONDS: '1' } });
  firstWords = await installation.up();
  cloud = await Cloud.of(installation);
});
afterAll(() => installation?.remove());

test('up says where it is, who signs in and with what; the password works and is in a file of the owner alone', async () => {
  const file = join(installation.home, 'admin-password');
  const password = (await readFile(file, 'utf8')).trim();
  expect(firstWords.stdout).toContain(`Unkai runs: ${installation.url}`);
  expect(firstWords.stdout).toContain(password);
  expect((await stat(file)).mode & 0o077).toBe(0);
  const { response } = await installation.api.POST('/sessions', { body: { username: 'admin', password } });
  expect(response.status).toBe(201);
});

const steps = [
  'Build the programs',
  'Build the portal',
  'Start the programs',
  'Wait for the control plane',
  'Guest image tiny',
  'Wait for the host',
];

test('each step of the first up says how long it took', () => {
  expect(timedSteps(firstWords)).toEqual(expect.arrayContaining(steps));
});

test('every program listens where it was told, here on this machine only, and secrets are in no command line', async () => {
  const pids = (await installation.status()).programs.map(({ pid }) => pid);
  const secrets = await Promise.all(
    ['admin-password', 'admin-token', 'postgres/password', 'redis/password'].map((name) =>
      readFile(join(installation.home, name), 'utf8'),
    ),
  );
  for (const pid of pids) {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    for (const secret of secrets) expect(commandLine).not.toContain(secret.trim());
  }
  const { stdout } = await run(['ss', '-Hltnp']);
  const ours = stdout.split('\n').filter((line) => pids.some((pid) => line.includes(`pid=${pid},`)));
  expect(ours.length).toBeGreaterThan(5);
  for (const line of ours) expect(line).toMatch(/ 127\.0\.0\.1:\d+ /);
});

/** All that an `up` makes: what is built, what the database holds, which processes run, what the installation keeps. */
async function made() {
  const built = ['api/dist/main.mjs', 'web/.next/BUILD_ID', 'prisma/generated/made-from'].map((name) =>
    join(checkout, name),
  );
  const kept = ['settings.json', 'admin-password', 'admin-token'].map((name) => join(installation.home, name));
  const files = await Promise.all([...built, ...kept].map(async (path) => [path, (await stat(path)).mtimeMs]));
  const migrations = await installation.rows('SELECT migration_name, finished_at FROM _prisma_migrations ORDER BY 1');
  // Whatever a seed writes goes with an audit line or an event; images that are registered too.
  const seeds = await installation.rows(
    `SELECT (SELECT count(*)::int FROM audit_line) AS lines, (SELECT max(id)::text FROM event) AS event,
       (SELECT max(updated_at) FROM image) AS image`,
  );
  const { programs } = await installation.status();
  return { files, migrations, seeds, programs: programs.map(({ name, pid, restarts }) => [name, pid, restarts]) };
}

test('a second up builds, migrates, seeds and starts nothing, and says so with the time of each step', async () => {
  const before = await made();
  expect(before.migrations).not.toEqual([]);
  const second = await installation.up();
  expect(timedSteps(second)).toEqual(steps);
  const { stderr } = second;
  expect(stderr).toMatch(/✓ Build the portal .* unchanged$/m);
  expect(stderr).toMatch(/✓ Start the programs .* already running$/m);
  expect(stderr).toMatch(/✓ Guest image tiny .* known$/m);
  expect(stderr).not.toMatch(/Install|Bring/);
  expect(await made()).toEqual(before);
});

/** Lines of a program's log that carry this request id. */
async function linesOf(program: string, requestId: string): Promise<unknown[]> {
  const text = await readFile(join(installation.home, 'log', `${program}.log`), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.includes(requestId))
    .map((line) => JSON.parse(line));
}

test('one request id leads from the create through its run and its worker to its host', async () => {
  const requestId = `followed-${randomUUID()}`;
  const id = await cloud.createServer('followed', {}, ['m1.nano', 'tiny'], { 'x-request-id': requestId });
  const { hostName } = await cloud.untilState(id, 'running');
  const line = (more: object) => expect.arrayContaining([expect.objectContaining({ requestId, ...more })]);
  const create = { method: 'POST', path: `/v1/projects/${cloud.projectId}/servers`, status: 201 };
  expect(await linesOf('api', requestId)).toEqual(line(create));
  expect(await installation.rows(`SELECT name FROM workflow_run WHERE request_id = '${requestId}'`)).toEqual([
    { name: 'server.create' },
  ]);
  expect(await installation.rows(`SELECT action FROM audit_line WHERE request_id = '${requestId}'`)).toEqual([
    { action: 'server:create' },
  ]);
  const ended = { workflow: 'server.create', resource: id, state: 'succeeded' };
  await eventually('the worker has told the end', async () => (await linesOf('workers', requestId)).at(0));
  expect(await linesOf('workers', requestId)).toEqual(line(ended));
  // Agents hear of it by a job in their queue alone: these lines show that it carried the id.
  const looked = { noun: 'server', id, outcome: 'present', host: hostName };
  expect(await linesOf(`hostagent-${hostName}`, requestId)).toEqual(line(looked));
  await cloud.delete(id);
});

test('api, workers and agents tell figures about what they did', async () => {
  const metrics = (program: string) => installation.ask(program, '/metrics').then(({ text }) => text);
  expect(await metrics('api')).toMatch(/^unkai_http_request_seconds_count\{.*method="POST",.*status="201"\} [1-9]/m);
  expect(await metrics('workers')).toMatch(/^unkai_workflow_runs_total\{.*"server\.create".*\} [1-9]/m);
  const agents = await Promise.all(['agent', 'agent+1', 'agent+2'].map(metrics));
  expect(agents.join('\n')).toMatch(/^unkai_agent_rounds_total\{noun="server",outcome="present"\} [1-9]/m);
});

test('env gives what curl needs', async () => {
  const { stdout } = await installation.unkai('env');
  const [, url] = /^export UNKAI_URL=(\S+)$/m.exec(stdout) ?? [];
  const [, token] = /^export UNKAI_TOKEN=(\S+)$/m.exec(stdout) ?? [];
  const said = await run(['curl', '-sS', '-H', `Authorization: Bearer ${token}`, `${url}/v1/users/me`]);
  expect(JSON.parse(said.stdout)).toMatchObject({ name: 'admin', systemRole: 'admin' });
});

test('status tells people and programs the same, and its exit code too', async () => {
  const people = await installation.unkai('status');
  expect(people.code).toBe(0);
  const { healthy, phase, programs } = await installation.status();
  expect({ healthy, phase }).toEqual({ healthy: true, phase: 'running' });
  for (const { name, state } of programs) expect(people.stdout).toMatch(new RegExp(`^${name} +${state} `, 'm'));
});

test('logs shows the end of each log, and knows its names', async () => {
  const { stdout } = await installation.unkai('logs', 'api', '-n', '100');
  expect(stdout).toContain('the API listens');
  const unknown = await installation.unkai('logs', 'nothing');
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toContain('Mend: ./unkai logs api | ');
});

test('doctor finds all of it in order', async () => {
  const { stdout, code } = await installation.unkai('doctor', '--json');
  const { findings } = z.object({ findings: z.array(finding) }).parse(JSON.parse(stdout));
  expect(findings.filter(({ state }) => state === 'bad')).toEqual([]);
  expect(findings.map(({ name }) => name)).toEqual(expect.arrayContaining(['disk', 'clock', 'redis', 'what runs']));
  expect(code).toBe(0);
});

test('doctor names a program that does not answer, and its log', async () => {
  const file = statusFile(installation.home);
  const text = await readFile(file, 'utf8');
  const status = JSON.parse(text);
  for (const program of status.programs) if (program.name === 'workers') program.state = 'silent';
  await writeFile(file, JSON.stringify(status));
  const { stdout, code } = await installation.unkai('doctor');
  await writeFile(file, text);
  expect(stdout).toMatch(/✗ +what runs +workers is silent$/m);
  expect(stdout).toMatch(/✗ +what runs +Mend: \.\/unkai logs workers$/m);
  expect(code).toBe(1);
});

test.each([
  ['redis', { api: 'redis', workers: 'redis', agent: 'hints' }],
  ['postgres', { api: 'postgres,migrations', workers: 'postgres,migrations', agent: 'controlPlane' }],
  ['api', { workers: 'ready', agent: 'controlPlane' }],
])(
  'while %s is away readyz says so of each that needs it, healthz of none, and all are ready again',
  async (name, away) => {
    const isAll = (wanted: object) => async () =>
      JSON.stringify(await installation.readiness()) === JSON.stringify(wanted) ? true : undefined;
    const ready = { api: 'ready', workers: 'ready', agent: 'ready' };
    await eventually('all are ready', isAll(ready));
    const supervisor = Number(await readFile(pidFile(installation.home), 'utf8'));
    // Otherwise it would be back before anybody has looked.
    process.kill(supervisor, 'SIGSTOP');
    try {
      await installation.kill(name);
      await eventually(`it shows that ${name} is away`, isAll(away));
      for (const each of Object.keys(away)) expect((await installation.ask(each, '/healthz')).status).toBe(200);
    } finally {
      process.kill(supervisor, 'SIGCONT');
    }
    await eventually('all are ready again', isAll(ready));
  },
);

test('every program that is killed is started again', async () => {
  const names = (await installation.status()).programs.map(({ name }) => name);
  for (const name of names) {
    await installation.kill(name);
    await eventually(`${name} is back`, async () => {
      const { programs } = await installation.status();
      return programs.some((each) => each.name === name && each.restarts > 0 && each.state === 'ready') || undefined;
    });
  }
  await cloud.untilState(await cloud.createServer('after-all'), 'running');
  await cloud.deleteAll();
});

test('a killed supervisor takes its programs with it, and up brings everything back', async () => {
  const { programs } = await installation.status();
  const supervisor = Number(await readFile(pidFile(installation.home), 'utf8'));
  process.kill(supervisor, 'SIGKILL');
  await eventually('its programs are gone', async () =>
    programs.every(({ pid }) => !existsSync(`/proc/${pid}`)) ? true : undefined,
  );
  expect((await installation.unkai('status')).code).toBe(3);
  await installation.up();
  expect((await installation.status()).healthy).toBe(true);
});

test('data survives down and up; so do the password and the token', async () => {
  const id = await cloud.createServer('lasting');
  await cloud.untilState(id, 'running');
  const token = await readFile(join(installation.home, 'admin-token'), 'utf8');
  await installation.down();
  expect((await installation.unkai('status')).code).toBe(3);
  await expect(fetch(`${installation.url}/v1/users/me`)).rejects.toThrow();
  await installation.up();
  expect(await readFile(join(installation.home, 'admin-token'), 'utf8')).toBe(token);
  await cloud.untilState(id, 'running');
  await cloud.deleteAll();
});

test('after a crash of the machine, files of the old boot do not stand in the way', async () => {
  const { home } = installation;
  for (const lastWords of [JSON.stringify({ phase: 'failed', failure: 'before the power cut' }), '{"phase":']) {
    await installation.down();
    // What a power cut leaves: pid files of processes that are gone, or whose numbers belong to others now.
    await writeFile(pidFile(home), String(process.pid));
    await writeFile(statusFile(home), lastWords);
    // `up` looks ten times a second; looking all the time sees too what stands there for a moment alone.
    const failures = await failuresOfReading(home, () => installation.up());
    expect(failures).toEqual([]);
    expect((await installation.status()).healthy).toBe(true);
  }
});

test('an installation keeps its database: another, or none where there was one, is refused until it is told', async () => {
  const { home } = installation;
  const variables = { DATABASE_URL: 'postgresql://unkai:secret@127.0.0.1:9/unkai' };
  const withAnother = await installation.with(variables).unkai('up', '--sim');
  expect(withAnother.code).toBe(1);
  expect(withAnother.stderr).toContain(
    `DATABASE_URL is set, but the installation in ${home} has its data in a Postgres of its own.\nMend: unset DATABASE_URL`,
  );
  const file = join(home, 'settings.json');
  const settings = await readFile(file, 'utf8');
  await writeFile(file, JSON.stringify({ ...JSON.parse(settings), database: 'given' }));
  const without = await installation.unkai('up', '--sim');
  await writeFile(file, settings);
  expect(without.code).toBe(1);
  expect(without.stderr).toMatch(
    /DATABASE_URL is not set, and .*\nMend: DATABASE_URL=… \.\/unkai up; .* --change-database/,
  );
  expect((await installation.status()).healthy).toBe(true);
});

test('an installation with simulated hosts does not become a real one', async () => {
  if (!isRoot) return;
  const said = await installation.unkai('up');
  expect(said.code).toBe(1);
  expect(said.stderr).toMatch(/has simulated hosts; the two never mix\.\nMend: .*up --sim/);
});
