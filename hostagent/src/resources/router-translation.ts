import type { DesiredRouterSpec } from '@unkai/contracts/host/desired-router';
import { parseIpv4 } from '../flows/ipv4.ts';
import { oneWayOfWriting } from '../flows/ipv6.ts';
import type { Tracked } from '../tools/routing.ts';

type FloatingIp = { address: string; fixedAddress: string };
type PortForwarding = DesiredRouterSpec['portForwardings'][number];

/** What a router translates, checked: each value is an address or a number, and each address is translated once. */
export type Translations = {
  /** What leaves by the gateway has this address; null when it keeps its own. */
  snatAddress: string | null;
  floatingIps: readonly FloatingIp[];
  portForwardings: readonly PortForwarding[];
  /** All addresses that it answers for outside, the router's own among them. */
  outer: readonly string[];
};

type Translated = Pick<DesiredRouterSpec, 'gateway' | 'floatingIps' | 'portForwardings'>;

/** What of a router can be translated, and what is wrong with the rest: one bad entry stops no other (A46). */
export function translations(spec: Translated): { good: Translations; problems: string[] } {
  const problems: string[] = [];
  const isAddress = (address: string) => parseIpv4(address) !== null;
  const [outer, inner] = [new Set<string>(), new Set<string>()];
  const floatingIps = spec.floatingIps.filter(({ id, address, fixedAddress }) => {
    const fault = ![address, fixedAddress].every(isAddress)
      ? noIpv4
      : outer.has(address) || inner.has(fixedAddress)
        ? 'another has one of its addresses'
        : null;
    if (fault !== null) problems.push(`its floating IP ${id} cannot be used: ${fault}`);
    else {
      outer.add(address);
      inner.add(fixedAddress);
    }
    return fault === null;
  });
  const portForwardings = spec.portForwardings.filter((forwarding) => {
    const fault = faultOf(forwarding);
    if (fault !== null) problems.push(`its port forwarding ${forwarding.id} cannot be used: ${fault}`);
    return fault === null;
  });
  const snatAddress = spec.gateway?.hasSnat ? (gatewayAddress(spec) ?? null) : null;
  const own = (spec.gateway?.addresses ?? []).map(({ address }) => oneWayOfWriting(address));
  const outerAddresses = [...new Set([...own, ...translatedAddresses({ floatingIps, portForwardings })])];
  return { good: { snatAddress, floatingIps, portForwardings, outer: outerAddresses }, problems };
}

const noIpv4 = 'it is not of IPv4 addresses';

function faultOf(forwarding: PortForwarding): string | null {
  const { address, fixedAddress, externalPortMin, externalPortMax, internalPortMin, internalPortMax } = forwarding;
  if (parseIpv4(address) === null || parseIpv4(fixedAddress) === null) return noIpv4;
  const ports = [externalPortMin, externalPortMax, internalPortMin, internalPortMax];
  if (ports.some((port) => port < 1 || port > 65_535)) return 'ports are 1 to 65535';
  const length = externalPortMax - externalPortMin;
  if (length < 0 || length !== internalPortMax - internalPortMin) return 'its ranges of ports differ in length';
  return null;
}

/** The router's own first IPv4 address on the external network. */
function gatewayAddress(spec: Translated): string | undefined {
  return spec.gateway?.addresses.find(({ address }) => parseIpv4(address) !== null)?.address;
}

/** Addresses that the router answers for on the external network beside its own. */
export function translatedAddresses({
  floatingIps,
  portForwardings,
}: Pick<Translations, 'floatingIps' | 'portForwardings'>): string[] {
  return [...new Set([...floatingIps, ...portForwardings].map(({ address }) => address))];
}

/** Which tracked connections live by these translations. */
export function trackedBy({ snatAddress, floatingIps, portForwardings }: Translations): Tracked[] {
  return [
    ...(snatAddress === null ? [] : [{ side: 'answered-at', address: snatAddress } as const]),
    ...floatingIps.flatMap(({ address, fixedAddress }) =>
      (['towards', 'answered-at'] as const).map((side) => ({ side, address, inner: fixedAddress })),
    ),
    ...portForwardings.map(({ address, fixedAddress, protocol, externalPortMin, externalPortMax }) => ({
      side: 'towards' as const,
      address,
      inner: fixedAddress,
      ports: { protocol, min: externalPortMin, max: externalPortMax },
    })),
  ];
}
