import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalPrefix, freeRanges, planSubnet, rangesOverlap } from '../src/address/ipam.ts';

const toText = (value: number) => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
const toNumber = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** Private ranges of every size that a tenant may have. */
const range = fc
  .record({ prefix: fc.integer({ min: 8, max: 29 }), seed: fc.integer({ min: 0, max: 2 ** 24 - 1 }) })
  .map(({ prefix, seed }) => {
    const size = 2 ** (32 - prefix);
    const first = toNumber('10.0.0.0') + Math.floor(seed / size) * size;
    return { cidr: `${toText(first)}/${prefix}`, first, last: first + size - 1 };
  });

const cidr = '10.0.0.0/24';

describe('a planned subnet', () => {
  test('keeps gateway and DHCP apart, inside, and off both ends', () => {
    fc.assert(
      fc.property(range, fc.double({ min: 0, max: 0.999, noNaN: true }), ({ cidr, first, last }, where) => {
        const gateway = first + 1 + Math.floor(where * (last - first - 1));
        for (const plan of [planSubnet({ cidr }), planSubnet({ cidr, gatewayAddress: toText(gateway) })]) {
          const taken = [plan.gatewayAddress ?? '', plan.dhcpAddress].map(toNumber);
          expect(new Set(taken).size).toBe(2);
          for (const address of taken) expect(address > first && address < last).toBe(true);
        }
      }),
    );
  });

  test('has its gateway at the first address and DHCP at the second, unless told otherwise', () => {
    expect(planSubnet({ cidr })).toMatchObject({ gatewayAddress: '10.0.0.1', dhcpAddress: '10.0.0.2' });
    expect(planSubnet({ cidr, gatewayAddress: '10.0.0.254' })).toMatchObject({ dhcpAddress: '10.0.0.1' });
  });

  test.each(['10.0.0.0', '10.0.0.255', '10.0.1.1', '192.0.2.1'])('refuses the gateway %s', (gateway) => {
    expect(() => planSubnet({ cidr, gatewayAddress: gateway })).toThrow(
      /^gatewayAddress: must be an address of 10\.0\.0\.0\/24/,
    );
  });
});

describe('allocation pools', () => {
  const pool = (first: string, last: string) => ({ first: `10.0.0.${first}`, last: `10.0.0.${last}` });

  test('are kept in order, and DHCP has the first address of the first', () => {
    const allocationPools = [pool('100', '110'), pool('20', '30')];
    const plan = planSubnet({ cidr, allocationPools });
    expect(plan).toMatchObject({ gatewayAddress: '10.0.0.1', dhcpAddress: '10.0.0.20' });
    expect(freeRanges({ ...plan, allocationPools })).toEqual([pool('21', '30'), pool('100', '110')]);
  });

  test('of none is the whole range, without the gateway and DHCP', () => {
    const plan = planSubnet({ cidr, gatewayAddress: '10.0.0.9' });
    expect(freeRanges({ ...plan, allocationPools: [] })).toEqual([pool('2', '8'), pool('10', '254')]);
  });

  test.each([
    ['the wrong way round', [pool('30', '20')], 'begins after its end'],
    ['with the first address of the range', [pool('0', '20')], 'must be inside'],
    ['with the last', [pool('250', '255')], 'must be inside'],
    ['of another range', [{ first: '10.0.1.5', last: '10.0.1.9' }], 'must be inside'],
    ['that share an address', [pool('20', '30'), pool('30', '40')], 'overlaps another'],
    ['that hold the gateway', [pool('1', '40')], 'holds the gateway 10.0.0.1'],
  ])('%s are refused', (_, allocationPools, why) => {
    expect(() => planSubnet({ cidr, allocationPools })).toThrow(new RegExp(`^allocationPools: .*${why}`));
  });
});

test('ranges overlap exactly when they share an address', () => {
  fc.assert(
    fc.property(range, range, (one, other) => {
      const shared = one.first <= other.last && other.first <= one.last;
      expect(rangesOverlap(one.cidr, other.cidr)).toBe(shared);
      expect(rangesOverlap(other.cidr, one.cidr)).toBe(shared);
    }),
  );
});

test('the canonical form of a prefix clears what is beyond its length, and is its own canonical form', () => {
  expect(canonicalPrefix('10.0.0.7/24')).toBe('10.0.0.0/24');
  expect(canonicalPrefix('203.0.113.9/0')).toBe('0.0.0.0/0');
  fc.assert(
    fc.property(range, ({ cidr }) => {
      expect(canonicalPrefix(cidr)).toBe(cidr);
    }),
  );
});
