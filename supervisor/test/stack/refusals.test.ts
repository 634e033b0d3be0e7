// H14: what stands in the way of the one command is named, with what mends it.
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { finding } from '@unkai/contracts/host/finding';
import { run } from '@unkai/hostagent/tools/run';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { checkout, Installation } from './installation.ts';

const isRoot = process.getuid?.() === 0;

test('the port is taken', async () => {
  const installation = await Installation.prepare({ sim: true });
  const other = createServer().listen(installation.port, '127.0.0.1');
  try {
    const said = await installation.unkai('up', '--sim');
    expect(said.code).toBe(1);
    expect(said.stderr).toContain(`Port ${installation.port} is taken by node (pid ${process.pid}).`);
    expect(said.stderr).toContain(`Mend: UNKAI_PORT=${installation.port + 1000} ./unkai up`);
    // Nobody waits for a build to hear of it.
    expect(said.stderr).not.toContain('Build');
    const doctor = await installation.unkai('doctor');
    expect(doctor.stdout).toContain(`Port ${installation.port} is taken by `);
    expect(doctor.stdout).toMatch(new RegExp(`✗ +port +Mend: UNKAI_PORT=${installation.port + 1000} `));
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
  await installation.down();
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

test("the operator's own Postgres does not answer", async () => {
  const installation = await Installation.prepare({
    sim: true,
    variables: { DATABASE_URL: 'postgresql://unkai:secret@127.0.0.1:9/unkai' },
  });
  const said = await installation.unkai('up', '--sim');
  expect(said.code).toBe(1);
  expect(said.stderr).toMatch(/i Postgres +that of DATABASE_URL, 127\.0\.0\.1:9$/m);
  expect(said.stderr).toMatch(/\(that of DATABASE_URL, 127\.0\.0\.1:9\) failed: connect ECONNREFUSED/);
  expect(said.stderr).toContain('Mend: ');
  expect(said.stderr).not.toContain('secret');
  await installation.remove();
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

describe('a step of the script itself that fails says what, why, and what mends it:', () => {
  /** As it is cloned: nothing is fetched yet. The programs that it would call first are these scripts. */
  async function bareCheckout(scripts: Record<string, string>, without = '') {
    const folder = await mkdtemp('/tmp/unkai-bare-');
    onTestFinished(() => rm(folder, { recursive: true }));
    for (const name of ['unkai', 'packages.txt', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']) {
      await copyFile(join(checkout, name), join(folder, name));
    }
    const programs = join(folder, 'programs');
    for (const [path, text] of Object.entries(scripts)) await writeProgram(join(folder, path), text);
    const path = [programs, await pathWithout(without)].join(delimiter);
    const env = { PATH: path, HOME: folder, UNKAI_HOME: join(folder, 'home') };
    const up = () => run([join(folder, 'unkai'), 'up', '--sim'], { env, okCodes: [1], timeoutMs: 60_000 });
    return { folder, up };
  }

  async function writeProgram(path: string, text: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }

  const oldNode = { 'programs/node': 'echo v18.20.4' };
  const failing = (words: string, code: number) => `echo '${words}' >&2\nexit ${code}`;

  test.runIf(isRoot)("Debian's packages", async () => {
    const words = "E: Failed to fetch http://deb.debian.org/debian: Could not resolve 'deb.debian.org'";
    const scripts = { 'programs/dpkg-query': 'exit 1', 'programs/apt-get': `echo "${words}" >&2; exit 100` };
    const { stderr } = await (await bareCheckout(scripts, 'redis-server')).up();
    expect(stderr).toContain(`  ✗ Install Redis\n`);
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/\nInstall Redis failed\.\nMend: apt-get install redis-server\n$/);
  });

  test('Node, where the machine has an older one', async () => {
    const words = 'npm error code ENOTFOUND';
    const { folder, up } = await bareCheckout({ ...oldNode, 'programs/npm': failing(words, 1) });
    const { stderr } = await up();
    expect(stderr).toContain(`  ✗ Bring Node 24 and pnpm\n${words}\n`);
    const place = join(folder, '.unkai', 'tools').replaceAll('.', '\\.');
    expect(stderr).toMatch(
      new RegExp(
        `\nBring Node 24 and pnpm failed\\.\nMend: npm install --prefix ${place} --no-save node-\\S+@24\\S* pnpm@\\S+\n$`,
      ),
    );
  });

  test('Node, where npm is missing too', async () => {
    const { up } = await bareCheckout({ ...oldNode, 'programs/apt-get': failing('E: no such package', 100) }, 'npm');
    const { stderr } = await up();
    expect(stderr).toMatch(
      /(?:Install npm failed|Neither Node 24 nor npm is installed)\.\nMend: .*apt-get install npm\n$/,
    );
  });

  test('the node packages', async () => {
    const words = 'ERR_PNPM_META_FETCH_FAIL';
    const { folder, up } = await bareCheckout({ '.unkai/tools/node_modules/.bin/pnpm': failing(words, 1) });
    const { stderr } = await up();
    expect(stderr).toContain(`  ✗ Install the node packages\n${words}\n`);
    const pnpm = join(folder, '.unkai', 'tools', 'node_modules', '.bin', 'pnpm');
    expect(stderr.trimEnd().split('\n').slice(-2)).toEqual([
      'Install the node packages failed.',
      `Mend: cd ${folder} && ${pnpm} install --frozen-lockfile`,
    ]);
  });
});

/** A PATH on which everything of this machine is found but one program. */
async function pathWithout(program: string): Promise<string> {
  const folder = await mkdtemp('/tmp/unkai-path-');
  onTestFinished(() => rm(folder, { recursive: true }));
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
