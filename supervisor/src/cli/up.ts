import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, start, ToolError } from '@unkai/hostagent/tools/run';
import { generate } from '@unkai/prisma/generate';
import { buildPortal, buildPrograms } from '../build.ts';
import { adminPasswordFile, localHosts } from '../programs.ts';
import { checkout, ensureSettings, homeFolder, type Settings } from '../settings.ts';
import { readStatus, supervisorPid } from '../status.ts';
import { registerImage } from './register-image.ts';
import { StepError, step } from './steps.ts';

export type UpOptions = { simulatedHosts: number; images: readonly string[] };

/** Builds, starts and fills an installation; harmless to repeat. Throws StepError with the command that mends it. */
export async function up({ simulatedHosts, images }: UpOptions): Promise<void> {
  const home = homeFolder();
  let settings = await ensureSettings(home, simulatedHosts);
  await step('Build the programs', 'Look at the message above; a clean checkout builds.', async () => {
    await generate();
    await buildPrograms();
    return undefined;
  });
  await step('Build the portal', 'Look at the message; a clean checkout builds.', async () =>
    (await buildPortal()) ? undefined : 'unchanged',
  );
  await step('Start the programs', './unkai logs supervisor', () => startSupervisor(home));
  await step('Wait for the control plane', './unkai status; ./unkai logs api', () => untilReady(home));
  settings = await ensureSettings(home, simulatedHosts);
  for (const name of imagesToRegister(settings, images)) {
    await step(`Guest image ${name}`, `images/${name}/build.sh says what is missing.`, () =>
      ensureImage(settings, name),
    );
  }
  await step('Wait for the host', './unkai doctor; ./unkai logs hostagent', () => untilHostsJoined(settings));
  await printWelcome(settings);
}

async function startSupervisor(home: string): Promise<string | undefined> {
  const running = await readStatus(home);
  if (running !== null && running.phase !== 'failed') return 'already running';
  const pid = await supervisorPid(home);
  if (pid !== null) process.kill(pid, 'SIGTERM');
  await mkdir(join(home, 'log'), { recursive: true });
  await start([process.execPath, '--enable-source-maps', join(checkout, 'supervisor', 'dist', 'main.mjs')], {
    env: environmentOfSupervisor(home),
    cwd: checkout,
    detached: true,
    stdoutFile: join(home, 'log', 'supervisor.log'),
  });
  return undefined;
}

/** The supervisor hears what the operator chose by environment, and nothing else of this shell. */
function environmentOfSupervisor(home: string): Record<string, string> {
  const chosen = Object.entries(process.env).filter(
    ([name]) => name.startsWith('UNKAI_') || name === 'DATABASE_URL' || name === 'REDIS_URL' || name === 'HOME',
  );
  const texts = chosen.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { ...Object.fromEntries(texts), UNKAI_HOME: home };
}

async function untilReady(home: string): Promise<undefined> {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    const status = await readStatus(home);
    if (status?.phase === 'failed') throw new StepError(status.failure ?? 'It failed.', './unkai logs supervisor');
    const control = status?.programs.filter(({ name }) => !name.startsWith('hostagent')) ?? [];
    if (status?.phase === 'running' && control.every(({ state }) => state === 'ready')) return undefined;
    await pause(100);
  }
  const late =
    (await readStatus(home))?.programs.filter(({ state }) => state !== 'ready').map(({ name }) => name) ?? [];
  throw new StepError(
    `Not ready after 120 s: ${late.join(', ') || 'the supervisor'}.`,
    `./unkai logs ${late[0] ?? 'supervisor'}`,
  );
}

function imagesToRegister(settings: Settings, wanted: readonly string[]): string[] {
  return settings.simulatedHosts > 0 ? ['simulated'] : [...new Set(['tiny', ...wanted])];
}

async function ensureImage(settings: Settings, name: string): Promise<string | undefined> {
  const folder = join(settings.home, 'image-recipes');
  await mkdir(folder, { recursive: true });
  if (name !== 'simulated') {
    try {
      await run([join(checkout, 'images', name, 'build.sh'), folder], {
        timeoutMs: 1_800_000,
        env: { HOME: process.env['HOME'] ?? '/root' },
      });
    } catch (error) {
      const said = error instanceof ToolError ? error.stderr.trim().split('\n').slice(-3).join(' ') : String(error);
      throw new StepError(`The image ${name} could not be built: ${said}`, `images/${name}/build.sh ${folder}`, error);
    }
  }
  return registerImage(settings, folder, name);
}

async function untilHostsJoined(settings: Settings): Promise<string | undefined> {
  const deadline = Date.now() + 60_000;
  const hosts = localHosts(settings);
  while (Date.now() < deadline) {
    const joined = hosts.filter((name) => existsSync(join(settings.home, 'hosts', name, 'credential.json')));
    const status = await readStatus(settings.home);
    const agents = status?.programs.filter(({ name }) => name.startsWith('hostagent')) ?? [];
    if (joined.length === hosts.length && agents.every(({ state }) => state === 'ready')) return hosts.join(', ');
    await pause(200);
  }
  const log = join(settings.home, 'log');
  const names = (await readdir(log)).filter((name) => name.startsWith('hostagent') && name.endsWith('.log'));
  throw new StepError('No host joined within 60 s.', `./unkai logs ${names[0]?.replace('.log', '') ?? 'hostagent'}`);
}

async function printWelcome(settings: Settings): Promise<void> {
  const password = (await readFile(adminPasswordFile(settings.home), 'utf8')).trim();
  const rows = [
    `\n  Unkai runs: ${settings.publicUrl}`,
    `  Sign in as: admin`,
    `  Password:   ${password}   (kept in ${adminPasswordFile(settings.home)}, readable by you alone)`,
    `\n  API:  eval "$(./unkai env)" && curl -H "Authorization: Bearer $UNKAI_TOKEN" $UNKAI_URL/v1/users/me\n\n`,
  ];
  process.stdout.write(rows.join('\n'));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
