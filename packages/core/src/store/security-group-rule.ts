import type { SecurityGroupRule } from '@unkai/contracts/resources/security-group';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import { type ListAsk, type Searched, search } from './list/search.ts';
import { securityGroupRuleList } from './list/tables.ts';
import { isOpenToCaller } from './network-access.ts';
import { viewRule, withRules } from './security-group-read.ts';

/** A rule with the group that it is in, whose project is its own. */
export interface FoundRule {
  readonly id: string;
  readonly rule: SecurityGroupRule;
  readonly group: { readonly id: string; readonly projectId: string };
}

const withGroup = {
  securityGroup: { select: { id: true, projectId: true, rbacPolicies: withRules.rbacPolicies } },
} as const;

/** The rules of all groups of a project, or of all projects, narrowed and sorted. */
export function searchSecurityGroupRules(
  call: Call,
  ask: ListAsk<keyof typeof securityGroupRuleList.fields>,
): Promise<Searched<FoundRule>> {
  return search(call, securityGroupRuleList, ask, async (ids) => {
    const where = { id: { in: ids } };
    const rows = await call.core.database.prisma.securityGroupRule.findMany({ where, include: withGroup });
    return rows.map((row) => ({ id: row.id, rule: viewRule(row), group: row.securityGroup }));
  });
}

/** Looks a rule up; whoever may read its group may read it. */
export async function findSecurityGroupRule(call: Call, id: string): Promise<FoundRule> {
  const found = await call.core.database.prisma.securityGroupRule.findUnique({ where: { id }, include: withGroup });
  const projectId = found?.securityGroup.projectId ?? null;
  const isShared = found !== null && isOpenToCaller(call, found.securityGroup, 'security-group:read');
  const of = { noun: 'security-group-rule', id, projectId, isShared };
  const row = await granted(call, 'security-group:read', found, of);
  return { id, rule: viewRule(row), group: row.securityGroup };
}
