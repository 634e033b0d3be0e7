import { existsSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname } from 'node:path';
import type { Finding } from '@unkai/contracts/host/finding';
import type { Underlay } from '../tools/ip-address.ts';
import { run } from '../tools/run.ts';
import { bad, ok, warn } from './finding.ts';

const gibibyte = 1024 ** 3;
/** What VXLAN takes from each packet between hosts. */
const tunnelOverhead = 50;
const ethernetMtu = 1500;
const smallestIpv6Mtu = 1280;
/** Tokens and leases are minutes long; a clock that is off by more than this breaks them. */
const clockToleranceMs = 30_000;

/** Whether guests, images and logs have room on the disk that `home` is on, or will be. */
export async function lookAtDisk(home: string, look = freeBytes): Promise<Finding> {
  const bytes = await look(home);
  const free = `${(bytes / gibibyte).toFixed(1)} GiB free below ${home}`;
  const mend = 'Free some space, or choose a folder on a larger disk with UNKAI_HOME.';
  if (bytes < 2 * gibibyte) return bad('disk', `${free}; 2 GiB are needed to start.`, mend);
  if (bytes < 10 * gibibyte) return warn('disk', `${free}: room for a few small servers.`, mend);
  return ok('disk', `${free}.`);
}

async function freeBytes(home: string): Promise<number> {
  let folder = home;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Whether the control plane and a small guest fit into memory. */
export function lookAtMemory(totalBytes = totalmem()): Finding {
  const total = `${(totalBytes / gibibyte).toFixed(1)} GiB of memory`;
  if (totalBytes < 1.8 * gibibyte) {
    return warn('memory', `${total}: the control plane alone takes about 1 GiB.`, 'Use a machine with 4 GiB or more.');
  }
  return ok('memory', `${total}.`);
}

/** Whether guests' packets fit between hosts. */
export function lookAtUnderlay(underlay: Pick<Underlay, 'address' | 'mtu'> | null): Finding {
  const name = 'underlay MTU';
  if (underlay === null) {
    return warn(name, 'This machine has no IPv4 address: no second host can join.', 'ip address; ip route');
  }
  const guests = Math.min(ethernetMtu, underlay.mtu - tunnelOverhead);
  const says = `${underlay.address} carries ${underlay.mtu} bytes: guests get ${guests}.`;
  if (guests < smallestIpv6Mtu) {
    return bad(name, says, `Raise the MTU of the device to at least ${smallestIpv6Mtu + tunnelOverhead}.`);
  }
  return ok(name, says);
}

/**
 * Whether the clock can be believed: the control plane's agrees with it, it is not before the code was written, and
 * something keeps it right.
 */
export async function lookAtClock(apiUrl: string, codeFile: string, now = Date.now()): Promise<Finding> {
  const mend = 'timedatectl set-ntp true, or: apt-get install chrony';
  const written = (await stat(codeFile)).mtimeMs;
  if (now < written - clockToleranceMs) {
    return bad('clock', `It says ${new Date(now).toISOString()}, before this Unkai was built.`, mend);
  }
  const remote = await timeOf(apiUrl);
  if (remote !== null && Math.abs(remote - now) > clockToleranceMs) {
    const seconds = Math.round((now - remote) / 1000);
    return bad(
      'clock',
      `It is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the control plane's.`,
      mend,
    );
  }
  const isKept = await isSynchronised();
  if (isKept === false) return warn('clock', 'Nothing sets it right: it will drift.', mend);
  return ok('clock', isKept ? 'It is kept right.' : 'It is plausible; nothing here tells whether it is kept right.');
}

async function timeOf(apiUrl: string): Promise<number | null> {
  try {
    const response = await fetch(new URL('/healthz', apiUrl), { signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
    const date = Date.parse(response.headers.get('date') ?? '');
    return Number.isNaN(date) ? null : date;
  } catch {
    return null;
  }
}

/** What chrony or systemd say; null when neither can be asked. */
async function isSynchronised(): Promise<boolean | null> {
  for (const [argv, yes] of [
    [['chronyc', '-n', 'tracking'], /^Leap status\s*:\s*Normal/m],
    [['timedatectl', 'show', '--property=NTPSynchronized'], /=yes/],
  ] as const) {
    try {
      return yes.test((await run(argv, { timeoutMs: 5_000 })).stdout);
    } catch {
      // Not installed, or not answering: the next one is asked.
    }
  }
  return null;
}
