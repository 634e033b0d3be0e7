import type { DesiredNetworkSpec, DesiredPort, DesiredRule } from '@unkai/contracts/host/desired';
import { allowAllEgress, allowIngress, networkSpec, portSpec } from './specs.ts';

type Subnet = DesiredNetworkSpec['subnets'][number];

/** The link-local address that a guest's n-th port gives itself, and the tail of the address it makes of a prefix. */
export const linkLocal = (number: number) => `fe80::f816:3eff:fe00:${number.toString(16)}`;

/** Network n with the IPv4 subnet as ever and 2001:db8:n::/64, served in one of the ways of IPv6. */
export function network6Spec(number: number, mode: NonNullable<Subnet['ipv6Mode']>, over: Partial<Subnet> = {}) {
  const plain = networkSpec(number);
  const prefix = `2001:db8:${number}:`;
  const subnet: Subnet = {
    id: `${plain.id.slice(0, -1)}f`,
    cidr: `${prefix}:/64`,
    gatewayAddress: `${prefix}:1`,
    dhcpAddress: `${prefix}:2`,
    dnsServers: [],
    hostRoutes: [],
    ipv6Mode: mode,
    ...over,
  };
  return { ...plain, subnets: [...plain.subnets, subnet] } satisfies DesiredNetworkSpec;
}

/** The address of port n in the IPv6 subnet of a network: what it makes of its MAC address, or …::n where it is told. */
export function address6(network: DesiredNetworkSpec, number: number): string {
  const subnet = network.subnets[1];
  const prefix = subnet?.cidr.replace(/:\/64$/, '') ?? '';
  const tail = number.toString(16);
  return subnet?.ipv6Mode === 'dhcpv6-stateful' ? `${prefix}:${tail}` : `${prefix}0:f816:3eff:fe00:${tail}`;
}

/** Port n of such a network with an address in each of its subnets. */
export function port6Spec(network: DesiredNetworkSpec, number: number, over: Partial<DesiredPort> = {}): DesiredPort {
  const plain = portSpec(network, number);
  const own = {
    subnetId: network.subnets[1]?.id ?? '',
    address: address6(network, number),
    prefixLength: 64,
    gatewayAddress: network.subnets[1]?.gatewayAddress ?? null,
    dnsServers: [],
    hasDhcp: true,
    hostRoutes: [],
  };
  return { ...plain, addresses: [...plain.addresses, own], ...over };
}

export const allowAllEgress6: DesiredRule = { ...allowAllEgress, family: 6 };
export const allowIngress6 = (
  protocol: DesiredRule['protocol'],
  port: number | null,
  over: Partial<DesiredRule> = {},
) => ({
  ...allowIngress('any', port),
  protocol,
  family: 6 as const,
  ...over,
});
/** Everything in and out, in both families. */
export const open: Pick<DesiredPort, 'rules'> = {
  rules: [allowAllEgress, allowAllEgress6, allowIngress('any', null), allowIngress6('any', null)],
};
