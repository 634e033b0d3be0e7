import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const status = z.object({ programs: z.array(z.object({ name: z.string(), pid: z.number().nullable() })) });

// USER_HZ, in which Linux tells times of processes to everyone, on all that it runs on.
const ticksPerSecond = 100;

/** The processor time, in seconds, that a program of an installation has taken so far. Throws when it does not run. */
export async function processorSeconds(home: string, name: string): Promise<number> {
  const { programs } = status.parse(JSON.parse(await readFile(join(home, 'run', 'status.json'), 'utf8')));
  const pid = programs.find((program) => program.name === name)?.pid ?? null;
  if (pid === null) throw new Error(`${name} does not run.`);
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // proc(5): the name in parentheses may hold anything; user and system time are the 14th and the 15th field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
