// H14: what stands in the way of the one command is named, with what mends it.
import { chmod, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { finding } from '@unkai/contracts/host/finding';
import { run } from '@unkai/hostagent/tools/run';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Installation } from './installation.ts';

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
