import { expect, test } from 'vitest';
import { RateLimit } from '../../src/metadata/rate-limit.ts';

test('a caller may ask 200 times at once and 50 times a second, and nobody pays for another', () => {
  let now = 0;
  const limit = new RateLimit(() => now);
  const allowed = (caller: string, times: number) =>
    Array.from({ length: times }, () => limit.take(caller)).filter((was) => was).length;
  expect(allowed('one', 300)).toBe(200);
  expect(allowed('two', 10)).toBe(10);
  now = 1_000;
  expect(allowed('one', 300)).toBe(50);
  now = 60_000;
  limit.prune();
  expect(allowed('one', 300)).toBe(200);
});
