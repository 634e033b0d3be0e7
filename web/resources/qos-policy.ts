import {
  dscpMarks,
  type QosDirection,
  type QosPolicy,
  type QosRule,
  type QosRuleKind,
  type QosRuleSaid,
} from '@unkai/contracts/resources/qos-policy';

/** Kilobits a second as people say them. */
function rateWords(kilobits: number): string {
  return kilobits % 1000 === 0 ? `${kilobits / 1000} Mbit/s` : `${kilobits} kbit/s`;
}

/** What a rule does, in words: `50 Mbit/s out`. */
export function ruleWords({ kind, direction, kilobitsPerSecond, dscpMark }: QosRule): string {
  if (kind === 'dscp-marking') return `marked ${dscpMark}`;
  const rate = rateWords(kilobitsPerSecond ?? 0);
  const way = direction === 'egress' ? 'out' : 'in';
  return kind === 'bandwidth-limit' ? `${rate} ${way}` : `meant ${rate} ${way}`;
}

/** What a policy does, in words: `50 Mbit/s out, marked 46`. */
export function policyWords({ rules }: Pick<QosPolicy, 'rules'>): string {
  return rules.map(ruleWords).join(', ') || 'no rule yet';
}

type Users = Pick<QosPolicy, 'projectId' | 'networkCount' | 'portCount'>;

/** Whose it is, or that something has it: why it cannot be deleted; undefined when it can. */
export function whyPolicyStays({ projectId, networkCount, portCount }: Users, project: string): string | undefined {
  if (projectId !== project) return 'It belongs to another project.';
  return (networkCount ?? 0) + (portCount ?? 0) > 0 ? 'A network or a port has it.' : undefined;
}

/** The limits and the mark that somebody wrote for a new policy; an empty field is none. */
export type QosDraft = { egress: string; ingress: string; dscpMark: string };
export const emptyQos: QosDraft = { egress: '', ingress: '', dscpMark: '' };

const kilobitsIn = (megabits: string) => Math.round(Number(megabits.trim().replace(',', '.')) * 1000);
const megabitsOf = (kilobits: number) => String(kilobits / 1000);

/** The rules that a draft asks for, or what is wrong with it. */
export function qosRulesOf({ egress, ingress, dscpMark }: QosDraft) {
  const limits = [
    { direction: 'egress' as const, megabits: egress },
    { direction: 'ingress' as const, megabits: ingress },
  ]
    .filter(({ megabits }) => megabits.trim() !== '')
    .map(({ direction, megabits }) => ({
      kind: 'bandwidth-limit' as const,
      direction,
      kilobitsPerSecond: kilobitsIn(megabits),
    }));
  if (limits.some(({ kilobitsPerSecond }) => !(kilobitsPerSecond >= 1))) {
    return { missing: 'Write each limit as a number of Mbit/s.' };
  }
  const mark = dscpMark === '' ? [] : [{ kind: 'dscp-marking' as const, dscpMark: Number(dscpMark) }];
  return { rules: [...limits, ...mark] };
}

const marks = dscpMarks.map((mark) => ({ value: String(mark), label: mark === 46 ? '46 (expedited)' : String(mark) }));

/** The marks that can be chosen; none first. */
export const markChoices = [{ value: '', label: 'None' }, ...marks];

/** What somebody wrote of one rule; which of it counts is a matter of its kind. */
export type QosRuleDraft = {
  kind: QosRuleKind;
  direction: QosDirection;
  megabits: string;
  /** In Mbit; empty: what the host finds best. */
  burst: string;
  dscpMark: string;
};

export const emptyRule: QosRuleDraft = {
  kind: 'bandwidth-limit',
  direction: 'egress',
  megabits: '',
  burst: '',
  dscpMark: '46',
};

/** The kinds as people choose among them. */
export const ruleKindChoices: readonly { value: QosRuleKind; label: string }[] = [
  { value: 'bandwidth-limit', label: 'Limit' },
  { value: 'dscp-marking', label: 'DSCP mark' },
  { value: 'minimum-bandwidth', label: 'Minimum' },
];

/** The marks of a rule, which has one. */
export const ruleMarkChoices = marks;

/** The draft of a rule that is there. */
export function ruleDraftOf({ kind, direction, kilobitsPerSecond, burstKilobits, dscpMark }: QosRule): QosRuleDraft {
  return {
    kind,
    direction: direction ?? 'egress',
    megabits: kilobitsPerSecond === null ? '' : megabitsOf(kilobitsPerSecond),
    burst: burstKilobits ? megabitsOf(burstKilobits) : '',
    dscpMark: String(dscpMark ?? ''),
  };
}

/** What a draft of one rule says besides its kind, or what is wrong with it. */
export function qosRuleOf({
  kind,
  direction,
  megabits,
  burst,
  dscpMark,
}: QosRuleDraft): { said: QosRuleSaid } | { missing: string } {
  if (kind === 'dscp-marking') return { said: { dscpMark: Number(dscpMark) } };
  const kilobitsPerSecond = kilobitsIn(megabits);
  if (!(kilobitsPerSecond >= 1)) return { missing: 'Write the bandwidth as a number of Mbit/s.' };
  if (kind === 'minimum-bandwidth') return { said: { direction, kilobitsPerSecond } };
  const burstKilobits = kilobitsIn(burst);
  if (!(burstKilobits >= 0)) return { missing: 'Write the burst as a number of Mbit, or nothing.' };
  return { said: { direction, kilobitsPerSecond, burstKilobits } };
}
