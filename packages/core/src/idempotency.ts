import { createHash } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database, Transaction } from './database/database.ts';

/** The answer to a create, as far as it may be kept. `body` is null where it showed a secret, which is kept nowhere. */
const keptAnswer = z.object({ status: z.number().int(), location: z.string().nullable(), body: z.unknown() });
export type KeptAnswer = z.infer<typeof keptAnswer>;

export interface KeyedRequest {
  readonly userId: string;
  /** What the caller sent as `Idempotency-Key`. */
  readonly key: string;
  /** Method, path and body: what makes two requests the same. */
  readonly content: string;
  readonly showsSecret: boolean;
  /** The answer for what the create's transaction gave back. Throws when that is not what the operation answers with. */
  readonly answerTo: (made: unknown) => KeptAnswer;
}

/**
 * Does a create once for each key of a user. What is made and the answer to it are written in one transaction, so
 * whatever is killed, and whenever, either both are there and the same request again gets that answer, or neither is
 * and it does the work anew. Nothing is held meanwhile: of two requests at once both work, the key lets one commit, and
 * the other gets its answer.
 *
 * `work` must make everything in one `commit` of the database that it is given. Throws `idempotency_mismatch` for
 * another request under the key, and `conflict` where the answer cannot be repeated because it showed a secret.
 */
export async function once(
  database: Database,
  request: KeyedRequest,
  work: (database: Database) => Promise<KeptAnswer>,
): Promise<{ answer: KeptAnswer; isReplay: boolean }> {
  const hash = createHash('sha256').update(request.content).digest();
  const earlier = await earlierAnswer(database, request, hash);
  if (earlier !== null) return { answer: earlier, isReplay: true };
  const beforeCommit = (tx: Transaction, made: unknown) => keep(tx, request, { hash, made });
  try {
    return { answer: await work({ ...database, beforeCommit }), isReplay: false };
  } catch (error) {
    // Another with this key may have been quicker, which also takes names and quota; or this very commit arrived and only
    // the word of it was lost. What is there tells.
    const made = await earlierAnswer(database, request, hash).catch((lookup) => rethrowOurs(lookup));
    if (made === null) throw error;
    return { answer: made, isReplay: true };
  }
}

/** A lookup that itself broke says nothing, and what broke before it is told. */
function rethrowOurs(error: unknown): null {
  if (error instanceof UnkaiError) throw error;
  return null;
}

/** A key is kept for a day, by the clock of the database; an older one is free again. */
const isOld = sql<boolean>`idempotency_key.created_at <= now() - interval '1 day'`;

async function earlierAnswer({ kysely }: Database, request: KeyedRequest, hash: Buffer): Promise<KeptAnswer | null> {
  const row = await kysely
    .selectFrom('idempotency_key')
    .where('user_id', '=', request.userId)
    .where('key', '=', request.key)
    .where((expression) => expression.not(isOld))
    .select(['request_hash', 'response'])
    .executeTakeFirst();
  if (!row) return null;
  if (!Buffer.from(row.request_hash).equals(hash)) {
    throw new UnkaiError('idempotency_mismatch', 'This Idempotency-Key was used for a different request.');
  }
  const answer = keptAnswer.parse(row.response);
  if (!request.showsSecret) return answer;
  throw new UnkaiError('conflict', 'The first answer to this Idempotency-Key held a secret that is shown only once.', {
    next: `Delete what it made${answer.location === null ? '' : ` (${answer.location})`} and make another with a new key.`,
  });
}

/**
 * Writes the answer beside what was made. It is the last statement before the commit, so whoever waits here for another
 * with the same key waits for no more than that one's commit.
 */
async function keep(tx: Transaction, request: KeyedRequest, { hash, made }: { hash: Buffer; made: unknown }) {
  const { userId, key, showsSecret } = request;
  const answer = request.answerTo(made);
  const kept = JSON.stringify({ ...answer, body: showsSecret ? null : answer.body });
  const written = await tx.$executeRaw`
    INSERT INTO idempotency_key (user_id, key, request_hash, response)
    VALUES (${userId}::uuid, ${key}, ${hash}, ${kept}::jsonb)
    ON CONFLICT (user_id, key) DO UPDATE
      SET request_hash = excluded.request_hash, response = excluded.response, created_at = now()
      WHERE idempotency_key.created_at <= now() - interval '1 day'`;
  if (written > 0) return;
  throw new UnkaiError('conflict', 'Another request with this Idempotency-Key was made at the same time.', {
    next: 'Send the same request again; it gets the answer of the one that came first.',
  });
}
