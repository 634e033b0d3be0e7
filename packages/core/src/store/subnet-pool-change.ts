import { familyOf } from '@unkai/contracts/address-form';
import {
  longestPrefix,
  type SubnetPool,
  type SubnetPoolCreate,
  type SubnetPoolUpdate,
} from '@unkai/contracts/resources/subnet-pool';
import { allows, grantedFields } from '../access.ts';
import { canonicalPrefix, rangesOverlap } from '../address/ipam.ts';
import type { Call } from '../call.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { lockProject, spend } from '../quota/quota.ts';
import { isOpenTo } from './network-access.ts';
import { shareWithAll } from './rbac-policy-rows.ts';
import { refuseDuplicate, refuseField, refuseInUse } from './refusal.ts';
import { type FoundSubnetPool, recordSubnetPool, viewSubnetPool, withPoolParts } from './subnet-pool.ts';

/** Throws `quota_exceeded`, `invalid_input` for prefixes, lengths or a scope that do not fit, `conflict` for a second default. */
export async function createSubnetPool(
  unit: Unit,
  call: Call,
  { isShared, prefixes, ...input }: SubnetPoolCreate & { readonly projectId: string },
): Promise<SubnetPool> {
  const { tx } = unit;
  const { projectId, name, isDefault, description = '', quota = null, addressScopeId = null } = input;
  const said = { isShared, isDefault };
  await grantedFields(call, 'network:provide', { noun: 'subnet-pool', id: '', name, projectId }, operatorsOf(said));
  await spend(tx, projectId, { subnetPools: 1 });
  const checked = checkPrefixes(prefixes);
  const family = familyOf(checked[0] ?? '') === 4 ? 4 : 6;
  const lengths = lengthsOf(family, input);
  await requireScope(tx, call, { projectId, family, addressScopeId, prefixes: checked, poolId: null });
  const kept = { projectId, name, description, quota, addressScopeId, isDefault, family, ...lengths };
  const { id } = await oneDefault(tx.subnetPool.create({ data: kept, select: { id: true } }));
  await tx.subnetPoolPrefix.createMany({ data: checked.map((prefix) => ({ subnetPoolId: id, prefix })) });
  if (isShared) await shareWithAll(tx, { id, name, projectId, objectType: 'subnet-pool' }, true);
  return written(unit, call, id);
}

const operatorsOf = (said: { isShared?: boolean | undefined; isDefault?: boolean | undefined }) =>
  Object.entries(said).flatMap(([field, value]) => (value ? [field] : []));

const oneDefault = <Result>(work: Promise<Result>) =>
  refuseDuplicate(work, {
    field: 'isDefault',
    message: 'Another pool of this family is the default one.',
    fix: 'Take that away from the other pool first.',
  });

/** Throws `invalid_input` for prefixes with bits beyond their length, or that overlap each other. */
function checkPrefixes(prefixes: readonly string[]): string[] {
  for (const [index, prefix] of prefixes.entries()) {
    const field = `prefixes.${index}`;
    if (canonicalPrefix(prefix) !== prefix)
      throw refuseField(field, `${prefix} has bits set outside its prefix`, `Send ${canonicalPrefix(prefix)}.`);
    const clash = prefixes.slice(0, index).find((other) => rangesOverlap(other, prefix));
    if (clash !== undefined)
      throw refuseField(field, `${prefix} overlaps ${clash}`, 'Send ranges that have no address in common.');
  }
  return [...prefixes];
}

interface Lengths {
  readonly minPrefixLength?: number | undefined;
  readonly maxPrefixLength?: number | undefined;
  readonly defaultPrefixLength?: number | undefined;
}

/** The three lengths, those that nobody chose as usual of the family. Throws `invalid_input` where they contradict. */
function lengthsOf(family: 4 | 6, said: Lengths) {
  const longest = longestPrefix(family);
  const { minPrefixLength = family === 4 ? 8 : 64, maxPrefixLength = longest } = said;
  const usual = Math.min(Math.max(family === 4 ? 24 : 64, minPrefixLength), maxPrefixLength);
  const { defaultPrefixLength = usual } = said;
  if (maxPrefixLength > longest)
    throw refuseField('maxPrefixLength', `must be at most ${longest}`, `Send at most ${longest}.`);
  if (minPrefixLength > maxPrefixLength)
    throw refuseField('minPrefixLength', 'must not be above maxPrefixLength', 'Send at most maxPrefixLength.');
  if (defaultPrefixLength < minPrefixLength || defaultPrefixLength > maxPrefixLength) {
    throw refuseField(
      'defaultPrefixLength',
      'must be between minPrefixLength and maxPrefixLength',
      'Send a length from minPrefixLength to maxPrefixLength.',
    );
  }
  return { minPrefixLength, maxPrefixLength, defaultPrefixLength };
}

interface InScope {
  readonly projectId: string;
  readonly family: number;
  readonly addressScopeId: string | null;
  readonly prefixes: readonly string[];
  /** The pool itself, once it is there. */
  readonly poolId: string | null;
}

/** Throws `invalid_input` for a scope that the project may not use, of another family, or that has one of the ranges. */
async function requireScope(tx: Transaction, call: Call, wanted: InScope): Promise<void> {
  const { projectId, family, addressScopeId: id, prefixes, poolId } = wanted;
  if (id === null) return;
  // Who changes another pool of the scope is waited for.
  await tx.$queryRaw`SELECT 1 FROM address_scope WHERE id = ${id}::uuid FOR UPDATE`;
  const scope = await tx.addressScope.findUnique({
    where: { id },
    include: { rbacPolicies: true, pools: { include: { prefixes: true } } },
  });
  const isUsable =
    scope !== null &&
    (scope.projectId === projectId ||
      isOpenTo(scope, projectId, 'access_as_shared') ||
      allows(call.actor, 'network:provide', null));
  if (!isUsable)
    throw refuseField(
      'addressScopeId',
      'names no address scope that this project may use',
      'Choose a scope of the project, or one that is shared with it.',
    );
  if (scope.family !== family)
    throw refuseField(
      'addressScopeId',
      `${scope.name} is of IPv${scope.family}`,
      'Choose a scope of the family of the prefixes.',
    );
  const others = scope.pools.filter((pool) => pool.id !== poolId).flatMap((pool) => pool.prefixes);
  const index = prefixes.findIndex((prefix) => others.some((other) => rangesOverlap(other.prefix, prefix)));
  if (index >= 0)
    throw refuseField(
      `prefixes.${index}`,
      `${prefixes[index]} is in another pool of ${scope.name}`,
      'Choose a range that no other pool of the scope has.',
    );
}

/** Throws what `createSubnetPool` throws, and `in_use` for prefixes that subnets are from. */
export async function updateSubnetPool(
  unit: Unit,
  call: Call,
  row: FoundSubnetPool,
  { isShared, isDefault, prefixes, ...input }: SubnetPoolUpdate,
): Promise<SubnetPool> {
  const { tx } = unit;
  const { id, projectId } = row;
  const said = Object.entries({ isShared, isDefault }).flatMap(([field, value]) =>
    value === undefined ? [] : [field],
  );
  await grantedFields(call, 'network:provide', { ...row, noun: 'subnet-pool' }, said);
  await lockProject(tx, projectId);
  await tx.$queryRaw`SELECT 1 FROM subnet_pool WHERE id = ${id}::uuid FOR UPDATE`;
  const checked = prefixes === undefined ? row.prefixes.map(({ prefix }) => prefix) : checkPrefixes(prefixes);
  const family = row.family === 4 ? 4 : 6;
  if (familyOf(checked[0] ?? '') !== family)
    throw refuseField('prefixes', `must be of IPv${family}, as they were`, `Send prefixes of IPv${family}.`);
  const { addressScopeId = row.addressScopeId, quota, name, description, tags } = input;
  const { minPrefixLength = row.minPrefixLength, maxPrefixLength = row.maxPrefixLength } = input;
  const { defaultPrefixLength = row.defaultPrefixLength } = input;
  const lengths = lengthsOf(family, { minPrefixLength, maxPrefixLength, defaultPrefixLength });
  await requireScope(tx, call, { projectId, family, addressScopeId, prefixes: checked, poolId: id });
  if (prefixes !== undefined) await setPrefixes(tx, id, checked);
  const data = {
    addressScopeId,
    ...lengths,
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags }),
    ...(quota !== undefined && { quota }),
    ...(isDefault !== undefined && { isDefault }),
  };
  await oneDefault(tx.subnetPool.update({ where: { id }, data, select: { id: true } }));
  if (isShared !== undefined) await shareWithAll(tx, { ...row, objectType: 'subnet-pool' }, isShared);
  return written(unit, call, id, row);
}

/** The pool is locked. */
async function setPrefixes(tx: Transaction, id: string, prefixes: readonly string[]): Promise<void> {
  await tx.subnetPoolPrefix.deleteMany({ where: { subnetPoolId: id } });
  await tx.subnetPoolPrefix.createMany({ data: prefixes.map((prefix) => ({ subnetPoolId: id, prefix })) });
  const outside = await tx.$queryRaw<Array<{ id: string; cidr: string }>>`
    SELECT id, cidr FROM subnet WHERE subnet_pool_id = ${id}::uuid AND NOT EXISTS (
      SELECT 1 FROM subnet_pool_prefix WHERE subnet_pool_id = ${id}::uuid AND subnet.cidr::cidr <<= prefix::cidr
    ) LIMIT 20`;
  const users = outside.map((each) => ({ field: each.id, message: `the subnet ${each.cidr} is from it` }));
  refuseInUse('A prefix of the pool', users);
}

/** Throws `in_use` while a subnet is from it. */
export async function deleteSubnetPool(unit: Unit, call: Call, row: FoundSubnetPool): Promise<void> {
  const { tx } = unit;
  await tx.$queryRaw`SELECT 1 FROM subnet_pool WHERE id = ${row.id}::uuid FOR UPDATE`;
  const subnets = await tx.subnet.findMany({ where: { subnetPoolId: row.id }, take: 20 });
  const users = subnets.map(({ id, cidr }) => ({ field: id, message: `the subnet ${cidr} is from it` }));
  refuseInUse('The subnet pool', users);
  await tx.subnetPool.delete({ where: { id: row.id } });
  await recordSubnetPool(unit, call, 'deleted', { row });
}

async function written(unit: Unit, call: Call, id: string, was?: FoundSubnetPool): Promise<SubnetPool> {
  const row = await unit.tx.subnetPool.findUniqueOrThrow({ where: { id }, include: withPoolParts });
  await recordSubnetPool(unit, call, was === undefined ? 'created' : 'changed', { row, was });
  return viewSubnetPool(call, row);
}
