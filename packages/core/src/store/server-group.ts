import { UnkaiError } from '@unkai/contracts/errors';
import type { PageQuery } from '@unkai/contracts/primitives';
import { type ServerGroup, type serverGroupCreate, serverGroupPolicy } from '@unkai/contracts/resources/server-group';
import type { Prisma, ServerGroup as ServerGroupRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { limits, spend } from '../quota/quota.ts';
import { type Page, pageOf, pageRows } from './page.ts';

type FoundGroup = ServerGroupRow & { servers: Array<{ id: string; name: string }> };
const withServers = {
  servers: { select: { id: true, name: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
} satisfies Prisma.ServerGroupInclude;

/** Looks a server group up for an action. */
export async function findServerGroup(
  call: Call,
  wanted: `server-group:${'read' | 'delete'}`,
  id: string,
): Promise<FoundGroup> {
  const row = await call.core.database.prisma.serverGroup.findUnique({ where: { id }, include: withServers });
  const projectId = row?.projectId ?? null;
  return granted(call, wanted, row, { noun: 'server-group', id, projectId, ...(row && { name: row.name }) });
}

/** The groups of a project that the caller was let into by `findPlace`, or of all by `findEverywhere`. */
export async function listServerGroups(
  call: Call,
  query: PageQuery & { readonly projectId: string | null },
): Promise<Page<ServerGroup>> {
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [query.projectId === null ? {} : { projectId: query.projectId }, after] };
  const rows = await call.core.database.prisma.serverGroup.findMany({ where, orderBy, take, include: withServers });
  return pageOf(rows, query, viewServerGroup);
}

/** Throws `quota_exceeded`. Names may be given twice, as in OpenStack. */
export async function createServerGroup(
  unit: Unit,
  call: Call,
  input: z.infer<typeof serverGroupCreate> & { readonly projectId: string },
): Promise<ServerGroup> {
  const { maxServersPerHost = null, ...columns } = input;
  await spend(unit.tx, input.projectId, { serverGroups: 1 });
  const data = { ...columns, maxServersPerHost, userId: call.actor.userId };
  const row = await unit.tx.serverGroup.create({ data, include: withServers });
  await record(unit, call, { kind: 'created', row });
  return viewServerGroup(row);
}

/** Its servers stay where they are, in no group. */
export async function deleteServerGroup(unit: Unit, call: Call, row: FoundGroup): Promise<void> {
  await unit.tx.serverGroup.delete({ where: { id: row.id } });
  await record(unit, call, { kind: 'deleted', row });
}

/**
 * Throws `quota_exceeded` when a group has as many servers as one may have. The project is locked by now, so nobody else
 * adds to its groups.
 */
export async function spendGroupMember(tx: Transaction, projectId: string, groupId: string): Promise<void> {
  const all = await limits({ prisma: tx }, { projectId, userId: null });
  const limit = all.find(({ name }) => name === 'serverGroupMembers')?.limit ?? 0;
  const used = await tx.server.count({ where: { serverGroupId: groupId } });
  if (used < limit) return;
  const next = 'Choose another group, or ask for more on the page Quotas of the project.';
  const message = `Members of a server group: needs 1, used ${used} of ${limit}.`;
  throw new UnkaiError('quota_exceeded', message, {
    errors: [{ field: 'serverGroupMembers', message, fix: next }],
    next,
  });
}

interface GroupChange {
  readonly kind: 'created' | 'deleted';
  readonly row: FoundGroup;
}

function record(unit: Unit, call: Call, { kind, row }: GroupChange): Promise<void> {
  const { id, name, projectId } = row;
  const action = kind === 'created' ? 'server-group:create' : 'server-group:delete';
  return recordChange(unit, call, { action, kind, id, name, projectId, ...rowsOf(kind, row) });
}

export function viewServerGroup(row: FoundGroup): ServerGroup {
  const { id, projectId, userId, name, policy, maxServersPerHost, servers, createdAt } = row;
  return {
    id,
    projectId,
    userId,
    name,
    maxServersPerHost,
    servers,
    policy: serverGroupPolicy.parse(policy),
    createdAt: createdAt.toISOString(),
  };
}
