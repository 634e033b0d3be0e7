import { z } from 'zod';
import { fieldRule, refusing, sizeRule } from '../field-rule.ts';
import {
  areDistinct,
  cidr,
  description,
  displayName,
  id,
  ipAddress,
  ipFamily,
  isoTime,
  macAddress,
  tags,
} from '../primitives.ts';

/** Ports need no name. */
const portName = z.union([z.literal(''), displayName]);

/** Its address: one that is chosen, or the next free one of a subnet. Neither: the next free one of the network. */
const wantedAddress = z.strictObject({ subnetId: id.optional(), address: ipAddress.optional() });

const mostPairs = 10;
/** Another address, or range, that it may send from; with its own MAC address unless another is named. */
const allowedAddressPair = z.strictObject({
  prefix: z.union(
    [ipAddress, cidr],
    fieldRule(
      'must be an address or a prefix',
      'Send an address such as 192.0.2.10, or a prefix such as 192.0.2.0/28.',
    ),
  ),
  macAddress: macAddress.nullable().default(null),
});
export const allowedAddressPairs = z
  .array(allowedAddressPair)
  .max(mostPairs, sizeRule)
  .refine(
    (pairs) => areDistinct(pairs.map((pair) => `${pair.prefix} ${pair.macAddress}`)),
    fieldRule('must not name a pair twice', 'Name each pair of prefix and MAC address once.'),
  );

/** Options of DHCP by their names in dnsmasq; others go by their number. What decides how guests reach the network is not here. */
const dhcpOptionNames = {
  4: [
    ...['bootfile-name', 'tftp-server', 'tftp-server-address', 'server-ip-address', 'root-path', 'swap-server'],
    ...['ntp-server', 'time-server', 'time-offset', 'log-server', 'domain-name', 'domain-search', 'dns-server', 'mtu'],
    ...['nis-domain', 'nis-server', 'netbios-ns', 'netbios-nodetype', 'smtp-server', 'pop3-server', 'sip-server'],
    ...[
      'vendor-encap',
      'vendor-class',
      'posix-timezone',
      'tzdb-timezone',
      'lpr-server',
      'x-windows-fs',
      'x-windows-dm',
    ],
  ],
  6: ['dns-server', 'domain-search', 'sntp-server', 'ntp-server', 'sip-server', 'bootfile-url', 'bootfile-param'],
} as const;

/** Numbers that the network answers itself: addresses, leases, ways, names, and who serves. */
const ownNumbers: ReadonlySet<number> = new Set([
  1, 3, 12, 33, 50, 51, 52, 53, 54, 55, 57, 58, 59, 61, 81, 82, 121, 249,
]);
const highestOption = 254;

// One line of a file that dnsmasq reads: whatever could end that line, or begin another, is refused (A49).
const optionValue = z
  .string()
  .min(1)
  .max(255)
  .regex(
    /^[!-~](?:[ -~]*[!-~])?$/,
    fieldRule(
      'must be printable ASCII, and not begin or end with a space',
      'Use nothing but printable ASCII, without a space at either end.',
    ),
  );

export const dhcpOption = z
  .strictObject({
    family: ipFamily.default(4),
    name: z.string().min(1).max(40),
    value: optionValue,
  })
  .superRefine(({ family, name }, context) => {
    const names: readonly string[] = dhcpOptionNames[family];
    if (names.includes(name)) return;
    const number = /^\d{1,3}$/.test(name) ? Number(name) : 0;
    const isOwn = family === 4 && ownNumbers.has(number);
    if (number >= 1 && number <= highestOption && !isOwn) return;
    const refuse = refusing(context);
    if (isOwn) refuse('name', `${name} is what the network itself answers`, 'Leave this option out.');
    else {
      const choice = `a number from 1 to ${highestOption}, or one of ${names.join(', ')}`;
      refuse('name', `must be ${choice}`, `Send ${choice}.`);
    }
  });
export type DhcpOption = z.infer<typeof dhcpOption>;

const dhcpOptions = z.array(dhcpOption).max(20, sizeRule);

/** One label of a host name (RFC 1123, 2.1), in lower case whatever was typed. */
export const dnsName = z
  .string()
  .toLowerCase()
  .pipe(
    z
      .string()
      .regex(
        /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
        fieldRule(
          'must be one label of a host name: up to 63 letters, digits and dashes, with no dash at either end',
          'Use at most 63 letters, digits and dashes, with no dash at either end and no dot, such as web-1.',
        ),
      )
      .refine(
        (name) => name !== 'localhost',
        fieldRule('must not be localhost, which each guest is to itself', 'Choose another name.'),
      ),
  );

const changeable = {
  name: portName.optional(),
  description: description.optional(),
  tags: tags.optional(),
  /** Groups of the same project; with none it can reach out and cannot be reached. */
  securityGroupIds: z.array(id).max(10).optional(),
  /** None given: one that no other port of the network has. */
  macAddress: macAddress.optional(),
  /** None given: one of each family that the network has. */
  addresses: z
    .array(wantedAddress)
    .min(1, fieldRule('must name an address', 'Name an address or a subnet, or leave addresses out.'))
    .max(10, sizeRule)
    .optional(),
  /** One that is not enabled lets nothing through, either way. */
  isEnabled: z.boolean().optional(),
  /** Without it neither its addresses nor rules are checked. None given: what the network says. */
  hasPortSecurity: z.boolean().optional(),
  allowedAddressPairs: allowedAddressPairs.optional(),
  /** Told by DHCP besides what the network tells. */
  dhcpOptions: dhcpOptions.optional(),
  /** By which it is found in its network once a server has it; null: by its server's name. */
  dnsName: dnsName.nullable().optional(),
  /** Instead of the network's; null: what the network has. */
  qosPolicyId: id.nullable().optional(),
};

/** A port by itself. It belongs to no server until one is made with it, and stays when that server goes. */
export const portCreate = z.strictObject({
  networkId: id,
  /** Whose it is. Default: the network's own project; on a network that is shared it may be another. */
  projectId: id.optional(),
  ...changeable,
});
export type PortCreate = z.infer<typeof portCreate>;

/** MAC address and addresses change only while no server has it: a guest knows them from its start. */
export const portUpdate = z.strictObject(changeable);
export type PortUpdate = z.infer<typeof portUpdate>;

export const port = z.object({
  id,
  projectId: id,
  networkId: id,
  serverId: id.nullable(),
  /** The router that has it, as an interface or as its gateway. */
  routerId: id.nullable(),
  /** What it is for where that is no server, as OpenStack names it: `network:router_interface` and the like; else empty. */
  deviceOwner: z.string(),
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  macAddress: z.string(),
  addresses: z.array(z.object({ subnetId: id, address: z.string() })),
  securityGroupIds: z.array(id),
  isEnabled: z.boolean(),
  hasPortSecurity: z.boolean(),
  allowedAddressPairs: z.array(z.object({ prefix: z.string(), macAddress: z.string().nullable() })),
  dhcpOptions: z.array(z.object({ family: ipFamily, name: z.string(), value: z.string() })),
  /** Its own; null: its server's. */
  dnsName: z.string().nullable(),
  /** Its own; null: what the network has. */
  qosPolicyId: id.nullable(),
  /** Whether it was made by itself, and so stays when its server goes. */
  isKept: z.boolean(),
  createdAt: isoTime,
  updatedAt: isoTime,
  /** How often it was changed. */
  revision: z.number().int(),
});
export type Port = z.infer<typeof port>;
