// Without root: an ordinary user, with a checkout and a home of their own, has the whole thing on simulated hosts.
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Argv, run, ToolError } from '@unkai/hostagent/tools/run';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Cloud } from './cloud.ts';
import { checkout, Installation } from './installation.ts';

const isRoot = process.getuid?.() === 0;
/** Everybody's user without rights, there on every Debian. */
const user = { uid: 65_534, gid: 65_534 };
const notSources = new Set(['node_modules', '.next', 'dist', 'generated', '.git', '.unkai', 'test-results', 'out']);

let folder: string;
let installation: Installation;

beforeAll(async () => {
  if (!isRoot) return;
  folder = await mkdtemp('/tmp/unkai-user-');
  await chmod(folder, 0o755);
  const owner = { ...user, checkout: join(folder, 'unkai') };
  await copyCheckout(owner.checkout);
  installation = await Installation.prepare({ sim: true, variables: { HOME: folder }, owner });
}, 300_000);
afterAll(async () => {
  await installation?.remove();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** The sources are the user's own; what was fetched belongs to root, and the user can read it and nothing else. */
async function copyCheckout(target: string): Promise<void> {
  await cp(checkout, target, { recursive: true, filter: (path) => !notSources.has(basename(path)) });
  for (const name of ['web/.next', 'prisma/generated'].filter((each) => existsSync(join(checkout, each)))) {
    await run(['cp', '-a', join(checkout, name), join(target, name)], { timeoutMs: 120_000 });
  }
  await mkdir(join(target, '.unkai'));
  await run(['chown', '-R', `${user.uid}:${user.gid}`, target]);
  for (const name of await fetchedFolders()) await link(join(checkout, name), join(target, name));
}

async function fetchedFolders(): Promise<string[]> {
  const names = ['.', 'packages'].map(async (each) => {
    const below = await readdir(join(checkout, each), { withFileTypes: true });
    return below.filter((entry) => entry.isDirectory()).map(({ name }) => join(each, name, 'node_modules'));
  });
  const all = ['node_modules', '.unkai/tools', ...(await Promise.all(names)).flat()];
  return all.filter((each) => existsSync(join(checkout, each)));
}

/** Links take seconds less than a gigabyte of copies; on another file system there is no other way. */
async function link(source: string, target: string): Promise<void> {
  const copying = (how: string): Argv => ['cp', how, source, target];
  try {
    await run(copying('-al'), { timeoutMs: 120_000 });
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    await rm(target, { recursive: true, force: true });
    await run(copying('-a'), { timeoutMs: 300_000 });
  }
}

test.runIf(isRoot)('an ordinary user has simulated hosts, a server that runs, and all of it is theirs', async () => {
  const { stdout, stderr } = await installation.up();
  expect(stdout).toContain(`Unkai runs: ${installation.url}`);
  expect(stderr).toMatch(/✓ Wait for the host .* sim-1, sim-2, sim-3$/m);
  const { programs } = await installation.status();
  expect(programs.map(({ name }) => name)).toEqual(expect.arrayContaining(['postgres', 'redis', 'api', 'workers']));
  for (const { pid } of programs) expect((await stat(`/proc/${pid}`)).uid).toBe(user.uid);
  const { stdout: foreign } = await run(['find', installation.home, '-not', '-uid', String(user.uid)]);
  expect(foreign).toBe('');
  const cloud = await Cloud.of(installation);
  const id = await cloud.createServer('without-root');
  await cloud.untilState(id, 'running');
  await cloud.delete(id);
});

test.runIf(isRoot)('what needs root says so, with both ways out', async () => {
  const said = await installation.unkai('up');
  expect(said.code).toBe(1);
  expect(said.stderr).toContain('Real hosts need root');
  expect(said.stderr).toContain('Mend: sudo ./unkai up, or without root: ./unkai up --sim');
  const doctor = await installation.unkai('doctor');
  expect(doctor.stdout).not.toContain('sudo');
  expect(doctor.code).toBe(0);
});
