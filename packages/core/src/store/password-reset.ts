import type { passwordResetComplete, passwordResetCompleted } from '@unkai/contracts/resources/password-reset';
import type { z } from 'zod';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit } from '../database/database.ts';
import { anonymousActor } from '../identity/actor.ts';
import { hashPassword } from '../identity/password-hash.ts';
import { queueMail } from '../mail/mail.ts';
import { findLink, requestMail, useLink } from '../mail/mail-link.ts';

/** Asks for the letter with which a new password is chosen. Throws `rate_limited`; of accounts it tells nothing (A12). */
export async function askForPassword(call: Call, email: string): Promise<{ email: string }> {
  await requestMail(call, 'password-reset', email);
  return { email };
}

/**
 * Gives the user whom a link was sent to the password of their choice. All sessions end, and all tokens (A08); one-time
 * codes stay on, so the link alone signs nobody in who has them (A13). Throws `invalid_input` for a link of no use.
 */
export async function resetPassword(
  call: Call,
  { token, newPassword }: z.output<typeof passwordResetComplete>,
): Promise<z.infer<typeof passwordResetCompleted>> {
  const link = await findLink(call, 'password-reset', token);
  const passwordHash = await hashPassword(newPassword);
  return commit(call.core.database, async (unit) => {
    const { tx } = unit;
    await useLink(tx, link);
    const changed = { passwordHash, passwordChangedAt: new Date(), passwordExpiresAt: null };
    const where = { id: link.userId ?? '' };
    const user = await tx.user.update({ where, data: changed, include: { domain: { select: { name: true } } } });
    await tx.session.deleteMany({ where: { userId: user.id } });
    const own = { ...call, actor: { ...anonymousActor, userId: user.id, name: user.name } };
    const about = {
      id: user.id,
      name: user.name,
      projectId: null,
      detail: 'password chosen by a link that was mailed',
    };
    await recordChange(unit, own, { action: 'user:update', kind: 'changed', ...about });
    const values = { username: user.name, domain: user.domain.name };
    await queueMail(unit, call.core, { to: link.email, template: 'password-changed', values, userId: user.id });
    return { username: user.name, domainName: user.domain.name };
  });
}
