import { UnkaiError } from '@unkai/contracts/errors';
import type { PageQuery } from '@unkai/contracts/primitives';
import {
  type RbacAction,
  type RbacObjectType,
  type RbacPolicy,
  type RbacPolicyCreate,
  rbacAction,
} from '@unkai/contracts/resources/rbac-policy';
import type { RbacPolicy as RbacPolicyRow } from '@unkai/prisma/client';
import { granted, grantedFields } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { spend } from '../quota/quota.ts';
import { type ListAsk, type Searched, search } from './list/search.ts';
import { rbacPolicyList } from './list/shared-tables.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { namingOf, refuseLeft, type SharedThing, tellOpenness } from './rbac-policy-rows.ts';
import { refuseDuplicate, refuseField } from './refusal.ts';

/** Looks a policy up for an action. It is seen by the project whose thing it opens. */
export async function findRbacPolicy(
  call: Call,
  wanted: `rbac-policy:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<RbacPolicyRow> {
  const row = await call.core.database.prisma.rbacPolicy.findUnique({ where: { id } });
  return granted(call, wanted, row, { noun: 'rbac-policy', id, projectId: row?.projectId ?? null });
}

export interface RbacFilter {
  /** Null for those of all projects. */
  readonly projectId: string | null;
  readonly objectId?: string | undefined;
}

/** What a project has opened to others which the caller was let into by `findPlace`, or all by `findEverywhere`. */
export async function listRbacPolicies(call: Call, query: PageQuery & RbacFilter): Promise<Page<RbacPolicy>> {
  const { projectId, objectId } = query;
  const { after, orderBy, take } = pageRows(query);
  const named = ['networkId', 'qosPolicyId', 'subnetPoolId', 'addressScopeId', 'securityGroupId'].map((name) => ({
    [name]: objectId,
  }));
  const where = {
    AND: [projectId === null ? {} : { projectId }, objectId === undefined ? {} : { OR: named }, after],
  };
  const rows = await call.core.database.prisma.rbacPolicy.findMany({ where, orderBy, take });
  return pageOf(rows, query, viewRbacPolicy);
}

/** As `listRbacPolicies`, narrowed and sorted by any of the fields of `rbacPolicyList`. */
export function searchRbacPolicies(
  call: Call,
  ask: ListAsk<keyof typeof rbacPolicyList.fields>,
): Promise<Searched<RbacPolicy>> {
  return search(call, rbacPolicyList, ask, async (ids) => {
    const rows = await call.core.database.prisma.rbacPolicy.findMany({ where: { id: { in: ids } } });
    return rows.map(viewRbacPolicy);
  });
}

/**
 * Opens something of the project to another one, or to all. Throws `invalid_input` for what is not the project's or for a
 * project that is not there, `conflict` for what is said already, `forbidden` for what only operators say.
 */
export async function createRbacPolicy(
  unit: Unit,
  call: Call,
  input: RbacPolicyCreate & { readonly projectId: string },
): Promise<RbacPolicy> {
  const { tx } = unit;
  const { projectId, objectType, objectId, action, targetProjectId } = input;
  const thing = await thingOf(tx, { objectType, id: objectId });
  if (thing === null || thing.projectId !== projectId) {
    throw refuseField(
      'objectId',
      `names no ${objectType.replaceAll('-', ' ')} of this project`,
      'Choose something of this kind that the project owns.',
    );
  }
  await requireOperator(call, thing, { action, targetProjectId });
  await requireTarget(tx, targetProjectId);
  await spend(tx, projectId, { rbacPolicies: 1 });
  const data = { ...namingOf(thing), projectId, action, targetProjectId };
  const row = await oncePerTarget(tx.rbacPolicy.create({ data }));
  await tellOpenness(tx, thing);
  await record(unit, call, 'created', { row, thing });
  return viewRbacPolicy(row);
}

const oncePerTarget = <Result>(work: Promise<Result>) =>
  refuseDuplicate(work, {
    field: 'targetProjectId',
    message: 'It is open to this project already.',
    fix: 'Nothing is left to do.',
  });

/** What all may do with it, and ways out, are for operators to say. */
function requireOperator(
  call: Call,
  thing: SharedThing,
  { action, targetProjectId }: { readonly action: RbacAction; readonly targetProjectId: string | null },
): Promise<void> {
  const fields = [
    ...(action === 'access_as_external' ? ['action'] : []),
    ...(targetProjectId === null ? ['targetProjectId'] : []),
  ];
  return grantedFields(call, 'network:provide', { ...thing, noun: 'rbac-policy' }, fields);
}

async function requireTarget(tx: Transaction, id: string | null): Promise<void> {
  if (id !== null && (await tx.project.count({ where: { id } })) === 0) {
    throw refuseField('targetProjectId', 'names no project', 'Choose a project that is there, or null for all.');
  }
}

async function thingOf(
  tx: Transaction,
  { objectType, id }: { readonly objectType: RbacObjectType; readonly id: string },
): Promise<SharedThing | null> {
  const one = { where: { id }, select: { id: true, name: true, projectId: true } } as const;
  const found = await {
    network: () => tx.network.findUnique(one),
    'qos-policy': () => tx.qosPolicy.findUnique(one),
    'subnet-pool': () => tx.subnetPool.findUnique(one),
    'address-scope': () => tx.addressScope.findUnique(one),
    'security-group': () => tx.securityGroup.findUnique(one),
  }[objectType]();
  return found && { ...found, objectType };
}

async function heldThing(tx: Transaction, row: RbacPolicyRow): Promise<SharedThing> {
  const thing = await thingOf(tx, objectOf(row));
  if (thing === null) throw new UnkaiError('not_found', 'What it opens is gone.');
  return thing;
}

/** Opens it to another project instead. Throws `in_use` while the one that loses it uses it. */
export async function updateRbacPolicy(
  unit: Unit,
  call: Call,
  row: RbacPolicyRow,
  targetProjectId: string | null,
): Promise<RbacPolicy> {
  const { tx } = unit;
  const thing = await heldThing(tx, row);
  const action = rbacAction.parse(row.action);
  await requireOperator(call, thing, { action, targetProjectId });
  // One that opens it to all is an operator's.
  await requireOperator(call, thing, { action, targetProjectId: row.targetProjectId });
  await requireTarget(tx, targetProjectId);
  const changed = await oncePerTarget(tx.rbacPolicy.update({ where: { id: row.id }, data: { targetProjectId } }));
  await refuseLeft(tx, thing);
  await tellOpenness(tx, thing);
  await record(unit, call, 'changed', { row: changed, was: row, thing });
  return viewRbacPolicy(changed);
}

/** Throws `in_use` while somebody uses it who could no longer. */
export async function deleteRbacPolicy(unit: Unit, call: Call, row: RbacPolicyRow): Promise<void> {
  const { tx } = unit;
  const thing = await heldThing(tx, row);
  await requireOperator(call, thing, { action: rbacAction.parse(row.action), targetProjectId: row.targetProjectId });
  await tx.rbacPolicy.deleteMany({ where: { id: row.id } });
  await refuseLeft(tx, thing);
  await tellOpenness(tx, thing);
  await record(unit, call, 'deleted', { row, thing });
}

function objectOf(row: RbacPolicyRow): { readonly objectType: RbacObjectType; readonly id: string } {
  const { networkId, qosPolicyId, subnetPoolId, securityGroupId, addressScopeId } = row;
  if (networkId !== null) return { objectType: 'network', id: networkId };
  if (qosPolicyId !== null) return { objectType: 'qos-policy', id: qosPolicyId };
  if (subnetPoolId !== null) return { objectType: 'subnet-pool', id: subnetPoolId };
  if (securityGroupId !== null) return { objectType: 'security-group', id: securityGroupId };
  return { objectType: 'address-scope', id: addressScopeId ?? '' };
}

interface Change {
  readonly row: RbacPolicyRow;
  readonly was?: RbacPolicyRow | undefined;
  readonly thing: SharedThing;
}

const actions = {
  created: 'rbac-policy:create',
  changed: 'rbac-policy:update',
  deleted: 'rbac-policy:delete',
} as const;

function record(unit: Unit, call: Call, kind: keyof typeof actions, { row, was, thing }: Change): Promise<void> {
  const { id, projectId } = row;
  const rows = rowsOf(kind, valuesOf(row), was && valuesOf(was));
  return recordChange(unit, call, { action: actions[kind], kind, id, name: thing.name, projectId, ...rows });
}

function valuesOf(row: RbacPolicyRow) {
  const { objectType, id } = objectOf(row);
  return { ...row, objectType, objectId: id };
}

export function viewRbacPolicy(row: RbacPolicyRow): RbacPolicy {
  const { id, projectId, action, targetProjectId, createdAt } = row;
  const { objectType, id: objectId } = objectOf(row);
  return {
    id,
    projectId,
    objectType,
    objectId,
    targetProjectId,
    action: rbacAction.parse(action),
    createdAt: createdAt.toISOString(),
  };
}
