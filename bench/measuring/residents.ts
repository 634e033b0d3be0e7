import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Figure } from './figure.ts';
import { processes, pssMib, treeOf } from './memory.ts';

const status = z.object({
  pid: z.number(),
  programs: z.array(z.object({ name: z.string(), pid: z.number().nullable() })),
});

/**
 * What an installation that was started by `up` takes of this machine's memory: all programs of the control plane with
 * their children and the supervisor, and the largest of its hosts' agents. `when` tells one look from another.
 */
export async function memoryFigures(home: string, when: string): Promise<Figure[]> {
  const { pid, programs } = status.parse(JSON.parse(await readFile(join(home, 'run', 'status.json'), 'utf8')));
  const all = await processes();
  const rows = await Promise.all(
    [{ name: 'supervisor', pid }, ...programs].map(async (program) => {
      const pids = program.pid === null ? [] : pidsOf(program.name, program.pid, all);
      return { name: program.name, mib: await pssMib(pids) };
    }),
  );
  const isAgent = (name: string) => name.startsWith('hostagent');
  const sum = rows.filter(({ name }) => !isAgent(name)).reduce((total, { mib }) => total + mib, 0);
  const parts = rows.map(({ name, mib }) => `${name} ${mib.toFixed(0)}`).join(', ');
  process.stdout.write(`\nMiB of PSS, ${when}: ${parts}\n`);
  return [
    { name: `control plane idle, ${when}`, unit: 'MiB', measured: sum, goal: 1024 },
    {
      name: `agent idle, ${when}`,
      unit: 'MiB',
      measured: Math.max(...rows.filter(({ name }) => isAgent(name)).map(({ mib }) => mib)),
      goal: 120,
    },
  ];
}

function pidsOf(name: string, pid: number, all: Awaited<ReturnType<typeof processes>>): number[] {
  // The supervisor started all the others: they are told by themselves.
  return name === 'supervisor' ? [pid] : treeOf(pid, all).map((each) => each.pid);
}
