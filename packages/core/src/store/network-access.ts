import { UnkaiError } from '@unkai/contracts/errors';
import type { Permission } from '@unkai/contracts/permissions';
import type { Prisma } from '@unkai/prisma/client';
import type { DB } from '@unkai/prisma/kysely';
import type { ExpressionBuilder } from 'kysely';
import { allows } from '../access.ts';
import type { Call } from '../call.ts';
import type { Transaction } from '../database/database.ts';
import { refuseInUse } from './refusal.ts';

// Theory. A network belongs to one project. What others may do with it is said by policies, each for one project or
// (null) for all: `access_as_shared` lets them have ports on it, `access_as_external` lets their routers and floating IPs
// use it, and either lets them see it with its subnets. `is_shared` and `is_external` on the network's row say the same
// in short: that a policy shares it with all, and that any policy makes it external. They are written together here.

export type AccessAction = 'access_as_shared' | 'access_as_external';

/** What a network is read with, to tell who may use it. */
export const withPolicies = {
  rbacPolicies: { select: { action: true, targetProjectId: true } },
} as const satisfies Prisma.NetworkInclude;

/** What was opened to others, of any kind. */
export interface Opened {
  readonly rbacPolicies: ReadonlyArray<{ readonly action: string; readonly targetProjectId: string | null }>;
}

export interface Shareable extends Opened {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
}

/** What a project sees, of any kind: its own, and what a policy opens to it. */
export function seenBy(projectId: string) {
  const targets = { OR: [{ targetProjectId: null }, { targetProjectId: projectId }] };
  return { OR: [{ projectId }, { rbacPolicies: { some: targets } }] };
}

/** Whether a policy opens something to the project; it may be open to its own besides. */
export function isOpenTo({ rbacPolicies }: Opened, projectId: string, action: AccessAction): boolean {
  return rbacPolicies.some(
    (policy) => policy.action === action && (policy.targetProjectId === null || policy.targetProjectId === projectId),
  );
}

/** Whether a policy opens something to the caller, in any of the projects where they may read such things. */
export function isOpenToCaller(
  { actor }: Call,
  { rbacPolicies }: Opened,
  wanted: Permission & `${string}:read` = 'network:read',
): boolean {
  return rbacPolicies.some(({ targetProjectId: target }) => target === null || allows(actor, wanted, target));
}

/** Whether something is told to the caller as shared: with all, or with a project of theirs. */
export function isSharedWithCaller({ actor }: Call, { rbacPolicies }: Opened): boolean {
  return rbacPolicies.some(
    ({ action, targetProjectId: target }) =>
      action === 'access_as_shared' && (target === null || actor.projectRoles.has(target)),
  );
}

/** Whether something is shared with all. */
export function isSharedWithAll({ rbacPolicies }: Opened): boolean {
  return rbacPolicies.some(({ action, targetProjectId: target }) => action === 'access_as_shared' && target === null);
}

/**
 * Ends the choice of a network for a port of another project than its own. Throws `forbidden` where it is no network for
 * ports of that project: of external ones only operators take ports, everyone else routers and floating IPs.
 */
export function requirePortsOf(call: Call, network: Shareable, projectId: string): void {
  if (projectId === network.projectId || isOpenTo(network, projectId, 'access_as_shared')) return;
  const isExternal = network.rbacPolicies.some(({ action }) => action === 'access_as_external');
  if (isExternal && allows(call.actor, 'network:provide', null)) return;
  const next = 'Make the port on a network of the project; out to an external one leads a router.';
  const message = `${network.name} is not shared with this project`;
  throw new UnkaiError('forbidden', `networkId: ${message}.`, {
    errors: [{ field: 'networkId', message, fix: next }],
    next,
  });
}

/** As `requirePortsOf`, of a query for networks by id: those that ports of the project may be on. */
export function portsAllowed({ actor }: Call, projectId: string) {
  const isOperator = allows(actor, 'network:provide', null);
  return (network: ExpressionBuilder<DB, 'network'>) =>
    network.or([
      network('network.project_id', '=', projectId),
      ...(isOperator ? [network('network.is_external', '=', true)] : []),
      network.exists(
        network
          .selectFrom('rbac_policy as policy')
          .select('policy.id')
          .whereRef('policy.network_id', '=', 'network.id')
          .where('policy.action', '=', 'access_as_shared')
          .where((policy) =>
            policy.or([policy('target_project_id', 'is', null), policy('target_project_id', '=', projectId)]),
          ),
      ),
    ]);
}

/** As `portsAllowed`, of a query for security groups: those that ports of the project may have. */
export function groupsAllowed(projectId: string) {
  return (group: ExpressionBuilder<DB, 'security_group'>) =>
    group.or([
      group('security_group.project_id', '=', projectId),
      group.exists(
        group
          .selectFrom('rbac_policy as policy')
          .select('policy.id')
          .whereRef('policy.security_group_id', '=', 'security_group.id')
          .where((policy) =>
            policy.or([policy('target_project_id', 'is', null), policy('target_project_id', '=', projectId)]),
          ),
      ),
    ]);
}

export interface Openness {
  readonly isShared?: boolean | undefined;
  readonly isExternal?: boolean | undefined;
}

/**
 * Opens a network to all, or closes it. Throws `in_use` where others have ports on it that could not be there any more.
 */
export async function setOpenness(tx: Transaction, network: Shareable, { isShared, isExternal }: Openness) {
  if (isShared !== undefined) await setPolicy(tx, network, 'access_as_shared', isShared);
  if (isExternal === true) await setPolicy(tx, network, 'access_as_external', true);
  // It is not external in part: policies for single projects go as well.
  if (isExternal === false) {
    await tx.rbacPolicy.deleteMany({ where: { networkId: network.id, action: 'access_as_external' } });
    await refuseStranded(tx, network);
  }
}

async function setPolicy(tx: Transaction, network: Shareable, action: AccessAction, isOpen: boolean): Promise<void> {
  const all = { networkId: network.id, action, targetProjectId: null };
  if (!isOpen) {
    await tx.rbacPolicy.deleteMany({ where: all });
    await refuseStranded(tx, network);
    return;
  }
  await tx.$executeRaw`
    INSERT INTO rbac_policy (network_id, project_id, action)
    VALUES (${network.id}::uuid, ${network.projectId}::uuid, ${action}) ON CONFLICT DO NOTHING`;
}

const externalOwners = ['network:router_gateway', 'network:floatingip'];
const mostNamed = 20;

/** Throws `in_use` when ports are there that no policy allows any more. Called after policies went. */
export async function refuseStranded(
  tx: Transaction,
  { id, projectId, name }: Omit<Shareable, 'rbacPolicies'>,
): Promise<void> {
  const policies = await tx.rbacPolicy.findMany({ where: { networkId: id } });
  const targetsOf = (action: AccessAction) =>
    policies.filter((policy) => policy.action === action).map(({ targetProjectId }) => targetProjectId);
  const isOutside = (targets: ReadonlyArray<string | null>): Prisma.PortWhereInput[] =>
    targets.includes(null)
      ? []
      : [{ projectId: { notIn: [projectId, ...targets.flatMap((target) => (target === null ? [] : [target]))] } }];
  const external = targetsOf('access_as_external');
  const stranded: Prisma.PortWhereInput[] = [
    ...isOutside(targetsOf('access_as_shared')).map((where) => ({ ...where, deviceOwner: { notIn: externalOwners } })),
    ...(external.length === 0 ? [{ deviceOwner: { in: externalOwners } }] : []),
  ];
  if (stranded.length === 0) return;
  const where = { networkId: id, OR: stranded };
  const ports = await tx.port.findMany({ where, select: { id: true, projectId: true }, take: mostNamed });
  const users = ports.map((port) => ({ field: port.id, message: `a port of the project ${port.projectId} is on it` }));
  refuseInUse(name, users);
}
