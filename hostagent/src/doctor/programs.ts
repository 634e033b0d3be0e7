import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Finding } from '@unkai/contracts/host/finding';
import { bad, ok } from './finding.ts';

/** Programs that a host starts, and Debian's packages that bring them. */
const packageOf = {
  'qemu-system-x86_64': 'qemu-system-x86',
  'qemu-img': 'qemu-utils',
  'ovs-vswitchd': 'openvswitch-switch',
  'ovs-ofctl': 'openvswitch-common',
  dnsmasq: 'dnsmasq-base',
  dhcp_release: 'dnsmasq-utils',
  nft: 'nftables',
  ip: 'iproute2',
  ethtool: 'ethtool',
  nsenter: 'util-linux',
} as const;

/** Where Debian keeps programs that an ordinary user's PATH does not name. */
const systemFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** Whether every program that the host starts is installed. `path` as in the environment. */
export async function findPrograms(path: string, more: readonly string[] = systemFolders): Promise<Finding> {
  const folders = [...path.split(delimiter), ...more];
  const missing: string[] = [];
  for (const [program, source] of Object.entries(packageOf)) {
    if (!(await isThere(program, folders))) missing.push(source);
  }
  const count = Object.keys(packageOf).length;
  if (missing.length === 0) return ok('programs', `All ${count} programs of a host are installed.`);
  const packages = [...new Set(missing)].join(' ');
  return bad('programs', `${missing.length} of ${count} programs are missing.`, `apt-get install ${packages}`);
}

async function isThere(program: string, folders: readonly string[]): Promise<boolean> {
  const looks = folders.map((folder) => access(join(folder, program), constants.X_OK).then(() => true));
  return (await Promise.allSettled(looks)).some(({ status }) => status === 'fulfilled');
}
