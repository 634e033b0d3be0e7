// A real host under the whole stack: guests outlive what controls them, and leave nothing behind.
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finding } from '@unkai/contracts/host/finding';
import { run } from '@unkai/hostagent/tools/run';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Cloud, type Server } from './cloud.ts';
import { eventually, Installation } from './installation.ts';

/** Emulated, on a machine that does much else. */
const bootLimitMs = 300_000;

let installation: Installation;
let cloud: Cloud;
let key: string;

beforeAll(async () => {
  installation = await Installation.start({ sim: false });
  cloud = await Cloud.of(installation);
  key = await cloud.letSshIn('laptop');
});
afterAll(() => installation?.remove());

/** Processes whose command line holds this text, such as a server's id. */
async function processesOf(text: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return pids.filter((_pid, index) => lines[index]?.includes(text));
}

/** A guest that says once a second that it lives, and what address the metadata service knows it by. */
const beating = [
  '#!/bin/sh',
  'metadata=http://169.254.169.254/latest/meta-data/local-ipv4',
  'n=0',
  '(while :; do n=$((n + 1)); echo "beat $n <$(curl -s -m 1 $metadata)>" > /dev/ttyS0; sleep 1; done) &',
].join('\n');

type Beat = { count: number; address: string };

/** What the guest said, from the file that QEMU writes, whether anybody else is there or not. */
function serialLog(server: Server): Promise<string> {
  return readFile(join(installation.home, 'host', 'servers', server.id, 'serial.log'), 'latin1');
}

/** How often the guest has come to its login prompt. */
async function boots(server: Server): Promise<number> {
  return [...(await serialLog(server)).matchAll(/ login:/g)].length;
}

/** Waits until the guest has booted once more; what it said before stands in its log for ever. */
function bootAfter(server: Server, before: number): Promise<true> {
  const look = async () => ((await boots(server)) > before ? true : undefined);
  return eventually(`the guest of ${server.name} has booted again`, look, bootLimitMs);
}

async function lastBeat(server: Server): Promise<Beat> {
  const log = await serialLog(server);
  const last = [...log.matchAll(/^beat (\d+) <(.*)>/gm)].at(-1);
  return { count: Number(last?.[1] ?? 0), address: last?.[2] ?? '' };
}

/** Waits for a beat that is as it should be. */
function beat(server: Server, isWanted: (beat: Beat) => boolean): Promise<Beat> {
  return eventually(
    `the guest of ${server.name} beats`,
    async () => {
      const found = await lastBeat(server);
      return isWanted(found) ? found : undefined;
    },
    bootLimitMs,
  );
}

test('H16: the agent is killed while it makes a server: one guest boots, and knows who it is', async () => {
  const creating = cloud.createServer('first', { keyPairNames: ['laptop'], userData: beating });
  await eventually('the host is at work', async () => {
    const [row] = await installation.rows('SELECT observed_state FROM server');
    return row?.['observed_state'] != null || undefined;
  });
  await installation.kill('hostagent');
  const server = await cloud.untilState(await creating, 'running');
  await beat(server, ({ address }) => address === server.addresses[0]?.address);
  expect(await processesOf(server.id)).toHaveLength(1);
  expect(await installation.guests(1)).toBe(1);
});

test('a second installation does not take the host of the first: it says who has it, and what to do', async () => {
  const second = await Installation.prepare({ sim: true, variables: { UNKAI_NETNS: installation.namespace } });
  const said = await second.unkai('up');
  expect(said.code).toBe(1);
  expect(said.stderr).toContain(
    `The network namespace ${installation.namespace} is the host of the installation in ${installation.home} already`,
  );
  expect(said.stderr).toMatch(/Mend: UNKAI_HOME=\S+ \.\/unkai down --guests; or .* UNKAI_NETNS=unkai2 /);
  expect(await readdir(second.home)).toEqual(['settings.json']);
  expect((await installation.status()).healthy).toBe(true);
  await rm(second.home, { recursive: true });
});

test('doctor tries everything of a host, finds it in order, and leaves nothing of its trying', async () => {
  const { stdout, code } = await installation.unkai('doctor', '--json');
  const { findings } = z.object({ findings: z.array(finding) }).parse(JSON.parse(stdout));
  expect(findings.filter(({ state }) => state === 'bad')).toEqual([]);
  const tried = [
    'accelerator',
    'tap devices',
    'veth pairs',
    'VXLAN',
    'nftables',
    'Open vSwitch',
    'underlay MTU',
    'clock',
  ];
  expect(findings.map(({ name }) => name)).toEqual(expect.arrayContaining(tried));
  expect(code).toBe(0);
  expect((await run(['ip', 'netns', 'list'])).stdout).not.toMatch(/^ukd/m);
});

test('the guest goes on while the control plane and the agent are down, and is found again', async () => {
  const [server] = await cloud.servers();
  if (server === undefined) throw new Error('The server of the tests before is missing.');
  const [pid] = await processesOf(server.id);
  await installation.down();
  const { count } = await lastBeat(server);
  await beat(server, (later) => later.count > count + 2);
  await installation.up();
  expect(await processesOf(server.id)).toEqual([pid]);
  await cloud.untilState(server.id, 'running');
  const before = await lastBeat(server);
  await beat(server, (later) => later.count > before.count && later.address === server.addresses[0]?.address);
});

/** Ends at once all that runs for this installation, and what reaches into its namespaces, as a power cut does. */
async function cutPower(): Promise<void> {
  const { home, namespace } = installation;
  const names = (await run(['ip', 'netns', 'list'])).stdout.match(new RegExp(`^${namespace}[\\w-]*`, 'gm')) ?? [];
  const supervisor = Number(await readFile(join(home, 'run', 'supervisor.pid'), 'utf8'));
  process.kill(supervisor, 'SIGKILL');
  const { stdout } = await run(['ip', 'netns', 'pids', namespace]);
  for (const pid of new Set([...(await processesOf(home)), ...stdout.split('\n').filter(Boolean).map(Number)])) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with the one before.
    }
  }
  await eventually('nothing runs any more', async () => ((await processesOf(home)).length === 0 ? true : undefined));
  // What was in memory: namespaces with their devices, rules and routes, and /run.
  for (const name of names) await run(['ip', 'netns', 'delete', name]);
  await rm(join('/run/unkai', `host-${namespace}`), { force: true });
  await run(['ip', 'netns', 'add', namespace]);
  await run(['ip', '-netns', namespace, 'link', 'set', 'lo', 'up']);
}

/** A machine that has started again says another boot id; here it is the files that speak of another one. */
async function forgetThisBoot(): Promise<void> {
  const bootId = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  const { stdout } = await run(['grep', '-rlF', bootId, join(installation.home, 'host')], { okCodes: [0, 1] });
  for (const file of stdout.split('\n').filter(Boolean)) {
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(bootId, randomUUID()));
  }
}

test('after a power cut nothing is lost: up makes the network again, and boots the guests that were on', async () => {
  const [server] = await cloud.servers();
  if (server === undefined) throw new Error('The server of the tests before is missing.');
  const before = await boots(server);
  expect(before).toBeGreaterThan(0);
  await cutPower();
  await forgetThisBoot();
  const token = await readFile(join(installation.home, 'admin-token'), 'utf8');
  await installation.up();
  expect(await readFile(join(installation.home, 'admin-token'), 'utf8')).toBe(token);
  const found = await cloud.untilState(server.id, 'running');
  expect(found.addresses).toEqual(server.addresses);
  await bootAfter(server, before);
  expect(await processesOf(server.id)).toHaveLength(1);
});

test('then its network works as before: a key pair opens it to another guest, since a rule lets SSH in', async () => {
  const [server] = await cloud.servers();
  if (server === undefined) throw new Error('The server of the test before is missing.');
  const said = await cloud.logIn(server, { user: 'root', key }, 'hostname; id -un', bootLimitMs);
  expect(said.trim().split('\n')).toEqual(['first', 'root']);
});

test('down --guests leaves nothing of the host but its files, and up boots its guests again', async () => {
  const [server] = await cloud.servers();
  if (server === undefined) throw new Error('The server of the tests before is missing.');
  const { namespace } = installation;
  const before = await boots(server);
  const down = await installation.down('--guests');
  expect(down.stderr).toMatch(/ 1 server is off; nothing of this host runs\.$/m);
  expect(await processesOf(installation.home)).toEqual([]);
  const devices = await run(['ip', '-netns', namespace, '-brief', 'link', 'show']);
  expect(devices.stdout.trim().split('\n')).toHaveLength(1);
  expect((await run(['ip', 'netns', 'list'])).stdout.match(new RegExp(`^${namespace}-.*`, 'gm'))).toBeNull();
  expect((await run(['ip', 'netns', 'exec', namespace, 'nft', 'list', 'tables'])).stdout).not.toContain('unkai');
  await installation.up();
  await bootAfter(await cloud.untilState(server.id, 'running'), before);
});

test('a delete leaves no process, device, lease, state or file of the server', async () => {
  const [server] = await cloud.servers();
  if (server === undefined) throw new Error('The server of the tests before is missing.');
  await cloud.delete(server.id);
  expect(await processesOf(server.id)).toEqual([]);
  const host = join(installation.home, 'host');
  // The journal of Open vSwitch's database keeps what was; what is there now shows in the devices below.
  const but = ['--exclude=*.log', '--exclude=conf.db'];
  const ids = `${server.id}|${server.addresses[0]?.portId}`;
  // The server is gone at once; its network hears of it a moment later, as any other neighbour does.
  const mentions = async () => (await run(['grep', '-rlE', ids, host, ...but], { okCodes: [0, 1, 2] })).stdout;
  await expect.poll(mentions, { timeout: 30_000 }).toBe('');
  const names = await run(['find', host, '-name', `*${server.id}*`]);
  expect(names.stdout).toBe('');
  const links = await run(['ip', '-netns', installation.namespace, '-brief', 'link', 'show']);
  expect(links.stdout).not.toMatch(/^ukp/m);
});
