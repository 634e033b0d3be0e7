import { UnkaiError } from '@unkai/contracts/errors';
import { Prisma } from '@unkai/prisma/client';
import { allows } from '../access.ts';
import type { Call } from '../call.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { isOpenTo, isOpenToCaller } from './network-access.ts';
import { withQosParts } from './qos-policy.ts';
import { refuseField, refuseInUse } from './refusal.ts';
import { tellHosts } from './security-group-members.ts';

// Theory. A port has the policy that it names, or else its network's. Who may use a policy: its own project, and those
// that a policy of sharing opens it to. Operators may give any to anybody, and what a caller cannot even see, that caller
// cannot take off: so an operator's limit stays. Who chooses a policy holds a lock on its row that whoever closes it to
// others waits for, and the other way round.

interface Chosen {
  /** Whose network or port it is for. */
  readonly projectId: string;
  /** Null: none. Undefined: as it is. */
  readonly qosPolicyId?: string | null | undefined;
  /** What it has so far. */
  readonly present?: string | null | undefined;
}

/**
 * Checks the choice of a policy for a network or a port. Throws `invalid_input` for one that its project may not use,
 * `forbidden` for taking off one that the caller does not see.
 */
export async function requireQosPolicy(tx: Transaction, call: Call, chosen: Chosen): Promise<void> {
  const { projectId, qosPolicyId, present = null } = chosen;
  if (qosPolicyId === undefined || qosPolicyId === present) return;
  if (present !== null) await requireSeen(tx, call, present);
  if (qosPolicyId === null) return;
  const policy = await lockedPolicy(tx, qosPolicyId);
  const isUsable =
    policy !== null &&
    (policy.projectId === projectId ||
      isOpenTo(policy, projectId, 'access_as_shared') ||
      allows(call.actor, 'network:provide', null));
  if (!isUsable)
    throw refuseField(
      'qosPolicyId',
      'names no QoS policy that this project may use',
      'Choose a policy of the project, or one that is shared with it.',
    );
}

async function lockedPolicy(tx: Transaction, id: string) {
  await tx.$queryRaw`SELECT 1 FROM qos_policy WHERE id = ${id}::uuid FOR KEY SHARE`;
  return tx.qosPolicy.findUnique({ where: { id }, include: withQosParts });
}

async function requireSeen(tx: Transaction, call: Call, id: string): Promise<void> {
  const policy = await tx.qosPolicy.findUnique({ where: { id }, include: withQosParts });
  if (policy === null || isOpenToCaller(call, policy, 'qos-policy:read')) return;
  if (allows(call.actor, 'qos-policy:read', policy.projectId)) return;
  const message = 'the policy that is there was given by an operator';
  const next = 'Ask an operator to take it off.';
  throw new UnkaiError('forbidden', `qosPolicyId: ${message}.`, {
    errors: [{ field: 'qosPolicyId', message, fix: next }],
    next,
  });
}

/** The policy of a new network that names none: its project's default one. */
export async function defaultQosPolicy(tx: Transaction, projectId: string): Promise<string | null> {
  const found = await tx.qosPolicy.findFirst({ where: { projectId, isDefault: true }, select: { id: true } });
  return found?.id ?? null;
}

/** Servers whose ports have the policy hear of it, by their own choice or by their network's. */
export function tellQosUsers(unit: Unit, { core, requestId }: Call, qosPolicyId: string): Promise<void> {
  const concerned = Prisma.sql`
    SELECT port.server_id FROM port JOIN network ON network.id = port.network_id
    WHERE coalesce(port.qos_policy_id, network.qos_policy_id) = ${qosPolicyId}::uuid AND port.server_id IS NOT NULL`;
  return tellHosts(unit, core, concerned, requestId);
}

const mostNamed = 20;

/**
 * Throws `in_use` when others than its own project and those that it is open to have the policy on a network or a port.
 * Called after policies of sharing went.
 */
export async function refuseQosStranded(tx: Transaction, id: string): Promise<void> {
  // Who is choosing it at this moment is waited for.
  await tx.$queryRaw`SELECT 1 FROM qos_policy WHERE id = ${id}::uuid FOR UPDATE`;
  const { name, projectId, rbacPolicies } = await tx.qosPolicy.findUniqueOrThrow({
    where: { id },
    include: withQosParts,
  });
  const targets = rbacPolicies.map(({ targetProjectId }) => targetProjectId);
  if (targets.includes(null)) return;
  const open = [projectId, ...targets.flatMap((target) => (target === null ? [] : [target]))];
  refuseInUse(name, await qosUsers(tx, { qosPolicyId: id, projectId: { notIn: open } }));
}

/** What has a policy, in words. */
export async function qosUsers(tx: Transaction, where: { qosPolicyId: string; projectId?: { notIn: string[] } }) {
  const few = { where, select: { id: true, name: true, projectId: true }, take: mostNamed } as const;
  const networks = await tx.network.findMany(few);
  const ports = await tx.port.findMany(few);
  return [
    ...networks.map((each) => ({ field: each.id, message: `the network ${each.name} has it` })),
    ...ports.map((each) => ({ field: each.id, message: `a port of the project ${each.projectId} has it` })),
  ];
}
