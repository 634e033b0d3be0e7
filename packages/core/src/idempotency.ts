import { createHash } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import type { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Database } from './database.ts';

/** The answer to a create, as far as it may be kept. `body` is null where it showed a secret, which is kept nowhere. */
const keptAnswer = z.object({ status: z.number().int(), location: z.string().nullable(), body: z.unknown() });
export type KeptAnswer = z.infer<typeof keptAnswer>;

const stored = z.union([z.object({ answer: keptAnswer }), z.object({ answer: z.null() })]);

export interface KeyedRequest {
  readonly userId: string;
  /** What the caller sent as `Idempotency-Key`. */
  readonly key: string;
  /** Method, path and body: what makes two requests the same. */
  readonly content: string;
  readonly showsSecret: boolean;
}

/**
 * Does `work` once for each key of a user. The key is taken before anything is made, so two requests at once, or a retry
 * after a crash, never make two; a failed request gives its key back. The same request again gets the kept answer.
 * Throws `idempotency_mismatch` for another request under the key, and `conflict` while, or if for ever, the first has
 * no answer that could be repeated.
 */
export async function once(
  database: Database,
  request: KeyedRequest,
  work: () => Promise<KeptAnswer>,
): Promise<{ answer: KeptAnswer; isReplay: boolean }> {
  const requestHash = new Uint8Array(createHash('sha256').update(request.content).digest());
  const where = { userId_key: { userId: request.userId, key: request.key } };
  const taken = await database.prisma.idempotencyKey.createMany({
    data: { userId: request.userId, key: request.key, requestHash, response: { answer: null } },
    skipDuplicates: true,
  });
  if (taken.count === 0) {
    if (await forgetOld(database, request)) return once(database, request, work);
    return { answer: await earlierAnswer(database, request, requestHash), isReplay: true };
  }
  try {
    const answer = await work();
    const kept = { ...answer, body: request.showsSecret ? null : answer.body };
    await database.prisma.idempotencyKey.update({ where, data: { response: { answer: asJson(kept) } } });
    return { answer, isReplay: false };
  } catch (error) {
    await database.prisma.idempotencyKey.deleteMany({ where: { userId: request.userId, key: request.key } });
    throw error;
  }
}

const keptMs = 24 * 60 * 60 * 1000;

/** A key older than a day is free again. */
async function forgetOld({ prisma }: Database, { userId, key }: KeyedRequest): Promise<boolean> {
  const createdAt = { lt: new Date(Date.now() - keptMs) };
  return (await prisma.idempotencyKey.deleteMany({ where: { userId, key, createdAt } })).count > 0;
}

async function earlierAnswer(database: Database, request: KeyedRequest, hash: Uint8Array): Promise<KeptAnswer> {
  const row = await database.prisma.idempotencyKey.findUnique({
    where: { userId_key: { userId: request.userId, key: request.key } },
  });
  if (row !== null && !Buffer.from(row.requestHash).equals(hash)) {
    throw new UnkaiError('idempotency_mismatch', 'This Idempotency-Key was used for a different request.');
  }
  const answer = row === null ? null : stored.parse(row.response).answer;
  if (answer === null) {
    throw new UnkaiError('conflict', 'The first request with this Idempotency-Key has not been answered.', {
      next: 'Wait a few seconds and repeat it; if this stays so, list the resources to see whether it was made.',
    });
  }
  if (request.showsSecret) {
    throw new UnkaiError(
      'conflict',
      'The first answer to this Idempotency-Key held a secret that is shown only once.',
      {
        next: 'Delete what it made and make another with a new key.',
      },
    );
  }
  return answer;
}

function asJson({ status, location, body }: KeptAnswer): Prisma.InputJsonObject {
  return { status, location, body: z.json().parse(body) };
}
