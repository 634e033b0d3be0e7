import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { exclusively } from '../exclusive.ts';
import { hasErrorCode, namesIn, writeFileAtomically } from '../files.ts';
import { isIpv6 } from '../flows/ipv6.ts';
import {
  type DnsmasqConfiguration,
  type DnsmasqHost,
  type DnsmasqNeighbour,
  dnsmasqConfiguration,
  dnsmasqFolders,
  dnsmasqHostFiles,
  dnsmasqNeighbourLines,
  neighboursFile,
  optionsFile,
  reservedLeases,
  tagsFile,
} from './dnsmasq-files.ts';
import { isAlive } from './guest-process.ts';
import { inNamespace } from './namespace.ts';
import { type Argv, run, start } from './run.ts';

export type DnsmasqServer = Omit<DnsmasqConfiguration, 'keepRoot'> & { namespace: string };

/** DHCP and names of one network on this host, in a folder and a namespace of its own. */
export interface DnsmasqTool {
  /** Makes it run with this configuration; it is restarted only when that changed. */
  ensure(server: DnsmasqServer): Promise<void>;
  isRunning(folder: string): Promise<boolean>;
  /** Stops it until it is ensured again; its folder stays. Harmless when it does not run. */
  stop(folder: string): Promise<void>;
  /** Stops it and removes its folder. Harmless when it is not there. */
  purge(folder: string): Promise<void>;
  /** Names of the guests that are on other hosts: these and no others. */
  ensureNeighbours(folder: string, neighbours: readonly DnsmasqNeighbour[]): Promise<void>;
  ensureHost(folder: string, namespace: string, host: DnsmasqHost): Promise<void>;
  /** Forgets a guest's reservation, name and lease. Harmless when it is not there. */
  purgeHost(folder: string, namespace: string, portId: string): Promise<void>;
}

const startLimitMs = 3_000;
const stopLimitMs = 3_000;
const releaseLimitMs = 3_000;
/** What gives a lease back is one packet, which may meet a server that is being restarted. */
const releaseRepeatMs = 300;

/** Owner of a queue for each folder: networks and ports start and stop a server, and two at once would take its place. */
const servers = {};

/** The real dnsmasq. It runs in a session of its own and outlives the agent, which finds it by its pid file. */
export function openDnsmasq(): DnsmasqTool {
  return {
    ensure: (server) => exclusively(servers, server.folder, () => ensure(server)),
    isRunning: async (folder) => (await runningPid(folder)) !== null,
    stop: (folder) => exclusively(servers, folder, () => stop(folder)),
    async purge(folder) {
      await exclusively(servers, folder, async () => {
        await stop(folder);
        await rm(folder, { recursive: true, force: true });
      });
    },
    ensureNeighbours,
    ensureHost,
    purgeHost,
  };
}

async function ensure({ namespace, ...configuration }: DnsmasqServer): Promise<void> {
  const { folder } = configuration;
  // Its user may pass through and read the lines of its guests, and list nothing else.
  await mkdir(folder, { recursive: true });
  await chmod(dirname(folder), 0o711);
  await chmod(folder, 0o711);
  for (const name of Object.values(dnsmasqFolders)) await mkdir(join(folder, name), { recursive: true, mode: 0o755 });
  await gatherOptions(folder);
  const text = dnsmasqConfiguration({ ...configuration, keepRoot: !(await isOpenToAll(folder)) });
  const file = join(folder, 'dnsmasq.conf');
  const before = existsSync(file) ? await readFile(file, 'utf8') : '';
  if (before === text && (await runningPid(folder)) !== null) return;
  await writeFileAtomically(file, text, 0o644);
  await stop(folder);
  await launch(folder, namespace);
}

async function launch(folder: string, namespace: string): Promise<void> {
  await rm(join(folder, 'dnsmasq.pid'), { force: true });
  await writeFileAtomically(join(folder, tagsFile), await gathered(folder, 'tags'), 0o644);
  const log = join(folder, 'dnsmasq.log');
  const argv = inNamespace(namespace, [
    'dnsmasq',
    '--keep-in-foreground',
    `--conf-file=${join(folder, 'dnsmasq.conf')}`,
  ]);
  const { exited } = await start(argv, { detached: true, stdoutFile: log });
  let ended = false;
  void exited.then(() => {
    ended = true;
  });
  for (let waitedMs = 0; waitedMs < startLimitMs && !ended; waitedMs += 10) {
    if ((await runningPid(folder)) !== null) return;
    await delay(10);
  }
  const said = await readFile(log, 'utf8').catch(() => '');
  throw new Error(`dnsmasq did not start: ${said.trim().split('\n').at(-1)?.slice(-300) ?? 'it said nothing'}`);
}

/** The pid in the pid file, if that process is this folder's dnsmasq. */
async function runningPid(folder: string): Promise<number | null> {
  const pid = Number.parseInt(await readFile(join(folder, 'dnsmasq.pid'), 'utf8').catch(() => ''), 10);
  if (!Number.isInteger(pid)) return null;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.split('\0').includes(`--conf-file=${join(folder, 'dnsmasq.conf')}`) ? pid : null;
}

/** Comes back when its sockets are free for another: its pid file goes a moment before it does. */
async function stop(folder: string): Promise<void> {
  const pid = await runningPid(folder);
  if (pid === null) return;
  process.kill(pid, 'SIGTERM');
  if (await hasEnded(pid)) return;
  process.kill(pid, 'SIGKILL');
  await hasEnded(pid);
}

async function hasEnded(pid: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < stopLimitMs; waitedMs += 10) {
    if (!(await isAlive(pid))) return true;
    await delay(10);
  }
  return false;
}

async function ensureHost(folder: string, namespace: string, host: DnsmasqHost): Promise<void> {
  const files = dnsmasqHostFiles(host);
  const reservation = join(folder, dnsmasqFolders.reservations, host.portId);
  const before = await readFile(reservation, 'utf8').catch(() => '');
  const optionsBefore = await readFile(join(folder, dnsmasqFolders.options, host.portId), 'utf8').catch(() => '');
  if (before === files.reservations && optionsBefore === files.options) return;
  // A changed line is taken up, but the lease of the old one is not given back.
  if (before !== '') await purgeHost(folder, namespace, host.portId);
  if (files.options !== '') {
    await moveIn(folder, 'options', { name: host.portId, text: files.options });
    await moveIn(folder, 'tags', { name: host.portId, text: files.tags });
    await takeUpOptions(folder);
    await takeUpTag(folder, namespace, files.tags);
  }
  await moveIn(folder, 'names', { name: host.portId, text: files.names });
  // Last, as it is the memory of the above: what was cut off in between is done again.
  await moveIn(folder, 'reservations', { name: host.portId, text: files.reservations });
}

/** Restarts it for a tag that it has not read. One whose port has gone stays until then: no option is for it any more. */
async function takeUpTag(folder: string, namespace: string, tag: string): Promise<void> {
  await exclusively(servers, folder, async () => {
    const known = await readFile(join(folder, tagsFile), 'utf8').catch(() => '');
    if (known.includes(tag) || (await runningPid(folder)) === null) return;
    await stop(folder);
    await launch(folder, namespace);
  });
}

/** What all ports have in one of the folders, in one order. */
async function gathered(folder: string, kind: keyof typeof dnsmasqFolders): Promise<string> {
  const pieces = join(folder, dnsmasqFolders[kind]);
  const texts = (await namesIn(pieces)).toSorted().map((name) => readFile(join(pieces, name), 'utf8').catch(() => ''));
  return (await Promise.all(texts)).join('');
}

/** As `gatherOptions`, after others that gather: who read less must not write last. */
async function takeUpOptions(folder: string): Promise<boolean> {
  return exclusively(servers, folder, async () => existsSync(folder) && gatherOptions(folder));
}

/** Puts all ports' options into the one file that dnsmasq reads, and has it read that. Gives whether it changed. */
async function gatherOptions(folder: string): Promise<boolean> {
  const text = await gathered(folder, 'options');
  const file = join(folder, optionsFile);
  if ((await readFile(file, 'utf8').catch(() => null)) === text) return false;
  await writeFileAtomically(file, text, 0o644);
  await readAnew(folder);
  return true;
}

/** It hears of new files by itself, of removed ones and of options only by a signal. One that starts reads all of them. */
async function readAnew(folder: string): Promise<void> {
  const pid = await runningPid(folder);
  if (pid === null) return;
  try {
    process.kill(pid, 'SIGHUP');
  } catch (error) {
    // It ended since it was found.
    if (!hasErrorCode(error, 'ESRCH')) throw error;
  }
}

/** dnsmasq reads whatever appears in its folders, a temporary file too: it is made beside them and moved in whole. */
async function moveIn(
  folder: string,
  kind: keyof typeof dnsmasqFolders,
  { name, text }: { name: string; text: string },
): Promise<void> {
  const staged = join(folder, `${name}.${dnsmasqFolders[kind]}`);
  await writeFileAtomically(staged, text, 0o644);
  await rename(staged, join(folder, dnsmasqFolders[kind], name));
}

async function ensureNeighbours(folder: string, neighbours: readonly DnsmasqNeighbour[]): Promise<void> {
  const text = dnsmasqNeighbourLines(neighbours);
  const before = await readFile(join(folder, dnsmasqFolders.names, neighboursFile), 'utf8').catch(() => '');
  if (before === text) return;
  await moveIn(folder, 'names', { name: neighboursFile, text });
  // A new line it would hear of by itself; of one that has gone it hears by this only.
  await readAnew(folder);
}

async function purgeHost(folder: string, namespace: string, portId: string): Promise<void> {
  // A network that DHCP does not serve has no folder.
  if (!existsSync(folder)) return;
  const reservation = join(folder, dnsmasqFolders.reservations, portId);
  const text = await readFile(reservation, 'utf8').catch(() => '');
  await rm(reservation, { force: true });
  for (const kind of [dnsmasqFolders.names, dnsmasqFolders.options, dnsmasqFolders.tags])
    await rm(join(folder, kind, portId), { force: true });
  const isToldOfOptions = await takeUpOptions(folder);
  if (text === '') return;
  if (!isToldOfOptions) await readAnew(folder);
  // The next owner of the address has another MAC, and would be refused while the lease is on it.
  for (const lease of reservedLeases(text)) await release(folder, namespace, lease);
}

type Lease = { macAddress: string; address: string };

async function release(folder: string, namespace: string, lease: Lease): Promise<void> {
  for (let waitedMs = 0; waitedMs < releaseLimitMs; waitedMs += 10) {
    const held = heldLease(await leasesIn(folder), lease);
    if (held === undefined) return;
    if (waitedMs % releaseRepeatMs === 0 && !(await isForgotten(folder, lease))) {
      await run(inNamespace(namespace, held.release));
    }
    await delay(10);
  }
  throw new Error(`dnsmasq still holds the lease of ${lease.address} for ${lease.macAddress}.`);
}

const leasesIn = (folder: string) => readFile(join(folder, 'leases'), 'utf8').catch(() => '');

/** Takes a lease out of the file where no server runs to be asked: the next one reads it when it starts. */
async function isForgotten(folder: string, { address }: Lease): Promise<boolean> {
  if ((await runningPid(folder)) !== null) return false;
  return exclusively(servers, folder, async () => {
    // It may have been between two starts only; or its network is gone by now, and with it all leases.
    if ((await runningPid(folder)) !== null) return false;
    if (!existsSync(folder)) return true;
    const others = (await leasesIn(folder)).split('\n').filter((line) => line.split(' ')[2] !== address);
    await writeFileAtomically(join(folder, 'leases'), others.join('\n'), 0o644);
    return true;
  });
}

/** The command that gives a lease back, if the file of leases has it. Those of IPv6 are kept by the client's identifier. */
function heldLease(text: string, { macAddress, address }: Lease): { release: Argv } | undefined {
  const lines = text.split('\n').map((line) => line.split(' '));
  const [, identity, , , client] = lines.find((fields) => fields[2] === address) ?? [];
  if (identity === undefined) return undefined;
  if (!isIpv6(address)) {
    return identity === macAddress ? { release: ['dhcp_release', 'eth0', address, macAddress] } : undefined;
  }
  const server = lines.find(([word]) => word === 'duid')?.[1] ?? '';
  const who = ['--server-id', server, '--client-id', client ?? '', '--iaid', identity];
  return { release: ['dhcp_release6', '--iface', 'eth0', '--ip', address, ...who] };
}

/** Whether any user may pass through every folder above and into this one. */
async function isOpenToAll(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || isOpenToAll(parent);
}
