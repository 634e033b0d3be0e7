import type { IdentityLink, identityLinkCreate, identityLinkQuery } from '@unkai/contracts/resources/identity-link';
import type { IdentityLink as LinkRow, User as UserRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedDomains } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { mayManageHolder } from '../identity/delegation.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseDuplicate } from './refusal.ts';

const withUser = { user: { select: { name: true, domainId: true } } } as const;
type FoundLink = LinkRow & { user: Pick<UserRow, 'name' | 'domainId'> };

/**
 * Looks a link up for an action. To take one away, a manager of the domain must be able to give all that its user has:
 * throws `forbidden` else.
 */
export async function findIdentityLink(call: Call, wanted: 'identity-link:delete', id: string): Promise<FoundLink> {
  const row = await call.core.database.prisma.identityLink.findUnique({ where: { id }, include: withUser });
  const place = row && { name: row.subject, domainId: row.user.domainId };
  const found = await granted(call, wanted, row, { noun: 'identity-link', id, projectId: null, ...place });
  await mayManageHolder(call, { userId: found.userId }, found.user.domainId);
  return found;
}

/** Looks up the user that a link would be of. Throws `not_found`, and `forbidden` as `findIdentityLink` does. */
export async function findLinkedUser(call: Call, id: string): Promise<UserRow> {
  const row = await call.core.database.prisma.user.findUnique({ where: { id } });
  const place = row && { name: row.name, domainId: row.domainId };
  const target = { noun: 'user', id, projectId: null, ...place };
  const found = await granted(call, 'identity-link:create', row, target);
  await mayManageHolder(call, { userId: id }, found.domainId);
  return found;
}

export async function listIdentityLinks(
  call: Call,
  query: z.output<typeof identityLinkQuery>,
): Promise<Page<IdentityLink>> {
  const seen = await grantedDomains(call, 'identity-link:read');
  const { after, orderBy, take } = pageRows(query);
  const { userId } = query;
  const mine = seen === null ? {} : { user: { domainId: { in: [...seen] } } };
  const where = { AND: [mine, userId === undefined ? {} : { userId }, after] };
  const rows = await call.core.database.prisma.identityLink.findMany({ where, orderBy, take, include: withUser });
  return pageOf(rows, query, viewIdentityLink);
}

/**
 * Lets whoever a provider says is `subject` sign in as the user, who was looked up to be changed. Throws `conflict` when
 * the subject is linked already.
 */
export async function createIdentityLink(
  unit: Unit,
  call: Call,
  user: Pick<UserRow, 'id'>,
  { issuer, subject }: Pick<z.output<typeof identityLinkCreate>, 'issuer' | 'subject'>,
): Promise<IdentityLink> {
  const made = unit.tx.identityLink.create({ data: { issuer, subject, userId: user.id }, include: withUser });
  const row = await refuseDuplicate(made, {
    field: 'subject',
    message: 'This subject of the provider is linked to a user already.',
    fix: 'Delete that link first.',
  });
  await record(unit, call, 'create', row);
  return viewIdentityLink(row);
}

/** The provider's word lets nobody in as this user any more; sessions that it opened end too (A08). */
export async function deleteIdentityLink(unit: Unit, call: Call, row: FoundLink): Promise<void> {
  await unit.tx.identityLink.delete({ where: { id: row.id } });
  await unit.tx.session.deleteMany({ where: { userId: row.userId } });
  await record(unit, call, 'delete', row);
  unit.afterCommit(async () => call.core.actors?.drop());
}

function record(unit: Unit, call: Call, verb: 'create' | 'delete', row: FoundLink) {
  const { id, subject, user } = row;
  const kind = verb === 'create' ? 'created' : 'deleted';
  const about = { id, name: user.name, projectId: null, domainId: user.domainId, detail: `subject ${subject}` };
  return recordChange(unit, call, { action: `identity-link:${verb}`, kind, ...about, ...rowsOf(kind, row) });
}

function viewIdentityLink({ id, userId, issuer, subject, createdAt, user }: FoundLink): IdentityLink {
  return { id, userId, userName: user.name, issuer, subject, createdAt: createdAt.toISOString() };
}
