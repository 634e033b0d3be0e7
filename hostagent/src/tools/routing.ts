import { z } from 'zod';
import { Announcer } from './announcer.ts';
import { inNamespace } from './namespace.ts';
import { type Argv, run, ToolError } from './run.ts';

/** A pair of devices: `name` on the host, attached to the bridge, and `inside` in the router's namespace. */
export type RouterDevice = {
  name: string;
  inside: string;
  macAddress: string;
  mtu: number;
  /** Addresses of `inside`, with prefix length. Others are removed. */
  addresses: readonly string[];
};

export type Route = { destination: string; nextHop: string };

/** Tracked connections to forget: those that were begun towards, or are answered at, an address. */
export type Tracked = {
  side: 'towards' | 'answered-at';
  address: string;
  /** Only those whose other end behind the translation this is. */
  inner?: string | undefined;
  /** Only those to these ports, of the side that they are begun towards. */
  ports?: { protocol: 'tcp' | 'udp'; min: number; max: number } | undefined;
};

/** What a router does in its namespace. */
export interface RoutingTool {
  /** Makes a namespace that exists forward packets between its devices, and nothing else of its own accord. */
  ensureForwarding(namespace: string): Promise<void>;
  /** Replaces the router's rules in one step, all or nothing; `ruleset` is the text of a file for nft. */
  replaceRules(namespace: string, ruleset: string): Promise<void>;
  /**
   * Makes a device, or changes what differs, but its addresses. `whenMade` tells whoever used a pair that was there before,
   * while the new one is still down: as long as that fails the pair stays so, and the next ensure tells them again.
   */
  ensureDevice(namespace: string, device: RouterDevice, whenMade: () => Promise<void>): Promise<void>;
  /** Gives a device its addresses and no others. Gives those that are new on it, with prefix length. */
  ensureAddresses(namespace: string, device: RouterDevice): Promise<string[]>;
  /** The addresses of a device; none when it is not there. */
  addresses(namespace: string, inside: string): Promise<string[]>;
  /** Takes addresses off a device. When it is done, nothing says any more that they are there. */
  removeAddresses(namespace: string, inside: string, addresses: readonly string[]): Promise<void>;
  /** Removes devices of the router that are not among these, by their name inside. */
  purgeDevicesBut(namespace: string, insides: readonly string[]): Promise<void>;
  /** Makes the routes these and no others. Gives what is wrong with those that cannot be, in words. */
  replaceRoutes(namespace: string, routes: readonly Route[]): Promise<string[]>;
  /** Tells the neighbours of a device that its MAC address has these addresses now, and again for as long as it has them. */
  announce(namespace: string, inside: string, addresses: readonly string[]): Promise<void>;
  /** How many packets came from outside, since this was last asked, in which another says that it has the router's addresses. */
  claims(namespace: string): Promise<number>;
  /** Forgets tracked connections, so that their next packet is looked at anew. */
  forget(namespace: string, tracked: readonly Tracked[]): Promise<void>;
}

/** Where the rules of a router count such packets: in a table of this name for each of ARP and IPv6. */
export const claimsTable = 'unkai_claims';
export const claimsCounter = 'heard';

const settings = [
  'net.ipv4.ip_forward=1',
  'net.ipv6.conf.all.forwarding=1',
  // A floating IP's packets may leave by another way than they came.
  'net.ipv4.conf.all.rp_filter=0',
  'net.ipv4.conf.default.rp_filter=0',
  // Its devices answer for their own addresses, and ask with them.
  'net.ipv4.conf.all.arp_ignore=1',
  'net.ipv4.conf.all.arp_announce=2',
  'net.ipv4.conf.all.send_redirects=0',
  'net.ipv4.conf.default.send_redirects=0',
  'net.ipv4.conf.all.accept_redirects=0',
  // Else the other addresses of a subnet go with its first.
  'net.ipv4.conf.all.promote_secondaries=1',
  'net.ipv4.conf.default.promote_secondaries=1',
  // It is told its addresses, and takes none from advertisements.
  'net.ipv6.conf.all.accept_ra=0',
  'net.ipv6.conf.default.accept_ra=0',
  'net.ipv6.conf.all.accept_redirects=0',
  'net.ipv6.conf.default.accept_dad=0',
] as const;

const links = z.array(
  z.object({ ifname: z.string(), mtu: z.number(), address: z.string(), flags: z.array(z.string()).default([]) }),
);
const addressRows = z.array(
  z.object({
    addr_info: z.array(z.object({ local: z.string(), prefixlen: z.number(), scope: z.string() })).default([]),
  }),
);
const counterRows = z.object({
  nftables: z.array(z.object({ counter: z.object({ table: z.string(), packets: z.number() }).optional() })),
});
const routeRows = z.array(z.object({ dst: z.string(), gateway: z.string().optional() }));

/** The real one. Devices on the host's side are in `hostNamespace` when one is given. */
export function openRouting(hostNamespace?: string): RoutingTool {
  const announcer = new Announcer();
  return {
    async ensureForwarding(namespace) {
      await run(inNamespace(namespace, ['sysctl', '--quiet', '--write', ...settings]));
    },
    async replaceRules(namespace, ruleset) {
      await run(inNamespace(namespace, ['nft', '-f', '-']), { input: ruleset });
    },
    ensureDevice: (namespace, device, whenMade) => ensurePair({ hostNamespace, namespace, device, whenMade }),
    ensureAddresses,
    async purgeDevicesBut(namespace, insides) {
      const { stdout } = await run(ipIn(namespace, ['-json', 'link', 'show', 'type', 'veth']));
      for (const { ifname } of links.parse(JSON.parse(stdout.trim() || '[]'))) {
        if (!insides.includes(ifname)) await run(ipIn(namespace, ['link', 'delete', ifname]));
      }
    },
    replaceRoutes,
    async addresses(namespace, inside) {
      try {
        return (await addressesOf(namespace, inside)).map((address) => address.split('/')[0] ?? '');
      } catch (error) {
        if (error instanceof ToolError && /does not exist|No such file or directory/.test(error.stderr)) return [];
        throw error;
      }
    },
    async removeAddresses(namespace, inside, addresses) {
      for (const address of await addressesOf(namespace, inside)) {
        if (!addresses.includes(address.split('/')[0] ?? '')) continue;
        await run(ipIn(namespace, ['address', 'delete', address, 'dev', inside]));
      }
      await announcer.isQuiet();
    },
    announce: (namespace, inside, addresses) => announcer.announce(namespace, inside, addresses),
    claims,
    forget,
  };
}

async function claims(namespace: string): Promise<number> {
  const { stdout } = await run(inNamespace(namespace, ['nft', '-j', 'reset', 'counters']));
  const counters = counterRows.parse(JSON.parse(stdout)).nftables.flatMap(({ counter }) => counter ?? []);
  return counters.reduce((sum, { table, packets }) => (table === claimsTable ? sum + packets : sum), 0);
}

/** More ports than this of one translation are forgotten together, with the other ports of the same two addresses. */
const portsOneByOne = 16;

async function forget(namespace: string, tracked: readonly Tracked[]): Promise<void> {
  for (const options of tracked.flatMap(trackedOptions)) {
    // It says 1 when there is nothing to forget.
    await run(inNamespace(namespace, ['conntrack', '-D', ...options]), { okCodes: [0, 1] });
  }
}

function trackedOptions({ side, address, inner, ports }: Tracked): string[][] {
  const [outer, behind] = side === 'towards' ? ['--orig-dst', '--reply-src'] : ['--reply-dst', '--orig-src'];
  const ends = [outer, address, ...(inner === undefined ? [] : [behind, inner])];
  if (ports === undefined) return [ends];
  const { protocol, min, max } = ports;
  if (max - min >= portsOneByOne) return [['-p', protocol, ...ends]];
  const each = Array.from({ length: max - min + 1 }, (_, index) => String(min + index));
  return each.map((port) => ['-p', protocol, ...ends, '--orig-port-dst', port]);
}

function ipIn(namespace: string | undefined, argv: readonly string[]): Argv {
  return namespace === undefined ? ['ip', ...argv] : ['ip', '-netns', namespace, ...argv];
}

async function readLink(namespace: string | undefined, name: string) {
  try {
    const { stdout } = await run(ipIn(namespace, ['-json', 'link', 'show', 'dev', name]));
    return links.parse(JSON.parse(stdout))[0];
  } catch (error) {
    if (error instanceof ToolError && /does not exist/.test(error.stderr)) return undefined;
    throw error;
  }
}

interface WantedPair {
  readonly hostNamespace: string | undefined;
  readonly namespace: string;
  readonly device: RouterDevice;
  readonly whenMade: () => Promise<void>;
}

async function ensurePair({ hostNamespace, namespace, device, whenMade }: WantedPair): Promise<void> {
  const { name, inside, macAddress, mtu } = device;
  const [outer, inner] = await Promise.all([readLink(hostNamespace, name), readLink(namespace, inside)]);
  const isWhole = outer !== undefined && inner?.address === macAddress;
  if (!isWhole) {
    // Either end takes the other along.
    if (outer !== undefined) await run(ipIn(hostNamespace, ['link', 'delete', name]));
    else if (inner !== undefined) await run(ipIn(namespace, ['link', 'delete', inside]));
    const peer = ['type', 'veth', 'peer', 'name', inside, 'netns', namespace, 'address', macAddress];
    await run(ipIn(hostNamespace, ['link', 'add', name, ...peer]));
  }
  const wasUp = (end: typeof inner) => isWhole && end?.flags.includes('UP') === true;
  const isRight = (end: typeof inner) => wasUp(end) && end?.mtu === mtu;
  const up = ['mtu', String(mtu), 'up'];
  if (!wasUp(inner)) {
    // Before it is up, which is the memory of this: a making that was cut off here is ended by the next.
    // Checksums left to a device that is none: the switch would pass on TCP that every receiver throws away.
    await run(inNamespace(namespace, ['ethtool', '-K', inside, 'tx', 'off']));
    await whenMade();
  }
  if (!isRight(outer)) await run(ipIn(hostNamespace, ['link', 'set', 'dev', name, ...up]));
  if (!isRight(inner)) await run(ipIn(namespace, ['link', 'set', 'dev', inside, ...up]));
}

/** With prefix length, without those that are only of the link. */
async function addressesOf(namespace: string, inside: string): Promise<string[]> {
  const { stdout } = await run(ipIn(namespace, ['-json', 'address', 'show', 'dev', inside]));
  return addressRows
    .parse(JSON.parse(stdout))
    .flatMap(({ addr_info }) => addr_info)
    .filter(({ scope }) => scope === 'global')
    .map(({ local, prefixlen }) => `${local}/${prefixlen}`);
}

async function ensureAddresses(namespace: string, { inside, addresses }: RouterDevice): Promise<string[]> {
  const there = await addressesOf(namespace, inside);
  const missing = addresses.filter((wanted) => !there.includes(wanted));
  for (const address of missing) {
    const options = address.includes(':') ? ['nodad'] : [];
    await run(ipIn(namespace, ['address', 'add', address, 'dev', inside, ...options]));
  }
  for (const address of there.filter((old) => !addresses.includes(old))) {
    await run(ipIn(namespace, ['address', 'delete', address, 'dev', inside]));
  }
  return missing;
}

async function replaceRoutes(namespace: string, routes: readonly Route[]): Promise<string[]> {
  const problems: string[] = [];
  for (const family of ['-4', '-6'] as const) {
    const own = routes.filter(({ destination }) => destination.includes(':') === (family === '-6'));
    for (const { destination, nextHop } of own) {
      try {
        await run(ipIn(namespace, [family, 'route', 'replace', destination, 'via', nextHop, 'proto', 'static']));
      } catch (error) {
        if (!(error instanceof ToolError)) throw error;
        problems.push(`its route to ${destination} by ${nextHop} cannot be used: ${error.stderr.trim().slice(0, 200)}`);
      }
    }
    await purgeRoutes(namespace, family, own);
  }
  return problems;
}

async function purgeRoutes(namespace: string, family: '-4' | '-6', wanted: readonly Route[]): Promise<void> {
  const { stdout } = await run(ipIn(namespace, ['-json', family, 'route', 'show', 'proto', 'static']));
  const keep = new Set(wanted.map(({ destination }) => bare(destination)));
  for (const { dst } of routeRows.parse(JSON.parse(stdout.trim() || '[]'))) {
    if (keep.has(bare(dst))) continue;
    await run(ipIn(namespace, [family, 'route', 'delete', dst, 'proto', 'static']));
  }
}

/** As `ip` shows a destination: "default" for all, and one address without its length. */
function bare(destination: string): string {
  if (destination === '0.0.0.0/0' || destination === '::/0') return 'default';
  return destination.replace(destination.includes(':') ? /\/128$/ : /\/32$/, '');
}
