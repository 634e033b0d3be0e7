import type { DesiredRule } from '@unkai/contracts/host/desired';
import { formatPrefix, parsePrefix } from './ipv4.ts';

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
  const remote = remoteMatch(rule);
  const protocol = protocolMatch(rule);
  const ports = portRange(rule);
  if (ports === null) return [`${protocol}${remote}`];
  return portMasks(ports.min, ports.max).map((mask) => `${protocol}${remote},tp_dst=${mask}`);
}

function protocolMatch({ protocol }: DesiredRule): string {
  if (typeof protocol === 'number') return `ip,nw_proto=${protocol}`;
  return protocol === 'any' ? 'ip' : protocol;
}

function remoteMatch(rule: DesiredRule): string {
  if (rule.remotePrefix === null) return '';
  const prefix = parsePrefix(rule.remotePrefix);
  if (prefix === null) throw new RuleError(`"${rule.remotePrefix}" is not an IPv4 prefix such as 10.0.0.0/24`);
  if (prefix.length === 0) return '';
  return `,${rule.direction === 'ingress' ? 'nw_src' : 'nw_dst'}=${formatPrefix(prefix)}`;
}

/** The ports of a rule, or null for all. Throws RuleError. */
function portRange(rule: DesiredRule): { min: number; max: number } | null {
  const { portMin, portMax } = rule;
  if (portMin === null && portMax === null) return null;
  if (rule.protocol !== 'tcp' && rule.protocol !== 'udp') {
    throw new RuleError(`ports go only with tcp and udp, not with ${rule.protocol}`);
  }
  const min = portMin ?? 0;
  const max = portMax ?? 65_535;
  const isPort = (value: number) => Number.isInteger(value) && value >= 0 && value <= 65_535;
  if (!isPort(min) || !isPort(max) || min > max) throw new RuleError(`${min}-${max} is not a range of ports`);
  return { min, max };
}
