import { createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Scope } from '../call.ts';

/** How a token's bearer proved who they are; the names are OpenStack's. */
export const tokenMethods = ['password', 'token', 'application_credential', 'totp', 'openid', 'ec2credential'] as const;
export type TokenMethod = (typeof tokenMethods)[number];

const credentialKinds = ['application-credential', 'trust', 'ec2'] as const;

/** All that a token says. What its user may do is not in it: that is looked up, so that it can be taken away. */
export interface TokenFacts {
  /** Who authenticated; a trust's trustee. */
  readonly userId: string;
  readonly scope: Scope;
  readonly methods: readonly TokenMethod[];
  /** Milliseconds of the epoch. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** The user's token generation when they authenticated: a new password, or being disabled, ends a generation. */
  readonly generation: number;
  /** As `generation`, of what the token is for: being disabled ends one, for a project those above it and its domain too. */
  readonly scopeGeneration: number;
  /** The stored credential that the token depends on and dies with. */
  readonly credential: { readonly kind: (typeof credentialKinds)[number]; readonly id: string } | null;
  /** The token's own id, then those of the tokens that it was made from, the first of them last. Any of them revokes it. */
  readonly auditIds: readonly string[];
}

export const tokenPrefix = 'ukt_';
/** Longest header value that every client and proxy of OpenStack carries; nothing longer is looked at (A14). */
export const longestToken = 255;
/** A token, the one it was made from, and so on: more than this many do not fit, so nobody makes an eighth. */
export const longestChain = 7;

const version = 2;
const macBytes = 32;
const uuidBytes = 16;
const auditIdBytes = 12;
/** Version, methods, kinds, two times, two generations. */
const headerBytes = 1 + 1 + 1 + 6 + 6 + 4 + 4;
const scopeKinds = ['unscoped', 'system', 'project', 'domain'] as const;

export function newAuditId(): string {
  return randomBytes(auditIdBytes).toString('base64url');
}

/**
 * A token: `ukt_` and in base64url a compact record with its HMAC-SHA-256, at most 255 characters. Throws RangeError for
 * more than `longestChain` audit ids.
 */
export function signToken(facts: TokenFacts, key: KeyObject): string {
  const { auditIds } = facts;
  if (auditIds.length < 1 || auditIds.length > longestChain) throw new RangeError('a chain of 1 to 7 tokens');
  const record = Buffer.concat([
    header(facts),
    uuidToBytes(facts.userId),
    scopeToBytes(facts.scope),
    ...(facts.credential === null ? [] : [uuidToBytes(facts.credential.id)]),
    ...auditIds.map((id) => exactly(Buffer.from(id, 'base64url'), auditIdBytes)),
  ]);
  return tokenPrefix + Buffer.concat([record, macOf(record, key)]).toString('base64url');
}

function header({ methods, scope, credential, issuedAt, expiresAt, ...generations }: TokenFacts): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.writeUInt8(version, 0);
  bytes.writeUInt8(
    methods.reduce((bits, method) => bits | (1 << tokenMethods.indexOf(method)), 0),
    1,
  );
  const credentialKind = credential === null ? 0 : credentialKinds.indexOf(credential.kind) + 1;
  bytes.writeUInt8(scopeKinds.indexOf(scope.kind) | (credentialKind << 2), 2);
  bytes.writeUIntBE(issuedAt, 3, 6);
  bytes.writeUIntBE(expiresAt, 9, 6);
  bytes.writeUInt32BE(generations.generation, 15);
  bytes.writeUInt32BE(generations.scopeGeneration, 19);
  return bytes;
}

/**
 * What a token says, when this installation signed it and its time has not come; else null, for whatever reason. Needs
 * no database; whether it was revoked is another question.
 */
export function verifyToken(token: string, key: KeyObject, now = Date.now()): TokenFacts | null {
  if (token.length > longestToken || !token.startsWith(tokenPrefix)) return null;
  const text = token.slice(tokenPrefix.length);
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length < headerBytes + uuidBytes + auditIdBytes + macBytes) return null;
  const record = bytes.subarray(0, -macBytes);
  if (!timingSafeEqual(bytes.subarray(-macBytes), macOf(record, key))) return null;
  // One token has one spelling: the decoder passes over stray characters and unused bits.
  if (bytes.toString('base64url') !== text) return null;
  const facts = parse(record);
  return facts !== null && facts.expiresAt > now ? facts : null;
}

/** Only what was signed gets here, but another version of this program may have signed it. */
function parse(record: Buffer): TokenFacts | null {
  if (record.readUInt8(0) !== version) return null;
  const methodBits = record.readUInt8(1);
  const kinds = record.readUInt8(2);
  const scopeKind = scopeKinds[kinds & 3];
  const credentialKind = credentialKinds[(kinds >> 2) - 1];
  let at = headerBytes;
  const next = (length: number) => {
    at += length;
    return record.subarray(at - length, at);
  };
  const userId = bytesToUuid(next(uuidBytes));
  const scope = scopeFromBytes(scopeKind, () => bytesToUuid(next(uuidBytes)));
  const credential = credentialKind === undefined ? null : { kind: credentialKind, id: bytesToUuid(next(uuidBytes)) };
  const auditIds: string[] = [];
  while (at < record.length) auditIds.push(next(auditIdBytes).toString('base64url'));
  return {
    userId,
    scope,
    methods: tokenMethods.filter((_, bit) => methodBits & (1 << bit)),
    issuedAt: record.readUIntBE(3, 6),
    expiresAt: record.readUIntBE(9, 6),
    generation: record.readUInt32BE(15),
    scopeGeneration: record.readUInt32BE(19),
    credential,
    auditIds,
  };
}

function scopeToBytes(scope: Scope): Buffer {
  if (scope.kind === 'project') return uuidToBytes(scope.projectId);
  return scope.kind === 'domain' ? uuidToBytes(scope.domainId) : Buffer.alloc(0);
}

function scopeFromBytes(kind: Scope['kind'] | undefined, readId: () => string): Scope {
  if (kind === 'project') return { kind, projectId: readId() };
  if (kind === 'domain') return { kind, domainId: readId() };
  return { kind: kind === 'system' ? 'system' : 'unscoped' };
}

function macOf(record: Uint8Array, key: KeyObject): Buffer {
  return createHmac('sha256', key).update(record).digest();
}

function uuidToBytes(id: string): Buffer {
  return exactly(Buffer.from(id.replaceAll('-', ''), 'hex'), uuidBytes);
}

function bytesToUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function exactly(bytes: Buffer, length: number): Buffer {
  if (bytes.length !== length) throw new TypeError(`an id of ${length} bytes`);
  return bytes;
}
