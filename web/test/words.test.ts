import { expect, test } from 'vitest';
import { auditWords } from '../resources/audit-line.tsx';
import { ruleWords } from '../resources/security-group.ts';
import { sshRule } from '../resources/ssh-rule.ts';
import { bytes, count, memory } from '../ui/amounts.ts';
import { duration } from '../ui/duration.ts';
import { matching } from '../ui/option-list.tsx';
import { relativeTime } from '../ui/relative-time.tsx';

test('amounts are in the largest binary unit that keeps them above one', () => {
  expect([0, 1023, 1024, 21_400_000, 107_374_182_400].map(bytes)).toEqual([
    '0 B',
    '1023 B',
    '1 KiB',
    '20.4 MiB',
    '100 GiB',
  ]);
  expect([512, 2048, 59_392].map(memory)).toEqual(['512 MiB', '2 GiB', '58 GiB']);
  expect([count(1, 'server'), count(1200, 'server')]).toEqual(['1 server', '1,200 servers']);
});

test('lengths of time are short and never round up to what was not reached', () => {
  expect([38, 999, 1234, 59_999, 65_000, 11_400_000].map(duration)).toEqual([
    '38 ms',
    '999 ms',
    '1.2 s',
    '59.9 s',
    '1 min 5 s',
    '3 h 10 min',
  ]);
});

test('a time is told in one unit', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  const at = (milliseconds: number) => relativeTime(new Date(now - milliseconds).toISOString(), now);
  expect([at(59_000), at(240_000), at(3_600_000), at(86_400_000 * 3)]).toEqual(['now', '4 min', '1 h', '3 d']);
});

test('a line of the audit log reads as the middle of a sentence', () => {
  expect(auditWords({ action: 'server:delete', noun: 'server', outcome: 'done' })).toBe('deleted server');
  expect(auditWords({ action: 'console-session:create', noun: 'console-session', outcome: 'done' })).toBe(
    'opened the console of',
  );
  expect(auditWords({ action: 'key-pair:create', noun: 'key-pair', outcome: 'refused' })).toBe(
    'tried to create key pair',
  );
  expect(auditWords({ action: 'network:create', noun: 'project', outcome: 'refused' })).toBe('tried to create network');
  expect(auditWords({ action: 'floating-ip:create', noun: 'floating-ip', outcome: 'done' })).toBe(
    'created floating IP',
  );
  expect(auditWords({ action: 'qos-policy:delete', noun: 'qos-policy', outcome: 'done' })).toBe('deleted QoS policy');
  expect(auditWords({ action: 'api-token:create', noun: 'api-token', outcome: 'done' })).toBe('created API token');
  expect(auditWords({ action: 'server:console', noun: 'server', outcome: 'refused' })).toBe(
    'tried to open the console of',
  );
});

const rule = {
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
} as const;

test('rules read as sentences', () => {
  expect(ruleWords(rule)).toBe('tcp 22 from anywhere');
  expect(ruleWords({ ...rule, portMin: 8000, portMax: 8010, remotePrefix: '10.0.0.0/8' })).toBe(
    'tcp 8000-8010 from 10.0.0.0/8',
  );
  expect(ruleWords({ ...rule, direction: 'egress', protocol: 'any', portMin: null, portMax: null })).toBe(
    'everything to anywhere',
  );
});

test('H20: port 22 is open only by a rule that really lets it in', () => {
  const group = (rules: readonly (typeof rule | object)[]) => [{ rules: rules.map((each) => ({ ...rule, ...each })) }];
  expect(sshRule(group([{}]))).toBeDefined();
  expect(sshRule(group([{ portMin: null, portMax: null, protocol: 'any' }]))).toBeDefined();
  expect(sshRule(group([{ portMin: 1, portMax: 1024 }]))).toBeDefined();
  expect(sshRule(group([{ direction: 'egress' }, { protocol: 'udp' }, { portMin: 80, portMax: 443 }]))).toBeUndefined();
  expect(sshRule([])).toBeUndefined();
});

test('an option is found by every typed word, in its label, group or keywords', () => {
  const options = [{ id: 's1', label: 'web-1', keywords: '10.0.0.11', group: 'Servers' }];
  expect(matching(options, ' SERVERS web ')).toHaveLength(1);
  expect(matching(options, '10.0.0.11')).toHaveLength(1);
  expect(matching(options, 'web 10.0.0.12')).toHaveLength(0);
});
