import { UnkaiError } from '@unkai/contracts/errors';
import { type SignUpPolicy, signUpMode, type signUpPolicyUpdate } from '@unkai/contracts/resources/sign-up';
import type { z } from 'zod';
import { grantedGlobally } from '../access.ts';
import type { Call, Core } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit } from '../database/database.ts';

/** There is one row, and so there is one id in the audit log. */
const policyId = '00000000-0000-4000-8000-000000000001';

/** Everybody may know it: the page to sign up says it. */
export async function readSignUpPolicy({ database }: Core): Promise<SignUpPolicy> {
  const row = await database.prisma.signUpPolicy.findFirst();
  return { mode: signUpMode.catch('off').parse(row?.mode), emailDomains: row?.emailDomains ?? [] };
}

/** Counts for links that were sent before, too. */
export async function updateSignUpPolicy(
  call: Call,
  { mode, emailDomains }: z.output<typeof signUpPolicyUpdate>,
): Promise<SignUpPolicy> {
  await grantedGlobally(call, 'sign-up-policy:update');
  const unique = [...new Set(emailDomains)];
  await commit(call.core.database, async (unit) => {
    await unit.tx.signUpPolicy.upsert({
      where: { isOnly: true },
      create: { mode, emailDomains: unique },
      update: { mode, emailDomains: unique },
    });
    const detail = unique.length === 0 ? mode : `${mode}: ${unique.join(', ')}`.slice(0, 500);
    const about = { id: policyId, name: 'sign-up', projectId: null, detail };
    await recordChange(unit, call, { action: 'sign-up-policy:update', kind: 'changed', ...about });
  });
  return { mode, emailDomains: unique };
}

/** Throws `forbidden` where the policy lets nobody with this address sign up; who has an account does not matter to it. */
export function requireSignUp({ mode, emailDomains }: SignUpPolicy, email: string): void {
  if (mode === 'off') {
    throw new UnkaiError('forbidden', 'Nobody can sign up here.', {
      next: 'Ask an operator of this cloud for an account.',
    });
  }
  if (mode === 'open' || emailDomains.includes(email.slice(email.lastIndexOf('@') + 1))) return;
  const wanted = `an address at ${emailDomains.join(', ')}`;
  const message = `must be ${wanted}`;
  throw new UnkaiError('forbidden', `email: ${message}.`, {
    next: 'Use such an address, or ask an operator of this cloud for an account.',
    errors: [{ field: 'email', message, fix: `Send ${wanted}.` }],
  });
}
