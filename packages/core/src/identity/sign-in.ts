import { UnkaiError } from '@unkai/contracts/errors';
import type { sessionCreate, sessionCreated } from '@unkai/contracts/resources/session';
import type { z } from 'zod';
import type { Call } from '../call.ts';
import { changePassword, refuseSamePassword } from '../store/password.ts';
import { refuseField } from '../store/refusal.ts';
import { openSession } from '../store/session.ts';
import { checkPasswordOfAnyAge, type UserReference } from './password-check.ts';
import { requireCode } from './token-proof.ts';

/**
 * Signs in by password, and a one-time code where the user turned them on: the password always comes first (A13). Throws
 * what `checkPassword` throws, and once the password was right `second_factor_needed`, or `password_expired` until a new
 * one comes with it.
 */
export async function signIn(
  call: Call,
  input: z.infer<typeof sessionCreate>,
  userAgent: string | null,
): Promise<z.infer<typeof sessionCreated>> {
  const { password, newPassword, code } = input;
  const user = await checkPasswordOfAnyAge(call, await whoSignsIn(call, input), password);
  requireNewPassword(user.hasExpired, password, newPassword);
  await requireCode(call, user, code);
  if (newPassword !== undefined) await changePassword(call, user.id, { currentPassword: password, newPassword });
  return openSession(call, user, userAgent);
}

/**
 * Whom the form means: whoever has the name in the domain, and where nobody has, whoever has shown that the address is
 * theirs. One question, whatever there is (A12).
 */
async function whoSignsIn({ core }: Call, { username, domain }: z.infer<typeof sessionCreate>): Promise<UserReference> {
  const named = { name: username, domain: { name: domain } };
  if (!username.includes('@')) return named;
  const ofAddress = { email: username.toLowerCase(), emailVerifiedAt: { not: null } };
  const found = await core.database.prisma.user.findMany({
    where: { OR: [{ name: username, domain: { name: { equals: domain, mode: 'insensitive' } } }, ofAddress] },
    select: { id: true, name: true, domain: { select: { name: true } } },
  });
  const isNamed = found.some(
    (each) => each.name === username && each.domain.name.toLowerCase() === domain.toLowerCase(),
  );
  const [owner] = found;
  return isNamed || owner === undefined ? named : { id: owner.id };
}

/** Whoever shows the right password may know that it has expired; it is not changed by the way while it has not. */
function requireNewPassword(hasExpired: boolean, password: string, newPassword: string | undefined): void {
  if (hasExpired && newPassword === undefined) {
    throw new UnkaiError('password_expired', 'The password is right, and has expired.');
  }
  if (!hasExpired && newPassword !== undefined) {
    const fix = 'Sign in without it, and change the password of your profile.';
    throw refuseField('newPassword', 'is only taken for a password that has expired', fix);
  }
  if (newPassword === password) throw refuseSamePassword();
}
