import type { Allowance } from '@unkai/contracts/quota';
import type { MissingRule } from '@unkai/contracts/resources/path-check';
import type {
  SecurityGroup,
  SecurityGroupRule,
  SecurityGroupRuleCreate,
} from '@unkai/contracts/resources/security-group';
import { count } from '#ui/amounts.ts';
import { quotaReason } from './server-choice.ts';

type Named = Pick<SecurityGroup, 'id' | 'name'>;
type Rule = Omit<SecurityGroupRule, 'id' | 'description'>;
type Match = Pick<Rule, 'protocol' | 'portMin' | 'portMax'>;

/** Rules that people ask for by name. */
export const rulePresets = [
  { name: 'ssh', label: 'SSH', match: { protocol: 'tcp', portMin: 22, portMax: 22 } },
  { name: 'http', label: 'HTTP', match: { protocol: 'tcp', portMin: 80, portMax: 80 } },
  { name: 'https', label: 'HTTPS', match: { protocol: 'tcp', portMin: 443, portMax: 443 } },
  { name: 'ping', label: 'Ping', match: { protocol: 'icmp', portMin: null, portMax: null } },
  { name: 'any', label: 'Everything', match: { protocol: 'any', portMin: null, portMax: null } },
] as const satisfies readonly { name: string; label: string; match: Match }[];
type RulePreset = (typeof rulePresets)[number]['name'];

/** The name that people have for what a rule lets through; undefined when they have none. */
export function presetLabel(rule: Match): string | undefined {
  return rulePresets.find(
    ({ match }) => match.protocol === rule.protocol && match.portMin === rule.portMin && match.portMax === rule.portMax,
  )?.label;
}

/** `tcp 22`, `udp 8000-8010`, `everything`. */
export function matchWords({ protocol, portMin, portMax }: Match): string {
  const what = protocol === 'any' ? 'everything' : typeof protocol === 'number' ? `protocol ${protocol}` : protocol;
  if (portMin === null) return what;
  return `${what} ${portMax === null || portMin === portMax ? portMin : `${portMin}-${portMax}`}`;
}

/** Whom a rule is about: `anywhere`, `203.0.113.7/32`, `the group web`. */
export function remoteWords(
  { remotePrefix, remoteGroupId }: Pick<Rule, 'remotePrefix' | 'remoteGroupId'>,
  groups: readonly Named[],
): string {
  if (remoteGroupId === null) return remotePrefix ?? 'anywhere';
  const name = groups.find(({ id }) => id === remoteGroupId)?.name;
  return name === undefined ? 'another group' : `the group ${name}`;
}

/** A rule as a sentence: `tcp 22 from 203.0.113.7/32`, `everything to anywhere`. Groups that rules name are looked up in `groups`. */
export function ruleWords(rule: Rule, groups: readonly Named[] = []): string {
  const over = rule.family === 6 && rule.remotePrefix === null ? ' over IPv6' : '';
  return `${matchWords(rule)} ${rule.direction === 'ingress' ? 'from' : 'to'} ${remoteWords(rule, groups)}${over}`;
}

/** What a group lets in, in a line. */
export function ingressWords({ rules }: Pick<SecurityGroup, 'rules'>, groups: readonly Named[]): string {
  const words = rules.filter(({ direction }) => direction === 'ingress').map((rule) => ruleWords(rule, groups));
  return words.join(' · ') || 'lets nothing in';
}

/** Why a group cannot be deleted now; undefined when it can. `groups` are all of the project. */
export function whyGroupStays(group: SecurityGroup, groups: readonly SecurityGroup[]): string | undefined {
  if (group.isDefault) return 'The default security group of a project stays. Change its rules instead.';
  if (group.portCount > 0) {
    return `${count(group.portCount, 'port')} ${group.portCount === 1 ? 'has' : 'have'} it: delete the servers that use it first.`;
  }
  const naming = groups.filter(
    ({ id, rules }) => id !== group.id && rules.some((rule) => rule.remoteGroupId === group.id),
  );
  if (naming.length === 0) return undefined;
  return `A rule of ${naming.map(({ name }) => name).join(', ')} names it: remove that rule first.`;
}

/** What a person chose in the form of a rule. */
export type RuleDraft = {
  direction: Rule['direction'];
  what: RulePreset | 'own';
  protocol: 'tcp' | 'udp' | 'icmp' | 'any';
  /** `8080` or `8000-8010`; empty means all ports. */
  ports: string;
  remote: 'anywhere' | 'range' | 'group';
  range: string;
  group: string;
  description: string;
};

export const emptyRule: RuleDraft = {
  direction: 'ingress',
  what: 'ssh',
  protocol: 'tcp',
  ports: '',
  remote: 'anywhere',
  range: '',
  group: '',
  description: '',
};

/** The draft of a rule that a path check found missing. */
export function ruleDraft({ direction, protocol, portMin, portMax, remotePrefix }: MissingRule): RuleDraft {
  const match = { protocol, portMin: portMin ?? null, portMax: portMax ?? null };
  const preset = rulePresets.find(({ label }) => label === presetLabel(match));
  return {
    ...emptyRule,
    direction,
    what: preset?.name ?? 'own',
    // The form knows protocols by name alone.
    protocol: typeof protocol === 'number' ? 'any' : protocol,
    ports: portMin === undefined ? '' : portMin === portMax ? `${portMin}` : `${portMin}-${portMax ?? portMin}`,
    ...(remotePrefix !== undefined && { remote: 'range', range: remotePrefix }),
  };
}

const portsPattern = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/;

/** The rule that a draft stands for, or what is missing in it. Its values are judged by the API. */
export function ruleOf(draft: RuleDraft): { rule: SecurityGroupRuleCreate } | { missing: string } {
  const preset = rulePresets.find(({ name }) => name === draft.what)?.match;
  const protocol = preset?.protocol ?? draft.protocol;
  const hasPorts = preset === undefined && (protocol === 'tcp' || protocol === 'udp') && draft.ports.trim() !== '';
  const [, first, last] = hasPorts ? (portsPattern.exec(draft.ports.trim()) ?? []) : [];
  if (hasPorts && first === undefined) return { missing: 'Write the ports as 8080 or 8000-8010.' };
  const portMin = preset?.portMin ?? (first === undefined ? undefined : Number(first));
  const portMax = preset?.portMax ?? (first === undefined ? undefined : Number(last ?? first));
  if (draft.remote === 'range' && draft.range.trim() === '') return { missing: 'Write the range of addresses.' };
  if (draft.remote === 'group' && draft.group === '') return { missing: 'Choose the group.' };
  return {
    rule: {
      direction: draft.direction,
      protocol,
      ...(portMin !== undefined && portMax !== undefined && { portMin, portMax }),
      ...(draft.remote === 'range' && { remotePrefix: asPrefix(draft.range) }),
      ...(draft.remote === 'group' && { remoteGroupId: draft.group }),
      ...(draft.description !== '' && { description: draft.description }),
    },
  };
}

/** One address is the range that holds it alone. */
export function asPrefix(text: string): string {
  const trimmed = text.trim();
  return trimmed.includes('/') ? trimmed : `${trimmed}/32`;
}

/** Why the quota allows no more groups or rules; undefined when it does, or is not known yet. */
export function groupQuotaReason(
  limits: readonly Allowance[] | undefined,
  what: 'securityGroups' | 'securityGroupRules',
): string | undefined {
  return quotaReason(limits ?? [], { [what]: 1 });
}
