import type { TaggedPageQuery } from '@unkai/contracts/primitives';
import {
  direction,
  protocol,
  type SecurityGroup,
  type SecurityGroupRule,
} from '@unkai/contracts/resources/security-group';
import type { Prisma, SecurityGroupRule as RuleRow } from '@unkai/prisma/client';
import { allows, granted } from '../access.ts';
import type { Call } from '../call.ts';
import { type ListAsk, type Searched, search } from './list/search.ts';
import { securityGroupList } from './list/tables.ts';
import { isOpenToCaller, isSharedWithCaller, seenBy } from './network-access.ts';
import { type Page, pageOf, pageRows, tagged } from './page.ts';

export const withRules = {
  _count: { select: { ports: true } },
  rbacPolicies: { select: { action: true, targetProjectId: true } },
  // Those of one moment, as a new group's first two are, stand in the same order in every group.
  rules: { orderBy: [{ createdAt: 'asc' }, { direction: 'asc' }, { family: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.SecurityGroupInclude;
export type FoundGroup = Prisma.SecurityGroupGetPayload<{ include: typeof withRules }>;

/** Looks a security group up for an action. One that is shared may be read by all whom it is shared with. */
export async function findSecurityGroup(
  call: Call,
  wanted: `security-group:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundGroup> {
  const row = await call.core.database.prisma.securityGroup.findUnique({ where: { id }, include: withRules });
  return granted(call, wanted, row, {
    noun: 'security-group',
    id,
    projectId: row?.projectId ?? null,
    ...(row && { name: row.name, isShared: isOpenToCaller(call, row, 'security-group:read') }),
  });
}

/**
 * The groups that a project may use which the caller was let into by `findPlace`: its own, and those that are shared with
 * it. Or those of all by `findEverywhere`.
 */
export async function listSecurityGroups(
  call: Call,
  query: TaggedPageQuery & { readonly projectId: string | null },
): Promise<Page<SecurityGroup>> {
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [query.projectId === null ? {} : seenBy(query.projectId), tagged(query), after] };
  const rows = await call.core.database.prisma.securityGroup.findMany({ where, orderBy, take, include: withRules });
  return pageOf(rows, query, (row) => viewSecurityGroup(call, row));
}

/** As `listSecurityGroups`, narrowed and sorted by any of the fields of `securityGroupList`. */
export function searchSecurityGroups(
  call: Call,
  ask: ListAsk<keyof typeof securityGroupList.fields>,
): Promise<Searched<SecurityGroup>> {
  return search(call, securityGroupList, ask, async (ids) => {
    const rows = await call.core.database.prisma.securityGroup.findMany({
      where: { id: { in: ids } },
      include: withRules,
    });
    return rows.map((row) => viewSecurityGroup(call, row));
  });
}

export function viewSecurityGroup(call: Call, row: FoundGroup): SecurityGroup {
  const { id, projectId, name, description, isDefault, tags, rules, createdAt } = row;
  return {
    id,
    projectId,
    name,
    description,
    isDefault,
    isShared: isSharedWithCaller(call, row),
    tags,
    rules: rules.map(viewRule),
    portCount: allows(call.actor, 'security-group:read', projectId) ? row._count.ports : null,
    createdAt: createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    revision: row.revision,
  };
}

export function viewRule(row: RuleRow): SecurityGroupRule {
  const { id, icmpType, icmpCode, portMin, portMax, remotePrefix, remoteGroupId, description } = row;
  return {
    id,
    direction: direction.parse(row.direction),
    family: row.family === 6 ? 6 : 4,
    protocol: protocol.parse(/^\d+$/.test(row.protocol) ? Number(row.protocol) : row.protocol),
    icmpType,
    icmpCode,
    portMin,
    portMax,
    remotePrefix,
    remoteGroupId,
    description,
  };
}
