// The pipeline of br-int, table by table:
//
//    0 classify     which network and port a packet comes from; anything unknown is dropped
//   10 anti-spoof   a guest may send only from its own MAC and IP addresses; DHCP and metadata leave here
//   20 egress       connection tracking in the sender's zone …
//   21              … and its egress rules
//   30 neighbours   ARP and neighbour discovery, answered on the spot from what the control plane knows; what it does not
//                   know of goes to all of the network, for addresses that a port has besides its own
//   31              … the last step of an IPv6 answer
//   35 floating    what a guest with a floating IP sends by its router leaves here, where this host has a way outside
//   40 layer 2      to a local port, a tunnel, the network's DHCP and DNS, or, for broadcasts, to all of the network
//   50 ingress      connection tracking in the receiver's zone …
//   51              … and its ingress rules
//   60 output
//
// metadata = tunnel key of the network, reg1 = where it came from, reg5 = ofport of the sending guest, reg7 = ofport of
// the receiving one. A guest's conntrack zone is its ofport: tenants with the same addresses never meet, and one port
// can be flushed alone.
//
// A guest has IPv6 on every network, by the link-local address that follows from its MAC address; others are handed out.
import { formatIpv4, parseIpv4 } from './ipv4.ts';
import { formatIpv6, linkLocalAddress, parseIpv6 } from './ipv6.ts';

export const table = {
  classify: 0,
  antiSpoof: 10,
  egress: 20,
  egressRules: 21,
  neighbours: 30,
  neighbourAnswer: 31,
  floating: 35,
  layer2: 40,
  ingress: 50,
  ingressRules: 51,
  output: 60,
} as const;

/** Values of reg1. A guest's packets leave it at zero. */
export const origin = { guest: 0, tunnel: 1, service: 2, provider: 3 } as const;

/** OpenFlow port numbers. Guests and services of networks get theirs from `firstFree` to `last`. */
export const ofport = { tunnel: 1, metadata: 2, gre: 3, firstFree: 100, last: 65_000 } as const;

/** The one MAC address of DHCP, DNS and metadata, the same in every network and on every host. */
export const serviceMac = '0e:00:a9:fe:a9:fe';
/** The far side of the metadata namespace: what its answers are sent to before they find their port. */
export const metadataGatewayMac = '0e:01:a9:fe:a9:fe';
export const metadataAddress = '169.254.169.254';
/** Where guests ask by IPv6, and where that arrives in the metadata namespace: a routed address needs no zone. */
export const metadataAddress6 = { guest: 'fe80::a9fe:a9fe', service: 'fd00:a9fe:a9fe::a9fe' } as const;
/** What guests take for their IPv6 router: the link-local address of each network's service. */
export const serviceLinkLocal = linkLocalAddress(serviceMac);
export const metadataTcpPort = 80;

/** Each owner of flows has its own cookie, so that its flows are replaced and removed without touching another's. */
export const cookie = {
  base: '0x1',
  network: (tunnelKey: number) => `0x2${tunnelKey.toString(16).padStart(8, '0')}`,
  port: (portNumber: number) => `0x3${portNumber.toString(16).padStart(8, '0')}`,
} as const;

const firstCaller = parseIpv4('100.64.0.0') ?? 0;
const portNumbers = 65_536;
/** A port has at most this many addresses: 100.64.0.0/10 holds 64 callers per port number. */
export const addressesPerPort = 64;

/** The address that the metadata service sees for the n-th address of a port: unique on the host. */
export function callerAddress(portNumber: number, addressIndex: number): string {
  return formatIpv4(firstCaller + addressIndex * portNumbers + portNumber);
}

const firstCaller6 = parseIpv6('fd00:a9fe:a9fe:1::') ?? 0n;
export const callers6 = `${formatIpv6(firstCaller6)}/64`;

/** The same for the link-local address of a port. */
export function callerAddress6(portNumber: number): string {
  return formatIpv6(firstCaller6 + BigInt(portNumber));
}

/** The ofport behind a caller of the metadata service; null for an address that no port is given. */
export function callerPort(address: string): number | null {
  const offset6 = (parseIpv6(address) ?? -1n) - firstCaller6;
  if (offset6 >= 0n && offset6 < BigInt(portNumbers)) return Number(offset6);
  const value = parseIpv4(address);
  if (value === null) return null;
  const offset = value - firstCaller;
  return offset >= 0 && offset < addressesPerPort * portNumbers ? offset % portNumbers : null;
}

/** One flow: `flow(40, 100, 'metadata=7,dl_dst=…', 'output:3')`. */
export function flow(tableNumber: number, priority: number, match: string, actions: string): string {
  return `table=${tableNumber},priority=${priority}${match === '' ? '' : `,${match}`},actions=${actions}`;
}

/** What a host knows about one of its ports when it writes flows. */
export type FlowPort = {
  ofport: number;
  tunnelKey: number;
  macAddress: string;
  /** Of both families, without the link-local one. */
  addresses: readonly string[];
  /** Further addresses that it may send from; null is its own MAC address. */
  pairs: readonly { macAddress: string | null; prefix: string }[];
  /** Whether what it sends and hears is checked at all. */
  isSecured: boolean;
  /** The ofport of the network's DHCP and DNS on this host, and the addresses it answers on. */
  serviceOfport: number;
  serviceAddresses: readonly string[];
};

/** A neighbour on another host. */
type FlowNeighbour = {
  macAddress: string;
  addresses: readonly string[];
  underlayAddress: string;
  kind: 'guest' | 'router';
};

/** How a network's packets leave a host: by the tunnel port of its kind, by its own uplink, or not at all. */
export type FlowSegment = { kind: 'tunnel'; ofport: number } | { kind: 'physical'; ofport: number } | { kind: 'local' };

export type FlowNetwork = {
  tunnelKey: number;
  serviceOfport: number;
  serviceAddresses: readonly string[];
  /** Guests of this network on this host. */
  localOfports: readonly number[];
  /** Those of them that may have MAC addresses nobody was told of. */
  openOfports: readonly number[];
  /** IPv6 prefixes with the MAC address of the router that leads out of each. */
  gateways: readonly { prefix: string; macAddress: string }[];
  neighbours: readonly FlowNeighbour[];
  segment: FlowSegment;
};
