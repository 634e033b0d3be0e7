// Refusals that no lookup writes: what was not let in at all, or not let further. Anybody can ask for them as often as they
// like, so each is written a few times and then no more for a while: a flood does not fill the log.
import { UnkaiError } from '@unkai/contracts/errors';
import type { Call } from '../call.ts';
import { credentialPrefixes } from '../identity/credentials.ts';
import { limiterOf } from '../identity/sign-in-limits.ts';
import { tokenPrefix } from '../identity/token.ts';
import { QuotaExceeded } from '../quota/quota-exceeded.ts';
import type { RateLimit } from '../rate-limit.ts';
import { type AuditEntry, hasLine, isRefusal, withLine, writeAuditLine } from './audit.ts';

/** Of one caller, for one action on one thing. */
const perCaller: RateLimit = { name: 'refusal-lines', attempts: 5, seconds: 300 };
/** Of everybody who is not known, whatever their addresses, for one action. */
const ofStrangers: RateLimit = { name: 'refusal-lines-of-strangers', attempts: 300, seconds: 300 };

type Refusal = Omit<AuditEntry, 'outcome' | 'before' | 'after'>;

/** Writes a refused attempt, unless enough of the same were written in the last minutes. */
export async function auditRefusal(call: Call, refusal: Refusal): Promise<void> {
  const { actor, address, core } = call;
  const limiter = limiterOf(core);
  const { action, id, name, projectId } = refusal;
  try {
    await limiter.attempt(perCaller, JSON.stringify([action, actor.userId ?? address, id, name, projectId]));
    if (actor.userId === null) await limiter.attempt(ofStrangers, action);
  } catch (error) {
    if (error instanceof UnkaiError && error.code === 'rate_limited') return;
    throw error;
  }
  await writeAuditLine(core.database.prisma, call, { ...refusal, outcome: 'refused' });
}

/** Writes that an operation was refused for want of quota; of every other error it writes nothing. */
export async function auditQuotaRefusal(call: Call, action: AuditEntry['action'], error: unknown): Promise<void> {
  // What is only tried is no attempt.
  if (!(error instanceof QuotaExceeded) || call.core.database.isDryRun) return;
  await auditRefusal(call, { action, id: null, name: null, projectId: error.projectId, detail: error.message });
}

/**
 * Writes that a rule of an operation refused what the role would have permitted, such as lending on with a credential
 * that lends nothing. Of a refusal that a lookup wrote, and of every other error, it writes nothing.
 */
export async function auditRuleRefusal(
  call: Call,
  { action, name }: Pick<AuditEntry, 'action' | 'name'>,
  error: unknown,
): Promise<void> {
  if (!(error instanceof UnkaiError) || !isRefusal(error) || hasLine(error)) return;
  await auditRefusal(call, { action, id: null, name, projectId: null, detail: error.message });
  withLine(error);
}

const credentialNouns = [
  [credentialPrefixes.session, 'session'],
  [credentialPrefixes.apiToken, 'api-token'],
  [tokenPrefix, 'token'],
] as const;

/** Writes that somebody came with a credential that is none: it never was, was revoked, or has expired. */
export async function auditBadCredential(call: Call, credential: string): Promise<void> {
  const noun = credentialNouns.find(([prefix]) => credential.startsWith(prefix))?.[1] ?? 'credential';
  const detail = 'it is unknown, was revoked or has expired';
  await auditRefusal(call, { action: `${noun}:use`, id: null, name: null, projectId: null, detail });
}
