import { UnkaiError } from '@unkai/contracts/errors';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Transaction } from './database.ts';

// Theory. Addresses go lowest first: people can guess and read them, and a subnet's used part stays together. The next
// free one is found without listing them all: whenever an address is free, either it is the first of the range or of a
// pool, or the address just below it is taken, so the candidates are those firsts and each taken address plus one.
//
//     .1 gateway  .2 dhcp  .3 used  .4 used  [.5]  .6 used  [.7]      candidates in brackets, the lowest wins
//
// Two transactions cannot choose the same one: who chooses on a network waits for the others who do (`lockAddresses`), since
// a network that is shared has ports of several projects. Should that ever be missed, the primary key of port_address
// refuses the second.

/** An IPv4 range as a tenant may have it, and the two addresses in it that are not for guests. */
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

const shortestPrefix = 8;
const longestPrefix = 29;

/** Ranges that mean something else on every host: this host, loopback, link-local with the metadata address, multicast and up. */
const reserved = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].map(parseRange);

interface Range {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/**
 * Checks a range and its pools, and chooses its gateway and its DHCP address: the first that is left, of the first pool
 * where there are pools, since what is outside may be somebody else's. Throws `invalid_input` that names `cidr`,
 * `gatewayAddress` or `allocationPools`.
 */
export function planSubnet({ cidr, gatewayAddress, allocationPools = [] }: WantedSubnet): SubnetPlan {
  const range = checkedRange(cidr);
  const gateway = gatewayAddress === undefined ? formatAddress(range.first + 1) : gatewayAddress;
  const pools = checkPools({ cidr, gatewayAddress: gateway }, allocationPools);
  const begin = pools[0]?.first ?? formatAddress(range.first + 1);
  const dhcpAddress = gateway === begin ? formatAddress(parseAddress(begin) + 1) : begin;
  const plan = { cidr, gatewayAddress: gateway, dhcpAddress };
  if (gateway !== null) checkGateway(plan, gateway);
  return plan;
}

function checkedRange(cidr: string): Range {
  const range = parseRange(cidr);
  const canonical = `${formatAddress(range.first)}/${range.prefix}`;
  if (canonical !== cidr) throw refuse('cidr', `has bits set outside its prefix; the range is ${canonical}`);
  if (range.prefix < shortestPrefix || range.prefix > longestPrefix) {
    throw refuse('cidr', `must have a prefix length from /${shortestPrefix} to /${longestPrefix}`);
  }
  const clash = reserved.find((other) => overlaps(range, other));
  if (clash) throw refuse('cidr', `overlaps ${formatAddress(clash.first)}/${clash.prefix}, which is reserved`);
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
    const [begin, end] = [parseAddress(first), parseAddress(last)];
    const pool = `${first}-${last}`;
    if (begin > end) throw refuse('allocationPools', `${pool} begins after its end`);
    if (begin <= range.first || end >= range.last) {
      throw refuse('allocationPools', `${pool} must be inside ${cidr}, without its first and last address`);
    }
    if (begin <= before) throw refuse('allocationPools', `${pool} overlaps another`);
    const gateway = gatewayAddress === null ? null : parseAddress(gatewayAddress);
    if (gateway !== null && begin <= gateway && gateway <= end) {
      throw refuse('allocationPools', `${pool} holds the gateway ${gatewayAddress}`);
    }
    before = end;
  }
  return sorted;
}

function inOrder(ranges: readonly AddressRange[]): AddressRange[] {
  return ranges.toSorted((one, other) => parseAddress(one.first) - parseAddress(other.first));
}

/** Throws `invalid_input` for a gateway that is not one of the subnet's addresses, or is the one of DHCP. */
export function checkGateway({ cidr, dhcpAddress }: Omit<SubnetPlan, 'gatewayAddress'>, gateway: string): void {
  const { first, last } = parseRange(cidr);
  const value = parseAddress(gateway);
  if (value <= first || value >= last) {
    throw refuse('gatewayAddress', `must be an address of ${cidr}, neither its first nor its last`);
  }
  if (gateway === dhcpAddress) throw refuse('gatewayAddress', `${gateway} is where DHCP answers`);
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
  const first = Math.max(parseAddress(one.first), parseAddress(other.first));
  const last = Math.min(parseAddress(one.last), parseAddress(other.last));
  return first > last ? [] : [{ first: formatAddress(first), last: formatAddress(last) }];
}

/** The addresses of a subnet that guests may have: all but its first, its last, the gateway's and the DHCP server's. */
function usableRanges({ cidr, gatewayAddress, dhcpAddress }: SubnetPlan): AddressRange[] {
  const { first, last } = parseRange(cidr);
  const taken = [gatewayAddress, dhcpAddress].flatMap((each) => (each === null ? [] : [parseAddress(each)]));
  const fences = [first, ...taken.toSorted((one, other) => one - other), last];
  return fences.slice(1).flatMap((fence, index) => {
    const begin = (fences[index] ?? first) + 1;
    return begin < fence ? [{ first: formatAddress(begin), last: formatAddress(fence - 1) }] : [];
  });
}

/** Whether two ranges share an address. */
export function rangesOverlap(one: string, other: string): boolean {
  return overlaps(parseRange(one), parseRange(other));
}

/** The range that a prefix means, with the bits beyond its length cleared: `10.0.0.7/24` is `10.0.0.0/24`. */
export function canonicalPrefix(cidr: string): string {
  const { first, prefix } = parseRange(cidr);
  return `${formatAddress(first)}/${prefix}`;
}

function overlaps(one: Range, other: Range): boolean {
  return one.first <= other.last && other.first <= one.last;
}

function parseRange(cidr: string): Range {
  const [address = '', length = ''] = cidr.split('/');
  const prefix = Number(length);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(parseAddress(address) / size) * size;
  return { first, last: first + size - 1, prefix };
}

function parseAddress(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function formatAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

function refuse(field: string, message: string): UnkaiError {
  return new UnkaiError('invalid_input', `${field}: ${message}.`, { errors: [{ field, message }] });
}

const freeRow = z.object({ subnet_id: z.string(), address: z.string() });
export interface FreeAddress {
  readonly subnetId: string;
  readonly address: string;
}

interface NamedNetwork {
  readonly id: string;
  readonly name: string;
}

/** Makes whoever chooses an address on one of these networks wait for the others; in one order, so that none waits for ever. */
export async function lockAddresses(tx: Transaction, networkIds: readonly string[]): Promise<void> {
  for (const id of [...new Set(networkIds)].toSorted()) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${id}, ${lockOfAddresses}::bigint))`;
  }
}

/** Names what is locked; any number that nothing else here locks by. */
const lockOfAddresses = 7003;

/** The one that is asked for, or the next free one of the subnet, or of the network. */
export interface WantedAddress {
  readonly subnetId?: string | undefined;
  readonly address?: string | undefined;
}

/**
 * The address that is wanted on a network, in a transaction that holds its `lockAddresses` and then writes the row. `field`
 * is where the caller named it. Throws `invalid_input` for one that no guest of the network may have, `conflict` for one
 * that is taken, `addresses_exhausted`.
 */
export async function wantedAddress(
  tx: Transaction,
  network: NamedNetwork,
  { subnetId, address }: WantedAddress,
  field: string,
): Promise<FreeAddress> {
  const subnets = await tx.subnet.findMany({ where: { networkId: network.id, ...(subnetId && { id: subnetId }) } });
  if (subnetId !== undefined && subnets.length === 0) throw refuse(field, `${network.name} has no such subnet`);
  if (address === undefined) return freeAddress(tx, network, subnetId);
  const subnet = subnets.find(({ cidr }) => overlaps(parseRange(cidr), parseRange(`${address}/32`)));
  if (subnet === undefined) throw refuse(field, `${address} is in no subnet of ${network.name}`);
  const value = parseAddress(address);
  const isFree = usableRanges(subnet).some(
    ({ first, last }) => parseAddress(first) <= value && value <= parseAddress(last),
  );
  if (!isFree)
    throw refuse(field, `${address} is not for guests: it is the range's first or last, the gateway or DHCP`);
  const taken = await tx.portAddress.count({ where: { networkId: network.id, address } });
  if (taken > 0) {
    const message = `${address} is already in use`;
    throw new UnkaiError('conflict', `${field}: ${message}.`, { errors: [{ field, message }] });
  }
  return { subnetId: subnet.id, address };
}

/**
 * The lowest free address of the network, in its oldest subnet that has one, or of one of its subnets. The caller
 * holds its `lockAddresses` and writes the row in the same transaction. Throws `addresses_exhausted`.
 */
export async function freeAddress(tx: Transaction, network: NamedNetwork, subnetId?: string): Promise<FreeAddress> {
  const only = subnetId === undefined ? Prisma.empty : Prisma.sql`AND subnet.id = ${subnetId}::uuid`;
  const found = await tx.$queryRaw<unknown[]>(Prisma.sql`
    SELECT subnet.id AS subnet_id, host(free.address) AS address
    FROM subnet
    CROSS JOIN LATERAL (
      SELECT candidate.address FROM (
        SELECT set_masklen(network(subnet.cidr::cidr)::inet, 32) + 1 AS address
        UNION ALL SELECT subnet.gateway_address::inet + 1
        UNION ALL SELECT subnet.dhcp_address::inet + 1
        UNION ALL SELECT pool.first::inet FROM allocation_pool AS pool WHERE pool.subnet_id = subnet.id
        UNION ALL SELECT port_address.address::inet + 1 FROM port_address WHERE port_address.subnet_id = subnet.id
      ) AS candidate
      WHERE candidate.address << subnet.cidr::cidr
        AND candidate.address <> set_masklen(broadcast(subnet.cidr::cidr), 32)
        AND host(candidate.address) IS DISTINCT FROM subnet.gateway_address
        AND host(candidate.address) <> subnet.dhcp_address
        AND (
          NOT EXISTS (SELECT 1 FROM allocation_pool AS pool WHERE pool.subnet_id = subnet.id)
          OR EXISTS (
            SELECT 1 FROM allocation_pool AS pool
            WHERE pool.subnet_id = subnet.id AND candidate.address BETWEEN pool.first::inet AND pool.last::inet
          )
        )
        AND NOT EXISTS (
          SELECT 1 FROM port_address AS taken
          WHERE taken.network_id = subnet.network_id AND taken.address = host(candidate.address)
        )
      ORDER BY candidate.address LIMIT 1
    ) AS free
    WHERE subnet.network_id = ${network.id}::uuid ${only}
    ORDER BY subnet.created_at, subnet.id LIMIT 1`);
  const first = found[0];
  if (first === undefined) {
    throw new UnkaiError('addresses_exhausted', `The network ${network.name} has no free address left.`);
  }
  const { subnet_id, address } = freeRow.parse(first);
  return { subnetId: subnet_id, address };
}
