import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { buildPrograms } from '../build.ts';
import { claimNetwork } from '../claim.ts';
import { joinTokenFile } from '../programs.ts';
import { ensureJoined, homeFolder, type Joined, readSettings, type Settings, settingsFile } from '../settings.ts';
import { StepError, step } from './steps.ts';
import { startSupervisor, untilHostsReady } from './supervisor.ts';

export interface JoinOptions {
  readonly url: string | undefined;
  readonly token: string | undefined;
  /** The name of the host; else that of the machine. */
  readonly name: string | undefined;
  readonly isSimulated: boolean;
}

const usage = './unkai join <address of the cloud> <token>; the token is made by ./unkai join-token there';
const address = z.url({ protocol: /^https?$/ });
const tokenShape = /^ukj_\S{16,190}$/;

/**
 * Makes this machine a host of a cloud elsewhere: brings what a host needs, starts its agent under the supervisor, and
 * comes back when the cloud hears it. Without arguments it starts a host that has joined already. Throws StepError.
 */
export async function join(options: JoinOptions): Promise<void> {
  const home = homeFolder();
  const joined = await choose(home, options);
  if (!joined.isSimulated) await claimMachine(home);
  await step(`Reach ${joined.url}`, `curl ${joined.url}/healthz`, () => reach(joined.url));
  let settings = await ensureJoined(home, joined).catch((error: Error) => {
    throw new StepError(error.message, 'Join with another folder: UNKAI_HOME=/var/lib/unkai-host ./unkai join …');
  });
  if (options.token !== undefined) await keepToken(settings, joined.hostName, options.token);
  let programs = '';
  await step('Build the programs', 'git status: a clean checkout builds.', async () => {
    programs = await buildPrograms();
    return undefined;
  });
  await step('Start the agent', './unkai logs supervisor', async () => {
    const [started, note] = await startSupervisor(settings, programs);
    settings = started;
    return note;
  });
  await step('Join', './unkai logs hostagent: a token joins once, and ends after a time', async () => {
    await untilHostsReady(home);
    return joined.hostName;
  });
  process.stdout.write(`\n  ${joined.hostName} is a host of ${joined.url} and takes servers.\n\n`);
}

/** What was asked for, or what this machine has joined before. */
async function choose(home: string, { url, token, name, isSimulated }: JoinOptions): Promise<Joined> {
  if (url === undefined) {
    const before = existsSync(settingsFile(home)) ? (await readSettings(home)).joined : null;
    if (before === null) throw new StepError('It needs the address of a cloud, and a token.', usage);
    return before;
  }
  if (!address.safeParse(url).success) throw new StepError(`"${url}" is no address such as http://cloud:7080.`, usage);
  if (token === undefined || !tokenShape.test(token)) throw new StepError('The token must begin with ukj_.', usage);
  return { url: new URL(url).origin, hostName: name ?? process.env['UNKAI_HOST_NAME'] ?? hostname(), isSimulated };
}

async function claimMachine(home: string): Promise<void> {
  const holder = await claimNetwork({ namespace: process.env['UNKAI_NETNS'], home });
  if (holder === null) return;
  throw new StepError(
    `This machine is the host of the installation in ${holder}.`,
    `UNKAI_HOME=${holder} ./unkai down --guests`,
  );
}

async function reach(url: string): Promise<undefined> {
  const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(10_000) }).catch((cause: unknown) => {
    throw new Error(`${url} does not answer.`, { cause });
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`${url} answers with ${answer.status}: is it the address of the portal?`);
}

/** Read by the agent, and by nobody else. */
async function keepToken({ home }: Settings, hostName: string, token: string): Promise<void> {
  const file = joinTokenFile(home, hostName);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${token}\n`, { mode: 0o600 });
}
