import { timingSafeEqual } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import { type Call, keysOf } from '../call.ts';
import { credentialHash } from './credentials.ts';
import { asksForCode, useCode } from './one-time-code.ts';
import {
  type CheckedUser,
  checkPassword,
  type Meanwhile,
  type ProvenUser,
  provenColumns,
  type UserReference,
  wrongCredentials,
} from './password-check.ts';
import { verifyReceipt } from './receipt.ts';
import { type TokenFacts, type TokenMethod, tokenMethods, verifyToken } from './token.ts';
import { readTokenActor } from './token-actor.ts';

/** How somebody shows who they are. Several at once must all be of the same user. */
export interface Proofs {
  readonly password?: { readonly user: UserReference; readonly password: string };
  /** Counts only beside a password: it is the second factor, never the only one (A13). */
  readonly totp?: { readonly user: UserReference; readonly code: string };
  /** Of a password that was right a moment ago; counts only beside a one-time code. */
  readonly receipt?: string;
  readonly token?: string;
  readonly applicationCredential?: {
    readonly of: { readonly id: string } | { readonly name: string; readonly user: UserReference };
    readonly secret: string;
  };
}

/** Who it is, by what, and what a token made from that can be at most. */
export interface Proven {
  readonly user: ProvenUser;
  readonly methods: readonly TokenMethod[];
  /** The token that was shown, which no child outlives or exceeds. */
  readonly parent: TokenFacts | null;
  /** What was shown instead of a password, and is for one project. */
  readonly stored: {
    readonly kind: 'application-credential' | 'ec2';
    readonly id: string;
    readonly projectId: string;
    readonly expiresAt: Date | null;
  } | null;
}

/**
 * Finds out who signs in; `meanwhile` hears who claims to be it by password. Throws `wrong_credentials` for whatever does not fit, `second_factor_needed` once the password
 * was right, and what `checkPassword` throws.
 */
export async function proveUser(call: Call, proofs: Proofs, meanwhile?: Meanwhile): Promise<Proven> {
  const byToken = proofs.token === undefined ? null : await proveByToken(call, proofs.token);
  const byCredential =
    proofs.applicationCredential === undefined ? null : await proveByCredential(call, proofs.applicationCredential);
  const byPassword =
    proofs.password === undefined ? await proveByReceipt(call, proofs) : await proveByPassword(call, proofs, meanwhile);
  const proven = [byPassword, byToken, byCredential].filter((each) => each !== null);
  const [first] = proven;
  // A one-time code alone shows nothing, and two people are nobody.
  const isOne = first !== undefined && proven.every(({ user }) => user.id === first.user.id);
  if (!isOne || (proofs.totp !== undefined && byPassword === null)) throw await wrongCredentials(call);
  const parent = byToken?.parent ?? null;
  const methods = tokenMethods.filter((method) => proven.some((each) => each.methods.includes(method)));
  return {
    user: byToken?.user ?? first.user,
    methods,
    parent,
    stored: byCredential?.stored ?? null,
  };
}

async function proveByPassword(
  call: Call,
  { password, totp }: Proofs,
  meanwhile: Meanwhile | undefined,
): Promise<Proven | null> {
  if (password === undefined) return null;
  const user = await checkPassword(call, password.user, password.password, meanwhile);
  const methods: TokenMethod[] = totp === undefined ? ['password'] : ['password', 'totp'];
  await requireCode(call, user, totp?.code);
  return { user, methods, parent: null, stored: null };
}

/** The password was right; a one-time code is missing, and nothing else. */
export class CodeNeeded extends UnkaiError {
  readonly user: ProvenUser;

  constructor(user: ProvenUser) {
    super('second_factor_needed', 'A one-time code is needed as well.');
    this.user = user;
  }
}

async function proveByReceipt(call: Call, { receipt, totp }: Proofs): Promise<Proven | null> {
  if (receipt === undefined) return null;
  const facts = verifyReceipt(receipt, keysOf(call.core).tokens);
  const where = { id: facts?.userId ?? '', isEnabled: true, domain: { isEnabled: true } };
  const user = facts === null ? null : await call.core.database.prisma.user.findFirst({ where, select: provenColumns });
  if (user === null || totp === undefined || user.tokenGeneration !== facts?.generation) {
    throw await wrongCredentials(call, 'a receipt that does not hold');
  }
  await requireCode(call, user, totp.code);
  return { user, methods: ['password', 'totp'], parent: null, stored: null };
}

/** The second step, after the password was right. Throws `second_factor_needed`, as `CodeNeeded` when there is no code. */
export async function requireCode(call: Call, user: ProvenUser | CheckedUser, code: string | undefined): Promise<void> {
  const asks = 'asksForCode' in user ? user.asksForCode : await asksForCode(call, user.id);
  if (!asks) {
    // Without a second factor there is no code that could be right.
    if (code !== undefined) throw await wrongCredentials(call, 'a code of a user without one-time codes');
    return;
  }
  if (code === undefined) throw new CodeNeeded(user);
  await useCode(call, user.id, code);
}

async function proveByToken(call: Call, token: string): Promise<Proven> {
  const parent = verifyToken(token, keysOf(call.core).tokens);
  const known = parent === null ? null : await readTokenActor(call.core, parent);
  if (parent === null || known === null) throw await wrongCredentials(call, 'a token that does not hold');
  const where = { id: parent.userId };
  const user = await call.core.database.prisma.user.findUniqueOrThrow({ where, select: provenColumns });
  // The generation is the parent's: whatever ends that one ends the child too.
  const asThen = { ...user, tokenGeneration: parent.generation };
  return { user: asThen, methods: ['token', ...parent.methods], parent, stored: null };
}

type CredentialProof = NonNullable<Proofs['applicationCredential']>;

async function proveByCredential(call: Call, { of, secret }: CredentialProof): Promise<Proven> {
  const domain = 'id' in of || 'id' in of.user ? null : of.user.domain;
  const inDomain = domain === null ? {} : 'id' in domain ? { id: domain.id } : { name: domain.name };
  const owner = 'id' in of ? {} : 'id' in of.user ? { id: of.user.id } : { name: of.user.name };
  const row = await call.core.database.prisma.applicationCredential.findFirst({
    where: {
      ...('id' in of ? { id: of.id } : { name: of.name }),
      user: { ...owner, isEnabled: true, domain: { ...inDomain, isEnabled: true } },
    },
    include: { user: { select: provenColumns } },
  });
  const fits = timingSafeEqual(credentialHash(secret), row?.secretHash ?? new Uint8Array(32));
  const hasExpired = row !== null && row.expiresAt !== null && row.expiresAt.getTime() <= Date.now();
  if (row === null || !fits || hasExpired)
    throw await wrongCredentials(call, 'an application credential that does not hold');
  const { id, projectId, expiresAt, user } = row;
  return {
    user,
    methods: ['application_credential'],
    parent: null,
    stored: { kind: 'application-credential', id, projectId, expiresAt },
  };
}
