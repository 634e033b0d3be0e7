import { UnkaiError } from '@unkai/contracts/errors';
import type { HostContext } from '../context.ts';

const mebibyte = 1024 ** 2;

/** Refuses to begin what would leave less than the reserve free. Throws `disk_full` with the figures. */
export async function requireFreeSpace(host: HostContext, folder: string, bytes: number, what: string): Promise<void> {
  const free = await host.tools.disk.freeBytes(folder);
  const needed = bytes + host.config.diskReserveBytes;
  if (free >= needed) return;
  const figures = `${Math.ceil(needed / mebibyte)} MiB are needed and ${Math.floor(free / mebibyte)} MiB are free`;
  throw new UnkaiError('disk_full', `The host has no space for ${what}: ${figures}.`);
}
