import type { SubnetPool } from '@unkai/contracts/resources/subnet-pool';
import { expect, test } from 'vitest';
import { emptyPool, familyIn, poolDraftOf, poolOf, poolQuotaWords, sizeWords } from '../resources/subnet-pool.ts';

const pool: SubnetPool = {
  id: 'l1',
  projectId: 'p1',
  addressScopeId: null,
  name: 'store',
  description: '',
  family: 4,
  prefixes: ['10.128.0.0/10', '172.16.0.0/12'],
  minPrefixLength: 16,
  maxPrefixLength: 28,
  defaultPrefixLength: 24,
  quota: 4096,
  isDefault: true,
  isShared: false,
  tags: [],
  createdAt: '2026-11-21T00:00:00Z',
  updatedAt: '2026-11-21T00:00:00Z',
  revision: 1,
};

test('a pool asks for the sizes that somebody wrote, and for nothing that only operators say', () => {
  const draft = { ...emptyPool, name: 'store', prefixes: '10.128.0.0/10\n172.16.0.0/12' };
  const request = { name: 'store', description: '', prefixes: pool.prefixes, quota: null, addressScopeId: null };
  expect(poolOf(draft)).toEqual({ request });
  const sized = {
    ...draft,
    minPrefixLength: '/16',
    defaultPrefixLength: '24',
    maxPrefixLength: ' /28 ',
    quota: '4096',
  };
  const lengths = { minPrefixLength: 16, defaultPrefixLength: 24, maxPrefixLength: 28 };
  expect(poolOf({ ...sized, isShared: true })).toEqual({
    request: { ...request, ...lengths, quota: 4096, isShared: true },
  });
});

test('what is missing in it is said', () => {
  const missing = (some: Partial<typeof emptyPool>) =>
    poolOf({ ...emptyPool, name: 'store', prefixes: '10.0.0.0/8', ...some });
  expect(missing({ name: '' })).toEqual({ missing: 'Give it a name.' });
  expect(missing({ prefixes: ' ' })).toEqual({ missing: 'Write the ranges that subnets are cut out of.' });
  expect(missing({ maxPrefixLength: 'small' })).toHaveProperty('missing', expect.stringMatching(/such as 24/));
  expect(missing({ quota: 'much' })).toHaveProperty('missing', expect.stringMatching(/whole number/));
});

test('of a pool that is there, what operators say is sent where it changed', () => {
  const was = poolDraftOf(pool);
  const same = poolOf(was, was);
  expect(same).toMatchObject({ request: { prefixes: pool.prefixes, quota: 4096, minPrefixLength: 16 } });
  expect(same).not.toHaveProperty('request.isDefault');
  expect(poolOf({ ...was, isDefault: false }, was)).toMatchObject({ request: { isDefault: false } });
});

test('a pool is told in words', () => {
  expect(sizeWords(pool)).toBe('/16 to /28, else /24');
  expect(sizeWords({ ...pool, minPrefixLength: 24, maxPrefixLength: 24 })).toBe('/24');
  // None is larger than what the pool is made of.
  expect(sizeWords({ ...pool, prefixes: ['10.44.0.0/16'], minPrefixLength: 8 })).toBe('/16 to /28, else /24');
  expect(poolQuotaWords(pool)).toBe('4,096 addresses');
  expect(poolQuotaWords({ quota: 2, family: 6 })).toBe('2 networks of /64');
  expect(poolQuotaWords({ quota: null, family: 6 })).toBe('any amount');
  expect([familyIn('10.0.0.0/8'), familyIn('2001:db8::/32'), familyIn('')]).toEqual([4, 6, undefined]);
});
