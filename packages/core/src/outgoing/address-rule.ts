import { BlockList, isIP } from 'node:net';

type Family = 'ipv4' | 'ipv6';

// What is not the public internet: RFC 6890 and the registries of special-purpose addresses at IANA. The last one is
// public by its number, and answers for the machine's own cloud (Azure).
const notPublicV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '168.63.129.16/32',
];
// Only what is given out as global unicast counts as public, so the many ways to write an IPv4 address as an IPv6 one
// (mapped, compatible, translated, NAT64) are all outside; then what hides one inside: Teredo (in 2001::/23) and 6to4.
const globalV6 = ['2000::/3'];
const notPublicV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];
// Nobody's service for others, also when an operator names the target: this link, groups, and no address at all.
const neverAsked = [
  '0.0.0.0/8',
  '100.100.100.200/32',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  'fd00:ec2::254/128',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

const refusedV4 = networkList(notPublicV4);
const allowedV6 = networkList(globalV6);
const refusedV6 = networkList(notPublicV6);
const never = networkList(neverAsked);

/**
 * Whether anybody's server may be behind the address: it is public, and does not carry another address inside. Takes
 * addresses in any notation that a socket would; what is no address is not public.
 */
export function isPublicAddress(address: string): boolean {
  const family = familyOf(address);
  if (family === null) return false;
  if (family === 'ipv4') return !refusedV4.check(address, family);
  return allowedV6.check(address, family) && !refusedV6.check(address, family) && !isIsatap(address);
}

/** Whether no program of ours has any business there, whoever names it: link-local, metadata, multicast. */
export function isNeverAsked(address: string): boolean {
  const family = familyOf(address);
  if (family === null) return true;
  const inner = mappedV4(address);
  return never.check(address, family) || (inner !== null && never.check(inner, 'ipv4'));
}

/** Networks that an operator lets tenants' targets be in although they are not public. */
export interface OwnNetworks {
  readonly isEmpty: boolean;
  has(address: string): boolean;
}

/**
 * Reads networks in CIDR notation and single addresses, with commas or spaces between. Throws a TypeError that names
 * the one at fault.
 */
export function ownNetworks(text: string): OwnNetworks {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
  const networks = networkList(entries);
  return {
    isEmpty: entries.length === 0,
    has(address) {
      const family = familyOf(address);
      // A mapped address would be found among the IPv4 ones; whoever means 10.0.0.1 writes that.
      return family !== null && mappedV4(address) === null && networks.check(address, family);
    },
  };
}

export const noOwnNetworks = ownNetworks('');

function networkList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', length] = network.split('/');
    const family = familyOf(address);
    const longest = family === 'ipv4' ? 32 : 128;
    const prefix = length === undefined ? longest : Number(length);
    const isWhole = /^\d{1,3}$/.test(length ?? '0') && prefix <= longest;
    if (family === null || !isWhole) throw new TypeError(`"${network}" is not a network such as 10.1.0.0/16`);
    list.addSubnet(address, prefix, family);
  }
  return list;
}

function familyOf(address: string): Family | null {
  const version = address.includes('%') ? 0 : isIP(address);
  if (version === 0) return null;
  return version === 4 ? 'ipv4' : 'ipv6';
}

/** ISATAP (RFC 5214): an IPv4 address behind 0:5efe or 200:5efe in the second half, whatever the network. */
function isIsatap(address: string): boolean {
  const [, , , , fifth, sixth] = groups(address);
  return (fifth === '0' || fifth === '200') && sixth === '5efe';
}

/** The IPv4 address in ::ffff:0:0/96, or null. */
function mappedV4(address: string): string | null {
  if (familyOf(address) !== 'ipv6') return null;
  const [one, two, three, four, five, six, high = '0', low = '0'] = groups(address);
  const isMapped = [one, two, three, four, five].every((group) => group === '0') && six === 'ffff';
  if (!isMapped) return null;
  const value = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groups(address: string): string[] {
  // The URL parser knows each notation and gives the one canonical form (RFC 5952).
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const before = head === '' ? [] : head.split(':');
  if (tail === undefined) return before;
  const after = tail === '' ? [] : tail.split(':');
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
}
