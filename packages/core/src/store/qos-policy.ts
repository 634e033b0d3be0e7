import type { PageQuery } from '@unkai/contracts/primitives';
import { type QosPolicy, type QosRule, qosDirection, qosRuleKind } from '@unkai/contracts/resources/qos-policy';
import type { Prisma, QosRule as RuleRow } from '@unkai/prisma/client';
import { allows, granted, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { type ListAsk, type Searched, search } from './list/search.ts';
import { qosPolicyList } from './list/shared-tables.ts';
import { isOpenToCaller, isSharedWithAll, isSharedWithCaller, seenBy } from './network-access.ts';
import { type Page, pageOf, pageRows } from './page.ts';

export const withQosParts = {
  // Those that a policy began with are of one moment; they stand in the same order in every policy.
  rules: { orderBy: [{ createdAt: 'asc' }, { kind: 'asc' }, { direction: 'asc' }, { id: 'asc' }] },
  rbacPolicies: { select: { action: true, targetProjectId: true } },
  _count: { select: { networks: true, ports: true } },
} as const satisfies Prisma.QosPolicyInclude;
export type FoundQosPolicy = Prisma.QosPolicyGetPayload<{ include: typeof withQosParts }>;

/** Looks a QoS policy up for an action. One that is shared may be read by all whom it is shared with. */
export async function findQosPolicy(
  call: Call,
  wanted: `qos-policy:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundQosPolicy> {
  const row = await call.core.database.prisma.qosPolicy.findUnique({ where: { id }, include: withQosParts });
  return granted(call, wanted, row, {
    noun: 'qos-policy',
    id,
    projectId: row?.projectId ?? null,
    ...(row && { name: row.name, isShared: isOpenToCaller(call, row, 'qos-policy:read') }),
  });
}

/** The rule of a policy that was found. Throws `not_found` for one that it does not have. */
export function findQosRule({ rules }: FoundQosPolicy, id: string): RuleRow {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw notFound('qos-rule', id);
  return rule;
}

/**
 * The policies that a project may use which the caller was let into by `findPlace`: its own, and those that are shared
 * with it. Or those of all by `findEverywhere`.
 */
export async function listQosPolicies(
  call: Call,
  query: PageQuery & { readonly projectId: string | null },
): Promise<Page<QosPolicy>> {
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [query.projectId === null ? {} : seenBy(query.projectId), after] };
  const rows = await call.core.database.prisma.qosPolicy.findMany({ where, orderBy, take, include: withQosParts });
  return pageOf(rows, query, (row) => viewQosPolicy(call, row));
}

/** As `listQosPolicies`, narrowed and sorted by any of the fields of `qosPolicyList`. */
export function searchQosPolicies(
  call: Call,
  ask: ListAsk<keyof typeof qosPolicyList.fields>,
): Promise<Searched<QosPolicy>> {
  return search(call, qosPolicyList, ask, async (ids) => {
    const where = { id: { in: ids } };
    const rows = await call.core.database.prisma.qosPolicy.findMany({ where, include: withQosParts });
    return rows.map((row) => viewQosPolicy(call, row));
  });
}

export function viewQosPolicy(call: Call, row: FoundQosPolicy): QosPolicy {
  const { id, projectId, name, description, isDefault, tags, rules, _count } = row;
  const isOwn = allows(call.actor, 'qos-policy:read', projectId);
  return {
    id,
    projectId,
    name,
    description,
    isDefault,
    tags,
    isShared: isSharedWithCaller(call, row),
    rules: rules.map(viewQosRule),
    networkCount: isOwn ? _count.networks : null,
    portCount: isOwn ? _count.ports : null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    revision: row.revision,
  };
}

export function viewQosRule({ id, kind, direction, kilobitsPerSecond, burstKilobits, dscpMark }: RuleRow): QosRule {
  return {
    id,
    kilobitsPerSecond,
    burstKilobits,
    dscpMark,
    kind: qosRuleKind.parse(kind),
    direction: qosDirection.nullable().parse(direction),
  };
}

interface Change {
  readonly row: FoundQosPolicy;
  readonly was?: FoundQosPolicy | undefined;
}

const actions = { created: 'qos-policy:create', changed: 'qos-policy:update', deleted: 'qos-policy:delete' } as const;

/** The audit line and the event of a change. */
export function recordQosPolicy(unit: Unit, call: Call, kind: keyof typeof actions, { row, was }: Change) {
  const { id, name, projectId } = row;
  const rows = rowsOf(kind, valuesOf(row), was && valuesOf(was));
  return recordChange(unit, call, { action: actions[kind], kind, id, name, projectId, ...rows });
}

function valuesOf(row: FoundQosPolicy) {
  return { ...row, isShared: isSharedWithAll(row) };
}
