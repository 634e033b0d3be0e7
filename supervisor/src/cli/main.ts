// Behind the `./unkai` script, which has brought Node and the packages: one command each, loaded when it is asked for,
// since `up` brings a compiler along that `status` need not wait for.
import { parseArgs } from 'node:util';
import { StepError } from './steps.ts';

async function main(command: string | undefined, rest: string[]): Promise<void> {
  switch (command) {
    case 'up': {
      const { values } = parseArgs({
        args: rest,
        allowNegative: true,
        options: {
          sim: { type: 'boolean' },
          image: { type: 'string', multiple: true },
          'change-database': { type: 'boolean' },
          'standard-ports': { type: 'boolean' },
        },
      });
      const { sim = false, image = [], 'change-database': changesDatabase = false } = values;
      const standardPorts = values['standard-ports'];
      return (await import('./up.ts')).up({ isSimulated: sim, images: image, changesDatabase, standardPorts });
    }
    case 'join':
    case 'join-token':
      return joining(command, rest);
    case 'down':
      return (await import('./down.ts')).down(
        parseArgs({ args: rest, options: { guests: { type: 'boolean' } } }).values.guests ?? false,
      );
    case 'doctor':
      return (await import('./doctor.ts')).doctor(
        parseArgs({ args: rest, options: { json: { type: 'boolean' } } }).values.json ?? false,
      );
    case 'status':
      return (await import('./status.ts')).status(
        parseArgs({ args: rest, options: { json: { type: 'boolean' } } }).values.json ?? false,
      );
    case 'logs': {
      const { values, positionals } = parseArgs({
        args: rest,
        allowPositionals: true,
        options: { lines: { type: 'string', short: 'n' } },
      });
      return (await import('./logs.ts')).logs(positionals[0], Number(values.lines ?? 40));
    }
    case 'env':
      return (await import('./env.ts')).env(
        parseArgs({ args: rest, options: { openstack: { type: 'boolean' } } }).values.openstack ?? false,
      );
    default:
      throw new StepError(`There is no command "${command ?? ''}".`, './unkai help');
  }
}

async function joining(command: 'join' | 'join-token', args: string[]): Promise<void> {
  if (command === 'join-token') {
    const { values } = parseArgs({ args, options: { hours: { type: 'string' } } });
    return (await import('./join-token.ts')).joinToken(Number(values.hours ?? 24));
  }
  const options = { sim: { type: 'boolean' }, name: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const [url, token] = positionals;
  return (await import('./join.ts')).join({ url, token, name: values.name, isSimulated: values.sim ?? false });
}

const [command, ...rest] = process.argv.slice(2);
try {
  await main(command, rest);
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof StepError) process.stderr.write(`Mend: ${error.mend}\n`);
  process.exitCode = 1;
}
