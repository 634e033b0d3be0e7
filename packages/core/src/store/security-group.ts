import { familyOf } from '@unkai/contracts/address-form';
import { type FieldError, UnkaiError } from '@unkai/contracts/errors';
import type { PageQuery } from '@unkai/contracts/primitives';
import {
  direction,
  type Protocol,
  protocol,
  type SecurityGroup,
  type securityGroupRule,
  type securityGroupRuleCreate,
  type securityGroupUpdate,
} from '@unkai/contracts/resources/security-group';
import { type SecurityGroup as GroupRow, Prisma, type SecurityGroupRule as RuleRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { allows, granted, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Transaction, Unit } from '../database.ts';
import { canonicalPrefix } from '../ipam.ts';
import { lockProject, spend } from '../quota.ts';
import { type ListAsk, type Searched, search } from './list/search.ts';
import { securityGroupList } from './list/tables.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { portUsers } from './port.ts';
import { refuseField, refuseInUse } from './refusal.ts';
import { tellHosts } from './security-group-members.ts';

type Rule = z.infer<typeof securityGroupRule>;
type NewRule = Omit<z.infer<typeof securityGroupRuleCreate>, 'securityGroupId'>;
type FoundGroup = GroupRow & { rules: RuleRow[]; _count: { ports: number } };
const mostRulesNamed = 20;
/** One group has so many rules at most, whatever the quota: each is flows on every host of its members. */
const mostRules = 1_000;
const withRules = {
  _count: { select: { ports: true } },
  // Those of one moment, as a new group's first two are, stand in the same order in every group.
  rules: { orderBy: [{ createdAt: 'asc' }, { direction: 'asc' }, { family: 'asc' }, { id: 'asc' }] },
} satisfies Prisma.SecurityGroupInclude;

/** What every new group begins with: everything may go out, nothing may come in. */
export const egressRules: readonly NewRule[] = [
  { direction: 'egress', family: 4, protocol: 'any', description: '' },
  { direction: 'egress', family: 6, protocol: 'any', description: '' },
];

/** Looks a security group up for an action. */
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
    ...(row && { name: row.name }),
  });
}

/** The groups of a project that the caller was let into by `findPlace`, or of all by `findEverywhere`. */
export async function listSecurityGroups(
  call: Call,
  query: PageQuery & { readonly projectId: string | null },
): Promise<Page<SecurityGroup>> {
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [query.projectId === null ? {} : { projectId: query.projectId }, after] };
  const rows = await call.core.database.prisma.securityGroup.findMany({ where, orderBy, take, include: withRules });
  return pageOf(rows, query, viewSecurityGroup);
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
    return rows.map(viewSecurityGroup);
  });
}

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
  await record(unit, call, 'created', { row: row, ...rowsOf('created', row) });
  return viewSecurityGroup(row);
}

export async function updateSecurityGroup(
  unit: Unit,
  call: Call,
  row: FoundGroup,
  { name = row.name, description = row.description, tags = row.tags }: z.infer<typeof securityGroupUpdate>,
): Promise<SecurityGroup> {
  const data = { name, description, tags };
  const changed = await unit.tx.securityGroup.update({ where: { id: row.id }, data, include: withRules });
  await record(unit, call, 'changed', { row: changed, ...rowsOf('changed', changed, row) });
  return viewSecurityGroup(changed);
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
  const ports = await portUsers(tx, { securityGroups: { some: { securityGroupId: row.id } } });
  refuseInUse('The security group', [...ports, ...(await rulesThatName(tx, row.id))]);
  await tx.securityGroup.delete({ where: { id: row.id } });
  await record(unit, call, 'deleted', { row: row, ...rowsOf('deleted', row) });
}

/** Rules of other groups that name this one. Its own go with it. */
async function rulesThatName(tx: Transaction, id: string): Promise<FieldError[]> {
  const rules = await tx.securityGroupRule.findMany({
    where: { remoteGroupId: id, securityGroupId: { not: id } },
    select: { id: true, securityGroup: { select: { name: true } } },
    take: mostRulesNamed,
  });
  return rules.map((rule) => ({
    field: rule.id,
    message: `a rule of the security group ${rule.securityGroup.name} names it`,
  }));
}

/** Adds an allow rule; the hosts of its servers hear of it after the commit. Throws `conflict` for one that is there. */
export async function createSecurityGroupRule(unit: Unit, call: Call, group: FoundGroup, rule: NewRule): Promise<Rule> {
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
  await record(unit, call, 'changed', { row: group, detail: `rule added: ${inWords(row)}`, ...values });
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
  await record(unit, call, 'changed', { row: group, detail: `rule removed: ${inWords(rule)}`, ...values });
}

async function requireRemoteGroup(tx: Transaction, projectId: string, id: string | undefined): Promise<void> {
  if (id === undefined) return;
  const found = await tx.securityGroup.findFirst({ where: { id, projectId }, select: { id: true } });
  if (!found)
    throw refuseField('remoteGroupId', 'names no security group of this project', 'List them and choose one.');
}

/** Rules are part of what a server's host must know: tells the host of each server that has the group. */
function rulesChanged(unit: Unit, { core, requestId }: Call, groupId: string): Promise<void> {
  const concerned = Prisma.sql`
    SELECT port.server_id FROM port JOIN port_security_group ON port_id = port.id WHERE security_group_id = ${groupId}::uuid`;
  return tellHosts(unit, core, concerned, requestId);
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

function record(unit: Unit, call: Call, kind: keyof typeof actions, { row, detail = '', ...rows }: Change) {
  const { id, name, projectId } = row;
  return recordChange(unit, call, { action: actions[kind], kind, id, name, projectId, detail, ...rows });
}

function ruleColumns({ direction, portMin, portMax, remotePrefix, remoteGroupId, description, ...of }: NewRule) {
  const family = of.family ?? (remotePrefix === undefined ? 4 : familyOf(remotePrefix));
  const prefix = remotePrefix === undefined ? null : canonicalPrefix(remotePrefix);
  return {
    direction,
    family,
    protocol: storedProtocol(of.protocol, family),
    icmpType: of.icmpType ?? null,
    icmpCode: of.icmpCode ?? null,
    portMin: portMin ?? null,
    portMax: portMax ?? null,
    remotePrefix: prefix,
    remoteGroupId: remoteGroupId ?? null,
    description,
  };
}

/** Numbers that have a name here, by family. */
const numbered: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  4: { 1: 'icmp', 6: 'tcp', 17: 'udp' },
  6: { 58: 'icmp', 6: 'tcp', 17: 'udp' },
};

/** A protocol in the one way that it is kept. */
function storedProtocol(protocol: Protocol, family: number): string {
  return typeof protocol === 'number' ? (numbered[family]?.[protocol] ?? String(protocol)) : protocol;
}

function inWords(rule: RuleRow): string {
  const { direction, family, portMin, portMax, remotePrefix, remoteGroupId, icmpType, icmpCode } = rule;
  const kind = icmpType === null ? '' : ` type ${icmpType}${icmpCode === null ? '' : ` code ${icmpCode}`}`;
  const protocol = `${rule.protocol}${kind}${family === 6 ? ' IPv6' : ''}`;
  const ports = portMin === null ? '' : ` ${portMin}${portMax === portMin ? '' : `-${portMax}`}`;
  const remote = remoteGroupId === null ? 'anywhere' : `group ${remoteGroupId}`;
  return `${direction} ${protocol}${ports} ${remotePrefix ?? remote}`;
}

export function viewRule(row: RuleRow): Rule {
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

export function viewSecurityGroup(row: FoundGroup): SecurityGroup {
  const { id, projectId, name, description, isDefault, tags, rules, createdAt } = row;
  return {
    id,
    projectId,
    name,
    description,
    isDefault,
    tags,
    rules: rules.map(viewRule),
    portCount: row._count.ports,
    createdAt: createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    revision: row.revision,
  };
}
