import { addressBits, familyOf } from '@unkai/contracts/address-form';
import { prefixHolds as holdsAddress, parseIp, prefixLength } from '@unkai/contracts/ip-address';
import type { SecurityGroup, SecurityGroupRule } from '@unkai/contracts/resources/security-group';

type Rule = SecurityGroupRule;
type WithRules = Pick<SecurityGroup, 'rules'>;

const passesSsh = ({ direction, protocol, portMin, portMax }: Rule): boolean =>
  direction === 'ingress' &&
  (protocol === 'any' || protocol === 'tcp') &&
  (portMin === null || (portMin <= 22 && (portMax ?? portMin) >= 22));

/** The rule of these groups that lets TCP port 22 in, if there is one. */
export function sshRule(groups: readonly WithRules[]): Rule | undefined {
  return groups.flatMap(({ rules }) => rules).find(passesSsh);
}

/** The rule of these groups that lets TCP port 22 in from every address of `prefix`, if there is one. */
export function sshRuleFrom(groups: readonly WithRules[], prefix: string): Rule | undefined {
  return groups
    .flatMap(({ rules }) => rules)
    .find((rule) => passesSsh(rule) && rule.remoteGroupId === null && isAllowedFrom(rule, prefix));
}

function isAllowedFrom({ family, remotePrefix }: Rule, prefix: string): boolean {
  return remotePrefix === null ? family === familyOf(prefix) : prefixHolds(remotePrefix, prefix);
}

/** Whether a prefix holds all of another of its family. What is no prefix holds nothing and is held by nothing. */
function prefixHolds(outer: string, inner: string): boolean {
  const trimmed = inner.trim();
  return holdsAddress(outer, trimmed.split('/')[0] ?? '') && prefixLength(outer) <= prefixLength(trimmed);
}

/** The caller's own machine, and what is known on one wire only. */
const nobodyElse = ['127.0.0.0/8', '::1/128', 'fe80::/10'] as const;

/**
 * The range that holds the caller's address alone; undefined where that says nothing to a server: the cloud's own machine,
 * or no address.
 */
export function ownPrefix(address: string | null | undefined): string | undefined {
  const plain = address?.replace(/^::ffff:/i, '') ?? '';
  const ip = parseIp(plain);
  if (ip === undefined || nobodyElse.some((prefix) => holdsAddress(prefix, plain))) return undefined;
  return `${plain}/${addressBits[ip.family]}`;
}
