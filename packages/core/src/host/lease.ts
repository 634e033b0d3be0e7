import { UnkaiError } from '@unkai/contracts/errors';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { notFound } from '../access.ts';
import type { Unit } from '../database/database.ts';
import { emit } from '../events.ts';

/** How long a host may count on its servers after a heartbeat was answered. */
export const leaseSeconds = 30;

/**
 * Who was last heard before may no longer count on what it has. By the database's clock, by which heartbeats are noted: a
 * program whose own is ahead would take for over what a host still counts on.
 */
export const leaseEndedBefore = () => Prisma.sql`(now() - ${leaseSeconds} * interval '1 second')`;

const standing = z.array(z.object({ isUp: z.boolean(), isForcedDown: z.boolean(), secondsLeft: z.number() }));
type Standing = z.infer<typeof standing>[number];

function requireDead(name: string, { isUp, isForcedDown, secondsLeft }: Standing): void {
  if (isUp) {
    throw new UnkaiError('wrong_state', `The host ${name} answers: its servers run there.`, {
      next: 'Stop the machine first, or say that it is off (isForcedDown) when you know that it is.',
    });
  }
  if (isForcedDown || secondsLeft <= 0) return;
  const seconds = Math.ceil(secondsLeft);
  throw new UnkaiError(
    'wrong_state',
    `The lease of the host ${name} ends in ${seconds} s: until then its servers are its own.`,
    {
      next: 'Ask again then, or say that the machine is off (isForcedDown) when you know that it is.',
    },
  );
}

/**
 * Ends what a dead host knows of its servers: when it comes back it finds another generation, and lets go of all that is
 * not its own any more before it counts again (H29). Throws `wrong_state` while it answers or may still count on its lease,
 * and until the commit it does not come back; `not_found` when it was removed.
 */
export async function fenceHost({ tx }: Unit, { id, name }: { readonly id: string; readonly name: string }) {
  const [seen] = standing.parse(
    await tx.$queryRaw<unknown[]>`
      SELECT is_up AS "isUp", is_forced_down AS "isForcedDown",
        extract(epoch FROM last_heartbeat_at - ${leaseEndedBefore()})::float8 AS "secondsLeft"
      FROM host WHERE id = ${id}::uuid FOR NO KEY UPDATE`,
  );
  if (seen === undefined) throw notFound('host', id);
  requireDead(name, seen);
  await tx.$executeRaw`
    UPDATE host SET lease_generation = lease_generation + 1, fenced_at = now() WHERE id = ${id}::uuid`;
  await emit(tx, { projectId: null, noun: 'host', resourceId: id, kind: 'changed' });
}
