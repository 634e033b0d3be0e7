import { UnkaiError } from '@unkai/contracts/errors';
import {
  type QosPolicy,
  type QosPolicyCreate,
  type QosPolicyUpdate,
  type QosRule,
  type QosRuleCreate,
  type QosRuleSaid,
  qosRuleFaults,
  qosRuleKind,
} from '@unkai/contracts/resources/qos-policy';
import type { QosRule as RuleRow } from '@unkai/prisma/client';
import { grantedFields } from '../access.ts';
import type { Call } from '../call.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { lockProject, spend } from '../quota/quota.ts';
import { type FoundQosPolicy, recordQosPolicy, viewQosPolicy, viewQosRule, withQosParts } from './qos-policy.ts';
import { qosUsers, tellQosUsers } from './qos-policy-use.ts';
import { shareWithAll } from './rbac-policy-rows.ts';
import { refuseDuplicate, refuseField, refuseInUse } from './refusal.ts';

const readWhole = ({ tx }: Unit, id: string): Promise<FoundQosPolicy> =>
  tx.qosPolicy.findUniqueOrThrow({ where: { id }, include: withQosParts });

/** Throws `quota_exceeded`, `conflict` for a rule that is there twice, `forbidden` for what only operators say. */
export async function createQosPolicy(
  unit: Unit,
  call: Call,
  { rules, isShared, ...columns }: QosPolicyCreate & { readonly projectId: string },
): Promise<QosPolicy> {
  const { tx } = unit;
  const { projectId, name } = columns;
  await grantedFields(call, 'network:provide', { noun: 'qos-policy', id: '', name, projectId }, operators(isShared));
  await spend(tx, projectId, { qosPolicies: 1 });
  if (columns.isDefault) await dropDefault(tx, projectId);
  const { id } = await tx.qosPolicy.create({ data: columns, select: { id: true } });
  for (const rule of rules) await duplicateRule(tx.qosRule.create({ data: { ...columnsOf(rule), qosPolicyId: id } }));
  if (isShared) await shareWithAll(tx, { id, name, projectId, objectType: 'qos-policy' }, true);
  const row = await readWhole(unit, id);
  await recordQosPolicy(unit, call, 'created', { row });
  return viewQosPolicy(call, row);
}

const operators = (isShared: boolean | undefined) => (isShared ? ['isShared'] : []);

/** A project has one default at most: who makes another takes its place. The project is locked. */
async function dropDefault(tx: Transaction, projectId: string): Promise<void> {
  await tx.qosPolicy.updateMany({ where: { projectId, isDefault: true }, data: { isDefault: false } });
}

/** Throws `in_use` where others have it on what is theirs and it would no longer be open to them. */
export async function updateQosPolicy(
  unit: Unit,
  call: Call,
  row: FoundQosPolicy,
  { isShared, name, description, isDefault, tags }: QosPolicyUpdate,
): Promise<QosPolicy> {
  const { tx } = unit;
  const { id, projectId } = row;
  const said = isShared === undefined ? [] : ['isShared'];
  await grantedFields(call, 'network:provide', { ...row, noun: 'qos-policy' }, said);
  await lockProject(tx, projectId);
  if (isDefault) await dropDefault(tx, projectId);
  const data = {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(isDefault !== undefined && { isDefault }),
    ...(tags !== undefined && { tags }),
  };
  await tx.qosPolicy.update({ where: { id }, data, select: { id: true } });
  if (isShared !== undefined) await shareWithAll(tx, { ...row, objectType: 'qos-policy' }, isShared);
  const changed = await readWhole(unit, id);
  await recordQosPolicy(unit, call, 'changed', { row: changed, was: row });
  return viewQosPolicy(call, changed);
}

/** Throws `in_use` while a network or a port has it. */
export async function deleteQosPolicy(unit: Unit, call: Call, row: FoundQosPolicy): Promise<void> {
  const { tx } = unit;
  await tx.$queryRaw`SELECT 1 FROM qos_policy WHERE id = ${row.id}::uuid FOR UPDATE`;
  refuseInUse('The QoS policy', await qosUsers(tx, { qosPolicyId: row.id }));
  await tx.qosPolicy.delete({ where: { id: row.id } });
  await recordQosPolicy(unit, call, 'deleted', { row });
}

/** What a rule says, with what it leaves out. It fits its kind. */
function columnsOf({ kind, direction = 'egress', kilobitsPerSecond, burstKilobits = 0, dscpMark }: QosRuleCreate) {
  if (kind === 'dscp-marking') return { kind, dscpMark: dscpMark ?? null };
  const rate = { kind, direction, kilobitsPerSecond: kilobitsPerSecond ?? null };
  return kind === 'bandwidth-limit' ? { ...rate, burstKilobits } : rate;
}

const duplicateRule = <Result>(work: Promise<Result>) =>
  refuseDuplicate(work, {
    field: 'kind',
    message: 'The policy has a rule of this kind and direction already.',
    fix: 'Change that rule, or choose another kind or direction.',
  });

/** Hosts hear of it after the commit. Throws `conflict` for a rule that the policy has already. */
export async function createQosRule(
  unit: Unit,
  call: Call,
  row: FoundQosPolicy,
  rule: QosRuleCreate,
): Promise<QosRule> {
  const data = { ...columnsOf(rule), qosPolicyId: row.id };
  const made = await duplicateRule(unit.tx.qosRule.create({ data }));
  await told(unit, call, row);
  return viewQosRule(made);
}

/** Throws `invalid_input` for what the rule's kind does not have, `conflict` for a direction that another rule has. */
export async function updateQosRule(
  unit: Unit,
  call: Call,
  row: FoundQosPolicy,
  { rule, change }: { readonly rule: RuleRow; readonly change: QosRuleSaid },
): Promise<QosRule> {
  const kind = qosRuleKind.parse(rule.kind);
  const { direction, kilobitsPerSecond, burstKilobits, dscpMark } = viewQosRule(rule);
  const whole = {
    direction: change.direction ?? direction ?? undefined,
    kilobitsPerSecond: change.kilobitsPerSecond ?? kilobitsPerSecond ?? undefined,
    burstKilobits: change.burstKilobits ?? burstKilobits ?? undefined,
    dscpMark: change.dscpMark ?? dscpMark ?? undefined,
  };
  const [fault] = qosRuleFaults(kind, whole);
  if (fault !== undefined) throw refuseField(fault.field, fault.message, fault.fix);
  const data = columnsOf({ kind, ...whole });
  const changed = await duplicateRule(unit.tx.qosRule.update({ where: { id: rule.id }, data }));
  await told(unit, call, row);
  return viewQosRule(changed);
}

/** Hosts hear of it after the commit. */
export async function deleteQosRule(unit: Unit, call: Call, row: FoundQosPolicy, rule: RuleRow): Promise<void> {
  const { count } = await unit.tx.qosRule.deleteMany({ where: { id: rule.id } });
  if (count === 0) throw new UnkaiError('not_found', 'The rule is gone already.');
  await told(unit, call, row);
}

async function told(unit: Unit, call: Call, was: FoundQosPolicy): Promise<void> {
  await tellQosUsers(unit, call, was.id);
  await recordQosPolicy(unit, call, 'changed', { row: await readWhole(unit, was.id), was });
}
