import { UnkaiError } from '@unkai/contracts/errors';
import type { SecurityGroupRule } from '@unkai/contracts/resources/security-group';
import { Prisma, type SecurityGroupRule as RuleRow } from '@unkai/prisma/client';
import { notFound } from '../access.ts';
import type { Call } from '../call.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { spend } from '../quota/quota.ts';
import { refuseField } from './refusal.ts';
import { recordGroup } from './security-group.ts';
import { tellHosts } from './security-group-members.ts';
import { type FoundGroup, viewRule } from './security-group-read.ts';
import { type NewRule, ruleColumns } from './security-group-rule-columns.ts';

/** One group has so many rules at most, whatever the quota: each is flows on every host of its members. */
const mostRules = 1_000;

/** Adds an allow rule; the hosts of its servers hear of it after the commit. Throws `conflict` for one that is there. */
export async function createSecurityGroupRule(
  unit: Unit,
  call: Call,
  group: FoundGroup,
  rule: NewRule,
): Promise<SecurityGroupRule> {
  await spend(unit.tx, group.projectId, { securityGroupRules: 1 });
  if ((await unit.tx.securityGroupRule.count({ where: { securityGroupId: group.id } })) >= mostRules) {
    const message = `names ${group.name}, which has ${mostRules} rules, the most there may be`;
    throw refuseField('securityGroupId', message, 'Use prefixes and port ranges, or another group.');
  }
  await requireRemoteGroup(unit.tx, group.projectId, rule.remoteGroupId);
  refuseTwin(group, rule);
  const row = await unit.tx.securityGroupRule.create({ data: { securityGroupId: group.id, ...ruleColumns(rule) } });
  await rulesChanged(unit, call, group.id);
  const values = { after: { rule: inWords(row) } };
  await recordGroup(unit, call, 'changed', { row: group, detail: `rule added: ${inWords(row)}`, ...values });
  return viewRule(row);
}

/** A rule that is there already would only make two of the one thing to take away. */
function refuseTwin({ name, rules }: FoundGroup, rule: NewRule): void {
  const { description: _, ...wanted } = ruleColumns(rule);
  const twin = rules.find((each) =>
    (
      [
        'direction',
        'family',
        'protocol',
        'icmpType',
        'icmpCode',
        'portMin',
        'portMax',
        'remotePrefix',
        'remoteGroupId',
      ] as const
    ).every((key) => each[key] === wanted[key]),
  );
  if (twin) throw new UnkaiError('conflict', `${name} has this rule already. Rule id is ${twin.id}.`);
}

/** Throws `not_found` for a rule of another group. */
export async function deleteSecurityGroupRule(
  unit: Unit,
  call: Call,
  group: FoundGroup,
  ruleId: string,
): Promise<void> {
  const rule = group.rules.find(({ id }) => id === ruleId);
  if (!rule) throw notFound('security-group-rule', ruleId);
  await unit.tx.securityGroupRule.deleteMany({ where: { id: ruleId, securityGroupId: group.id } });
  await rulesChanged(unit, call, group.id);
  const values = { before: { rule: inWords(rule) } };
  await recordGroup(unit, call, 'changed', { row: group, detail: `rule removed: ${inWords(rule)}`, ...values });
}

async function requireRemoteGroup(tx: Transaction, projectId: string, id: string | undefined): Promise<void> {
  if (id === undefined) return;
  // Held, so that it is not closed to the project at the same moment.
  const found = await tx.$queryRaw<unknown[]>`
    SELECT id FROM security_group
    WHERE id = ${id}::uuid AND (project_id = ${projectId}::uuid OR EXISTS (
      SELECT 1 FROM rbac_policy AS policy WHERE policy.security_group_id = security_group.id
        AND (policy.target_project_id IS NULL OR policy.target_project_id = ${projectId}::uuid)))
    FOR KEY SHARE`;
  if (found.length === 0) {
    throw refuseField(
      'remoteGroupId',
      'names no security group that this project may use',
      'List them and choose one.',
    );
  }
}

/** Rules are part of what a server's host must know: tells the host of each server that has the group. */
function rulesChanged(unit: Unit, { core, requestId }: Call, groupId: string): Promise<void> {
  const concerned = Prisma.sql`
    SELECT port.server_id FROM port JOIN port_security_group ON port_id = port.id WHERE security_group_id = ${groupId}::uuid`;
  return tellHosts(unit, core, concerned, requestId);
}

function inWords(rule: RuleRow): string {
  const { direction, family, portMin, portMax, remotePrefix, remoteGroupId, icmpType, icmpCode } = rule;
  const kind = icmpType === null ? '' : ` type ${icmpType}${icmpCode === null ? '' : ` code ${icmpCode}`}`;
  const protocol = `${rule.protocol}${kind}${family === 6 ? ' IPv6' : ''}`;
  const ports = portMin === null ? '' : ` ${portMin}${portMax === portMin ? '' : `-${portMax}`}`;
  const remote = remoteGroupId === null ? 'anywhere' : `group ${remoteGroupId}`;
  return `${direction} ${protocol}${ports} ${remotePrefix ?? remote}`;
}
