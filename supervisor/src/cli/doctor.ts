import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, finding } from '@unkai/contracts/host/finding';
import { run } from '@unkai/hostagent/tools/run';
import { z } from 'zod';
import { isFreePort, listenerOf } from '../ports.ts';
import { checkout, homeFolder, readSettings, type Settings, settingsFile } from '../settings.ts';
import { readStatus } from '../status.ts';
import { printTable } from './steps.ts';

/** Prints what this machine can do and how to mend what it cannot; exits with 1 when something does not work. */
export async function doctor(asJson: boolean): Promise<void> {
  const home = homeFolder();
  const settings = existsSync(settingsFile(home)) ? await readSettings(home) : null;
  const findings = [
    ...(await lookAtMachine(home, settings)),
    await lookForRedis(settings),
    ...(await lookAtInstallation(home, settings)),
  ];
  if (asJson) process.stdout.write(`${JSON.stringify({ home, findings }, null, 2)}\n`);
  else print(findings);
  process.exitCode = findings.some(({ state }) => state === 'bad') ? 1 : 0;
}

/** The host's own doctor: the same code that the agent works with looks at the machine. */
async function lookAtMachine(home: string, settings: Settings | null): Promise<Finding[]> {
  // A user who cannot become a real host is looked at as what they can have: simulated ones.
  const isSimulated = settings === null ? process.getuid?.() !== 0 : settings.simulatedHosts > 0;
  const places = ['UNKAI_VOLUME_GROUP', 'UNKAI_VOLUME_DIR'];
  const chosen = ['UNKAI_ACCEL', 'UNKAI_NETNS', 'UNKAI_OVS_RUNDIR', ...places].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const { stdout } = await run([process.execPath, join(checkout, 'hostagent', 'src', 'doctor.ts')], {
    env: {
      ...Object.fromEntries(chosen),
      UNKAI_HOST_HOME: home,
      UNKAI_HOST_TOOLS: isSimulated ? 'sim' : 'real',
      UNKAI_API_URL: settings?.publicUrl ?? 'http://127.0.0.1:7080',
    },
    timeoutMs: 60_000,
  });
  return z.array(finding).parse(JSON.parse(stdout));
}

async function lookForRedis(settings: Settings | null): Promise<Finding> {
  const name = 'redis';
  if (settings?.redisUrl) return { name, state: 'ok', says: 'REDIS_URL names one.', mend: null };
  try {
    const { stdout } = await run(['redis-server', '--version']);
    const version = /v=(\S+)/.exec(stdout)?.[1] ?? 'of an unknown version';
    return { name, state: 'ok', says: `redis-server ${version} is installed.`, mend: null };
  } catch {
    const mend = 'apt-get install redis-server, or REDIS_URL=redis://… for one of your own';
    return { name, state: 'bad', says: 'redis-server is not installed.', mend };
  }
}

async function lookAtInstallation(home: string, settings: Settings | null): Promise<Finding[]> {
  const origin = settings?.origin ?? Number(process.env['UNKAI_PORT'] ?? 7080);
  const status = settings === null ? null : await readStatus(home);
  if (status === null) return [await lookAtPort(origin)];
  const tired = status.programs
    .filter(({ state }) => state !== 'ready')
    .map(({ name, state }) => `${name} is ${state}`);
  if (status.phase === 'running' && tired.length === 0) {
    const says = `All ${status.programs.length} of ${home} answer, on port ${origin}.`;
    return [{ name: 'what runs', state: 'ok', says, mend: null }];
  }
  const says = status.failure ?? (tired.join(', ') || `It is ${status.phase}.`);
  const log = status.programs.find(({ state }) => state !== 'ready')?.name ?? 'supervisor';
  return [{ name: 'what runs', state: 'bad', says, mend: `./unkai logs ${log}` }];
}

async function lookAtPort(port: number): Promise<Finding> {
  const name = 'port';
  if (await isFreePort(port)) return { name, state: 'ok', says: `Port ${port} is free.`, mend: null };
  const says = `Port ${port} is taken by ${await listenerOf(port)}.`;
  return { name, state: 'bad', says, mend: `UNKAI_PORT=${port + 1000} ./unkai up` };
}

function print(findings: readonly Finding[]): void {
  const mark = { ok: '✓', warn: '!', bad: '✗' } as const;
  printTable(findings.map(({ name, state, says }) => [`  ${mark[state]}`, name, says]));
  const mends = findings.filter(({ mend }) => mend !== null);
  if (mends.length === 0) return;
  process.stdout.write('\n');
  printTable(mends.map(({ name, state, mend }) => [`  ${mark[state]}`, name, `Mend: ${mend}`]));
}
