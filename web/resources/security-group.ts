import { addressBits, familyOf, type IpFamily } from '@unkai/contracts/address-form';
import type { Allowance } from '@unkai/contracts/quota';
import type { MissingRule } from '@unkai/contracts/resources/path-check';
import type {
  SecurityGroup,
  SecurityGroupRule,
  SecurityGroupRuleCreate,
} from '@unkai/contracts/resources/security-group';
import { count } from '#ui/amounts.ts';
import { icmpWords, protocolWords } from './protocol.ts';
import { quotaReason } from './server-choice.ts';

type Named = Pick<SecurityGroup, 'id' | 'name'>;
type Rule = Omit<SecurityGroupRule, 'id' | 'description'>;
type Match = Pick<Rule, 'protocol' | 'portMin' | 'portMax'> & Partial<Pick<Rule, 'family' | 'icmpType' | 'icmpCode'>>;

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
  if ((rule.icmpType ?? null) !== null) return undefined;
  return rulePresets.find(
    ({ match }) => match.protocol === rule.protocol && match.portMin === rule.portMin && match.portMax === rule.portMax,
  )?.label;
}

/** `tcp 22`, `udp 8000-8010`, `icmp echo request (ping)`, `protocol 47 (GRE)`, `everything`. */
export function matchWords({
  protocol,
  portMin,
  portMax,
  family = 4,
  icmpType = null,
  icmpCode = null,
}: Match): string {
  const what = protocolWords(protocol);
  const message = icmpWords(family, icmpType, icmpCode);
  if (message !== undefined) return `${what} ${message}`;
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

/** Why a project changes nothing of a group: it is shared with it by another. */
export function foreignReason(project: string, { projectId }: Pick<SecurityGroup, 'projectId'>): string | undefined {
  return projectId === project ? undefined : 'It belongs to another project.';
}

/** Why a group cannot be deleted now; undefined when it can. `groups` are all of the project. */
export function whyGroupStays(group: SecurityGroup, groups: readonly SecurityGroup[]): string | undefined {
  if (group.isDefault) return 'The default security group of a project stays. Change its rules instead.';
  if (group.portCount) {
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
  protocol: 'tcp' | 'udp' | 'icmp' | 'any' | 'number';
  /** Of a protocol that has no button: its number. */
  number: string;
  /** Of ICMP: `8` or `3/4`, type and code; empty means all messages. */
  icmp: string;
  /** What a rule is for whose other end is no range: a range says it itself. */
  families: '4' | '6' | 'both';
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
  number: '',
  icmp: '',
  families: '4',
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
    ...(typeof protocol === 'number' ? { protocol: 'number', number: `${protocol}` } : { protocol }),
    ports: portMin === undefined ? '' : portMin === portMax ? `${portMin}` : `${portMin}-${portMax ?? portMin}`,
    ...(remotePrefix !== undefined && { remote: 'range', range: remotePrefix }),
  };
}

const portsPattern = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/;
const icmpPattern = /^(\d{1,3})(?:\s*\/\s*(\d{1,3}))?$/;

type What = Pick<SecurityGroupRuleCreate, 'protocol' | 'portMin' | 'portMax' | 'icmpType' | 'icmpCode'>;
type Missing = { missing: string };

/** The rules that a draft stands for, one for each family, or what is missing in it. Its values are judged by the API. */
export function rulesOf(draft: RuleDraft): { rules: readonly SecurityGroupRuleCreate[] } | Missing {
  const what = whatOf(draft);
  if ('missing' in what) return what;
  if (draft.remote === 'range' && draft.range.trim() === '') return { missing: 'Write the range of addresses.' };
  if (draft.remote === 'group' && draft.group === '') return { missing: 'Choose the group.' };
  return {
    rules: familiesOf(draft).map((family) => ({
      direction: draft.direction,
      ...(family !== 4 && { family }),
      ...what,
      ...(draft.remote === 'range' && { remotePrefix: asPrefix(draft.range) }),
      ...(draft.remote === 'group' && { remoteGroupId: draft.group }),
      ...(draft.description !== '' && { description: draft.description }),
    })),
  };
}

/** The families that a draft is for: that of its range, or those that were chosen. */
export function familiesOf({ remote, range, families }: RuleDraft): readonly IpFamily[] {
  if (remote === 'range') return [familyOf(range)];
  if (families === 'both') return [4, 6];
  return [families === '6' ? 6 : 4];
}

function whatOf(draft: RuleDraft): What | Missing {
  const preset = rulePresets.find(({ name }) => name === draft.what)?.match;
  if (preset) return { protocol: preset.protocol, ...portsOf(preset.portMin, preset.portMax) };
  if (draft.protocol === 'number') {
    const number = draft.number.trim();
    return /^\d{1,3}$/.test(number) ? { protocol: Number(number) } : { missing: 'Write the number of the protocol.' };
  }
  const { protocol } = draft;
  if (protocol === 'icmp') return icmpOf(draft.icmp.trim());
  if (protocol === 'any' || draft.ports.trim() === '') return { protocol };
  const [, first, last] = portsPattern.exec(draft.ports.trim()) ?? [];
  if (first === undefined) return { missing: 'Write the ports as 8080 or 8000-8010.' };
  return { protocol, ...portsOf(Number(first), Number(last ?? first)) };
}

function portsOf(portMin: number | null, portMax: number | null): Pick<What, 'portMin' | 'portMax'> {
  return portMin === null || portMax === null ? {} : { portMin, portMax };
}

function icmpOf(text: string): What | Missing {
  if (text === '') return { protocol: 'icmp' };
  const [, type, code] = icmpPattern.exec(text) ?? [];
  if (type === undefined) return { missing: 'Write type and code of the message as 8 or 3/4.' };
  return { protocol: 'icmp', icmpType: Number(type), ...(code !== undefined && { icmpCode: Number(code) }) };
}

/** One address is the range that holds it alone. */
export function asPrefix(text: string): string {
  const trimmed = text.trim();
  return trimmed.includes('/') ? trimmed : `${trimmed}/${addressBits[familyOf(trimmed)]}`;
}

/** Why the quota allows no more groups or rules; undefined when it does, or is not known yet. */
export function groupQuotaReason(
  limits: readonly Allowance[] | undefined,
  what: 'securityGroups' | 'securityGroupRules',
): string | undefined {
  return quotaReason(limits ?? [], { [what]: 1 });
}
