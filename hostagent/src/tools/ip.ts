import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { findUnderlay, moveAddresses, type Underlay } from './ip-address.ts';
import { inNamespace, ipIn, namespaceFolder } from './namespace.ts';
import { type Argv, run, ToolError } from './run.ts';

/** Persistent. Opened by root, and by its owner, the number of a user, where it has one. */
export type Tap = { name: string; mtu: number; owner?: number | undefined };

/** A pair of devices: `name` on the host, attached to the bridge, and `eth0` in a namespace. */
export type Veth = {
  name: string;
  namespace: string;
  macAddress: string;
  mtu: number;
  /** Addresses of eth0, with prefix length. Others are removed. */
  addresses: readonly string[];
};

/** A route in a namespace towards a neighbour that never has to be asked for its MAC address. */
export type FixedRoute = { namespace: string; prefix: string; via: string; viaMac: string };

export interface IpTool {
  namespaces(): Promise<string[]>;
  ensureNamespace(name: string): Promise<void>;
  /** Harmless when it is not there. */
  purgeNamespace(name: string): Promise<void>;
  ensureTap(tap: Tap): Promise<void>;
  /**
   * Makes a pair of devices, or changes what differs. `whenMade` tells whoever used a pair that was there before, while the
   * new one is still down: as long as that fails the pair stays so, and the next ensure tells them again.
   */
  ensureVeth(veth: Veth, whenMade: () => Promise<void>): Promise<void>;
  ensureRoute(route: FixedRoute): Promise<void>;
  /** Whether the kernel has IPv6; without it, addresses of that family are left out. */
  hasIpv6(): boolean;
  /** Names of this host's devices. */
  links(): Promise<string[]>;
  /** Harmless when it is not there. */
  purgeLink(name: string): Promise<void>;
  /**
   * The address that other hosts reach this one at, and the largest packet on the way; null without a network. On the
   * first of the preferred devices that has one, else on that of the default route, else on any.
   */
  underlay(preferred?: readonly string[]): Promise<Underlay | null>;
  /** Has the kernel leave packets of a device as they came: merged ones are larger than a switch in user space reads. */
  ensureWholePackets(device: string): Promise<void>;
  /** Moves addresses and routes to another device, all of them at once. Harmless when there are none. */
  moveAddresses(from: string, to: string): Promise<void>;
}

const link = z.object({
  ifname: z.string(),
  mtu: z.number().optional(),
  address: z.string().optional(),
  flags: z.array(z.string()).default([]),
  linkinfo: z
    .object({
      info_kind: z.string().optional(),
      info_data: z.object({ type: z.string().optional() }).optional(),
    })
    .optional(),
  addr_info: z.array(z.object({ local: z.string(), prefixlen: z.number() })).default([]),
});
type Link = z.infer<typeof link>;
/** The real `ip`. All devices are in `hostNamespace` when one is given, in the machine's own otherwise. */
export function openIp(hostNamespace?: string): IpTool {
  return {
    async namespaces() {
      const { stdout } = await run(['ip', '-json', 'netns', 'list']);
      return z
        .array(z.object({ name: z.string() }))
        .parse(JSON.parse(stdout.trim() || '[]'))
        .map(({ name }) => name);
    },
    ensureNamespace,
    purgeNamespace: (name) => tolerating(/No such file or directory/, ['ip', 'netns', 'delete', name]),
    ensureTap: (tap) => ensureTap(hostNamespace, tap),
    ensureVeth: (veth, whenMade) => ensureVeth(hostNamespace, veth, whenMade),
    ensureRoute,
    hasIpv6,
    links: async () => (await readLinks(hostNamespace)).map(({ ifname }) => ifname),
    purgeLink: (name) => tolerating(/Cannot find device/, ipIn(hostNamespace, ['link', 'delete', name])),
    underlay: (preferred = []) => findUnderlay(hostNamespace, preferred),
    ensureWholePackets: (device) => ensureWholePackets(hostNamespace, device),
    moveAddresses: (from, to) => moveAddresses(hostNamespace, from, to),
  };
}

async function tolerating(answer: RegExp, argv: Argv): Promise<void> {
  try {
    await run(argv);
  } catch (error) {
    if (!(error instanceof ToolError && answer.test(error.stderr))) throw error;
  }
}

async function readLinks(namespace: string | undefined): Promise<Link[]> {
  const { stdout } = await run(ipIn(namespace, ['-json', '-details', 'link', 'show']));
  return z.array(link).parse(JSON.parse(stdout));
}

async function readLink(namespace: string | undefined, name: string): Promise<Link | undefined> {
  try {
    const { stdout } = await run(ipIn(namespace, ['-json', '-details', 'address', 'show', 'dev', name]));
    return z.array(link).parse(JSON.parse(stdout))[0];
  } catch (error) {
    if (error instanceof ToolError && /does not exist/.test(error.stderr)) return undefined;
    throw error;
  }
}

/** NSFS_MAGIC of the kernel (linux/magic.h). */
const namespaceFileSystem = 0x6e736673;

async function ensureNamespace(name: string): Promise<void> {
  if (existsSync(join(namespaceFolder, name))) {
    // A file that is no namespace is left where /run outlives a reboot.
    if ((await statfs(join(namespaceFolder, name))).type === namespaceFileSystem) return;
    await run(['ip', 'netns', 'delete', name]);
  }
  await run(['ip', 'netns', 'add', name]);
  await run(ipIn(name, ['link', 'set', 'dev', 'lo', 'up']));
}

const addTap = ({ name, owner }: Tap) => [
  ...['tuntap', 'add', 'dev', name, 'mode', 'tap'],
  ...(owner === undefined ? [] : ['user', String(owner)]),
];

/** A tap that nobody has open is made, or taken as it is, in one go; any other is looked at first. */
async function ensureTap(namespace: string | undefined, tap: Tap): Promise<void> {
  const input = `${addTap(tap).join(' ')}\nlink set dev ${tap.name} mtu ${tap.mtu} up\n`;
  try {
    await run(ipIn(namespace, ['-batch', '-']), { input });
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    await mendTap(namespace, tap);
  }
}

async function mendTap(namespace: string | undefined, tap: Tap): Promise<void> {
  const before = await readLink(namespace, tap.name);
  const isTap = before?.linkinfo?.info_kind === 'tun' && before.linkinfo.info_data?.type === 'tap';
  if (before !== undefined && !isTap) await run(ipIn(namespace, ['link', 'delete', tap.name]));
  if (!isTap) await run(ipIn(namespace, addTap(tap)));
  if (isTap && before.mtu === tap.mtu && before.flags.includes('UP')) return;
  await run(ipIn(namespace, ['link', 'set', 'dev', tap.name, 'mtu', String(tap.mtu), 'up']));
}

async function ensureVeth(hostNamespace: string | undefined, veth: Veth, whenMade: () => Promise<void>): Promise<void> {
  const { name, namespace, mtu } = veth;
  const [outer, inner] = await Promise.all([readLink(hostNamespace, name), readLink(namespace, 'eth0')]);
  const isWhole = outer !== undefined && inner !== undefined;
  if (!isWhole) {
    if (outer !== undefined) await run(ipIn(hostNamespace, ['link', 'delete', name]));
    if (inner !== undefined) await run(ipIn(namespace, ['link', 'delete', 'eth0']));
    await makePair(hostNamespace, veth);
  }
  const wasUp = (end: Link | undefined) => isWhole && end?.flags.includes('UP') === true;
  const isRight = (end: Link | undefined) => wasUp(end) && end?.mtu === mtu;
  const up = (device: string, end: Link | undefined) => (isRight(end) ? [] : [`link set dev ${device} mtu ${mtu} up`]);
  if (!wasUp(inner)) {
    await prepareInner(namespace);
    await whenMade();
  }
  await batch(hostNamespace, up(name, outer));
  await batch(namespace, [...up('eth0', inner), ...addressChanges(veth, isWhole ? inner : undefined)]);
}

async function makePair(hostNamespace: string | undefined, { name, namespace, macAddress }: Veth): Promise<void> {
  const peer = ['type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace, 'address', macAddress];
  await run(ipIn(hostNamespace, ['link', 'add', name, ...peer]));
}

/** Before it is up, which is the memory of this: a making that was cut off is ended by the next. */
async function prepareInner(namespace: string): Promise<void> {
  // Checksums left to a device that is none: the switch would pass on TCP that every receiver throws away.
  await run(inNamespace(namespace, ['ethtool', '-K', 'eth0', 'tx', 'off']));
  // Its link-local address is among those that it is given: the kernel's own would not be there for a second.
  await run(ipIn(namespace, ['link', 'set', 'dev', 'eth0', 'addrgenmode', 'none']), { okCodes: [0, 1, 2] });
}

/** Several commands of `ip` by one program, each on the devices of a namespace; none is none. */
async function batch(namespace: string | undefined, lines: readonly string[]): Promise<void> {
  if (lines.length > 0)
    await run(ipIn(namespace, ['-batch', '-']), { input: lines.map((line) => `${line}\n`).join('') });
}

const hasIpv6 = () => existsSync('/proc/net/if_inet6');

/** Lines for `ip` that give eth0 its addresses, and take away what it has besides. */
function addressChanges({ addresses }: Veth, before: Link | undefined): string[] {
  const there = (before?.addr_info ?? []).map(({ local, prefixlen }) => `${local}/${prefixlen}`);
  const wanted = addresses.filter((address) => hasIpv6() || !address.includes(':'));
  return [
    ...wanted
      .filter((address) => !there.includes(address))
      // Nobody else can have it: it need not be looked for first.
      .map((address) => `address add ${address} dev eth0${address.includes(':') ? ' nodad' : ''}`),
    ...there.filter((old) => !addresses.includes(old)).map((address) => `address delete ${address} dev eth0`),
  ];
}

async function ensureWholePackets(namespace: string | undefined, device: string): Promise<void> {
  // Devices that cannot merge, or cannot be told not to, answer with an error; both are as good as done.
  for (const feature of ['gro', 'lro']) {
    await run(inNamespace(namespace, ['ethtool', '-K', device, feature, 'off']), { okCodes: [0, 1] });
  }
}

async function ensureRoute({ namespace, prefix, via, viaMac }: FixedRoute): Promise<void> {
  await run(ipIn(namespace, ['neighbour', 'replace', via, 'lladdr', viaMac, 'nud', 'permanent', 'dev', 'eth0']));
  await run(ipIn(namespace, ['route', 'replace', prefix, 'via', via, 'dev', 'eth0', 'onlink']));
}
