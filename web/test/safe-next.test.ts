import { safeNext } from '@unkai/contracts/safe-next';
import { array, assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';

const origin = 'https://cloud.example';

test('a path of the portal is kept, with its query and fragment', () => {
  expect(safeNext('/projects/p1/servers?state=error#top')).toBe('/projects/p1/servers?state=error#top');
});

test.each([
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  ' //evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  '/%0d%0aLocation:x/..//evil.example',
  'evil.example',
  '',
])('A38: %j leads home', (next) => {
  expect(safeNext(next)).toBe('/');
});

test('A38: no mix of slashes, dots, escapes and hosts leaves the origin', () => {
  const parts = constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2f',
    '%5c',
    '%2e',
    '@',
    ':',
    '?',
    '#',
    'evil.example',
    '\t',
    '\n',
    ' ',
    '\u2028',
    '\u200b',
  );
  assert(
    property(array(parts, { maxLength: 10 }), string(), (mix, tail) => {
      const next = safeNext(`/${mix.join('')}${tail}`);
      expect(new URL(next, origin).origin).toBe(origin);
      expect(next.startsWith('//')).toBe(false);
    }),
    { numRuns: 5000 },
  );
});

test('sign-in never leads to itself', () => {
  expect(safeNext('/sign-in?next=/sign-in')).toBe('/');
});
