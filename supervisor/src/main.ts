// The supervisor of one machine: starts the engines, brings the database up to date, starts the programs, and starts
// again whatever ends. It keeps no state but a status file; guests are not its children and outlive it. Its one argument
// is the folder of the installation.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, ToolError } from '@unkai/hostagent/tools/run';
import { type Program, planOf, type Task } from './programs.ts';
import { homeFolder, readSettings } from './settings.ts';
import { startInOrder } from './stages.ts';
import { pidFile, type Status, statusFile } from './status.ts';
import { Watch } from './watch.ts';

const home = process.argv[2] ?? homeFolder();
const startedFrom = process.env['UNKAI_STARTED_FROM'] ?? '';
const watches: Watch[] = [];
let phase: Status['phase'] = 'starting';
let failure: string | null = null;
let writing: Promise<void> = Promise.resolve();

function publish(): void {
  const status: Status = {
    phase,
    failure,
    pid: process.pid,
    startedFrom,
    programs: watches.map((watch) => watch.status),
  };
  const file = statusFile(home);
  // One after the other: two writers of the same draft could publish half a file.
  writing = writing
    .then(async () => {
      await writeFile(`${file}.new`, JSON.stringify(status));
      await rename(`${file}.new`, file);
    })
    // A full disk must not end what keeps everything else running; the next change writes again.
    .catch((error: unknown) => void process.stderr.write(`status not written: ${error}\n`));
}

function watchAll(programs: readonly Program[]): Watch[] {
  const added = programs.map((program) => new Watch(program, join(home, 'log', `${program.name}.log`), publish));
  watches.push(...added);
  for (const watch of added) watch.begin();
  return added;
}

async function perform(task: Task): Promise<void> {
  try {
    const { stdout } = await run(task.argv, { env: task.env, cwd: task.cwd, timeoutMs: 120_000 });
    process.stdout.write(stdout);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    process.stderr.write(error.stderr);
    throw new Error(`${task.title} failed: ${essenceOf(error)}`);
  }
}

/** What a program that ended with an error said it was, without the places in its code. */
function essenceOf({ stderr, message }: ToolError): string {
  return /^(?:\w*Error)(?: \[\w+\])?: (.*)/m.exec(stderr)?.[1] ?? message.split('\n')[0] ?? message;
}

async function stopEverything(): Promise<void> {
  phase = 'stopping';
  publish();
  // The programs first, all at once; then the engines they depend on.
  const isEngine = (watch: Watch) => watch.program.name === 'postgres' || watch.program.name === 'redis';
  await Promise.all(watches.filter((watch) => !isEngine(watch)).map((watch) => watch.stop()));
  await Promise.all(watches.filter(isEngine).map((watch) => watch.stop()));
  await writing;
  await rm(pidFile(home), { force: true });
  await rm(statusFile(home), { force: true });
  process.exit(0);
}

const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    void stopEverything();
  });
}

await mkdir(join(home, 'run'), { recursive: true });
await mkdir(join(home, 'log'), { recursive: true });
// A power cut leaves the last words of the one before, perhaps half of them. They go before the pid says that one runs.
await rm(statusFile(home), { force: true });
await writeFile(pidFile(home), String(process.pid));
publish();
try {
  const plan = await planOf(await readSettings(home));
  await startInOrder(plan, { watchAll, perform, signal: stopping.signal });
  phase = 'running';
  publish();
} catch (error) {
  // What breaks because all is being stopped is no failure.
  if (!stopping.signal.aborted) tellFailure(error);
}
setInterval(() => void trimLogs(), 60_000);

/** It stays, with the reason in the status, until somebody reads it: a supervisor that vanishes explains nothing. */
function tellFailure(error: unknown): void {
  phase = 'failed';
  failure = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${failure}\n`);
  publish();
}

async function trimLogs(): Promise<void> {
  for (const watch of watches) {
    await watch.trimLog().catch((error: unknown) => {
      process.stderr.write(`the log of ${watch.program.name} could not be kept short: ${error}\n`);
    });
  }
}
