import type { SecurityGroup, SecurityGroupRule } from '@unkai/contracts/resources/security-group';
import { expect, test } from 'vitest';
import { sshOffer } from '../forms/server-create-draft.ts';
import { ownPrefix, sshRuleFrom } from '../resources/ssh-rule.ts';

const ssh: SecurityGroupRule = {
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
};

const group = (id: string, ...rules: readonly Partial<SecurityGroupRule>[]): SecurityGroup => ({
  id,
  projectId: 'p',
  name: id,
  description: '',
  isDefault: false,
  isShared: false,
  tags: [],
  rules: rules.map((changes) => ({ ...ssh, ...changes })),
  portCount: 0,
  createdAt: '2026-11-21T00:00:00Z',
  updatedAt: '2026-11-21T00:00:00Z',
  revision: 1,
});

test('SSH is let in from an address by a rule for anywhere or for a range that holds it, by no other', () => {
  const from = (changes: Partial<SecurityGroupRule>) => sshRuleFrom([group('g', changes)], '203.0.113.7/32');
  for (const remotePrefix of [null, '0.0.0.0/0', '203.0.0.0/16', '203.0.113.7/32', '192.0.0.0/3']) {
    expect(from({ remotePrefix }), String(remotePrefix)).toBeDefined();
  }
  for (const remotePrefix of ['203.0.113.8/32', '203.0.112.0/24', '10.0.0.0/8', '128.0.0.0/2']) {
    expect(from({ remotePrefix }), remotePrefix).toBeUndefined();
  }
  expect(from({ remoteGroupId: 'web' })).toBeUndefined();
  // A rule for anywhere is for anywhere in its own family.
  expect(from({ family: 6 })).toBeUndefined();
  expect(sshRuleFrom([group('g', { family: 6, remotePrefix: '2001:db8::/32' })], '2001:db8::7/128')).toBeDefined();
  expect(from({ portMin: 80, portMax: 80 })).toBeUndefined();
  expect(sshRuleFrom([group('g', { remotePrefix: '203.0.113.0/25' })], '203.0.113.0/24')).toBeUndefined();
});

test('an address is of use in a rule when a server could see it', () => {
  expect(ownPrefix('203.0.113.7')).toBe('203.0.113.7/32');
  expect(ownPrefix('::ffff:203.0.113.7')).toBe('203.0.113.7/32');
  expect(ownPrefix('2001:db8::7')).toBe('2001:db8::7/128');
  for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '::1', 'fe80::1', '', null]) {
    expect(ownPrefix(address)).toBeUndefined();
  }
});

test('H20: the tick adds a rule to the first chosen group, and nothing where one is there already or no group is chosen', () => {
  const values = { securityGroupIds: ['web'], allowsSsh: true, sshFrom: '203.0.113.7' };
  const [web, other] = [group('web', { portMin: 80, portMax: 80 }), group('other', {})];
  const { target, rule } = sshOffer('p', values, [other, web]);
  expect(target?.id).toBe('web');
  expect(rule).toEqual({
    direction: 'ingress',
    protocol: 'tcp',
    portMin: 22,
    portMax: 22,
    remotePrefix: '203.0.113.7/32',
  });
  expect(sshOffer('p', { ...values, allowsSsh: false }, [web]).rule).toBeUndefined();
  expect(sshOffer('p', { ...values, securityGroupIds: [] }, [web])).toMatchObject({
    target: undefined,
    rule: undefined,
  });
  const open = sshOffer('p', { ...values, sshFrom: '' }, [group('web', {})]);
  expect(open).toMatchObject({ already: { remotePrefix: null }, rule: undefined });
  const both = sshOffer('p', { ...values, securityGroupIds: ['web', 'other'] }, [web, other]);
  expect(both).toMatchObject({ already: { remotePrefix: null }, rule: undefined });
});

test('SSH is let in by a group of the project itself: the rules of one that is shared with it are its owner’s', () => {
  const values = { securityGroupIds: ['shared', 'web'], allowsSsh: true, sshFrom: '203.0.113.7' };
  const shared = { ...group('shared', { portMin: 80, portMax: 80 }), projectId: 'other' };
  const web = group('web', { portMin: 80, portMax: 80 });
  expect(sshOffer('p', values, [shared, web]).target?.id).toBe('web');
  const alone = sshOffer('p', { ...values, securityGroupIds: ['shared'] }, [shared, web]);
  expect(alone).toMatchObject({ target: undefined, rule: undefined });
});
