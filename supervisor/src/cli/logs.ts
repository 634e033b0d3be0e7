import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { homeFolder } from '../settings.ts';
import { StepError } from './steps.ts';

/** Prints the end of one log, or of all of them. */
export async function logs(name: string | undefined, lines: number): Promise<void> {
  const folder = join(homeFolder(), 'log');
  const names = existsSync(folder) ? (await readdir(folder)).filter((file) => file.endsWith('.log')).toSorted() : [];
  const known = names.map((file) => file.slice(0, -'.log'.length));
  if (name !== undefined && !known.includes(name)) {
    throw new StepError(`There is no log "${name}".`, `./unkai logs ${known.join(' | ') || '(after ./unkai up)'}`);
  }
  for (const each of name === undefined ? known : [name]) {
    if (name === undefined) process.stdout.write(`==> ${each}\n`);
    const { stdout } = await run(['tail', '-n', String(lines), join(folder, `${each}.log`)]);
    process.stdout.write(stdout);
  }
}
