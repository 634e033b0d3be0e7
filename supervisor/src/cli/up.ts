import { readFile } from 'node:fs/promises';
import { ToolError } from '@unkai/hostagent/tools/run';
import { generate } from '@unkai/prisma/generate';
import { buildPortal, buildPrograms } from '../build.ts';
import { claimNetwork } from '../claim.ts';
import { adminPasswordFile, localHosts } from '../programs.ts';
import { ensureSettings, homeFolder, keepDatabase, type Settings } from '../settings.ts';
import { supervisorPid } from '../status.ts';
import { ensureImage } from './image.ts';
import { note, StepError, step } from './steps.ts';
import { requirePorts, startSupervisor, untilControlPlaneReady, untilHostsReady } from './supervisor.ts';

export type UpOptions = {
  isSimulated: boolean;
  images: readonly string[];
  /** Leave the database that this installation has had until now. */
  changesDatabase: boolean;
  /** Undefined: as at the last start. */
  standardPorts: boolean | undefined;
};

const simulatedHosts = 3;

/** Builds, starts and fills an installation; harmless to repeat. Throws StepError with the command that mends it. */
export async function up({ isSimulated, images, changesDatabase, standardPorts }: UpOptions): Promise<void> {
  const home = homeFolder();
  let settings = await ensureSettings(home, isSimulated ? simulatedHosts : 0);
  checkKind(settings, isSimulated);
  if (!changesDatabase) checkDatabase(settings);
  if (!isSimulated) await claimMachine(home);
  if (standardPorts !== undefined) settings = { ...settings, standardPorts };
  // Said before the minutes that a first build takes; what runs already has its ports itself.
  if ((await supervisorPid(home)) === null) await requirePorts(settings);
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
  sayWhoseEngines(settings);
  await step('Start the programs', './unkai logs supervisor', async () => {
    const [started, note] = await startSupervisor(settings, `${programs} ${portal}`);
    settings = started;
    return note;
  });
  await step('Wait for the control plane', './unkai status; ./unkai logs api', () => untilControlPlaneReady(home));
  await keepDatabase(settings);
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

function checkKind({ home, simulatedHosts, joined }: Settings, isSimulated: boolean): void {
  if (joined !== null) throw new StepError(`This machine is a host of ${joined.url}.`, './unkai join');
  if (isSimulated === simulatedHosts > 0) return;
  throw new StepError(
    `The installation in ${home} has ${isSimulated ? 'a real host' : 'simulated hosts'}; the two never mix.`,
    `./unkai up${isSimulated ? '' : ' --sim'}, or beside it a new one: UNKAI_HOME=${home}-2 UNKAI_PORT=8080 ./unkai up${isSimulated ? ' --sim' : ''}`,
  );
}

/** The data stays where it is: an installation that starts on an empty database looks as if everything were lost. */
function checkDatabase({ home, databaseUrl, database }: Settings): void {
  const wanted = databaseUrl === null ? 'own' : 'given';
  if (database === null || database === wanted) return;
  const change = `to leave its data behind: ./unkai up --change-database`;
  throw new StepError(
    wanted === 'given'
      ? `DATABASE_URL is set, but the installation in ${home} has its data in a Postgres of its own.`
      : `DATABASE_URL is not set, and the Postgres that it named has the data of the installation in ${home}.`,
    wanted === 'given' ? `unset DATABASE_URL; ${change}` : `DATABASE_URL=… ./unkai up; ${change}`,
  );
}

/** One real host in a network: two would take each other's bridge, metadata service and devices. */
async function claimMachine(home: string): Promise<void> {
  const namespace = process.env['UNKAI_NETNS'];
  const holder = await claimNetwork({ namespace, home });
  if (holder === null) return;
  const where = namespace === undefined ? 'This machine' : `The network namespace ${namespace}`;
  throw new StepError(
    `${where} is the host of the installation in ${holder} already, whose bridge and devices have the same names.`,
    `UNKAI_HOME=${holder} ./unkai down --guests; or a network of its own: ip netns add unkai2 && UNKAI_NETNS=unkai2 ./unkai up; or ./unkai up --sim`,
  );
}

/** Programs of somebody else's are told by a line each: who set the variable long ago has forgotten it. */
function sayWhoseEngines({ databaseUrl, redisUrl }: Settings): void {
  if (databaseUrl !== null) note('Postgres', `that of DATABASE_URL, ${new URL(databaseUrl).host}`);
  if (redisUrl !== null) note('Redis', `that of REDIS_URL, ${new URL(redisUrl).host}`);
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
