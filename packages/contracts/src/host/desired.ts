import { z } from 'zod';
import { id, ipFamily } from '../primitives.ts';
import { consoleKind } from '../resources/console-session.ts';
import { direction, namedProtocol } from '../resources/security-group.ts';
import { ipv6Mode } from '../resources/subnet.ts';
import { desiredImageSpec } from './desired-image.ts';
import { desiredRouterBranchSpec, desiredRouterSpec } from './desired-router.ts';
import { desiredServerMigrationSpec } from './desired-server-migration.ts';
import { hostNoun } from './job.ts';

/**
 * What a noun should be on one host, as `GET /agent/desired/<noun>/<id>` answers. `absent` means purge. The generation
 * rises with every change of desired state; reports name the one they are about, so an old report cannot pass for new.
 */
const present = <Spec extends z.ZodType>(spec: Spec) =>
  z.discriminatedUnion('presence', [
    z.object({ presence: z.literal('present'), generation: z.number().int(), spec }),
    z.object({ presence: z.literal('absent'), generation: z.number().int() }),
  ]);

export const desiredSubnet = z.object({
  id,
  cidr: z.string(),
  gatewayAddress: z.string().nullable(),
  /** The address of DHCP and DNS, the same on every host: each answers its own guests, none hears another's. */
  dhcpAddress: z.string(),
  dnsServers: z.array(z.string()),
  /** None in what was kept from a control plane that knew of none. */
  hostRoutes: z.array(z.object({ destination: z.string(), nextHop: z.string() })).default([]),
  /** How guests of an IPv6 subnet come by their address (RFC 4861, RFC 8415); null for IPv4. */
  ipv6Mode: ipv6Mode.nullable().default(null),
});

/** A neighbour on the network: who has the address, by which name, and behind which host. */
export const desiredNeighbour = z.object({
  portId: id,
  /** One label of a domain name. Null in what was kept from a control plane that told no names yet. */
  hostName: z.string().nullable().default(null),
  macAddress: z.string(),
  addresses: z.array(z.string()),
  /** Underlay address of its host; null when it is on this host. */
  underlayAddress: z.string().nullable(),
  /** A router's port forwards for others, so it may send from addresses that are not its own. */
  kind: z.enum(['guest', 'router']).default('guest'),
});

/** How a network's packets travel between hosts; its tunnel key tells it from others on a host whatever it is. */
export const desiredSegment = z.discriminatedUnion('type', [
  z.object({ type: z.literal('vxlan') }),
  z.object({ type: z.literal('gre') }),
  /** On a network of the data centre, by its name on hosts that reach it; `vlan` is the 802.1Q identifier. */
  z.object({ type: z.literal('vlan'), physicalNetwork: z.string(), vlan: z.number().int() }),
  z.object({ type: z.literal('flat'), physicalNetwork: z.string() }),
  /** Stays on its host. */
  z.object({ type: z.literal('local') }),
]);
export type DesiredSegment = z.infer<typeof desiredSegment>;

export const desiredNetworkSpec = z.object({
  id,
  projectId: id,
  name: z.string(),
  /** The network's tunnel key (VXLAN network identifier), 1 … 2^24-1. */
  tunnelKey: z.number().int(),
  mtu: z.number().int(),
  segment: desiredSegment.default({ type: 'vxlan' }),
  subnets: z.array(desiredSubnet),
  neighbours: z.array(desiredNeighbour),
});
export type DesiredNetworkSpec = z.infer<typeof desiredNetworkSpec>;

export const desiredRule = z.object({
  direction,
  /** IPv4 or IPv6; `icmp` of family 6 is ICMPv6. */
  family: ipFamily.default(4),
  /** By name, or as its number in the IP header for any other. */
  protocol: z.union([namedProtocol, z.number().int().min(0).max(255)]),
  portMin: z.number().nullable(),
  portMax: z.number().nullable(),
  icmpType: z.number().int().nullable().default(null),
  icmpCode: z.number().int().nullable().default(null),
  remotePrefix: z.string().nullable(),
});
export type DesiredRule = z.infer<typeof desiredRule>;

/** Limits seen from the guest: egress is what it sends. Rates in kilobits a second, bursts in kilobits. */
export const desiredQos = z.object({
  egress: z.object({ kilobitsPerSecond: z.number().int(), burstKilobits: z.number().int() }).nullable(),
  ingress: z.object({ kilobitsPerSecond: z.number().int(), burstKilobits: z.number().int() }).nullable(),
  /** Differentiated services code point (RFC 2474) that its packets leave with, 0 to 63. */
  dscpMark: z.number().int().nullable(),
});
export type DesiredQos = z.infer<typeof desiredQos>;

export const desiredPort = z.object({
  id,
  networkId: id,
  macAddress: z.string(),
  mtu: z.number().int(),
  tunnelKey: z.number().int(),
  addresses: z.array(
    z.object({
      subnetId: id,
      address: z.string(),
      prefixLength: z.number().int(),
      gatewayAddress: z.string().nullable(),
      dnsServers: z.array(z.string()),
      /** Whether its subnet is served by DHCP; always so in what was kept from a control plane that knew no other. */
      hasDhcp: z.boolean().default(true),
      hostRoutes: z.array(z.object({ destination: z.string(), nextHop: z.string() })).default([]),
    }),
  ),
  /** Allow rules of all its security groups; what none allows is dropped. */
  rules: z.array(desiredRule),
  /** A port that is not lets nothing through, either way. */
  isEnabled: z.boolean().default(true),
  /** Without it neither addresses nor rules are checked; the network stays closed to others. */
  hasPortSecurity: z.boolean().default(true),
  /** Further addresses it may send from, with the MAC address where that is another; `prefix` is of either family. */
  allowedAddressPairs: z.array(z.object({ macAddress: z.string().nullable(), prefix: z.string() })).default([]),
  /** Told by DHCP besides the network's own, by dnsmasq's name or number of the option. */
  dhcpOptions: z.array(z.object({ family: ipFamily, name: z.string(), value: z.string() })).default([]),
  qos: desiredQos.nullable().default(null),
  /** By which it is found in its network; null: by the server's host name. */
  dnsName: z.string().nullable().default(null),
});
export type DesiredPort = z.infer<typeof desiredPort>;

/** An act to be done once, such as a reboot: part of the desired state until it is reported done. */
export const desiredAction = z.object({ id, kind: z.enum(['reboot-soft', 'reboot-hard']) });
export type DesiredAction = z.infer<typeof desiredAction>;

export const desiredServerSpec = z.object({
  id,
  projectId: id,
  projectName: z.string(),
  name: z.string(),
  hostName: z.string(),
  power: z.enum(['on', 'off']),
  vcpus: z.number().int(),
  memoryMib: z.number().int(),
  /** Size of the root disk in bytes, never below the image's virtual size. */
  rootDiskBytes: z.number().int(),
  image: desiredImageSpec,
  ports: z.array(desiredPort),
  actions: z.array(desiredAction),
  /** The migration that brought its disk to this host: it lies there until the server takes it. Null for a disk made here. */
  arrival: id.nullable().default(null),
  /** What the metadata service tells the guest. */
  guest: z.object({
    flavorName: z.string(),
    imageId: id,
    availabilityZone: z.string(),
    reservationId: z.string(),
    launchIndex: z.number().int(),
    publicKeys: z.array(z.object({ name: z.string(), publicKey: z.string() })),
    metadata: z.record(z.string(), z.string()),
    userData: z.string().nullable(),
    securityGroups: z.array(z.string()),
    createdAt: z.string(),
    /** The floating IP of its first address that has one, which is what a guest is told of as its public address. */
    publicIpv4: z.string().nullish(),
  }),
});
export type DesiredServerSpec = z.infer<typeof desiredServerSpec>;

export const desiredConsoleSessionSpec = z.object({
  id,
  serverId: id,
  kind: consoleKind,
  isReadOnly: z.boolean(),
  /** The WebSocket of the console gateway to dial out to; the host sends its own credential there. */
  gatewayUrl: z.string(),
});
export type DesiredConsoleSessionSpec = z.infer<typeof desiredConsoleSessionSpec>;

export const desired = {
  network: present(desiredNetworkSpec),
  router: present(desiredRouterSpec),
  'router-branch': present(desiredRouterBranchSpec),
  image: present(desiredImageSpec),
  server: present(desiredServerSpec),
  'server-migration': present(desiredServerMigrationSpec),
  'console-session': present(desiredConsoleSessionSpec),
} as const satisfies Record<z.infer<typeof hostNoun>, z.ZodType>;

/** `GET /agent/desired`: all that should be on this host. What it has beyond this, it purges. */
export const desiredIndex = z.object({
  items: z.array(z.object({ noun: hostNoun, id, generation: z.number().int() })),
});
export type DesiredIndex = z.infer<typeof desiredIndex>;
