import { randomUUID } from 'node:crypto';
import { commit } from '@unkai/core/database/database';
import { newCredential } from '@unkai/core/identity/credentials';
import { makeLink } from '@unkai/core/mail/mail-link';
import type { Cloud } from './cloud.ts';

const hourMs = 3_600_000;

/** The secret of a link that the operation takes, as it would have come by letter; for others some text. */
export async function linkToken(cloud: Cloud, operationId: string, inviter: { readonly id: string }): Promise<string> {
  const { database } = cloud.core;
  const email = `${randomUUID()}@example.org`;
  if (operationId === 'signUp.verify') {
    const link = { purpose: 'sign-up', email, userId: null } as const;
    return (await commit(database, ({ tx }) => makeLink(tx, link))).secret;
  }
  if (operationId === 'passwordReset.complete') {
    const link = { purpose: 'password-reset', email, userId: inviter.id } as const;
    return (await commit(database, ({ tx }) => makeLink(tx, link))).secret;
  }
  return operationId.startsWith('invite.') ? inviteToken(cloud, email, inviter) : 'nothing';
}

async function inviteToken(cloud: Cloud, email: string, inviter: { readonly id: string }): Promise<string> {
  const { prisma } = cloud.core.database;
  // A place of its own: who asks is a member everywhere else.
  const { id: projectId } = await prisma.project.create({ data: { domainId: cloud.domainId, name: randomUUID() } });
  const { secret, hash } = newCredential('invite');
  const expiresAt = new Date(Date.now() + hourMs);
  const data = { projectId, email, role: 'reader', tokenHash: hash, invitedById: inviter.id, expiresAt };
  await prisma.invite.create({ data });
  return secret;
}

/** Puts in order what an operation needs: that everybody may sign up, or a limit that is worth asking for more. */
export async function prepare({ core, tenant }: Place, operationId: string): Promise<void> {
  const { prisma } = core.database;
  if (operationId.startsWith('signUp.')) {
    const open = { mode: 'open', emailDomains: [] };
    await prisma.signUpPolicy.upsert({ where: { isOnly: true }, create: open, update: open });
  }
  if (operationId === 'quotaRequest.create') {
    await prisma.projectQuota.deleteMany({ where: { projectId: tenant.id, name: 'networks' } });
  }
}

type Place = Pick<Cloud, 'core'> & { readonly tenant: { readonly id: string } };
