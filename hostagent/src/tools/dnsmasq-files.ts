// Text of dnsmasq's files. A line break in one of them is an instruction to dnsmasq and a comma an option (A49), so
// every value is checked here, at the last moment before it becomes text, whoever checked it before.
import { ipFamily, macAddress } from '@unkai/contracts/primitives';
import { ipv6Mode } from '@unkai/contracts/resources/subnet';
import { z } from 'zod';
import { formatIpv4, parsePrefix } from '../flows/ipv4.ts';
import { formatIpv6, isIpv6, parseIpv6Prefix } from '../flows/ipv6.ts';

export const guestDomain = 'novalocal';
/** Seconds. Addresses are fixed; renewing now and then lets guests hear of changed options. */
const leaseSeconds = 86_400;

const address = z.union([z.ipv4(), z.ipv6()]);
const prefix = z.union([z.cidrv4(), z.cidrv6()]);
/** One label of a host name (RFC 1123). */
const label = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i, 'must be letters, digits and dashes, at most 63');
// Paths are ours; a line break or a quote in UNKAI_HOST_HOME would still be read as an instruction.
const path = z.string().regex(/^\/[\w./+@:-]*$/, 'must be a path of letters, digits and . / + @ : - _');

const server = z.object({
  folder: path,
  mtu: z.number().int().min(576).max(65_535),
  subnets: z.array(
    z.object({
      cidr: prefix,
      gatewayAddress: address.nullable(),
      dhcpAddress: address,
      dnsServers: z.array(address),
      hostRoutes: z.array(z.object({ destination: prefix, nextHop: address })),
      ipv6Mode: ipv6Mode.nullable(),
    }),
  ),
  /** To keep root's rights, where its own user cannot reach the folder. */
  keepRoot: z.boolean(),
});
export type DnsmasqConfiguration = z.infer<typeof server>;

/** dnsmasq's name of an option, or its number. */
const optionName = z.string().regex(/^([a-z][a-z0-9-]{0,62}|[1-9]\d{0,4})$/, 'must be the name or number of an option');
/** A quote, a backslash or a # is not what it says in dnsmasq's files. */
const optionValue = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[ !$-[\]-~]+$/, 'must be printable letters without quotes, backslashes and #');
const dhcpOption = z.object({ family: ipFamily, name: optionName, value: optionValue });

const host = z.object({
  portId: z.uuid(),
  macAddress,
  hostName: label,
  addresses: z.array(address).min(1),
  options: z.array(dhcpOption).default([]),
});
/** A guest's reservation: its addresses and its name, for its MAC and nobody else's. */
export type DnsmasqHost = z.input<typeof host>;

export const dnsmasqFolders = { reservations: 'dhcp', names: 'dns', options: 'options', tags: 'tags' } as const;
/** All ports' options in one. A folder of them is understood too, but dnsmasq 2.90 crashes when it reads it anew. */
export const optionsFile = 'dhcp-options';
/**
 * By which MAC address a port's options are its own: a part of the configuration, which dnsmasq reads when it starts. It
 * could be told in the reservation too, but then dnsmasq 2.90 crashes when it reads that anew after the guest has asked.
 */
export const tagsFile = 'dhcp-tags';

/** The configuration of one network's dnsmasq. Throws a ZodError for a value that does not belong in it. */
export function dnsmasqConfiguration(values: DnsmasqConfiguration): string {
  const { folder, mtu, subnets, keepRoot } = server.parse(values);
  const lines = [
    ...(keepRoot ? ['user=root'] : []),
    `pid-file=${folder}/dnsmasq.pid`,
    `log-facility=${folder}/dnsmasq.log`,
    'quiet-dhcp',
    'interface=eth0',
    'except-interface=lo',
    'bind-interfaces',
    'no-hosts',
    'no-resolv',
    'domain-needed',
    'bogus-priv',
    `domain=${guestDomain}`,
    `local=/${guestDomain}/`,
    `hostsdir=${folder}/${dnsmasqFolders.names}`,
    'dhcp-authoritative',
    `dhcp-leasefile=${folder}/leases`,
    `dhcp-hostsdir=${folder}/${dnsmasqFolders.reservations}`,
    `dhcp-optsfile=${folder}/${optionsFile}`,
    `conf-file=${folder}/${tagsFile}`,
    // Names come from the control plane; a guest that calls itself otherwise is not believed.
    'dhcp-ignore-names',
    // Sent unasked: a client that does not know to ask for it would send packets that the tunnel cannot carry (H19).
    `dhcp-option-force=option:mtu,${mtu}`,
    ...subnets.flatMap((subnet, index) => (isIpv6(subnet.cidr) ? subnet6Lines : subnet4Lines)(subnet, index)),
    ...routerLines(mtu, subnets),
  ];
  return `${lines.join('\n')}\n`;
}

type Subnet = DnsmasqConfiguration['subnets'][number];

function subnet4Lines(subnet: Subnet, index: number): string[] {
  const prefix = parsePrefix(subnet.cidr);
  if (prefix === null) throw new TypeError(`${subnet.cidr} is not an IPv4 prefix.`);
  const tag = `subnet${index}`;
  const netmask = formatIpv4(2 ** 32 - 2 ** (32 - prefix.length));
  const further = subnet.hostRoutes.flatMap(({ destination, nextHop }) => [destination, nextHop]);
  const routes = ['169.254.169.254/32', subnet.dhcpAddress, ...further];
  if (subnet.gatewayAddress !== null) routes.push('0.0.0.0/0', subnet.gatewayAddress);
  return [
    // "static": reservations only, no pool of free addresses.
    `dhcp-range=set:${tag},${formatIpv4(prefix.network)},static,${netmask},${leaseSeconds}s`,
    // Without a value the option is withheld; dnsmasq would name itself as the router.
    `dhcp-option=tag:${tag},option:router${subnet.gatewayAddress === null ? '' : `,${subnet.gatewayAddress}`}`,
    `dhcp-option=tag:${tag},option:dns-server,${[subnet.dhcpAddress, ...subnet.dnsServers].join(',')}`,
    // Clients that know option 121 take no router from option 3 (RFC 3442); 249 is its older name in Windows.
    `dhcp-option=tag:${tag},option:classless-static-route,${routes.join(',')}`,
    `dhcp-option=tag:${tag},249,${routes.join(',')}`,
  ];
}

/** How dnsmasq calls what guests of a subnet do: make their own address, get it, or make it and get the rest. */
const ranges = { slaac: 'ra-only', 'dhcpv6-stateful': 'static', 'dhcpv6-stateless': 'ra-stateless' } as const;

function subnet6Lines({ cidr, ipv6Mode: mode, dhcpAddress, dnsServers }: Subnet, index: number): string[] {
  const found = parseIpv6Prefix(cidr);
  if (found === null) throw new TypeError(`${cidr} is not an IPv6 prefix.`);
  const tag = `subnet${index}`;
  const range = `${formatIpv6(found.network)},${ranges[mode ?? 'slaac']},${found.length},${leaseSeconds}s`;
  const servers = [dhcpAddress, ...dnsServers].filter(isIpv6).map((own) => `[${own}]`);
  return [
    `dhcp-range=set:${tag},${range}`,
    `dhcp-option=tag:${tag},option6:dns-server,${servers.join(',')}`,
    `dhcp-option=tag:${tag},option6:domain-search,${guestDomain}`,
  ];
}

// Seconds. Guests ask when they come up; in between the advertisements are repeated.
const advertisementInterval = 600;
const routerLifetime = 1_800;

/** Router advertisements for all IPv6 subnets at once. Without a gateway they say that no way leads out by here. */
function routerLines(mtu: number, subnets: readonly Subnet[]): string[] {
  const six = subnets.filter(({ cidr }) => isIpv6(cidr));
  if (six.length === 0) return [];
  const lifetime = six.some(({ gatewayAddress }) => gatewayAddress !== null) ? routerLifetime : 0;
  return ['enable-ra', `ra-param=eth0,mtu:${mtu},${advertisementInterval},${lifetime}`];
}

/** A guest's lines for each of the folders. Throws a ZodError for a value that does not belong in them. */
export function dnsmasqHostFiles(values: DnsmasqHost): Record<keyof typeof dnsmasqFolders, string> {
  const { portId, macAddress: mac, hostName, addresses, options } = host.parse(values);
  return {
    reservations: addresses.map((own) => `${mac},${isIpv6(own) ? `[${own}]` : own},${hostName}\n`).join(''),
    names: addresses.map((own) => nameLine(own, hostName)).join(''),
    options: options.map((option) => optionLine(portId, option)).join(''),
    tags: options.length === 0 ? '' : `dhcp-mac=set:port-${portId},${mac}\n`,
  };
}

function optionLine(portId: string, { family, name, value }: z.infer<typeof dhcpOption>): string {
  const kind = family === 6 ? 'option6:' : 'option:';
  // Of IPv4 a bare number is understood, and after the word it is not.
  return `tag:port-${portId},${family === 4 && /^\d/.test(name) ? '' : kind}${name},${value}\n`;
}

const neighbour = z.object({ hostName: label, addresses: z.array(address) });
/** A guest of the network that is on another host: known here by its name only. */
export type DnsmasqNeighbour = z.infer<typeof neighbour>;

/** The file, in the folder of names, of the guests on other hosts. Ports' own files have their ids for names. */
export const neighboursFile = 'neighbours';

/** A line for each address of each neighbour, in one order whatever order they come in. Throws a ZodError. */
export function dnsmasqNeighbourLines(values: readonly DnsmasqNeighbour[]): string {
  const lines = values.flatMap((value) => {
    const { hostName, addresses } = neighbour.parse(value);
    return addresses.map((own) => nameLine(own, hostName));
  });
  return lines.toSorted().join('');
}

const nameLine = (own: string, hostName: string) => `${own} ${hostName}.${guestDomain} ${hostName}\n`;

/** Reads back what `dnsmasqHostFiles` wrote, in an earlier release with a tag: the leases a reservation may have led to. */
export function reservedLeases(text: string): { macAddress: string; address: string }[] {
  return text.split('\n').flatMap((line) => {
    const [mac, ...rest] = line.split(',');
    const own = rest.find((field) => !field.startsWith('set:'))?.replace(/^\[(.*)\]$/, '$1');
    return mac === undefined || own === undefined ? [] : [{ macAddress: mac, address: own }];
  });
}
