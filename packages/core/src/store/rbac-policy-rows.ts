import type { RbacAction, RbacObjectType } from '@unkai/contracts/resources/rbac-policy';
import { lockAddresses } from '../address/address-choice.ts';
import type { Transaction } from '../database/database.ts';
import { refuseStranded } from './network-access.ts';
import { refuseQosStranded } from './qos-policy-use.ts';
import { refuseInUse } from './refusal.ts';

/** Something that can be shared. */
export interface SharedThing {
  readonly objectType: RbacObjectType;
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
}

/** The one column of the table that names it. */
export function namingOf({ objectType, id }: Pick<SharedThing, 'objectType' | 'id'>) {
  if (objectType === 'network') return { networkId: id };
  if (objectType === 'qos-policy') return { qosPolicyId: id };
  if (objectType === 'security-group') return { securityGroupId: id };
  return objectType === 'subnet-pool' ? { subnetPoolId: id } : { addressScopeId: id };
}

/** Opens something to all, or closes it. Throws `in_use` where others use it and could no longer. */
export async function shareWithAll(tx: Transaction, thing: SharedThing, isShared: boolean): Promise<void> {
  const all = { ...namingOf(thing), action: 'access_as_shared' satisfies RbacAction, targetProjectId: null };
  if (isShared) {
    await tx.rbacPolicy.createMany({ data: { ...all, projectId: thing.projectId }, skipDuplicates: true });
    return;
  }
  await tx.rbacPolicy.deleteMany({ where: all });
  await refuseLeft(tx, thing);
}

/**
 * Ends a change of what something is open to: throws `in_use` when others use it that no policy lets in any more, and
 * writes what its own row says of that in short. Who is choosing it at this moment is waited for.
 */
export async function refuseLeft(tx: Transaction, thing: SharedThing): Promise<void> {
  const { objectType, id } = thing;
  if (objectType === 'network') {
    await lockAddresses(tx, [id]);
    await refuseStranded(tx, thing);
  } else if (objectType === 'qos-policy') await refuseQosStranded(tx, id);
  else if (objectType === 'subnet-pool') await refusePoolStranded(tx, thing);
  else if (objectType === 'security-group') await refuseGroupStranded(tx, thing);
  else await refuseScopeStranded(tx, thing);
}

/** What a network's row says of its policies in short. */
export async function tellOpenness(tx: Transaction, { objectType, id }: SharedThing): Promise<void> {
  if (objectType !== 'network') return;
  await tx.$executeRaw`
    UPDATE network SET
      is_shared = EXISTS (SELECT 1 FROM rbac_policy WHERE network_id = network.id AND action = 'access_as_shared'
        AND target_project_id IS NULL),
      is_external = EXISTS (SELECT 1 FROM rbac_policy WHERE network_id = network.id AND action = 'access_as_external')
    WHERE id = ${id}::uuid`;
}

/** Whom it is open to besides all of those that it is closed to; null when that is nobody. */
async function closedTo(tx: Transaction, thing: SharedThing) {
  const policies = await tx.rbacPolicy.findMany({ where: namingOf(thing), select: { targetProjectId: true } });
  if (policies.some(({ targetProjectId: target }) => target === null)) return null;
  return { notIn: [thing.projectId, ...policies.flatMap(({ targetProjectId: target }) => target ?? [])] };
}

const mostNamed = 20;

async function refusePoolStranded(tx: Transaction, thing: SharedThing): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM subnet_pool WHERE id = ${thing.id}::uuid FOR UPDATE`;
  const projectId = await closedTo(tx, thing);
  if (projectId === null) return;
  const where = { subnetPoolId: thing.id, projectId };
  const subnets = await tx.subnet.findMany({ where, select: { id: true, cidr: true }, take: mostNamed });
  refuseInUse(
    thing.name,
    subnets.map(({ id, cidr }) => ({ field: id, message: `the subnet ${cidr} is from it` })),
  );
}

async function refuseGroupStranded(tx: Transaction, thing: SharedThing): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM security_group WHERE id = ${thing.id}::uuid FOR UPDATE`;
  const projectId = await closedTo(tx, thing);
  if (projectId === null) return;
  const where = { projectId, securityGroups: { some: { securityGroupId: thing.id } } };
  const ports = await tx.port.findMany({ where, select: { id: true, projectId: true }, take: mostNamed });
  const rules = await tx.securityGroupRule.findMany({
    where: { remoteGroupId: thing.id, securityGroup: { projectId } },
    select: { id: true, securityGroup: { select: { projectId: true } } },
    take: mostNamed,
  });
  refuseInUse(thing.name, [
    ...ports.map((port) => ({ field: port.id, message: `a port of the project ${port.projectId} has it` })),
    ...rules.map(({ id, securityGroup: { projectId: whose } }) => ({
      field: id,
      message: `a rule of the project ${whose} names it`,
    })),
  ]);
}

async function refuseScopeStranded(tx: Transaction, thing: SharedThing): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM address_scope WHERE id = ${thing.id}::uuid FOR UPDATE`;
  const projectId = await closedTo(tx, thing);
  if (projectId === null) return;
  const where = { addressScopeId: thing.id, projectId };
  const pools = await tx.subnetPool.findMany({ where, select: { id: true, name: true }, take: mostNamed });
  refuseInUse(
    thing.name,
    pools.map(({ id, name }) => ({ field: id, message: `the subnet pool ${name} is in it` })),
  );
}
