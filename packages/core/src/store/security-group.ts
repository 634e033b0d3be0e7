import { UnkaiError } from '@unkai/contracts/errors';
import type { SecurityGroup, securityGroupUpdate } from '@unkai/contracts/resources/security-group';
import type { SecurityGroup as GroupRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { allows } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { lockProject, spend } from '../quota/quota.ts';
import { portUsers } from './port.ts';
import { refuseInUse, type Use } from './refusal.ts';
import { lockRow } from './row-now.ts';
import { type FoundGroup, viewSecurityGroup, withRules } from './security-group-read.ts';
import { type NewRule, ruleColumns } from './security-group-rule-columns.ts';

const mostRulesNamed = 20;

/** What every new group begins with: everything may go out, nothing may come in. */
export const egressRules: readonly NewRule[] = [
  { direction: 'egress', family: 4, protocol: 'any', description: '' },
  { direction: 'egress', family: 6, protocol: 'any', description: '' },
];

export interface NewGroup {
  readonly projectId: string;
  readonly name: string;
  readonly description?: string;
  readonly isDefault?: boolean;
}

/** Writes a group with rules. */
export async function createSecurityGroupRow(
  { tx }: Unit,
  input: NewGroup,
  rules: readonly NewRule[],
): Promise<FoundGroup> {
  return tx.securityGroup.create({ data: { ...input, rules: { create: rules.map(ruleColumns) } }, include: withRules });
}

export async function createSecurityGroup(unit: Unit, call: Call, input: NewGroup): Promise<SecurityGroup> {
  await spend(unit.tx, input.projectId, { securityGroups: 1, securityGroupRules: egressRules.length });
  const row = await createSecurityGroupRow(unit, input, egressRules);
  await recordGroup(unit, call, 'created', { row: row, ...rowsOf('created', row) });
  return viewSecurityGroup(call, row);
}

export async function updateSecurityGroup(
  unit: Unit,
  call: Call,
  found: FoundGroup,
  input: z.infer<typeof securityGroupUpdate>,
): Promise<SecurityGroup> {
  await lockRow(unit.tx, 'security_group', found.id);
  const row = await unit.tx.securityGroup.findUniqueOrThrow({ where: { id: found.id }, include: withRules });
  const { name = row.name, description = row.description, tags = row.tags } = input;
  const data = { name, description, tags };
  const changed = await unit.tx.securityGroup.update({ where: { id: row.id }, data, include: withRules });
  await recordGroup(unit, call, 'changed', { row: changed, ...rowsOf('changed', changed, row) });
  return viewSecurityGroup(call, changed);
}

/**
 * Throws `in_use` while a port has it or another group's rule names it, `wrong_state` for the project's default group,
 * which only operators remove.
 */
export async function deleteSecurityGroup(unit: Unit, call: Call, row: FoundGroup): Promise<void> {
  const { tx } = unit;
  if (row.isDefault && !allows(call.actor, 'security-group:delete', null)) {
    throw new UnkaiError('wrong_state', 'The default security group of a project stays.', {
      next: 'Change its rules.',
    });
  }
  await lockProject(tx, row.projectId);
  refuseInUse('The security group', [...(await groupUsers(tx, row)), ...(await rulesThatName(tx, row))]);
  await tx.securityGroup.delete({ where: { id: row.id } });
  await recordGroup(unit, call, 'deleted', { row: row, ...rowsOf('deleted', row) });
}

/** Ports that have a group, in words: of those of others no more is told than whose they are. */
async function groupUsers(tx: Transaction, { id, projectId }: Pick<FoundGroup, 'id' | 'projectId'>) {
  const has = { securityGroups: { some: { securityGroupId: id } } };
  const own = await portUsers(tx, { ...has, projectId });
  const others = await tx.port.findMany({
    where: { ...has, projectId: { not: projectId } },
    select: { id: true, projectId: true },
    take: mostRulesNamed,
  });
  return [
    ...own,
    ...others.map((port) => ({ field: port.id, message: `a port of the project ${port.projectId} has it` })),
  ];
}

/** Rules of other groups that name this one; of those of others no more is told than whose they are. Its own go with it. */
async function rulesThatName(tx: Transaction, { id, projectId }: Pick<FoundGroup, 'id' | 'projectId'>): Promise<Use[]> {
  const rules = await tx.securityGroupRule.findMany({
    where: { remoteGroupId: id, securityGroupId: { not: id } },
    select: { id: true, securityGroup: { select: { name: true, projectId: true } } },
    take: mostRulesNamed,
  });
  return rules.map((rule) => {
    const { name, projectId: whose } = rule.securityGroup;
    const of = whose === projectId ? `the security group ${name}` : `the project ${whose}`;
    return { field: rule.id, message: `a rule of ${of} names it` };
  });
}

const actions = {
  created: 'security-group:create',
  changed: 'security-group:update',
  deleted: 'security-group:delete',
} as const;

interface Change extends ReturnType<typeof rowsOf> {
  readonly row: GroupRow;
  readonly detail?: string;
}

/** Notes a change of a group, or of its rules. */
export function recordGroup(unit: Unit, call: Call, kind: keyof typeof actions, { row, detail = '', ...rows }: Change) {
  const { id, name, projectId } = row;
  return recordChange(unit, call, { action: actions[kind], kind, id, name, projectId, detail, ...rows });
}
