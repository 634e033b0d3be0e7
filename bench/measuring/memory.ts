import { readdir, readFile } from 'node:fs/promises';

export type Process = { pid: number; parent: number; commandLine: string };

/** All processes of this machine that have a command line; those that end meanwhile are left out. */
export async function processes(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(readProcess));
  return found.filter((each) => each !== null);
}

async function readProcess(pid: number): Promise<Process | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const commandLine = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
    // The name, in parentheses, may hold blanks; the parent is the second field after it.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return commandLine === '' ? null : { pid, parent, commandLine };
  } catch {
    return null;
  }
}

/** A process and all that it started, and these in turn. */
export function treeOf(root: number, all: readonly Process[]): Process[] {
  const own = all.filter(({ pid }) => pid === root);
  return [...own, ...all.filter(({ parent }) => parent === root).flatMap(({ pid }) => treeOf(pid, all))];
}

/** The memory of processes in MiB: private pages, and each one's share of what several map (PSS). */
export async function pssMib(pids: readonly number[]): Promise<number> {
  const each = await Promise.all(pids.map(pssKib));
  return each.reduce((sum, kib) => sum + kib, 0) / 1024;
}

async function pssKib(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kib = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
  if (kib === undefined) throw new Error(`/proc/${pid}/smaps_rollup names no Pss.`);
  return Number(kib);
}
