import { addressBits, familyOf, formatIp, type IpFamily, readIp } from '@unkai/contracts/address-form';
import { refuseField } from '../store/refusal.ts';

/** A range as a tenant may have it, and the two addresses in it that are not for guests. */
export interface SubnetPlan {
  readonly cidr: string;
  readonly gatewayAddress: string | null;
  readonly dhcpAddress: string;
}

/** Addresses from the first to the last, both included. */
export interface AddressRange {
  readonly first: string;
  readonly last: string;
}

export interface WantedSubnet {
  readonly cidr: string;
  /** Default: the first address of the range; null: none. */
  readonly gatewayAddress?: string | null | undefined;
  /** None: the whole range. */
  readonly allocationPools?: readonly AddressRange[];
}

const prefixLengths = { 4: { shortest: 8, longest: 29 }, 6: { shortest: 32, longest: 125 } } as const;

/** Ranges that mean something else on every host: this host, loopback, link-local with the metadata address, multicast and up. */
const reserved = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3', '::/16', 'fe80::/10', 'ff00::/8'].map(
  parseRange,
);
/** Routers have an address of it on every link, and may announce themselves by that one. */
const linkLocal = parseRange('fe80::/10');

interface Range {
  readonly family: IpFamily;
  readonly first: bigint;
  readonly last: bigint;
  readonly prefix: number;
}

/**
 * Checks a range and its pools, and chooses its gateway and its DHCP address: the first that is left, of the first pool
 * where there are pools, since what is outside may be somebody else's. Throws `invalid_input` that names `cidr`,
 * `gatewayAddress` or `allocationPools`.
 */
export function planSubnet({ cidr, gatewayAddress, allocationPools = [] }: WantedSubnet): SubnetPlan {
  const range = checkedRange(cidr);
  const { family } = range;
  const gateway = gatewayAddress === undefined ? formatIp({ family, value: range.first + 1n }) : gatewayAddress;
  const pools = checkPools({ cidr, gatewayAddress: gateway }, allocationPools);
  const begin = pools[0]?.first ?? formatIp({ family, value: range.first + 1n });
  const dhcpAddress = gateway === begin ? formatIp({ family, value: readIp(begin).value + 1n }) : begin;
  const plan = { cidr, gatewayAddress: gateway, dhcpAddress };
  if (gateway !== null) checkGateway(plan, gateway);
  return plan;
}

function checkedRange(cidr: string): Range {
  const range = parseRange(cidr);
  const canonical = textOf(range);
  if (canonical !== cidr)
    throw refuseField('cidr', `has bits set outside its prefix; the range is ${canonical}`, `Send ${canonical}.`);
  const { shortest, longest } = prefixLengths[range.family];
  if (range.prefix < shortest || range.prefix > longest) {
    throw refuseField(
      'cidr',
      `must have a prefix length from /${shortest} to /${longest}`,
      `Choose a prefix length from /${shortest} to /${longest}.`,
    );
  }
  const clash = reserved.find((other) => overlaps(range, other));
  if (clash)
    throw refuseField(
      'cidr',
      `overlaps ${textOf(clash)}, which is reserved`,
      'Choose another range, such as 10.0.0.0/24.',
    );
  return range;
}

/**
 * Puts pools in order. Throws `invalid_input` for one that is not inside the range, has its ends the wrong way round, holds
 * the gateway, or overlaps another.
 */
export function checkPools(
  { cidr, gatewayAddress }: Omit<SubnetPlan, 'dhcpAddress'>,
  pools: readonly AddressRange[],
): AddressRange[] {
  const range = parseRange(cidr);
  const sorted = inOrder(pools);
  let before = range.first;
  for (const { first, last } of sorted) {
    const [begin, end] = [readIp(first).value, readIp(last).value];
    const pool = `${first}-${last}`;
    const isOther = familyOf(first) !== range.family || familyOf(last) !== range.family;
    if (!isOther && begin > end)
      throw refuseField(
        'allocationPools',
        `${pool} begins after its end`,
        'Send the lower address as first and the higher one as last.',
      );
    if (isOther || begin <= range.first || end >= range.last) {
      throw refuseField(
        'allocationPools',
        `${pool} must be inside ${cidr}, without its first and last address`,
        'Choose first and last from the addresses between those two.',
      );
    }
    if (begin <= before)
      throw refuseField('allocationPools', `${pool} overlaps another`, 'Choose pools that have no address in common.');
    if (gatewayAddress !== null && holds({ ...range, first: begin, last: end }, gatewayAddress)) {
      throw refuseField(
        'allocationPools',
        `${pool} holds the gateway ${gatewayAddress}`,
        'Divide the pool around the gateway, or choose another gateway.',
      );
    }
    before = end;
  }
  return sorted;
}

function inOrder(ranges: readonly AddressRange[]): AddressRange[] {
  return ranges.toSorted((one, other) => {
    const [first, second] = [readIp(one.first).value, readIp(other.first).value];
    return first < second ? -1 : first > second ? 1 : 0;
  });
}

/**
 * Throws `invalid_input` for a gateway that is not one of the subnet's addresses, nor with IPv6 a link-local one, or is the
 * one of DHCP.
 */
export function checkGateway({ cidr, dhcpAddress }: Omit<SubnetPlan, 'gatewayAddress'>, gateway: string): void {
  if (gateway === dhcpAddress)
    throw refuseField(
      'gatewayAddress',
      `${gateway} is where DHCP answers`,
      'Choose another address of the range, or leave it out.',
    );
  if (holds(linkLocal, gateway) && familyOf(cidr) === 6) return;
  const range = parseRange(cidr);
  const inside = { ...range, first: range.first + 1n, last: range.last - 1n };
  if (!holds(inside, gateway)) {
    throw refuseField(
      'gatewayAddress',
      `must be an address of ${cidr}, neither its first nor its last`,
      'Choose another address of the range, or leave it out.',
    );
  }
}

/** A subnet, and from where its guests get addresses that they did not choose; no pools: from the whole range. */
export interface PooledSubnet extends SubnetPlan {
  readonly allocationPools: readonly AddressRange[];
}

/** The addresses that guests are given who chose none: those of the pools, but the gateway's and the DHCP server's. */
export function freeRanges({ allocationPools, ...subnet }: PooledSubnet): AddressRange[] {
  const usable = usableRanges(subnet);
  if (allocationPools.length === 0) return usable;
  return inOrder(allocationPools).flatMap((pool) => usable.flatMap((range) => sharedRange(pool, range)));
}

function sharedRange(one: AddressRange, other: AddressRange): AddressRange[] {
  const family = familyOf(one.first);
  const first = ascending([one.first, other.first].map((text) => readIp(text).value))[1] ?? 0n;
  const last = ascending([one.last, other.last].map((text) => readIp(text).value))[0] ?? 0n;
  if (first > last) return [];
  return [{ first: formatIp({ family, value: first }), last: formatIp({ family, value: last }) }];
}

/** The addresses of a subnet that guests may have: all but its first, its last, the gateway's and the DHCP server's. */
function usableRanges({ cidr, gatewayAddress, dhcpAddress }: SubnetPlan): AddressRange[] {
  const range = parseRange(cidr);
  const { family, first, last } = range;
  const kept = [gatewayAddress, dhcpAddress].flatMap((each) => (each !== null && holds(range, each) ? [each] : []));
  const taken = ascending(kept.map((each) => readIp(each).value));
  const fences = [first, ...taken, last];
  return fences.slice(1).flatMap((fence, index) => {
    const begin = (fences[index] ?? first) + 1n;
    if (begin >= fence) return [];
    return [{ first: formatIp({ family, value: begin }), last: formatIp({ family, value: fence - 1n }) }];
  });
}

function ascending(values: readonly bigint[]): bigint[] {
  return values.toSorted((one, other) => (one < other ? -1 : 1));
}

/** Whether guests of the subnet may have the address. */
export function isForGuests(subnet: SubnetPlan, address: string): boolean {
  return usableRanges(subnet).some((range) => {
    const [first, last] = [readIp(range.first).value, readIp(range.last).value];
    return holds({ family: familyOf(range.first), first, last, prefix: 0 }, address);
  });
}

/** Whether the address is one of the range. */
export function isWithin(cidr: string, address: string): boolean {
  return holds(parseRange(cidr), address);
}

/** Whether two ranges share an address. */
export function rangesOverlap(one: string, other: string): boolean {
  return overlaps(parseRange(one), parseRange(other));
}

/** The range that a prefix means, with the bits beyond its length cleared: `10.0.0.7/24` is `10.0.0.0/24`. */
export function canonicalPrefix(cidr: string): string {
  return textOf(parseRange(cidr));
}

function overlaps(one: Range, other: Range): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}

function holds({ family, first, last }: Range, address: string): boolean {
  const { family: other, value } = readIp(address);
  return family === other && first <= value && value <= last;
}

function parseRange(cidr: string): Range {
  const [address = '', length = ''] = cidr.split('/');
  const { family, value } = readIp(address);
  const prefix = Number(length);
  const size = 1n << BigInt(addressBits[family] - prefix);
  const first = (value / size) * size;
  return { family, first, last: first + size - 1n, prefix };
}

function textOf({ family, first, prefix }: Range): string {
  return `${formatIp({ family, value: first })}/${prefix}`;
}
