import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { commit, type Database } from '../src/database/database.ts';
import { type KeptAnswer, type KeyedRequest, once } from '../src/idempotency.ts';

/** Moments of a create at which something can happen to it. */
export type Moment = 'before its transaction' | 'in its transaction' | 'after its transaction';

export interface KeyedCreate {
  readonly userId: string;
  readonly key: string;
  /** What is asked for; another under the same key is another request. */
  readonly wish?: string;
  readonly showsSecret?: boolean;
  readonly at?: (moment: Moment) => Promise<void> | void;
}

const made = z.object({ id: z.string() });

/** Makes an image, of which nothing is unique: whatever makes two of them shows. */
export async function createOnce(database: Database, create: KeyedCreate) {
  const { userId, key, wish = 'an image', showsSecret = false, at } = create;
  const answerTo = (result: unknown): KeptAnswer => {
    const { id } = made.parse(result);
    return { status: 201, location: `/v1/images/${id}`, body: { id } };
  };
  const request: KeyedRequest = { userId, key, content: wish, showsSecret, answerTo };
  return once(database, request, async (keyed) => {
    await at?.('before its transaction');
    const row = await commit(keyed, async ({ tx }) => {
      const sha256 = randomBytes(32).toString('hex');
      const image = await tx.image.create({ data: { ...imageColumns, sha256, name: key }, select: { id: true } });
      await at?.('in its transaction');
      return image;
    });
    await at?.('after its transaction');
    return answerTo(row);
  });
}

const imageColumns = {
  state: 'active',
  visibility: 'public',
  diskFormat: 'raw',
  sizeBytes: 4,
  virtualSizeBytes: 1024,
};

export function countImages({ prisma }: Database, key: string): Promise<number> {
  return prisma.image.count({ where: { name: key } });
}
