// A real host under the whole stack: guests outlive what controls them, and leave nothing behind.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finding } from '@unkai/contracts/host/finding';
import { run } from '@unkai/hostagent/tools/run';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Cloud, type Server } from './cloud.ts';
import { eventually, Installation } from './installation.ts';

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

/** The last beat of the guest, from the file that QEMU writes, whether anybody else is there or not. */
async function lastBeat(server: Server): Promise<Beat> {
  const log = await readFile(join(installation.home, 'host', 'servers', server.id, 'serial.log'), 'latin1');
  const last = [...log.matchAll(/^beat (\d+) <(.*)>/gm)].at(-1);
  return { count: Number(last?.[1] ?? 0), address: last?.[2] ?? '' };
}

/** Waits for a beat that is as it should be. */
function beat(server: Server, isWanted: (beat: Beat) => boolean): Promise<Beat> {
  return eventually(`the guest of ${server.name} beats`, async () => {
    const found = await lastBeat(server);
    return isWanted(found) ? found : undefined;
  });
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

test('a key pair opens the guest to another guest of its network, once a rule lets SSH in', async () => {
  const [server] = await cloud.servers();
  if (server === undefined) throw new Error('The server of the test before is missing.');
  const said = await cloud.logIn(server, { user: 'root', key }, 'hostname; id -un', 120_000);
  expect(said.trim().split('\n')).toEqual(['first', 'root']);
});

test('the guest goes on while the control plane and the agent are down, and is found again', async () => {
  const [server] = await cloud.servers();
  if (server === undefined) throw new Error('The server of the tests before is missing.');
  const [pid] = await processesOf(server.id);
  expect((await installation.unkai('down')).code).toBe(0);
  const { count } = await lastBeat(server);
  await beat(server, (later) => later.count > count + 2);
  await installation.up();
  expect(await processesOf(server.id)).toEqual([pid]);
  await cloud.untilState(server.id, 'running');
  const before = await lastBeat(server);
  await beat(server, (later) => later.count > before.count && later.address === server.addresses[0]?.address);
});

test('down --guests leaves nothing of the host but its files, and up boots its guests again', async () => {
  const [server] = await cloud.servers();
  if (server === undefined) throw new Error('The server of the tests before is missing.');
  const { namespace } = installation;
  expect((await installation.unkai('down', '--guests')).code).toBe(0);
  expect(await processesOf(installation.home)).toEqual([]);
  const devices = await run(['ip', '-netns', namespace, '-brief', 'link', 'show']);
  expect(devices.stdout.trim().split('\n')).toHaveLength(1);
  expect((await run(['ip', 'netns', 'list'])).stdout.match(new RegExp(`^${namespace}-.*`, 'gm'))).toBeNull();
  expect((await run(['ip', 'netns', 'exec', namespace, 'nft', 'list', 'tables'])).stdout).not.toContain('unkai');
  await installation.up();
  await beat(await cloud.untilState(server.id, 'running'), ({ count }) => count > 0);
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
  const { stdout } = await run(['grep', '-rlE', ids, host, ...but], { okCodes: [0, 1] });
  expect(stdout).toBe('');
  const names = await run(['find', host, '-name', `*${server.id}*`]);
  expect(names.stdout).toBe('');
  const links = await run(['ip', '-netns', installation.namespace, '-brief', 'link', 'show']);
  expect(links.stdout).not.toMatch(/^ukp/m);
});
