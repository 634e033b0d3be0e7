import { eui64, familyOf, formatIp, type IpFamily, readIp } from '@unkai/contracts/address-form';
import { UnkaiError } from '@unkai/contracts/errors';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Transaction } from '../database/database.ts';
import { leaseSeconds } from '../host/lease.ts';
import { refuseField, refuseTaken } from '../store/refusal.ts';
import { isForGuests, isWithin } from './ipam.ts';

// Theory. Addresses go lowest first: people can guess and read them, and a subnet's used part stays together. The next
// free one is found without listing them all: whenever an address is free, either it is the first of the range or of a
// pool, or the address just below it is taken or was given back, so the candidates are those firsts and each such address
// plus one.
//
//     .1 gateway  .2 dhcp  .3 used  .4 used  [.5]  .6 used  [.7]      candidates in brackets, the lowest wins
//
// One that was given back rests for a while before the next may have it (H30): neighbours still know it by the MAC address
// of who had it before. Where nothing else is free it is used at once. In an IPv6 subnet whose guests make their address
// themselves (SLAAC) there is nothing to choose: it follows from the MAC address.
//
// What is taken and what rests is asked for by NOT IN and IN, of the network as a parameter: Postgres hashes each once. Said
// row by row it compares every candidate with every address, which is a million comparisons on a network of a thousand.
//
// Two transactions cannot choose the same one: who chooses on a network waits for the others who do (`lockAddresses`), since
// a network that is shared has ports of several projects. Should that ever be missed, the primary key of port_address
// refuses the second.

/** How long an address rests when it was given back. */
export const restingSeconds = 60;

/** Makes whoever chooses an address on one of these networks wait for the others; in one order, so that none waits for ever. */
export async function lockAddresses(tx: Transaction, networkIds: readonly string[]): Promise<void> {
  for (const id of [...new Set(networkIds)].toSorted()) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${id}, ${lockOfAddresses}::bigint))`;
  }
}

/** Names what is locked; any number that nothing else here locks by. */
const lockOfAddresses = 7003;

const freeRow = z.object({ subnet_id: z.string(), address: z.string() });
export interface FreeAddress {
  readonly subnetId: string;
  readonly address: string;
}

interface NamedNetwork {
  readonly id: string;
  readonly name: string;
}

/** The one that is asked for, or the next free one of the subnet, or of the network. */
export interface WantedAddress {
  readonly subnetId?: string | undefined;
  readonly address?: string | undefined;
}

export interface AddressAsk {
  /** None: one of each family that the network has. */
  readonly wanted: readonly WantedAddress[] | undefined;
  readonly macAddress: string;
  /** Where the caller named each. */
  readonly fieldOf: (index: number) => string;
  /** What the port has already and may keep. */
  readonly kept?: readonly FreeAddress[];
}

const subnetsRow = z.array(
  z.object({
    id: z.string(),
    cidr: z.string(),
    ipv6Mode: z.string().nullable(),
    gatewayAddress: z.string().nullable(),
    dhcpAddress: z.string(),
  }),
);
type Subnets = z.output<typeof subnetsRow>;

/** The subnets of a network, the oldest first. */
async function subnetsOf(tx: Transaction, networkId: string): Promise<Subnets> {
  const rows = await tx.$queryRaw`
    SELECT id, cidr, ipv6_mode AS "ipv6Mode", gateway_address AS "gatewayAddress", dhcp_address AS "dhcpAddress"
    FROM subnet WHERE network_id = ${networkId}::uuid ORDER BY created_at, id`;
  return subnetsRow.parse(rows);
}

/**
 * The addresses of a port, in a transaction that holds the network's `lockAddresses` and then writes the rows. Subnets whose
 * guests make their address themselves add one each. Throws `invalid_input` for one that no guest of the network may have,
 * `conflict` for one that is taken, `addresses_exhausted`.
 */
export async function chooseAddresses(tx: Transaction, network: NamedNetwork, ask: AddressAsk): Promise<FreeAddress[]> {
  const subnets = await subnetsOf(tx, network.id);
  const own = subnets.filter(isSelfMade).map((subnet) => selfMade(subnet, ask.macAddress));
  const chosen = await chosenAddresses(tx, network, { ...ask, subnets, own });
  const rest = own.filter(({ subnetId }) => !chosen.some((each) => each.subnetId === subnetId));
  return [...chosen, ...rest];
}

/** Whether its guests make their addresses themselves, out of what routers announce and their MAC address. */
export function isSelfMade({ ipv6Mode }: { readonly ipv6Mode: string | null }): boolean {
  return ipv6Mode === 'slaac' || ipv6Mode === 'dhcpv6-stateless';
}

/** The address that a port makes itself on a subnet (EUI-64). */
export function selfMade(
  { id, cidr }: { readonly id: string; readonly cidr: string },
  macAddress: string,
): FreeAddress {
  const [prefix = ''] = cidr.split('/');
  return { subnetId: id, address: formatIp(eui64(readIp(prefix), macAddress)) };
}

interface Choosing extends AddressAsk {
  readonly subnets: Subnets;
  readonly own: readonly FreeAddress[];
}

async function chosenAddresses(tx: Transaction, network: NamedNetwork, choosing: Choosing): Promise<FreeAddress[]> {
  const { wanted, subnets, fieldOf, own, kept = [] } = choosing;
  const chosen: FreeAddress[] = [];
  if (wanted === undefined) {
    const dealt = subnets.filter((subnet) => !isSelfMade(subnet));
    for (const family of new Set(dealt.map(({ cidr }) => familyOf(cidr)))) {
      chosen.push(await freeAddress(tx, network, { family, besides: chosen }));
    }
    return chosen;
  }
  for (const [index, each] of wanted.entries()) {
    const at = fieldOf(index);
    const subnet = wantedSubnet(subnets, network, each, at);
    const isTwice = chosen.some(({ address }) => address === each.address);
    if (isTwice) throw refuseField(at, `${each.address} is there twice`, 'Name each address once.');
    const mine = own.find(({ subnetId }) => subnetId === subnet?.id);
    const had = kept.find(
      ({ subnetId, address }) =>
        subnetId === (subnet?.id ?? subnetId) &&
        address === (each.address ?? address) &&
        !chosen.some((one) => one.address === address),
    );
    if (had === undefined && mine === undefined) await refuseHeld(tx, network, each.address, at);
    chosen.push(had ?? mine ?? (await oneAddress(tx, network, { subnet, address: each.address, at, besides: chosen })));
    if (mine !== undefined && each.address !== undefined && each.address !== mine.address) {
      throw refuseField(
        at,
        `ports make their address of ${subnet?.cidr} themselves: ${mine.address}`,
        'Leave the address out, or send the one that the port makes itself.',
      );
    }
  }
  return chosen;
}

function wantedSubnet(subnets: Subnets, { name }: NamedNetwork, { subnetId, address }: WantedAddress, at: string) {
  if (subnetId === undefined && address === undefined) return undefined;
  const named = subnetId === undefined ? subnets : subnets.filter(({ id }) => id === subnetId);
  if (named.length === 0 && subnetId !== undefined)
    throw refuseField(at, `${name} has no such subnet`, 'Choose a subnet of that network.');
  if (address === undefined) return named[0];
  const holder = named.find(({ cidr }) => isWithin(cidr, address));
  if (holder === undefined)
    throw refuseField(
      at,
      `${address} is in no subnet of ${name}`,
      'Choose an address of one of its subnets, or leave it out for the next free one.',
    );
  return holder;
}

/**
 * One address for what is no guest, such as a router: the one that is asked for, or the next free one; of the whole network
 * it is an IPv4 address. In a transaction that holds the network's `lockAddresses`. Throws as `chooseAddresses` does.
 */
export async function wantedAddress(
  tx: Transaction,
  network: NamedNetwork,
  wanted: WantedAddress,
  field: string,
): Promise<FreeAddress> {
  const { subnetId, address } = wanted;
  if (subnetId === undefined && address === undefined) return freeAddress(tx, network, { family: 4, besides: [] });
  const subnets = await subnetsOf(tx, network.id);
  const subnet = wantedSubnet(subnets, network, wanted, field);
  return oneAddress(tx, network, { subnet, address, at: field, besides: [] });
}

interface One {
  readonly subnet: Subnets[number] | undefined;
  readonly address: string | undefined;
  readonly at: string;
  readonly besides: readonly FreeAddress[];
}

async function oneAddress(tx: Transaction, network: NamedNetwork, { subnet, address, at, besides }: One) {
  if (subnet === undefined || address === undefined) {
    return freeAddress(tx, network, { subnetId: subnet?.id, besides });
  }
  if (!isForGuests(subnet, address))
    throw refuseField(
      at,
      `${address} is not for guests: it is the range's first or last, the gateway or DHCP`,
      'Choose another address of the subnet, or leave it out for the next free one.',
    );
  const taken = await tx.portAddress.count({ where: { networkId: network.id, address } });
  if (taken > 0) {
    throw refuseTaken(
      at,
      `${address} is already in use`,
      'Choose another address, or leave it out for the next free one.',
    );
  }
  return { subnetId: subnet.id, address };
}

/**
 * Throws `conflict` for an address that was a floating IP and that a host may still answer for, with the time until which it
 * rests where that is known. A floating IP may have it: it waits for that host by itself.
 */
async function refuseHeld(
  tx: Transaction,
  network: NamedNetwork,
  address: string | undefined,
  at: string,
): Promise<void> {
  if (address === undefined) return;
  const where = { networkId: network.id, address, floatingIpId: null };
  const holder = await tx.floatingIpHolder.findFirst({ where, select: { host: true } });
  if (holder === null) return;
  const { isUp, lastHeartbeatAt } = holder.host;
  const end = new Date(lastHeartbeatAt.getTime() + leaseSeconds * 1000).toISOString();
  const until = isUp ? 'until its host has let go of it, in a moment' : `until ${end}, when its host is given up`;
  throw refuseTaken(
    at,
    `${address} was a floating IP and rests ${until}`,
    'Choose another address, or try again then.',
  );
}

interface Free {
  readonly subnetId?: string | undefined;
  readonly family?: IpFamily;
  /** Those that were chosen a moment ago and are not written yet. */
  readonly besides: readonly FreeAddress[];
}

/**
 * The lowest free address of the network, in its oldest subnet that has one, or of one of its subnets. Throws
 * `addresses_exhausted`.
 */
async function freeAddress(tx: Transaction, network: NamedNetwork, { subnetId, family, besides }: Free) {
  const only = subnetId === undefined ? Prisma.empty : Prisma.sql`AND subnet.id = ${subnetId}::uuid`;
  const ofFamily = family === undefined ? Prisma.empty : Prisma.sql`AND family(subnet.cidr::cidr) = ${family}::integer`;
  const chosen = besides.map(({ address }) => address);
  const found = await tx.$queryRaw<unknown[]>(Prisma.sql`
    SELECT subnet.id AS subnet_id, host(free.address) AS address
    FROM subnet
    CROSS JOIN LATERAL (
      SELECT candidate.address, host(candidate.address) IN (
        SELECT rests.address FROM resting_address AS rests
        WHERE rests.network_id = ${network.id}::uuid
          AND rests.released_at > now() - make_interval(secs => ${restingSeconds}::integer)
      ) AS is_resting FROM (
        SELECT host(network(subnet.cidr::cidr))::inet + 1 AS address
        UNION ALL SELECT subnet.gateway_address::inet + 1
        UNION ALL SELECT subnet.dhcp_address::inet + 1
        UNION ALL SELECT pool.first::inet FROM allocation_pool AS pool WHERE pool.subnet_id = subnet.id
        UNION ALL SELECT port_address.address::inet + 1 FROM port_address WHERE port_address.subnet_id = subnet.id
        UNION ALL SELECT resting.address::inet + 1 FROM resting_address AS resting WHERE resting.network_id = subnet.network_id
        UNION ALL SELECT one::inet + 1 FROM unnest(${chosen}::text[]) AS one
      ) AS candidate
      WHERE candidate.address << subnet.cidr::cidr
        AND host(candidate.address) <> host(broadcast(subnet.cidr::cidr))
        AND host(candidate.address) IS DISTINCT FROM subnet.gateway_address
        AND host(candidate.address) <> subnet.dhcp_address
        AND host(candidate.address) <> ALL (${chosen}::text[])
        AND (
          NOT EXISTS (SELECT 1 FROM allocation_pool AS pool WHERE pool.subnet_id = subnet.id)
          OR EXISTS (
            SELECT 1 FROM allocation_pool AS pool
            WHERE pool.subnet_id = subnet.id AND candidate.address BETWEEN pool.first::inet AND pool.last::inet
          )
        )
        AND host(candidate.address) NOT IN (
          SELECT taken.address FROM port_address AS taken WHERE taken.network_id = ${network.id}::uuid
        )
      ORDER BY is_resting, candidate.address LIMIT 1
    ) AS free
    WHERE subnet.network_id = ${network.id}::uuid
      AND coalesce(subnet.ipv6_mode, '') NOT IN ('slaac', 'dhcpv6-stateless') ${only} ${ofFamily}
    ORDER BY free.is_resting, subnet.created_at, subnet.id LIMIT 1`);
  const first = found[0];
  if (first === undefined) {
    throw new UnkaiError('addresses_exhausted', `The network ${network.name} has no free address left.`);
  }
  const { subnet_id, address } = freeRow.parse(first);
  return { subnetId: subnet_id, address };
}
