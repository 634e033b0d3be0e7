import { readFile } from 'node:fs/promises';
import { ToolError } from '@unkai/hostagent/tools/run';
import { generate } from '@unkai/prisma/generate';
import { buildPortal, buildPrograms } from '../build.ts';
import { adminPasswordFile, localHosts } from '../programs.ts';
import { ensureSettings, homeFolder, type Settings } from '../settings.ts';
import { ensureImage } from './image.ts';
import { StepError, step } from './steps.ts';
import { startSupervisor, untilControlPlaneReady, untilHostsReady } from './supervisor.ts';

export type UpOptions = { isSimulated: boolean; images: readonly string[] };

const simulatedHosts = 3;

/** Builds, starts and fills an installation; harmless to repeat. Throws StepError with the command that mends it. */
export async function up({ isSimulated, images }: UpOptions): Promise<void> {
  const home = homeFolder();
  let settings = await ensureSettings(home, isSimulated ? simulatedHosts : 0);
  checkKind(settings, isSimulated);
  let programs = '';
  let portal = '';
  await step('Build the programs', 'git status: a clean checkout builds.', async () => {
    await generate();
    programs = await buildPrograms();
    return undefined;
  });
  await step('Build the portal', 'git status: a clean checkout builds.', async () => {
    const { isNew, digest } = await buildPortal().catch(explainBuild);
    portal = digest;
    return isNew ? undefined : 'unchanged';
  });
  await step('Start the programs', './unkai logs supervisor', async () => {
    const [started, note] = await startSupervisor(settings, `${programs} ${portal}`);
    settings = started;
    return note;
  });
  await step('Wait for the control plane', './unkai status; ./unkai logs api', () => untilControlPlaneReady(home));
  for (const name of new Set(['tiny', ...images])) {
    await step(`Guest image ${name}`, './unkai logs api', () => ensureImage(settings, name));
  }
  await step('Wait for the host', './unkai doctor; ./unkai logs hostagent', async () => {
    await untilHostsReady(home);
    return localHosts(settings).join(', ');
  });
  await printWelcome(settings);
}

/** The compiler of the portal is the hungriest of all: the kernel ends it first when memory runs out. */
function explainBuild(error: unknown): never {
  const isKilled = error instanceof ToolError && error.signal === 'SIGKILL' && !error.timedOut;
  if (!isKilled) throw error;
  throw new StepError(
    'The build was killed: memory ran out.',
    'Leave 2 GiB of memory free, or add swap; then ./unkai up',
  );
}

function checkKind({ home, simulatedHosts }: Settings, isSimulated: boolean): void {
  if (isSimulated === simulatedHosts > 0) return;
  throw new StepError(
    `The installation in ${home} has ${isSimulated ? 'a real host' : 'simulated hosts'}; the two never mix.`,
    `./unkai up${isSimulated ? '' : ' --sim'}, or beside it a new one: UNKAI_HOME=${home}-2 UNKAI_PORT=8080 ./unkai up${isSimulated ? ' --sim' : ''}`,
  );
}

async function printWelcome(settings: Settings): Promise<void> {
  const file = adminPasswordFile(settings.home);
  const rows = [
    `\n  Unkai runs: ${settings.publicUrl}`,
    '  Sign in as: admin',
    `  Password:   ${(await readFile(file, 'utf8')).trim()}   (kept in ${file}, readable by you alone)`,
    `\n  API:  eval "$(./unkai env)" && curl -H "Authorization: Bearer $UNKAI_TOKEN" $UNKAI_URL/v1/users/me\n\n`,
  ];
  process.stdout.write(rows.join('\n'));
}
