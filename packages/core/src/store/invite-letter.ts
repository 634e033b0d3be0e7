import { roleName } from '@unkai/contracts/permissions';
import type { InviteSent } from '@unkai/contracts/resources/invite';
import { callerId } from '../access.ts';
import type { Call } from '../call.ts';
import type { Unit } from '../database/database.ts';
import { limiterOf } from '../identity/sign-in-limits.ts';
import { linkTo, queueMail } from '../mail/mail.ts';
import type { RateLimit } from '../rate-limit.ts';
import { type FoundInvite, placeOf, viewInvite } from './invite-row.ts';

// Letters go to people who asked for none, and an invite that is revoked makes room for the next.
const perSender: RateLimit = { name: 'invite-sender', attempts: 100, seconds: 3_600 };
const perAddress: RateLimit = { name: 'invite-address', attempts: 5, seconds: 3_600 };

/** Counts a letter before it is written. Throws `rate_limited`. */
export async function countInvite(call: Call, email: string): Promise<void> {
  const limiter = limiterOf(call.core);
  await limiter.attempt(perSender, callerId(call));
  await limiter.attempt(perAddress, email);
}

/** Writes the letter with the link. Where no mail server sends it, who invites is shown the link, once. */
export async function sendInvite(unit: Unit, call: Call, row: FoundInvite, secret: string): Promise<InviteSent> {
  const { core, actor } = call;
  const link = linkTo(core, '/invite', secret);
  const { projectId, projectName, domainId, domainName } = placeOf(row);
  await queueMail(unit, core, {
    to: row.email,
    template: 'invite',
    values: {
      link,
      projectName,
      domainName,
      message: row.message,
      role: roleName.parse(row.role),
      invitedBy: actor.name,
      expiresAt: row.expiresAt.toISOString(),
    },
    projectId,
    domainId,
  });
  const isLinkShown = core.sendsMail !== true;
  await unit.tx.invite.update({ where: { id: row.id }, data: { isLinkShown } });
  return { ...viewInvite(row), link: isLinkShown ? link : null };
}
