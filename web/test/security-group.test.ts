import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { expect, test } from 'vitest';
import {
  groupQuotaReason,
  ingressWords,
  presetLabel,
  type RuleDraft,
  ruleOf,
  ruleWords,
  whyGroupStays,
} from '../resources/security-group.ts';

type Rule = SecurityGroup['rules'][number];

const rule = (changes: Partial<Rule> = {}): Rule => ({
  id: 'r',
  direction: 'ingress',
  family: 4,
  protocol: 'tcp',
  icmpType: null,
  icmpCode: null,
  portMin: 22,
  portMax: 22,
  remotePrefix: null,
  remoteGroupId: null,
  description: '',
  ...changes,
});

const group = (id: string, changes: Partial<SecurityGroup> = {}): SecurityGroup => ({
  id,
  projectId: 'p',
  name: id,
  description: '',
  isDefault: false,
  tags: [],
  rules: [],
  portCount: 0,
  createdAt: '2026-11-21T00:00:00Z',
  ...changes,
});

test('a rule that names a group is read with its name', () => {
  const named = rule({ remoteGroupId: 'web', portMin: 5432, portMax: 5432 });
  expect(ruleWords(named, [group('web')])).toBe('tcp 5432 from the group web');
  expect(ruleWords(named)).toBe('tcp 5432 from another group');
  expect(ingressWords(group('a', { rules: [rule({ direction: 'egress' })] }), [])).toBe('lets nothing in');
  expect(ingressWords(group('a', { rules: [rule(), named] }), [group('web')])).toBe(
    'tcp 22 from anywhere · tcp 5432 from the group web',
  );
});

test('what people have a name for is called so', () => {
  expect(presetLabel(rule())).toBe('SSH');
  expect(presetLabel(rule({ protocol: 'icmp', portMin: null, portMax: null }))).toBe('Ping');
  expect(presetLabel(rule({ protocol: 'udp' }))).toBeUndefined();
});

test('a group that stays says why: the default one, one with ports, one that a rule of another names', () => {
  const naming = group('database', { rules: [rule({ remoteGroupId: 'web' })] });
  expect(whyGroupStays(group('web', { isDefault: true }), [])).toMatch(/^The default security group/);
  expect(whyGroupStays(group('web', { portCount: 1 }), [])).toMatch(/^1 port has it: /);
  expect(whyGroupStays(group('web', { portCount: 2 }), [])).toMatch(/^2 ports have it: /);
  expect(whyGroupStays(group('web'), [naming])).toBe('A rule of database names it: remove that rule first.');
  const selfish = group('web', { rules: [rule({ remoteGroupId: 'web' })] });
  expect(whyGroupStays(selfish, [selfish])).toBeUndefined();
});

const draft = (changes: Partial<RuleDraft>): RuleDraft => ({
  direction: 'ingress',
  what: 'own',
  protocol: 'tcp',
  ports: '',
  remote: 'anywhere',
  range: '',
  group: '',
  description: '',
  ...changes,
});

test('a draft becomes the rule that it says, and says what it lacks', () => {
  expect(ruleOf(draft({ what: 'ssh' }))).toEqual({
    rule: { direction: 'ingress', protocol: 'tcp', portMin: 22, portMax: 22 },
  });
  expect(ruleOf(draft({ what: 'ping', ports: '80' }))).toEqual({ rule: { direction: 'ingress', protocol: 'icmp' } });
  expect(ruleOf(draft({ ports: '8000 - 8010', description: 'x' }))).toMatchObject({
    rule: { portMin: 8000, portMax: 8010, description: 'x' },
  });
  expect(ruleOf(draft({ protocol: 'any', ports: '80' }))).toEqual({ rule: { direction: 'ingress', protocol: 'any' } });
  expect(ruleOf(draft({ remote: 'range', range: ' 203.0.113.7 ' }))).toMatchObject({
    rule: { remotePrefix: '203.0.113.7/32' },
  });
  expect(ruleOf(draft({ remote: 'group', group: 'g' }))).toMatchObject({ rule: { remoteGroupId: 'g' } });
  expect(ruleOf(draft({ ports: 'ssh' }))).toEqual({ missing: 'Write the ports as 8080 or 8000-8010.' });
  expect(ruleOf(draft({ remote: 'range' }))).toEqual({ missing: 'Write the range of addresses.' });
  expect(ruleOf(draft({ remote: 'group' }))).toEqual({ missing: 'Choose the group.' });
});

test('a quota that is spent says so before anything is tried', () => {
  const limit = { name: 'securityGroups', label: 'Security groups', unit: '', used: 20, limit: 20 } as const;
  expect(groupQuotaReason([limit], 'securityGroups')).toMatch(/^Needs 1 security groups, 0 left/);
  expect(groupQuotaReason([limit], 'securityGroupRules')).toBeUndefined();
  expect(groupQuotaReason(undefined, 'securityGroups')).toBeUndefined();
});
