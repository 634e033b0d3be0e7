import type { IpFamily } from '@unkai/contracts/address-form';
import type { SecurityGroupRule } from '@unkai/contracts/resources/security-group';

/** Protocols that people name by a word, by their number in the IP header (IANA's list). */
const protocolNames: Readonly<Record<number, string>> = {
  2: 'IGMP',
  4: 'IPv4 in IP',
  41: 'IPv6 in IP',
  47: 'GRE',
  50: 'ESP',
  51: 'AH',
  58: 'ICMPv6',
  89: 'OSPF',
  103: 'PIM',
  112: 'VRRP',
  132: 'SCTP',
};

/** `tcp`, `everything`, `protocol 47 (GRE)`, `protocol 99`. */
export function protocolWords(protocol: SecurityGroupRule['protocol']): string {
  if (protocol === 'any') return 'everything';
  if (typeof protocol !== 'number') return protocol;
  const name = protocolNames[protocol];
  return name === undefined ? `protocol ${protocol}` : `protocol ${protocol} (${name})`;
}

type IcmpMessage = { readonly type: number; readonly code?: number; readonly words: string };

/** Messages of ICMP and of ICMPv6 that rules are made for (RFC 792, RFC 4443, RFC 4861). */
export const icmpMessages: Readonly<Record<IpFamily, readonly IcmpMessage[]>> = {
  4: [
    { type: 8, words: 'echo request (ping)' },
    { type: 0, words: 'echo reply' },
    { type: 3, words: 'destination unreachable' },
    { type: 3, code: 4, words: 'fragmentation needed' },
    { type: 11, words: 'time exceeded' },
    { type: 12, words: 'parameter problem' },
  ],
  6: [
    { type: 128, words: 'echo request (ping)' },
    { type: 129, words: 'echo reply' },
    { type: 1, words: 'destination unreachable' },
    { type: 2, words: 'packet too big' },
    { type: 3, words: 'time exceeded' },
    { type: 4, words: 'parameter problem' },
  ],
};

/** `echo request (ping)`, `type 13`, `type 3 code 1`; undefined where all messages are meant. */
export function icmpWords(family: IpFamily, type: number | null, code: number | null): string | undefined {
  if (type === null) return undefined;
  const known = icmpMessages[family].find((message) => message.type === type && (message.code ?? null) === code);
  return known?.words ?? (code === null ? `type ${type}` : `type ${type} code ${code}`);
}
