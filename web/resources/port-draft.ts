import { parseIp } from '@unkai/contracts/ip-address';
import { type DhcpOption, dhcpOption, type Port, type PortCreate } from '@unkai/contracts/resources/port';
import type { Subnet } from '@unkai/contracts/resources/subnet';

type NamedSubnet = Pick<Subnet, 'id' | 'name'>;
type Wanted = NonNullable<PortCreate['addresses']>;
type Pairs = Port['allowedAddressPairs'];
type Missing = { missing: string };

/** What a person wrote in the form of a port. */
export type PortDraft = {
  name: string;
  /** One a line: an address, or the name of a subnet for its next free one. */
  addresses: string;
  macAddress: string;
  groupIds: readonly string[];
  hasPortSecurity: boolean;
  /** One a line: `10.0.0.50`, `10.0.5.0/24`, each with a MAC address behind it or without. */
  pairs: string;
  isEnabled: boolean;
  /** One a line: `ntp-server 10.0.0.9`, or `ipv6 dns-server 2001:db8::53`. */
  dhcpOptions: string;
  /** By which it is found in its network; empty: its server's. */
  dnsName: string;
  /** Its own; null: what the network has. */
  qosPolicyId: string | null;
};

/** What a new port has that nobody wrote anything for. */
export const emptyPort: PortDraft = {
  name: '',
  addresses: '',
  macAddress: '',
  groupIds: [],
  hasPortSecurity: true,
  pairs: '',
  isEnabled: true,
  dhcpOptions: '',
  dnsName: '',
  qosPolicyId: null,
};

const rows = (text: string) =>
  text
    .split(/[\n,]/)
    .map((row) => row.trim())
    .filter(Boolean);

/** An address pair as people write it, one a line. */
export const pairText = ({ prefix, macAddress }: Pairs[number]) =>
  macAddress === null ? prefix : `${prefix} ${macAddress}`;

const optionText = ({ family, name, value }: DhcpOption) => `${family === 6 ? 'ipv6 ' : ''}${name} ${value}`;

/** An option of DHCP as people write it, one a line. */
export const optionsText = (options: readonly DhcpOption[]) => options.map(optionText).join('\n');

/** The draft of a port that is there. */
export function portDraftOf(port: Port): PortDraft {
  return {
    name: port.name,
    addresses: port.addresses.map(({ address }) => address).join('\n'),
    macAddress: port.macAddress,
    groupIds: port.securityGroupIds,
    hasPortSecurity: port.hasPortSecurity,
    pairs: port.allowedAddressPairs.map(pairText).join('\n'),
    isEnabled: port.isEnabled,
    dhcpOptions: optionsText(port.dhcpOptions),
    dnsName: port.dnsName ?? '',
    qosPolicyId: port.qosPolicyId,
  };
}

/** The addresses that somebody wrote, on a network with these subnets. */
export function wantedAddresses(text: string, subnets: readonly NamedSubnet[]): { wanted: Wanted } | Missing {
  const wanted: Wanted = [];
  for (const row of rows(text)) {
    const subnet = parseIp(row) === undefined ? subnets.find(({ id, name }) => name === row || id === row) : undefined;
    // What is neither is for the API to refuse where it looks like an address.
    if (subnet === undefined && !/[.:]/.test(row)) return { missing: `No subnet of the network is called ${row}.` };
    wanted.push(subnet === undefined ? { address: row } : { subnetId: subnet.id });
  }
  return { wanted };
}

/** The address pairs that somebody wrote. */
export function writtenPairs(text: string): { pairs: Pairs } | Missing {
  const found = rows(text).map((row) => /^(\S+)(?:\s+(\S+))?$/.exec(row));
  if (found.includes(null)) return { missing: 'Write each pair as 10.0.0.50 or 10.0.0.50 fa:16:3e:00:00:01.' };
  return { pairs: found.map((each) => ({ prefix: each?.[1] ?? '', macAddress: each?.[2]?.toLowerCase() ?? null })) };
}

/** The options of DHCP that somebody wrote: each line a name or a number, and its value, which may hold spaces. */
export function writtenOptions(text: string): { options: DhcpOption[] } | Missing {
  const options: DhcpOption[] = [];
  const lines = text.split('\n').map((line) => line.trim());
  for (const line of lines.filter(Boolean)) {
    const found = /^(?:ipv([46])\s+)?(\S+)\s+(.+)$/i.exec(line);
    if (found === null) return { missing: 'Write each DHCP option as ntp-server 10.0.0.9.' };
    const [, family = '4', name, value] = found;
    const read = dhcpOption.safeParse({ family: Number(family), name, value });
    if (!read.success) return { missing: `DHCP option ${name}: ${read.error.issues[0]?.message}.` };
    options.push(read.data);
  }
  return { options };
}

/**
 * What a draft asks for, or what is missing in it; its values are judged by the API. `was` is the draft before it was
 * changed: what is as it was is not sent, since a guest's addresses stay while a server has the port.
 */
export function portOf(
  draft: PortDraft,
  { subnets, was }: { subnets: readonly NamedSubnet[]; was?: PortDraft | undefined },
): { request: Omit<PortCreate, 'networkId'> } | Missing {
  const addresses = wantedAddresses(draft.addresses, subnets);
  if ('missing' in addresses) return addresses;
  const written = writtenPairs(draft.hasPortSecurity ? draft.pairs : '');
  if ('missing' in written) return written;
  const dhcp = writtenOptions(draft.dhcpOptions);
  if ('missing' in dhcp) return dhcp;
  const isOther = (field: 'name' | 'addresses' | 'macAddress' | 'dnsName') =>
    draft[field].trim() !== (was?.[field] ?? '');
  const { hasPortSecurity } = draft;
  return {
    request: {
      ...(isOther('name') && { name: draft.name.trim() }),
      ...(isOther('addresses') && { addresses: addresses.wanted }),
      ...(isOther('macAddress') && { macAddress: draft.macAddress.trim().toLowerCase() }),
      ...(isOther('dnsName') && { dnsName: draft.dnsName.trim() || null }),
      securityGroupIds: hasPortSecurity ? [...draft.groupIds] : [],
      // On a network of others only its owner may say these: they are said where they are not as they were.
      ...(hasPortSecurity !== (was?.hasPortSecurity ?? true) && { hasPortSecurity }),
      ...(isOtherPairs(written.pairs, was) && { allowedAddressPairs: written.pairs }),
      ...(draft.isEnabled !== (was?.isEnabled ?? true) && { isEnabled: draft.isEnabled }),
      ...(optionsText(dhcp.options) !== (was?.dhcpOptions ?? '') && { dhcpOptions: dhcp.options }),
      ...(draft.qosPolicyId !== (was?.qosPolicyId ?? null) && { qosPolicyId: draft.qosPolicyId }),
    },
  };
}

function isOtherPairs(pairs: Pairs, was: PortDraft | undefined): boolean {
  const before = was?.hasPortSecurity ? rows(was.pairs) : [];
  return pairs.map(pairText).join() !== before.join();
}
