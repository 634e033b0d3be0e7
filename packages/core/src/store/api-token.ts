import { UnkaiError } from '@unkai/contracts/errors';
import type { Permission } from '@unkai/contracts/permissions';
import type { PageQuery } from '@unkai/contracts/primitives';
import type { apiToken, apiTokenCreate, apiTokenCreated } from '@unkai/contracts/resources/api-token';
import { type ApiToken as ApiTokenRow, Prisma } from '@unkai/prisma/client';
import type { z } from 'zod';
import { callerId, grantedGlobally, grantedOnProject, grantedOwn } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { storedPermissions } from '../identity/authenticate.ts';
import { newCredential } from '../identity/credentials.ts';
import { spendOwn } from '../quota/quota.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseTakenName } from './refusal.ts';

type ApiToken = z.infer<typeof apiToken>;
const recognisableCharacters = 12;
const dayMs = 24 * 60 * 60 * 1000;

/** Looks one of the caller's own tokens up for an action. */
export async function findApiToken(call: Call, wanted: 'api-token:delete', id: string): Promise<ApiTokenRow> {
  const row = await call.core.database.prisma.apiToken.findUnique({ where: { id } });
  return grantedOwn(call, wanted, row, { noun: 'api-token', id, ownerIds: [row?.userId] });
}

export async function listApiTokens(call: Call, query: PageQuery): Promise<Page<ApiToken>> {
  await grantedGlobally(call, 'api-token:read');
  const { after, orderBy, take } = pageRows(query);
  const where = { userId: callerId(call), ...after };
  return pageOf(await call.core.database.prisma.apiToken.findMany({ where, orderBy, take }), query, viewApiToken);
}

/**
 * Makes a token of the caller's. One made with a token never reaches wider or lives longer than that one (A02, A10).
 * Throws `conflict` when the name is taken, `quota_exceeded`, and `forbidden` for permissions that the caller's own token does not have.
 */
export async function createApiToken(
  unit: Unit,
  call: Call,
  input: z.infer<typeof apiTokenCreate>,
): Promise<z.infer<typeof apiTokenCreated>> {
  refuseFromToken(call);
  if (input.projectId !== undefined) await grantedOnProject(call, 'project:read', input.projectId);
  await spendOwn(unit.tx, call, { apiTokens: 1 });
  const asked = Date.now() + input.expiresInDays * dayMs;
  const latest = await parentExpiry(unit, call);
  const { secret, hash } = newCredential('apiToken');
  const made = unit.tx.apiToken.create({
    data: {
      userId: callerId(call),
      projectId: input.projectId ?? null,
      name: input.name,
      tokenHash: hash,
      prefix: secret.slice(0, recognisableCharacters),
      permissions: narrowed(call, input.permissions) ?? Prisma.DbNull,
      expiresAt: new Date(latest === null ? asked : Math.min(asked, latest.getTime())),
    },
  });
  const row = await refuseTakenName(made, `You already have an API token named ${input.name}.`);
  await recordChange(unit, call, {
    action: 'api-token:create',
    kind: 'created',
    id: row.id,
    name: row.name,
    projectId: row.projectId,
    after: row,
  });
  return { ...viewApiToken(row), token: secret };
}

/** A token is short and scoped; what it would leave behind must be neither longer nor wider (A02, A10). */
function refuseFromToken({ actor }: Call): void {
  if (actor.kind !== 'token') return;
  throw new UnkaiError('forbidden', 'A token makes no API tokens.', { next: 'Use a session, or an API token.' });
}

function narrowed(call: Call, asked: readonly Permission[] | undefined): Permission[] | null {
  const own = call.actor.permissions;
  if (own === null) return asked === undefined ? null : [...asked];
  const beyond = asked?.find((name) => !own.has(name));
  if (beyond !== undefined) throw new UnkaiError('forbidden', `The token that you use does not include ${beyond}.`);
  return [...(asked ?? own)];
}

async function parentExpiry({ tx }: Unit, { actor }: Call): Promise<Date | null> {
  if (actor.kind !== 'api-token' || actor.credentialId === null) return null;
  const parent = await tx.apiToken.findUnique({ where: { id: actor.credentialId }, select: { expiresAt: true } });
  return parent?.expiresAt ?? new Date();
}

/** It stops working with the commit (A08). */
export async function deleteApiToken(unit: Unit, call: Call, row: ApiTokenRow): Promise<void> {
  const { id, name, projectId } = row;
  await unit.tx.apiToken.delete({ where: { id } });
  await recordChange(unit, call, { action: 'api-token:delete', kind: 'deleted', id, name, projectId, before: row });
}

function viewApiToken(row: ApiTokenRow): ApiToken {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    permissions: storedPermissions(row.permissions),
    projectId: row.projectId,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
