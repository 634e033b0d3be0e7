import { prefixHolds, rangeHolds, rangeSize } from '@unkai/contracts/ip-address';
import type { Port } from '@unkai/contracts/resources/port';
import { ipv6Mode, type Subnet } from '@unkai/contracts/resources/subnet';
import type { SubnetPool } from '@unkai/contracts/resources/subnet-pool';

type Pools = Pick<Subnet, 'allocationPools'>;

/** How many addresses a subnet hands out, and how many of them ports have. */
export function poolUse({ id, allocationPools }: Pools & Pick<Subnet, 'id'>, ports: readonly Port[]) {
  const taken = ports
    .flatMap(({ addresses }) => addresses)
    .filter(({ subnetId, address }) => subnetId === id && allocationPools.some((pool) => rangeHolds(pool, address)));
  return { used: taken.length, total: allocationPools.reduce((sum, pool) => sum + rangeSize(pool), 0) };
}

/** What a person wrote in the form of a subnet. */
export type SubnetDraft = {
  name: string;
  cidr: string;
  /** What the range is taken from; null: it is written. */
  pool: Pick<SubnetPool, 'id' | 'family'> | null;
  /** How large a range of the pool; empty: as the pool says. */
  prefixLength: string;
  /** How guests of an IPv6 range come by their address; empty: nobody tells them. */
  ipv6Mode: '' | NonNullable<Subnet['ipv6Mode']>;
  gateway: 'first' | 'own' | 'none';
  gatewayAddress: string;
  hasDhcp: boolean;
  /** Each on a line of its own, as the three below. */
  dnsServers: string;
  allocationPools: string;
  hostRoutes: string;
};

export const emptySubnet: SubnetDraft = {
  name: '',
  cidr: '',
  pool: null,
  prefixLength: '',
  ipv6Mode: 'slaac',
  gateway: 'first',
  gatewayAddress: '',
  hasDhcp: true,
  dnsServers: '',
  allocationPools: '',
  hostRoutes: '',
};

const lines = (texts: readonly string[]) => texts.join('\n');
const poolText = ({ first, last }: Subnet['allocationPools'][number]) => `${first}-${last}`;
/** Routes as people write them: `192.0.2.0/24 via 10.1.0.9`, one a line. */
export const routesText = (routes: Subnet['hostRoutes']) => lines(routes.map(routeText));
const routeText = ({ destination, nextHop }: Subnet['hostRoutes'][number]) => `${destination} via ${nextHop}`;

/** The draft of a subnet that is there. */
export function draftOf(subnet: Subnet): SubnetDraft {
  return {
    name: subnet.name,
    cidr: subnet.cidr,
    pool: null,
    prefixLength: '',
    ipv6Mode: subnet.ipv6Mode ?? '',
    gateway: subnet.gatewayAddress === null ? 'none' : 'own',
    gatewayAddress: subnet.gatewayAddress ?? '',
    hasDhcp: subnet.hasDhcp,
    dnsServers: lines(subnet.dnsServers),
    allocationPools: lines(subnet.allocationPools.map(poolText)),
    hostRoutes: routesText(subnet.hostRoutes),
  };
}

const words = (text: string) => text.split(/[\s,]+/).filter(Boolean);
const rows = (text: string) =>
  text
    .split(/[\n,]/)
    .map((row) => row.trim())
    .filter(Boolean);

/** The routes that somebody wrote; undefined where a line is none. */
export function routesIn(text: string): { destination: string; nextHop: string }[] | undefined {
  const found = rows(text).map((row) => /^(\S+)\s+(?:via\s+)?(\S+)$/.exec(row));
  if (found.includes(null)) return undefined;
  return found.map((each) => ({ destination: each?.[1] ?? '', nextHop: each?.[2] ?? '' }));
}

type SubnetRequest = Pick<Subnet, 'name' | 'dnsServers' | 'allocationPools' | 'hostRoutes' | 'hasDhcp'> & {
  gatewayAddress?: string | null;
  ipv6Mode?: NonNullable<Subnet['ipv6Mode']>;
};

/** Ways to an IPv6 address, as people choose among them. */
export const ipv6Ways: readonly { value: SubnetDraft['ipv6Mode']; label: string; words: string }[] = [
  { value: 'slaac', label: 'SLAAC', words: 'Guests make their address themselves, from what routers advertise.' },
  {
    value: 'dhcpv6-stateless',
    label: 'DHCPv6 stateless',
    words: 'Guests make their address themselves, and ask DHCP for the rest.',
  },
  { value: 'dhcpv6-stateful', label: 'DHCPv6 stateful', words: 'DHCP gives guests their address.' },
  { value: '', label: 'None', words: 'Nobody tells guests their address, though each has one.' },
];

/** What somebody chose among `ipv6Ways`. */
export const readIpv6Way = (value: string): SubnetDraft['ipv6Mode'] => ipv6Mode.safeParse(value).data ?? '';

/** Whether a range is one of IPv6, which is known while it is being written. */
export const isIpv6Range = (cidr: string): boolean => cidr.includes(':');

/** Whether a draft asks for a range of IPv6, written or of a pool. */
export const isIpv6Draft = ({ pool, cidr }: Pick<SubnetDraft, 'pool' | 'cidr'>): boolean =>
  pool === null ? isIpv6Range(cidr) : pool.family === 6;

/** The range that a draft of a new subnet asks for. */
export function rangeOf({ pool, cidr, prefixLength }: SubnetDraft) {
  if (pool === null) return { cidr: cidr.trim() };
  return { subnetPoolId: pool.id, ...(prefixLength !== '' && { prefixLength: Number(prefixLength) }) };
}

/**
 * What a draft asks for, or what is missing in it. Its values are judged by the API. `was` is the draft before it was
 * changed: pools that are as they were are not sent, since those of the whole range are not to be fixed by a rename.
 */
export function subnetOf(
  draft: SubnetDraft,
  was?: SubnetDraft,
): { request: Omit<SubnetRequest, 'allocationPools'> & Partial<Pools> } | { missing: string } {
  if (draft.name.trim() === '') return { missing: 'Give it a name.' };
  if (draft.pool === null && draft.cidr.trim() === '') return { missing: 'Write the range of addresses.' };
  if (draft.gateway === 'own' && draft.gatewayAddress.trim() === '') return { missing: 'Write the gateway.' };
  const pools = rows(draft.allocationPools).map((row) => /^(\S+)\s*-\s*(\S+)$/.exec(row));
  const hostRoutes = routesIn(draft.hostRoutes);
  if (pools.includes(null)) return { missing: 'Write each pool as 10.1.0.10-10.1.0.99, on a line of its own.' };
  if (hostRoutes === undefined)
    return { missing: 'Write each route as 192.0.2.0/24 via 10.1.0.9, on a line of its own.' };
  const isSame = was?.allocationPools === draft.allocationPools;
  return {
    request: {
      name: draft.name,
      ...gatewayOf(draft),
      ...(was === undefined && isIpv6Draft(draft) && draft.ipv6Mode !== '' && { ipv6Mode: draft.ipv6Mode }),
      hasDhcp: draft.hasDhcp,
      dnsServers: words(draft.dnsServers),
      ...(!isSame && { allocationPools: pools.map((found) => ({ first: found?.[1] ?? '', last: found?.[2] ?? '' })) }),
      hostRoutes,
    },
  };
}

function gatewayOf({ gateway, gatewayAddress }: SubnetDraft): Pick<SubnetRequest, 'gatewayAddress'> {
  if (gateway === 'first') return {};
  return { gatewayAddress: gateway === 'none' ? null : gatewayAddress.trim() };
}

/** A private range for the next subnet, beside those there are. */
export function freeRange(subnets: readonly Pick<Subnet, 'cidr'>[]): string {
  const candidates = Array.from({ length: 250 }, (_, index) => `10.${index + 1}.0`);
  const isTaken = (start: string) =>
    subnets.some(
      ({ cidr }) => prefixHolds(cidr, `${start}.1`) || prefixHolds(`${start}.0/24`, cidr.split('/')[0] ?? ''),
    );
  return `${candidates.find((start) => !isTaken(start)) ?? '192.168.0'}.0/24`;
}
