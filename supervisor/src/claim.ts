import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Gone after a reboot, like everything that a host makes in the kernel. */
const claimFolder = '/run/unkai';

/**
 * Whose host a network belongs to. Bridge, metadata service and devices have the same names in every installation, so
 * there is one real host in each network namespace: the machine's own, or that of UNKAI_NETNS.
 */
export type Claim = { namespace: string | undefined; home: string; folder?: string };

const fileOf = ({ namespace, folder = claimFolder }: Claim) =>
  join(folder, namespace === undefined ? 'host' : `host-${namespace}`);

/** Takes the network for this installation, until it is given up. Gives the folder of another that has it, else null. */
export async function claimNetwork(claim: Claim): Promise<string | null> {
  const file = fileOf(claim);
  await mkdir(dirname(file), { recursive: true, mode: 0o755 });
  const draft = `${file}.${process.pid}-${randomUUID()}`;
  await writeFile(draft, `${claim.home}\n`);
  try {
    return await settle(file, draft, claim.home);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Of any number at once one has it: a link is made whole, or not where there is one. */
async function settle(file: string, draft: string, home: string): Promise<string | null> {
  for (;;) {
    if (await isMade(link(draft, file))) return null;
    const holder = await holderOf(file);
    if (holder === home) return null;
    // One whose folder is gone can give nothing up any more.
    if (holder !== '' && existsSync(holder)) return holder;
    await takeAway(file, holder);
  }
}

/** Longer than it takes to remove a file: whoever was about to is gone. */
const takingMs = 10_000;

/** Removes the claim of that holder, one at a time: a second who was about to would remove what the first has claimed. */
async function takeAway(file: string, holder: string): Promise<void> {
  const taking = `${file}.taking`;
  if (!(await isMade(writeFile(taking, '', { flag: 'wx' })))) {
    const since = (await stat(taking).catch(() => null))?.mtimeMs ?? Date.now();
    if (Date.now() - since > takingMs) await rm(taking, { force: true });
    return sleep(20);
  }
  try {
    if ((await holderOf(file)) === holder) await rm(file, { force: true });
  } finally {
    await rm(taking, { force: true });
  }
}

const holderOf = async (file: string) => (await readFile(file, 'utf8').catch(() => '')).trim();

/** Once nothing of the host is left in the kernel, somebody else may have the network. */
export async function giveUpNetwork(claim: Claim): Promise<void> {
  const file = fileOf(claim);
  if ((await holderOf(file)) === claim.home) await rm(file);
}

/** Whether it was made; false where there was one. */
async function isMade(making: Promise<void>): Promise<boolean> {
  try {
    await making;
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
