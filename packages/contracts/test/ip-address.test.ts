import { describe, expect, test } from 'vitest';
import { parseIp, prefixHolds, prefixLength, rangeHolds, rangeSize } from '../src/ip-address.ts';

describe('an address', () => {
  test('is the same number however it is written', () => {
    expect(parseIp('10.0.0.1')).toEqual({ family: 4, value: 0x0a_00_00_01n });
    expect(parseIp('2001:db8::1')).toEqual(parseIp('2001:DB8:0:0:0:0:0:1'));
    expect(parseIp('::')).toEqual({ family: 6, value: 0n });
    expect(parseIp('fe80::')?.value).toBe(0xfe80n << 112n);
  });
  test.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.1/24',
    '1:2:3:4:5:6:7',
    '1::2::3',
    '1:2:3:4:5:6:7::8',
    'g::1',
    '::12345',
  ])('%s is none', (text) => {
    expect(parseIp(text)).toBeUndefined();
  });
});

describe('a prefix', () => {
  test('holds the addresses that share its bits, of its own family only', () => {
    expect(prefixHolds('10.0.0.0/24', '10.0.0.255')).toBe(true);
    expect(prefixHolds('10.0.0.0/24', '10.0.1.0')).toBe(false);
    expect(prefixHolds('0.0.0.0/0', '203.0.113.7')).toBe(true);
    expect(prefixHolds('0.0.0.0/0', '2001:db8::1')).toBe(false);
    expect(prefixHolds('2001:db8::/32', '2001:db8:ffff::1')).toBe(true);
    expect(prefixHolds('2001:db8::/32', '2001:db9::1')).toBe(false);
    expect(prefixHolds('::/0', '2001:db9::1')).toBe(true);
  });
  test('that is none holds nothing', () => {
    for (const text of ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/x', '/0'])
      expect(prefixHolds(text, '10.0.0.0')).toBe(false);
    expect(prefixHolds('0.0.0.0/0', 'nowhere')).toBe(false);
    expect([prefixLength('10.0.0.0/24'), prefixLength('nothing')]).toEqual([24, 0]);
  });
});

test('a range has the addresses from its first to its last', () => {
  const range = { first: '10.0.0.10', last: '10.0.1.9' };
  expect(rangeSize(range)).toBe(256);
  expect(rangeHolds(range, '10.0.0.255')).toBe(true);
  expect(rangeHolds(range, '10.0.0.9')).toBe(false);
  expect(rangeHolds(range, '::a')).toBe(false);
  expect(rangeSize({ first: '10.0.0.2', last: '10.0.0.1' })).toBe(0);
  expect(rangeSize({ first: '10.0.0.2', last: '::1' })).toBe(0);
  expect(rangeSize({ first: 'fd00::', last: 'fd00::ffff' })).toBe(65_536);
});
