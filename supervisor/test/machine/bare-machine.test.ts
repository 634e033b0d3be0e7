// Debian 12 machines on which nothing of ours is installed: what the README promises of one command, from nothing to a server
// that prints its prompt. Asked for by `./unkai test machine`, since it downloads all that an installation needs.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openClient } from '@unkai/client/client';
import type { RunResult } from '@unkai/hostagent/tools/run';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Cloud } from '../stack/cloud.ts';
import { eventually } from '../stack/installation.ts';
import { installDebian, Machine } from './machine.ts';

/** Emulated, on a machine that does much else. */
const bootLimitMs = 300_000;
const brought = ['node', 'npm', 'pnpm', 'redis-server', 'qemu-system-x86_64', 'qemu-img', 'ovs-vswitchd', 'dnsmasq'];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp('/tmp/unkai-machine-');
  await installDebian(join(folder, 'debian'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Which of these programs the machine has. */
async function programsOf(machine: Machine, names: readonly string[]): Promise<string[]> {
  const { stdout } = await machine.run(['which', ...names]);
  return stdout.split('\n').flatMap((path) => path.split('/').at(-1) || []);
}

/** The API of that machine, as its own `./unkai env` tells who may use it. */
async function cloudOf(machine: Machine, env: RunResult): Promise<Cloud> {
  expect(env.code).toBe(0);
  const token = /^export UNKAI_TOKEN='?(unk_[^'\s]+)'?$/m.exec(env.stdout)?.[1];
  if (token === undefined) throw new Error(`./unkai env tells no token:\n${env.stdout}`);
  return Cloud.of({ api: openClient({ origin: machine.url, token }), home: folder });
}

test('on a bare Debian machine ./unkai up brings all it needs, a server boots to its prompt, and down ends it all', async () => {
  const machine = await Machine.start(join(folder, 'debian'), join(folder, 'root-machine'), '/root');
  try {
    expect(await programsOf(machine, brought)).toEqual([]);
    const unkai = (...words: string[]) => machine.run(['/root/unkai/unkai', ...words]);
    const up = await unkai('up');
    expect(up.code, up.stderr).toBe(0);
    expect(up.stdout).toContain('Unkai runs: ');
    process.stdout.write(up.stderr);
    expect(await programsOf(machine, ['qemu-system-x86_64', 'ovs-vswitchd'])).toHaveLength(2);
    const cloud = await cloudOf(machine, await unkai('env'));
    const id = await cloud.createServer('first');
    await cloud.untilState(id, 'running');
    const prompt = async () => ((await cloud.log(id)).includes('first login:') ? true : undefined);
    await eventually('the guest prints its prompt', prompt, bootLimitMs);
    await cloud.delete(id);
    const before = await machine.processes();
    expect(before.filter((line) => line.includes('/root/unkai'))).not.toEqual([]);
    const down = await unkai('down', '--guests');
    expect(down.code, down.stderr).toBe(0);
    const left = await machine.processes();
    expect(left.filter((line) => /unkai|node|postgres|qemu|ovs|ovsdb|dnsmasq/.test(line))).toEqual([]);
  } finally {
    await machine.stop();
  }
});

/** What an administrator of that machine does when it is told to. */
async function obey(machine: Machine, said: RunResult): Promise<string> {
  const command = /^Mend: sudo (apt-get install [a-z0-9 -]+)$/m.exec(said.stderr)?.[1];
  if (command === undefined) throw new Error(`No command mends it:\n${said.stderr}`);
  expect((await machine.run(['apt-get', 'update'])).code).toBe(0);
  const [program = '', ...words] = command.split(' ');
  const done = await machine.run([program, '--yes', '--no-install-recommends', ...words]);
  expect(done.code, done.stderr).toBe(0);
  return words.slice(1).join(' ');
}

test('an ordinary user without QEMU is told which packages to ask for, and then has simulated hosts', async () => {
  const machine = await Machine.start(join(folder, 'debian'), join(folder, 'user-machine'), '/srv');
  try {
    await machine.run(['useradd', '--create-home', 'someone']);
    await machine.run(['mv', '/srv/unkai', '/home/someone/unkai']);
    await machine.run(['chown', '--recursive', 'someone:someone', '/home/someone/unkai']);
    const as = { user: 'someone', home: '/home/someone' };
    const unkai = (...words: string[]) => machine.run(['/home/someone/unkai/unkai', ...words], as);
    const asked: string[] = [];
    let up = await unkai('up', '--sim');
    while (up.code !== 0 && asked.length < 2) {
      asked.push(await obey(machine, up));
      up = await unkai('up', '--sim');
    }
    expect(up.code, up.stderr).toBe(0);
    expect(asked).toEqual(['redis-server', 'npm']);
    process.stdout.write(up.stderr);
    expect(await programsOf(machine, ['qemu-system-x86_64', 'qemu-img', 'ovs-vswitchd'])).toEqual([]);
    const cloud = await cloudOf(machine, await unkai('env'));
    const id = await cloud.createServer('simulated');
    await cloud.untilState(id, 'running');
    await cloud.delete(id);
    expect((await unkai('down')).code).toBe(0);
    const { stdout } = await machine.run(['pgrep', '--uid', 'someone', '--list-full']);
    expect(stdout).toBe('');
  } finally {
    await machine.stop();
  }
});
