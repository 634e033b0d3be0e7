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
    .find((rule) => passesSsh(rule) && rule.remoteGroupId === null && prefixHolds(rule.remotePrefix, prefix));
}

/** Whether an IPv4 prefix holds all of another; null is anywhere. What is no prefix holds nothing and is held by anywhere only. */
function prefixHolds(outer: string | null, inner: string): boolean {
  if (outer === null) return true;
  const [whole, part] = [parsePrefix(outer), parsePrefix(inner)];
  if (whole === undefined) return false;
  if (whole.length === 0) return true;
  if (part === undefined || part.length < whole.length) return false;
  const size = 2 ** (32 - whole.length);
  return Math.floor(whole.address / size) === Math.floor(part.address / size);
}

function parsePrefix(text: string): { address: number; length: number } | undefined {
  const [, address = '', length = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(text.trim()) ?? [];
  const bytes = address.split('.').map(Number);
  if (bytes.length !== 4 || bytes.some((byte) => byte > 255) || Number(length) > 32) return undefined;
  return { address: bytes.reduce((sum, byte) => sum * 256 + byte, 0), length: Number(length) };
}

/**
 * The range that holds the caller's address alone; undefined where that says nothing to a server: the cloud's own machine,
 * an IPv6 address (rules are IPv4), or no address.
 */
export function ownPrefix(address: string | null | undefined): string | undefined {
  const plain = address?.replace(/^::ffff:/i, '') ?? '';
  if (parsePrefix(`${plain}/32`) === undefined || plain.startsWith('127.')) return undefined;
  return `${plain}/32`;
}
