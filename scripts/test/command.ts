import { join } from 'node:path';
import { type Argv, start } from '@unkai/hostagent/tools/run';

export const checkout = join(import.meta.dirname, '..', '..');

/** Runs a program with its output on ours; gives whether it exited with 0. Ended hard after `timeoutMinutes`. */
export async function succeeds(argv: Argv, timeoutMinutes = 20, env: Record<string, string> = {}): Promise<boolean> {
  const passedOn = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const child = await start(argv, { cwd: checkout, env: { ...passedOn, ...env }, inheritOutput: true });
  const timer = setTimeout(() => {
    process.stderr.write(`${argv.join(' ')} did not end within ${timeoutMinutes} minutes\n`);
    void child.stop('SIGTERM', 20_000);
  }, timeoutMinutes * 60_000);
  const { code } = await child.exited;
  clearTimeout(timer);
  return code === 0;
}

/** A program of node_modules, run by the Node that runs us. */
export function nodeModule(path: string, ...rest: string[]): Argv {
  return [process.execPath, join(checkout, 'node_modules', path), ...rest];
}
