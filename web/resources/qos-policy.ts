import { dscpMarks, type QosPolicy, type QosRule } from '@unkai/contracts/resources/qos-policy';

/** Kilobits a second as people say them. */
function rateWords(kilobits: number): string {
  return kilobits % 1000 === 0 ? `${kilobits / 1000} Mbit/s` : `${kilobits} kbit/s`;
}

function ruleWords({ kind, direction, kilobitsPerSecond, dscpMark }: QosRule): string {
  if (kind === 'dscp-marking') return `marked ${dscpMark}`;
  const rate = rateWords(kilobitsPerSecond ?? 0);
  const way = direction === 'egress' ? 'out' : 'in';
  return kind === 'bandwidth-limit' ? `${rate} ${way}` : `meant ${rate} ${way}`;
}

/** What a policy does, in words: `50 Mbit/s out, marked 46`. */
export function policyWords({ rules }: Pick<QosPolicy, 'rules'>): string {
  return rules.map(ruleWords).join(', ') || 'no rule yet';
}

/** The limits and the mark that somebody wrote for a new policy; an empty field is none. */
export type QosDraft = { egress: string; ingress: string; dscpMark: string };
export const emptyQos: QosDraft = { egress: '', ingress: '', dscpMark: '' };

const kilobitsIn = (megabits: string) => Math.round(Number(megabits.trim().replace(',', '.')) * 1000);

/** The rules that a draft asks for, or what is wrong with it. */
export function qosRulesOf({ egress, ingress, dscpMark }: QosDraft) {
  const limits = [
    { direction: 'egress' as const, megabits: egress },
    { direction: 'ingress' as const, megabits: ingress },
  ]
    .filter(({ megabits }) => megabits.trim() !== '')
    .map(({ direction, megabits }) => ({
      ...{ kind: 'bandwidth-limit' as const, direction, kilobitsPerSecond: kilobitsIn(megabits) },
    }));
  if (limits.some(({ kilobitsPerSecond }) => !(kilobitsPerSecond >= 1))) {
    return { missing: 'Write each limit as a number of Mbit/s.' };
  }
  const mark = dscpMark === '' ? [] : [{ kind: 'dscp-marking' as const, dscpMark: Number(dscpMark) }];
  return { rules: [...limits, ...mark] };
}

/** The marks that can be chosen; none first. */
export const markChoices = [
  { value: '', label: 'None' },
  ...dscpMarks.map((mark) => ({ value: String(mark), label: mark === 46 ? '46 (expedited)' : String(mark) })),
];
