import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { checkout } from './settings.ts';

const programStatus = z.object({
  name: z.string(),
  state: z.enum(['starting', 'ready', 'silent', 'restarting', 'stopped']),
  pid: z.number().nullable(),
  restarts: z.number(),
  since: z.string(),
});

const status = z.object({
  phase: z.enum(['starting', 'running', 'failed', 'stopping']),
  failure: z.string().nullable(),
  pid: z.number(),
  /** What the programs were started from: see `up`, which starts them anew when it is something else. */
  startedFrom: z.string(),
  programs: z.array(programStatus),
});
export type Status = z.infer<typeof status>;
/** Who said it, whatever else it says: another version of the supervisor may have had other words. */
const signed = z.looseObject({ pid: z.number() });

export const statusFile = (home: string) => join(home, 'run', 'status.json');
export const pidFile = (home: string) => join(home, 'run', 'supervisor.pid');

/** The pid of the supervisor of this installation, or null when none runs. A pid that now is another program is none. */
export async function supervisorPid(home: string): Promise<number | null> {
  const pid = Number(await readIfThere(pidFile(home)));
  return Number.isInteger(pid) && pid > 1 && isSupervisor(pid, home) ? pid : null;
}

/** What the supervisor last said; null when none runs or it has not spoken yet: the file may be of one before it. */
export async function readStatus(home: string): Promise<Status | null> {
  const pid = await supervisorPid(home);
  const text = pid === null ? null : await readIfThere(statusFile(home));
  if (text === null) return null;
  const said: unknown = JSON.parse(text);
  return signed.safeParse(said).data?.pid === pid ? status.parse(said) : null;
}

/** The text of a file that a supervisor that ends takes away at any moment; null when it is not there. */
async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The arguments of the supervisor of an installation; they tell it from every other process, also after a reboot. */
export const supervisorArguments = (home: string) =>
  ['--max-semi-space-size=2', '--enable-source-maps', join(checkout, 'supervisor', 'dist', 'main.mjs'), home] as const;

function isSupervisor(pid: number, home: string): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words.includes(home) && words.some((word) => word.endsWith(join('supervisor', 'dist', 'main.mjs')));
  } catch {
    return false;
  }
}
