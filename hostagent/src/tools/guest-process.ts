// Guests are found by what the kernel says of them (/proc/<pid>/cmdline), not by pid files: those go stale, and a QEMU
// that was taken over could write another's pid into one.
import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';

export type GuestProcess = { pid: number; serverId: string };

/** All QEMU processes whose sockets lie below `socketsFolder`: the guests of this host folder and of no other agent's. */
export async function guestProcesses(socketsFolder: string): Promise<GuestProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => guestProcess(Number(pid), socketsFolder)));
  return found.filter((process) => process !== undefined);
}

async function guestProcess(pid: number, socketsFolder: string): Promise<GuestProcess | undefined> {
  // A process may end between the listing and the look.
  const cmdline = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const argv = cmdline.split('\0');
  if (!basename(argv[0] ?? '').startsWith('qemu-system-')) return undefined;
  const serverId = argv[argv.indexOf('-uuid') + 1];
  if (!argv.includes('-uuid') || serverId === undefined) return undefined;
  const isOurs = argv.some((argument) => argument.includes(`path=${socketsFolder}/${serverId}/`));
  return isOurs ? { pid, serverId } : undefined;
}

/** Whether a process is there and not merely waiting to be reaped. */
export async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in parentheses may hold spaces; the state is the first field after it.
  const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  return state !== '' && state !== 'Z' && state !== 'X';
}
