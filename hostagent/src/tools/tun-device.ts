import { chmod, stat } from 'node:fs/promises';

const path = '/dev/net/tun';
const everybody = 0o006;

/**
 * Lets a QEMU that is root no more open its taps: it opens those of interfaces that come later itself. That everybody may
 * open the device is how udev has it wherever it runs; the kernel asks for rights to make a tap, and each tap of ours
 * belongs to the user of its guest.
 */
export async function openTunDevice(): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & everybody) !== everybody) await chmod(path, 0o666);
}
