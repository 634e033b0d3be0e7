import { join } from 'node:path';
import { type Argv, run, start, ToolError } from '@unkai/hostagent/tools/run';
import { endOf } from './failure.ts';

export const checkout = join(import.meta.dirname, '..', '..');

/** Runs a program with its output on ours; gives whether it exited with 0. Ended hard after `timeoutMinutes`. */
export async function succeeds(argv: Argv, timeoutMinutes = 20, env: Record<string, string> = {}): Promise<boolean> {
  const child = await start(argv, { cwd: checkout, env: { ...ownEnvironment(), ...env }, inheritOutput: true });
  const timer = setTimeout(() => {
    process.stderr.write(`${argv.join(' ')} did not end within ${timeoutMinutes} minutes\n`);
    void child.stop('SIGTERM', 20_000);
  }, timeoutMinutes * 60_000);
  const { code } = await child.exited;
  clearTimeout(timer);
  return code === 0;
}

/** Runs a short program, shows what it said once it has ended, and gives whether it exited with 0 and the end of that. */
export async function outcomeOf(argv: Argv): Promise<{ passed: boolean; said: string }> {
  const options = { cwd: checkout, env: ownEnvironment(), timeoutMs: 20 * 60_000 };
  const { reason, stdout, stderr } = await run(argv, options).then(
    (result) => ({ ...result, reason: '' }),
    (error: unknown) => {
      if (!(error instanceof ToolError)) throw error;
      return { stdout: error.stdout, stderr: error.stderr, reason: error.message.split('\n')[0] ?? '' };
    },
  );
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  return { passed: reason === '', said: endOf(stdout, stderr) || reason };
}

function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** A program of node_modules, run by the Node that runs us. */
export function nodeModule(path: string, ...rest: string[]): Argv {
  return [process.execPath, join(checkout, 'node_modules', path), ...rest];
}
