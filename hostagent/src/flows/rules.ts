import type { DesiredRule } from '@unkai/contracts/host/desired';
import { parseAnyPrefix } from './ipv6.ts';

/** A rule that cannot be written as a flow; says which part and what would fit. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
}

/**
 * A port range as value/mask pairs, the only ranges a flow knows: 1000-1999 becomes eight of them, never more than 30.
 * A single value needs no mask.
 */
export function portMasks(from: number, to: number): string[] {
  const masks: string[] = [];
  let start = from;
  while (start <= to) {
    // The largest aligned block that begins here and does not pass the end.
    let size = 1;
    while (start % (size * 2) === 0 && start + size * 2 - 1 <= to) size *= 2;
    masks.push(size === 1 ? String(start) : `0x${start.toString(16)}/0x${(0x10000 - size).toString(16)}`);
    start += size;
  }
  return masks;
}

/** The matches of one rule; one packet field is the other side's address, by direction. Throws RuleError. */
export function ruleMatches(rule: DesiredRule): string[] {
  const protocol = protocolOf(rule);
  const match = `${protocol.match}${remoteMatch(rule)}${icmpMatch(rule, protocol.icmp)}`;
  const ports = portRange(rule, protocol.hasPorts);
  if (ports === null) return [match];
  return portMasks(ports.min, ports.max).map((mask) => `${match},tp_dst=${mask}`);
}

/** How a protocol is matched; `icmp` begins the names of its fields. */
type ProtocolMatch = { match: string; hasPorts: boolean; icmp: 'icmp' | 'icmpv6' | null };
/** Protocols whose fields can be matched, by their number in the header: in IPv4 and in IPv6. */
const known: Readonly<Record<number, readonly [string, string]>> = {
  6: ['tcp', 'tcp6'],
  17: ['udp', 'udp6'],
  132: ['sctp', 'sctp6'],
};
const numbers = { tcp: 6, udp: 17 } as const;

function protocolOf({ family, protocol }: DesiredRule): ProtocolMatch {
  const ip = family === 4 ? 'ip' : 'ipv6';
  if (protocol === 'any') return { match: ip, hasPorts: false, icmp: null };
  if (protocol === 'icmp' || protocol === (family === 4 ? 1 : 58)) {
    return family === 4
      ? { match: 'icmp', hasPorts: false, icmp: 'icmp' }
      : { match: 'icmp6', hasPorts: false, icmp: 'icmpv6' };
  }
  const number = typeof protocol === 'number' ? protocol : numbers[protocol];
  const match = known[number]?.[family === 4 ? 0 : 1];
  if (match !== undefined) return { match, hasPorts: true, icmp: null };
  return { match: `${ip},nw_proto=${number}`, hasPorts: false, icmp: null };
}

function icmpMatch({ protocol, icmpType, icmpCode }: DesiredRule, name: ProtocolMatch['icmp']): string {
  if (icmpType === null && icmpCode === null) return '';
  if (name === null) throw new RuleError(`a type or code of ICMP goes only with icmp, not with ${protocol}`);
  if (icmpType === null) throw new RuleError('a code of ICMP needs its type');
  const isByte = (value: number | null) => value === null || (Number.isInteger(value) && value >= 0 && value <= 255);
  if (!isByte(icmpType) || !isByte(icmpCode)) throw new RuleError('types and codes of ICMP are 0 to 255');
  return `,${name}_type=${icmpType}${icmpCode === null ? '' : `,${name}_code=${icmpCode}`}`;
}

function remoteMatch({ direction, family, remotePrefix }: DesiredRule): string {
  if (remotePrefix === null) return '';
  const prefix = parseAnyPrefix(remotePrefix);
  if (prefix?.family !== family) {
    const example = family === 4 ? '10.0.0.0/24' : '2001:db8::/64';
    throw new RuleError(`"${remotePrefix}" is not an IPv${family} prefix such as ${example}`);
  }
  if (prefix.text.endsWith('/0')) return '';
  const field = direction === 'ingress' ? 'src' : 'dst';
  return `,${family === 4 ? 'nw' : 'ipv6'}_${field}=${prefix.text}`;
}

/** The ports of a rule, or null for all. Throws RuleError. */
function portRange(rule: DesiredRule, hasPorts: boolean): { min: number; max: number } | null {
  const { portMin, portMax } = rule;
  if (portMin === null && portMax === null) return null;
  if (!hasPorts) throw new RuleError(`ports go only with tcp, udp and sctp, not with ${rule.protocol}`);
  const min = portMin ?? 0;
  const max = portMax ?? 65_535;
  const isPort = (value: number) => Number.isInteger(value) && value >= 0 && value <= 65_535;
  if (!isPort(min) || !isPort(max) || min > max) throw new RuleError(`${min}-${max} is not a range of ports`);
  return { min, max };
}
