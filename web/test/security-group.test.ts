import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { expect, test } from 'vitest';
import {
  emptyRule,
  groupQuotaReason,
  ingressWords,
  presetLabel,
  type RuleDraft,
  ruleDraft,
  rulesOf,
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
  isShared: false,
  tags: [],
  rules: [],
  portCount: 0,
  createdAt: '2026-11-21T00:00:00Z',
  updatedAt: '2026-11-21T00:00:00Z',
  revision: 1,
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

const draft = (changes: Partial<RuleDraft>): RuleDraft => ({ ...emptyRule, what: 'own', ...changes });
/** The one rule of a draft, or what is missing. */
const ruleOf = (changes: Partial<RuleDraft>) => {
  const made = rulesOf(draft(changes));
  return 'rules' in made ? made.rules[0] : made;
};

test('a draft becomes the rule that it says, and says what it lacks', () => {
  expect(ruleOf({ what: 'ssh' })).toEqual({ direction: 'ingress', protocol: 'tcp', portMin: 22, portMax: 22 });
  expect(ruleOf({ what: 'ping', ports: '80' })).toEqual({ direction: 'ingress', protocol: 'icmp' });
  expect(ruleOf({ ports: '8000 - 8010', description: 'x' })).toMatchObject({
    portMin: 8000,
    portMax: 8010,
    description: 'x',
  });
  expect(ruleOf({ protocol: 'any', ports: '80' })).toEqual({ direction: 'ingress', protocol: 'any' });
  expect(ruleOf({ remote: 'range', range: ' 203.0.113.7 ' })).toMatchObject({ remotePrefix: '203.0.113.7/32' });
  expect(ruleOf({ remote: 'group', group: 'g' })).toMatchObject({ remoteGroupId: 'g' });
  expect(ruleOf({ ports: 'ssh' })).toEqual({ missing: 'Write the ports as 8080 or 8000-8010.' });
  expect(ruleOf({ remote: 'range' })).toEqual({ missing: 'Write the range of addresses.' });
  expect(ruleOf({ remote: 'group' })).toEqual({ missing: 'Choose the group.' });
});

test('a rule for both families is two; a range says its family itself', () => {
  expect(rulesOf(draft({ what: 'https', families: 'both' }))).toMatchObject({
    rules: [{ portMin: 443 }, { portMin: 443, family: 6 }],
  });
  expect(rulesOf(draft({ families: 'both', remote: 'range', range: '2001:db8::7' }))).toEqual({
    rules: [{ direction: 'ingress', protocol: 'tcp', family: 6, remotePrefix: '2001:db8::7/128' }],
  });
});

test('messages of ICMP and protocols by number are asked for as they are, and read in words', () => {
  expect(ruleOf({ protocol: 'icmp' })).toEqual({ direction: 'ingress', protocol: 'icmp' });
  expect(ruleOf({ protocol: 'icmp', icmp: '3/4' })).toMatchObject({ protocol: 'icmp', icmpType: 3, icmpCode: 4 });
  expect(ruleOf({ protocol: 'icmp', icmp: 'ping' })).toEqual({
    missing: 'Write type and code of the message as 8 or 3/4.',
  });
  expect(ruleOf({ protocol: 'number', number: '47' })).toEqual({ direction: 'ingress', protocol: 47 });
  expect(ruleOf({ protocol: 'number' })).toEqual({ missing: 'Write the number of the protocol.' });
  const none = { portMin: null, portMax: null };
  expect(ruleWords(rule({ ...none, protocol: 47 }))).toBe('protocol 47 (GRE) from anywhere');
  expect(ruleWords(rule({ ...none, protocol: 200 }))).toBe('protocol 200 from anywhere');
  const ping = rule({ ...none, protocol: 'icmp', icmpType: 128, family: 6 });
  expect(ruleWords(ping)).toBe('icmp echo request (ping) from anywhere over IPv6');
  expect(presetLabel(ping)).toBeUndefined();
  expect(ruleWords(rule({ ...none, protocol: 'icmp', icmpType: 13, icmpCode: 1 }))).toBe(
    'icmp type 13 code 1 from anywhere',
  );
  // What a path check found missing fills the form as it is.
  expect(ruleDraft({ direction: 'ingress', protocol: 47 })).toMatchObject({
    what: 'own',
    protocol: 'number',
    number: '47',
  });
});

test('a quota that is spent says so before anything is tried', () => {
  const limit = { name: 'securityGroups', label: 'Security groups', unit: '', used: 20, limit: 20 } as const;
  expect(groupQuotaReason([limit], 'securityGroups')).toMatch(/^Needs 1 security group, 0 left/);
  expect(groupQuotaReason([limit], 'securityGroupRules')).toBeUndefined();
  expect(groupQuotaReason(undefined, 'securityGroups')).toBeUndefined();
});
