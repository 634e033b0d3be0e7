import { parseIp, prefixHolds } from '@unkai/contracts/ip-address';
import type { MissingRule } from '@unkai/contracts/resources/path-check';
import type { Traffic } from './ends.ts';
import type { PathGroup, PathPort, PathRule } from './snapshot.ts';

/** The other side of a rule. */
export interface Peer {
  /** Its address as the port sees it; null for any address outside. */
  readonly address: string | null;
  /** The port behind it, where that is on the same network: rules that name a group hold for it. */
  readonly neighbour: PathPort | null;
}

interface Question {
  readonly direction: 'ingress' | 'egress';
  readonly groups: readonly PathGroup[];
  readonly peer: Peer;
  readonly traffic: Traffic;
}

/** The first rule of these groups that lets such traffic pass, with its group. */
export function allowingRule({ groups, ...asked }: Question): { group: PathGroup; rule: PathRule } | undefined {
  return groups
    .flatMap((group) => group.rules.map((rule) => ({ group, rule })))
    .find(({ rule }) => allows(rule, asked));
}

function allows(rule: PathRule, { direction, peer, traffic }: Omit<Question, 'groups'>): boolean {
  return rule.direction === direction && matchesTraffic(rule, traffic, peer) && matchesPeer(rule, peer);
}

function matchesTraffic(rule: PathRule, { protocol, port }: Traffic, { address }: Peer): boolean {
  const family = address === null ? undefined : parseIp(address)?.family;
  if (rule.family !== undefined && family !== undefined && rule.family !== family) return false;
  if (rule.protocol === 'any') return true;
  if (rule.protocol !== protocol) return false;
  if (rule.portMin === null || protocol === 'icmp') return true;
  // Asked about any port, a rule for some of them is no answer.
  return port !== null && rule.portMin <= port && port <= (rule.portMax ?? rule.portMin);
}

function matchesPeer({ remoteGroupId, remotePrefix }: PathRule, { address, neighbour }: Peer): boolean {
  if (remoteGroupId !== null) return neighbour?.securityGroupIds.includes(remoteGroupId) ?? false;
  if (remotePrefix === null) return true;
  // Of the internet as a whole only a rule for everywhere is sure.
  return address === null ? remotePrefix.endsWith('/0') : prefixHolds(remotePrefix, address);
}

/** The narrowest rule that would let such traffic pass. */
export function missingRule({ direction, peer, traffic }: Omit<Question, 'groups'>): MissingRule {
  const { protocol, port } = traffic;
  const { address } = peer;
  return {
    direction,
    protocol,
    ...(port !== null && protocol !== 'icmp' && { portMin: port, portMax: port }),
    ...(address !== null && { remotePrefix: `${address}/${parseIp(address)?.family === 6 ? 128 : 32}` }),
  };
}
