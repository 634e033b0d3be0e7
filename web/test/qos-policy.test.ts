import type { QosRule } from '@unkai/contracts/resources/qos-policy';
import { expect, test } from 'vitest';
import { emptyRule, qosRuleOf, ruleDraftOf, ruleWords, whyPolicyStays } from '../resources/qos-policy.ts';

const limit: QosRule = {
  id: 'r1',
  kind: 'bandwidth-limit',
  direction: 'ingress',
  dscpMark: null,
  kilobitsPerSecond: 1500,
  burstKilobits: 0,
};

test('a rule is written in Mbit/s, with a comma or a point, and kept in kbit/s', () => {
  const said = { direction: 'egress', kilobitsPerSecond: 2500, burstKilobits: 800 };
  expect(qosRuleOf({ ...emptyRule, megabits: ' 2,5 ', burst: '0.8' })).toEqual({ said });
  expect(qosRuleOf({ ...emptyRule, kind: 'minimum-bandwidth', megabits: '1', burst: '9' })).toEqual({
    said: { direction: 'egress', kilobitsPerSecond: 1000 },
  });
  expect(qosRuleOf({ ...emptyRule, kind: 'dscp-marking', dscpMark: '26' })).toEqual({ said: { dscpMark: 26 } });
  expect(qosRuleOf(emptyRule)).toHaveProperty('missing');
  expect(qosRuleOf({ ...emptyRule, megabits: '1', burst: 'much' })).toHaveProperty('missing');
});

test('a rule that is there is written as it was', () => {
  expect(ruleWords(limit)).toBe('1500 kbit/s in');
  const draft = ruleDraftOf(limit);
  expect(draft).toMatchObject({ megabits: '1.5', burst: '', direction: 'ingress' });
  expect(qosRuleOf(draft)).toEqual({ said: { direction: 'ingress', kilobitsPerSecond: 1500, burstKilobits: 0 } });
});

test('a policy that something has stays, and one of another project too', () => {
  const of = { projectId: 'p1', networkCount: 0, portCount: 0 };
  expect(whyPolicyStays(of, 'p1')).toBeUndefined();
  expect(whyPolicyStays({ ...of, portCount: 1 }, 'p1')).toBe('A network or a port has it.');
  expect(whyPolicyStays({ ...of, networkCount: null, portCount: null }, 'p2')).toBe('It belongs to another project.');
});
