import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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
  const holder = existsSync(file) ? (await readFile(file, 'utf8')).trim() : '';
  // One whose folder is gone can give nothing up any more.
  if (holder !== '' && holder !== claim.home && existsSync(holder)) return holder;
  await mkdir(join(file, '..'), { recursive: true, mode: 0o755 });
  await writeFile(`${file}.new`, `${claim.home}\n`);
  await rename(`${file}.new`, file);
  return null;
}

/** Once nothing of the host is left in the kernel, somebody else may have the network. */
export async function giveUpNetwork(claim: Claim): Promise<void> {
  const file = fileOf(claim);
  const holder = existsSync(file) ? (await readFile(file, 'utf8')).trim() : '';
  if (holder === claim.home) await rm(file);
}
