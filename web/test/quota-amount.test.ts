import { unlimited } from '@unkai/contracts/quota';
import { expect, test } from 'vitest';
import { amountFault, amountOf, firstFault } from '../resources/quota-amount.ts';

const things = { unit: '' };
const memory = { unit: 'MiB' };
const storage = { unit: 'B' };

test('an amount of things is a whole number, and one of memory or storage any number of GiB', () => {
  for (const text of ['1.5', '9e99', '-3', 'many', '0x10', '1,000', 'NaN', 'Infinity']) {
    expect(amountFault(things, text), text).toBe('Write a whole number, such as 20.');
  }
  for (const text of ['9e99', '-0.5', '1,5', '.5', 'GiB']) {
    expect(amountFault(memory, text), text).toBe('Write a number of GiB, such as 20 or 0.5.');
  }
  for (const text of ['', ' ', '0', '20', ' 20 ']) expect(amountFault(things, text), text).toBeUndefined();
  expect(amountFault(storage, '0.5')).toBeUndefined();
});

test('it is sent in the unit of its quota; any number stays any number', () => {
  expect(amountOf(things, ' 20 ')).toBe(20);
  expect(amountOf(memory, '0.5')).toBe(512);
  expect(amountOf(storage, '1.5')).toBe(1_610_612_736);
  expect(amountOf(memory, String(unlimited))).toBe(unlimited);
});

test('the first of several faults is said with what it is of', () => {
  const limits = [
    { name: 'servers', label: 'Servers', ...things },
    { name: 'memoryMib', label: 'Memory', ...memory },
  ] as const;
  expect(firstFault(limits, { servers: '2', memoryMib: 'x' })).toMatch(/^Memory \(GiB\): Write a number of GiB/);
  expect(firstFault(limits, { servers: '2' })).toBeUndefined();
});
