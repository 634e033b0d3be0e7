import { UnkaiError } from '@unkai/contracts/errors';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import type { signUpVerified, signUpVerify } from '@unkai/contracts/resources/sign-up';
import type { z } from 'zod';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit, type Unit } from '../database/database.ts';
import { anonymousActor } from '../identity/actor.ts';
import { hashPassword } from '../identity/password-hash.ts';
import { findLink, requestMail, useLink } from '../mail/mail-link.ts';
import { createDomain } from './domain.ts';
import { createProject } from './project.ts';
import { refuseDuplicate } from './refusal.ts';
import { readSignUpPolicy, requireSignUp } from './sign-up-policy.ts';

/**
 * Asks for the letter that an account begins with. Throws `forbidden` where the policy has no place for the address, and
 * `rate_limited`; of accounts that are there it tells nothing (A12).
 */
export async function askToSignUp(call: Call, email: string): Promise<{ email: string }> {
  requireSignUp(await readSignUpPolicy(call.core), email);
  await requestMail(call, 'sign-up', email);
  return { email };
}

const projectName = 'default';

/**
 * Makes the account that a link was sent for: a domain, in it a project with its network, and a user who manages both.
 * Only here is a password chosen: who signs up with somebody else's address never has one for it. Throws `invalid_input`
 * for a link of no use, `forbidden` where the policy has changed, and `conflict` for a domain's name that is taken.
 */
export async function verifySignUp(
  call: Call,
  { token, password, domainName }: z.output<typeof signUpVerify>,
): Promise<z.infer<typeof signUpVerified>> {
  const link = await findLink(call, 'sign-up', token);
  requireSignUp(await readSignUpPolicy(call.core), link.email);
  const passwordHash = await hashPassword(password);
  return commit(call.core.database, async (unit) => {
    await useLink(unit.tx, link);
    return openAccount(unit, call, { email: link.email, passwordHash, domainName: domainName ?? link.email });
  });
}

interface NewAccount {
  readonly email: string;
  readonly passwordHash: string;
  readonly domainName: string;
}

async function openAccount(unit: Unit, call: Call, { email, passwordHash, domainName }: NewAccount) {
  const { tx } = unit;
  const blank = { description: '', isEnabled: true, options: {} };
  const domain = await createDomain(unit, call, { name: domainName, ...blank }).catch(refuseDomainName);
  const project = await createProject(unit, call, { domainId: domain.id, name: projectName });
  const made = tx.user.create({
    data: {
      domainId: domain.id,
      name: email,
      email,
      passwordHash,
      defaultProjectId: project.id,
      emailVerifiedAt: new Date(),
      passwordChangedAt: new Date(),
    },
  });
  const user = await refuseDuplicate(made, {
    field: 'token',
    message: 'There is an account of this address already.',
    fix: 'Sign in; where the password is lost, reset it.',
  });
  // Not admin: where OpenStack's old rule is turned on, that would be an operator.
  const roleId = builtInRoleIds.manager;
  await tx.roleAssignment.createMany({
    data: [
      { userId: user.id, roleId, domainId: domain.id },
      { userId: user.id, roleId, projectId: project.id },
    ],
  });
  const own = { ...call, actor: { ...anonymousActor, userId: user.id, name: user.name } };
  const about = { id: user.id, name: user.name, projectId: null, detail: 'signed up' };
  await recordChange(unit, own, { action: 'user:create', kind: 'created', ...about });
  return { username: user.name, domainName: domain.name, projectId: project.id };
}

/** The field has another name here. */
function refuseDomainName(error: unknown): never {
  if (!(error instanceof UnkaiError) || error.code !== 'conflict') throw error;
  const { message } = error;
  const fix = 'Choose another name for it.';
  throw new UnkaiError('conflict', message, { errors: [{ field: 'domainName', message, fix }], cause: error });
}
