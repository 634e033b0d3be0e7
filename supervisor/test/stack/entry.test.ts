// H14: the one command, as a person meets it. Simulated hosts where a real one is not the point.
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { finding } from '@unkai/contracts/host/finding';
import { run } from '@unkai/hostagent/tools/run';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Cloud } from './cloud.ts';
import { eventually, Installation } from './installation.ts';

const isRoot = process.getuid?.() === 0;

describe('an installation with simulated hosts', () => {
  let installation: Installation;
  let cloud: Cloud;
  let firstWords: string;

  beforeAll(async () => {
    installation = await Installation.prepare({ sim: true });
    firstWords = (await installation.up()).stdout;
    cloud = await Cloud.of(installation);
  });
  afterAll(() => installation?.remove());

  test('up says where it is, who signs in and with what; the password works and is in a file of the owner alone', async () => {
    const file = join(installation.home, 'admin-password');
    const password = (await readFile(file, 'utf8')).trim();
    expect(firstWords).toContain(`Unkai runs: ${installation.url}`);
    expect(firstWords).toContain(password);
    expect((await stat(file)).mode & 0o077).toBe(0);
    const answer = await installation.call('POST', '/sessions', { username: 'admin', password });
    expect(answer.status).toBe(201);
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

  test('a second up starts nothing anew', async () => {
    const before = await installation.status();
    const { stderr } = await installation.up();
    expect(stderr).toContain('already running');
    const pids = ({ programs }: typeof before) => programs.map(({ name, pid }) => [name, pid]);
    expect(pids(await installation.status())).toEqual(pids(before));
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
    const { stdout } = await installation.unkai('logs', 'api', '-n', '5');
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
    const pid = Number(await readFile(join(installation.home, 'run', 'supervisor.pid'), 'utf8'));
    process.kill(pid, 'SIGKILL');
    await eventually('its programs are gone', async () =>
      programs.every((each) => !isAlive(each.pid ?? 0)) ? true : undefined,
    );
    expect((await installation.unkai('status')).code).toBe(3);
    await installation.up();
    expect((await installation.status()).healthy).toBe(true);
  });

  test('data survives down and up; so do the password and the token', async () => {
    const id = await cloud.createServer('lasting');
    await cloud.untilState(id, 'running');
    const token = await readFile(join(installation.home, 'admin-token'), 'utf8');
    const said = await installation.unkai('down');
    expect(said.code).toBe(0);
    expect((await installation.unkai('status')).code).toBe(3);
    await expect(installation.call('GET', '/users/me')).rejects.toThrow();
    await installation.up();
    expect(await readFile(join(installation.home, 'admin-token'), 'utf8')).toBe(token);
    await cloud.untilState(id, 'running');
    await cloud.deleteAll();
  });

  test('after a crash of the machine, files of the old boot do not stand in the way', async () => {
    await installation.unkai('down');
    // What a power cut leaves: pid files of processes that are gone, or whose numbers belong to others now.
    const run_ = join(installation.home, 'run');
    await writeFile(join(run_, 'supervisor.pid'), String(process.pid));
    await writeFile(join(run_, 'status.json'), JSON.stringify({ phase: 'running' }));
    await installation.up();
    expect((await installation.status()).healthy).toBe(true);
  });

  test('an installation with simulated hosts does not become a real one', async () => {
    if (!isRoot) return;
    const said = await installation.unkai('up');
    expect(said.code).toBe(1);
    expect(said.stderr).toMatch(/has simulated hosts; the two never mix\.\nMend: .*up --sim/);
  });
});

describe('what stands in the way is named, with what mends it', () => {
  test('the port is taken', async () => {
    const installation = await Installation.prepare({ sim: true });
    const other = createServer().listen(installation.port, '127.0.0.1');
    try {
      const said = await installation.unkai('up', '--sim');
      expect(said.code).toBe(1);
      expect(said.stderr).toContain(`Port ${installation.port} is taken by`);
      expect(said.stderr).toContain(`Mend: UNKAI_PORT=${installation.port + 1000} ./unkai up`);
      const doctor = await installation.unkai('doctor', '--json');
      expect(doctor.code).toBe(1);
    } finally {
      other.close();
      await installation.remove();
    }
  });

  test('the port is no port', async () => {
    const installation = await Installation.prepare({ sim: true, variables: { UNKAI_PORT: 'http' } });
    const said = await installation.unkai('up', '--sim');
    expect(said.code).toBe(1);
    expect(said.stderr).toContain('UNKAI_PORT is "http"; a port is a number from 1 to 65535.');
    await rm(installation.home, { recursive: true });
  });

  test.runIf(isRoot)('the folder is closed to the users of Postgres and Redis', async () => {
    const closed = await mkdtemp('/tmp/unkai-closed-');
    const home = join(closed, 'home');
    await chmod(closed, 0o700);
    const installation = await Installation.prepare({ sim: true, variables: { UNKAI_HOME: home } });
    const said = await installation.unkai('up', '--sim');
    expect(said.code).toBe(1);
    expect(said.stderr).toMatch(/cannot reach .*a folder above it is closed to others/);
    expect(said.stderr).toContain('UNKAI_HOME');
    await installation.unkai('down');
    await rm(closed, { recursive: true });
    await rm(installation.home, { recursive: true });
  });

  test('redis-server is missing', async () => {
    const installation = await Installation.prepare({
      sim: true,
      variables: { PATH: await pathWithout('redis-server') },
    });
    const said = await installation.unkai('doctor', '--json');
    const { findings } = z.object({ findings: z.array(finding) }).parse(JSON.parse(said.stdout));
    const redis = findings.find(({ name }) => name === 'redis');
    expect(redis).toMatchObject({ state: 'bad', mend: expect.stringContaining('apt-get install redis-server') });
    expect(said.code).toBe(1);
    await rm(installation.home, { recursive: true });
  });

  test('there is no such command, and no installation', async () => {
    const installation = await Installation.prepare({ sim: true });
    const unknown = await installation.unkai('upp');
    expect(unknown).toMatchObject({ code: 1 });
    expect(unknown.stderr).toContain('There is no command "upp".\nMend: ./unkai help');
    const status = await installation.unkai('status');
    expect(status.code).toBe(1);
    expect(status.stderr).toContain(`There is no Unkai in ${installation.home}. Start one: ./unkai up`);
    await rm(installation.home, { recursive: true });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A PATH on which everything of this machine is found but one program. */
async function pathWithout(program: string): Promise<string> {
  const folder = await mkdtemp('/tmp/unkai-path-');
  const folders = `${process.env['PATH']}${delimiter}/usr/sbin${delimiter}/sbin`.split(delimiter);
  await mkdir(folder, { recursive: true });
  for (const each of folders) {
    const { stdout } = await run(
      ['find', '-H', each, '-maxdepth', '1', '-not', '-type', 'd', '-not', '-name', program],
      {
        okCodes: [0, 1],
      },
    );
    for (const path of stdout.split('\n').filter((line) => line !== '')) {
      await symlink(path, join(folder, path.slice(path.lastIndexOf('/') + 1))).catch(() => undefined);
    }
  }
  return folder;
}
