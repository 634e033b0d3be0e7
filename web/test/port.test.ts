import { unlimited } from '@unkai/contracts/quota';
import { expect, test } from 'vitest';
import { portSummary } from '../resources/port.ts';

const items = [
  { serverId: 's', deviceOwner: '' },
  { serverId: null, deviceOwner: 'network:router_interface' },
  { serverId: null, deviceOwner: '' },
];
const limits = (limit: number) => [{ name: 'ports' as const, used: 2400, limit }];

test('the ports of a project are all counted, also where one page does not hold them', () => {
  expect(portSummary({ items, nextCursor: null }, limits(5000))).toBe('3 of 5,000 ports · 1 unused');
  expect(portSummary({ items, nextCursor: 'more' }, limits(5000))).toBe(
    '2,400 of 5,000 ports · the newest 3 are shown, 1 of them unused',
  );
});

test('where any number of ports may be had, no number stands for it', () => {
  expect(portSummary({ items, nextCursor: null }, limits(unlimited))).toBe('3 ports · 1 unused');
  expect(portSummary({ items, nextCursor: null }, undefined)).toBe('3 ports · 1 unused');
  expect(portSummary({ items, nextCursor: 'more' }, undefined)).toMatch(/^more than 3 ports/);
});
