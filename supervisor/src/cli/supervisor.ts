import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { standardPorts } from '@unkai/contracts/standard-ports';
import { start } from '@unkai/hostagent/tools/run';
import { isFreePort, listenerOf } from '../ports.ts';
import { checkout, refreshPorts, type Settings } from '../settings.ts';
import { readStatus, type Status, supervisorArguments, supervisorPid } from '../status.ts';
import { StepError } from './steps.ts';

const stopLimitMs = 60_000;
const startLimitMs = 120_000;

/**
 * Starts the supervisor, or leaves the one that runs alone when it runs just this: the same code, settings and choices.
 * Gives the settings it runs with, and a word for the reader. Throws StepError when the origin's port is taken.
 */
export async function startSupervisor(settings: Settings, built: string): Promise<[Settings, string | undefined]> {
  const { home } = settings;
  const startedFrom = digestOf(settings, built);
  const running = await readStatus(home);
  if (running?.phase === 'running' && running.startedFrom === startedFrom) return [settings, 'already running'];
  const wasRunning = await stopSupervisor(home);
  await requirePorts(settings);
  const refreshed = await refreshPorts(settings);
  await mkdir(join(home, 'log'), { recursive: true });
  await start([process.execPath, ...supervisorArguments(home)], {
    env: { ...chosenEnvironment(), UNKAI_HOME: home, UNKAI_STARTED_FROM: digestOf(refreshed, built) },
    cwd: checkout,
    detached: true,
    stdoutFile: join(home, 'log', 'supervisor.log'),
  });
  return [refreshed, wasRunning ? 'restarted: something has changed' : undefined];
}

/** Throws StepError, which names who listens there, when a port on which this machine is to be found is taken. */
export async function requirePorts({ joined, origin, standardPorts: hasStandardPorts }: Settings): Promise<void> {
  if (joined === null && !(await isFreePort(origin))) {
    throw new StepError(
      `Port ${origin} is taken by ${await listenerOf(origin)}.`,
      `UNKAI_PORT=${origin + 1000} ./unkai up`,
    );
  }
  if (hasStandardPorts) await requireStandardPorts();
}

/** Clients look for services on exactly these ports: another one in their place helps nobody. */
async function requireStandardPorts(): Promise<void> {
  for (const port of new Set(standardPorts.map((each) => each.port))) {
    if (await isFreePort(port)) continue;
    throw new StepError(
      `Port ${port}, one of the standard ports of OpenStack, is taken by ${await listenerOf(port)}.`,
      'End that program, or do without: ./unkai up --no-standard-ports',
    );
  }
}

/** Ends the supervisor and all it runs; guests stay. Gives whether there was one. Throws StepError when it stays. */
export async function stopSupervisor(home: string): Promise<boolean> {
  const pid = await supervisorPid(home);
  if (pid === null) return false;
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + stopLimitMs;
  while ((await supervisorPid(home)) !== null) {
    if (Date.now() > deadline) {
      throw new StepError(`The supervisor (pid ${pid}) has not stopped after 60 s.`, './unkai logs supervisor');
    }
    await sleep(50);
  }
  return true;
}

/** Waits until the engines and the control plane answer. Throws StepError with the reason and the log to read. */
export async function untilControlPlaneReady(home: string): Promise<undefined> {
  const late = await untilReady(home, startLimitMs, ({ name }) => !name.startsWith('hostagent'));
  if (late.length === 0) return undefined;
  throw new StepError(`Not ready after ${startLimitMs / 1000} s: ${late.join(', ')}.`, `./unkai logs ${late[0]}`);
}

/** Waits until each host of this machine has joined and is heard. Throws StepError with the log to read. */
export async function untilHostsReady(home: string): Promise<undefined> {
  const late = await untilReady(home, startLimitMs, ({ name }) => name.startsWith('hostagent'));
  if (late.length === 0) return undefined;
  throw new StepError(`Not joined after ${startLimitMs / 1000} s: ${late.join(', ')}.`, `./unkai logs ${late[0]}`);
}

type IsWanted = (program: Status['programs'][number]) => boolean;

/** It says something within a second, unless it could not even be started. */
const firstWordMs = 15_000;

/**
 * Gives the names of those that are not ready when time is up; none when all are. Throws StepError when the supervisor failed,
 * or ends meanwhile.
 */
async function untilReady(home: string, limitMs: number, isWanted: IsWanted): Promise<string[]> {
  const deadline = Date.now() + limitMs;
  let hasRun = false;
  for (;;) {
    const status = await readStatus(home);
    if (status?.phase === 'failed') {
      throw new StepError(status.failure ?? 'The supervisor failed.', './unkai logs supervisor');
    }
    const runs = (await supervisorPid(home)) !== null;
    if (status?.phase === 'stopping' || (hasRun && !runs))
      throw new StepError('It was stopped meanwhile.', './unkai up');
    hasRun ||= runs;
    const late = status?.programs.filter((program) => isWanted(program) && program.state !== 'ready') ?? [];
    if (status?.phase === 'running' && late.length === 0) return [];
    if (Date.now() > deadline) return status?.phase === 'running' ? late.map(({ name }) => name) : ['supervisor'];
    if (!hasRun && Date.now() > deadline - limitMs + firstWordMs) {
      throw new StepError(
        `The supervisor has said nothing for ${firstWordMs / 1000} s: it was stopped, or could not be started.`,
        './unkai up; ./unkai logs supervisor',
      );
    }
    await sleep(100);
  }
}

/** What an installation runs from: another digest means that what runs is not what was asked for. */
function digestOf(settings: Settings, built: string): string {
  return (
    createHash('sha256')
      // Where the data is gets written down only once it runs, and is in the environment anyway.
      .update(JSON.stringify([{ ...settings, database: null }, built, Object.entries(chosenEnvironment()).toSorted()]))
      .digest('hex')
  );
}

/** The supervisor hears what the operator chose by environment, and nothing else of this shell. */
function chosenEnvironment(): Record<string, string> {
  const chosen = Object.entries(process.env).filter(
    ([name]) => name.startsWith('UNKAI_') || ['DATABASE_URL', 'REDIS_URL', 'SMTP_URL', 'HOME'].includes(name),
  );
  return Object.fromEntries(chosen.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
