import { UnkaiError } from '@unkai/contracts/errors';
import type { passwordChange } from '@unkai/contracts/resources/user';
import type { z } from 'zod';
import { auditRefused } from '../audit/audit.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit } from '../database/database.ts';
import { anonymousActor } from '../identity/actor.ts';
import { hashPassword, verifyPassword } from '../identity/password-hash.ts';
import { limiterOf } from '../identity/sign-in-limits.ts';
import type { RateLimit } from '../rate-limit.ts';
import { refuseField } from './refusal.ts';
import { exceptOwn } from './session.ts';

// Who found an open session guesses here; a user who mistypes does not come that far.
const perUser: RateLimit = { name: 'password-change', attempts: 10, seconds: 300 };

/** The refusal of a new password that is the present one. */
export function refuseSamePassword(): UnkaiError {
  const fix = 'Choose a password that you do not have now; whoever knows the present one knows it too.';
  return refuseField('newPassword', 'must be another than the present password', fix);
}

/**
 * Gives a user the password of their choice; the old one shows that it is they. All other sessions end, and all tokens
 * (A08). An unknown or disabled user is answered as for a wrong password, in the same time (A12). Throws
 * `wrong_credentials`, `rate_limited`, and `invalid_input` for a new password that is the old one.
 */
export async function changePassword(
  call: Call,
  userId: string,
  input: z.output<typeof passwordChange>,
): Promise<void> {
  const { database } = call.core;
  const limiter = limiterOf(call.core);
  await limiter.attempt(perUser, userId);
  const user = await database.prisma.user.findFirst({
    where: { id: userId, isEnabled: true, domain: { isEnabled: true } },
    select: { id: true, name: true, passwordHash: true },
  });
  const fits = await verifyPassword(user?.passwordHash ?? null, input.currentPassword);
  if (user === null || !fits) {
    await auditRefused(call, 'user:update', {
      noun: 'user',
      id: userId,
      projectId: null,
      domainId: call.actor.domainId,
    });
    throw new UnkaiError('wrong_credentials', 'The password is wrong.');
  }
  // Only who knows the present one is told that the new one is no other.
  if (input.newPassword === input.currentPassword) throw refuseSamePassword();
  const passwordHash = await hashPassword(input.newPassword);
  await commit(database, async (unit) => {
    // Only over the password that was shown: of two changes at once one finds another.
    const changed = await unit.tx.user.updateMany({
      where: { id: user.id, passwordHash: user.passwordHash },
      data: { passwordHash, passwordChangedAt: new Date(), passwordExpiresAt: null },
    });
    if (changed.count === 0) throw new UnkaiError('wrong_credentials', 'The password is wrong.');
    const isOwn = call.actor.userId === user.id;
    await unit.tx.session.deleteMany({ where: { userId: user.id, ...(isOwn && exceptOwn(call)) } });
    const actor = isOwn ? call.actor : { ...anonymousActor, userId: user.id, name: user.name };
    const about = { id: user.id, name: user.name, projectId: null, detail: 'password changed by its user' };
    await recordChange(unit, { ...call, actor }, { action: 'user:update', kind: 'changed', ...about });
  });
  await limiter.forgive(perUser, userId);
}
