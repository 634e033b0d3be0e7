import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rangesOverlap } from '../src/address/ipam.ts';
import { amountOf, freeBlock } from '../src/address/subnet-pool-choice.ts';

describe('a range of a pool', () => {
  test('is in the pool, of the size asked for, and overlaps none that is taken, until none of that size is left', () => {
    const sizes = fc.array(fc.integer({ min: 25, max: 30 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(sizes, (lengths) => {
        const pool = ['10.0.1.0/25', '10.0.0.0/25'];
        const taken: string[] = [];
        for (const length of lengths) {
          const block = freeBlock(pool, taken, length);
          if (block === null) {
            // The first address of every block of that size is within something taken.
            const all = pool.flatMap((prefix) => blocksOf(prefix, length));
            expect(all.every((each) => taken.some((other) => rangesOverlap(each, other)))).toBe(true);
            continue;
          }
          expect(block.endsWith(`/${length}`)).toBe(true);
          expect(pool.some((prefix) => rangesOverlap(prefix, block))).toBe(true);
          expect(taken.filter((other) => rangesOverlap(block, other))).toEqual([]);
          taken.push(block);
        }
      }),
    );
  });

  test('is the lowest, begins at a multiple of its size, and is of either family', () => {
    expect(freeBlock(['10.0.0.0/16'], ['10.0.0.0/24', '10.0.1.0/26'], 24)).toBe('10.0.2.0/24');
    expect(freeBlock(['10.0.0.0/16'], ['10.0.1.0/24'], 24)).toBe('10.0.0.0/24');
    expect(freeBlock(['2001:db8::/60'], ['2001:db8::/64'], 64)).toBe('2001:db8:0:1::/64');
    expect(freeBlock(['10.0.0.0/25'], [], 24)).toBeNull();
    expect([amountOf('10.0.0.0/24'), amountOf('2001:db8::/62'), amountOf('2001:db8::/80')]).toEqual([256, 4, 1]);
  });
});

/** Every block of a length within a /25. */
function blocksOf(prefix: string, length: number): string[] {
  const [network = ''] = prefix.split('/');
  const size = 2 ** (32 - length);
  return Array.from({ length: 128 / size }, (_, index) => `${network.replace(/0$/, String(index * size))}/${length}`);
}
