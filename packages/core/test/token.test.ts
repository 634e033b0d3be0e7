import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scope } from '../src/call.ts';
import {
  longestChain,
  longestToken,
  newAuditId,
  signToken,
  type TokenFacts,
  tokenMethods,
  verifyToken,
} from '../src/identity/token.ts';
import { openKeys } from '../src/keys.ts';

const { tokens: key } = openKeys('a'.repeat(64));
const now = Date.UTC(2026, 0, 1);

const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.record({ kind: fc.constant('project'), projectId: fc.uuid() }),
  fc.record({ kind: fc.constant('domain'), domainId: fc.uuid() }),
  fc.constant({ kind: 'system' } as const),
  fc.constant({ kind: 'unscoped' } as const),
);
const auditId = fc
  .uint8Array({ minLength: 12, maxLength: 12 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));
const facts: fc.Arbitrary<TokenFacts> = fc.record({
  userId: fc.uuid(),
  scope,
  methods: fc.subarray([...tokenMethods]),
  issuedAt: fc.integer({ min: 0, max: now }),
  expiresAt: fc.integer({ min: now + 1, max: 2 ** 48 - 1 }),
  generation: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  scopeGeneration: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  credential: fc.option(
    fc.record({
      kind: fc.constantFrom('application-credential' as const, 'trust' as const, 'ec2' as const),
      id: fc.uuid(),
    }),
  ),
  auditIds: fc.array(auditId, { minLength: 1, maxLength: longestChain }),
});

const plain: TokenFacts = {
  userId: randomUUID(),
  scope: { kind: 'project', projectId: randomUUID() },
  methods: ['password'],
  issuedAt: now,
  expiresAt: now + 3_600_000,
  generation: 3,
  scopeGeneration: 1,
  credential: null,
  auditIds: [newAuditId()],
};

describe('a token', () => {
  test('says again what was signed, in at most 255 characters that every header takes', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const token = signToken(given, key);
        expect(token).toMatch(/^ukt_[\w-]+$/);
        expect(token.length).toBeLessThanOrEqual(longestToken);
        expect(verifyToken(token, key, now)).toEqual(given);
      }),
    );
  });

  test('survives the flip of no bit', () => {
    const token = signToken(plain, key);
    for (let index = 0; index < token.length; index += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const flipped = String.fromCharCode(token.charCodeAt(index) ^ (1 << bit));
        expect(verifyToken(token.slice(0, index) + flipped + token.slice(index + 1), key, now)).toBeNull();
      }
    }
  });

  test('has one spelling', () => {
    const token = signToken(plain, key);
    for (const other of [`${token}=`, `${token} `, ` ${token}`, `${token}\n`, token.toUpperCase(), `${token}A`]) {
      expect(verifyToken(other, key, now)).toBeNull();
    }
    for (let length = 0; length < token.length; length += 1) {
      expect(verifyToken(token.slice(0, length), key, now)).toBeNull();
    }
  });

  test('is nothing to another installation', () => {
    expect(verifyToken(signToken(plain, key), openKeys('b'.repeat(64)).tokens, now)).toBeNull();
  });

  test('ends when it said it would', () => {
    const token = signToken(plain, key);
    expect(verifyToken(token, key, plain.expiresAt - 1)).not.toBeNull();
    expect(verifyToken(token, key, plain.expiresAt)).toBeNull();
  });

  test('A14: what is too long, or not like a token at all, is not even decoded', () => {
    expect(verifyToken(`ukt_${'A'.repeat(longestToken)}`, key, now)).toBeNull();
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => verifyToken(text, key, now) === null));
    fc.assert(
      fc.property(fc.base64String({ maxLength: 300 }), (text) => verifyToken(`ukt_${text}`, key, now) === null),
    );
  });

  test('A10: a chain that does not fit is not made', () => {
    const auditIds = Array.from({ length: longestChain + 1 }, newAuditId);
    expect(() => signToken({ ...plain, auditIds }, key)).toThrow(RangeError);
  });
});
