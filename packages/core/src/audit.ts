import type { Permission } from '@unkai/contracts/permissions';
import type { Target } from './access.ts';
import type { Call } from './call.ts';

/** Writes a refused attempt. It has no transaction to join: nothing else happened. */
export async function auditRefused(call: Call, wanted: Permission, target: Target): Promise<void> {
  await call.core.database.prisma.auditLine.create({
    data: {
      ...actorColumns(call),
      action: wanted,
      noun: target.noun,
      resourceId: target.id === '' ? null : target.id,
      resourceName: target.name ?? null,
      projectId: target.projectId,
      outcome: 'refused',
    },
  });
}

/** Who did it, as the log keeps it. */
export function actorColumns(call: Call) {
  const { actor, address, requestId } = call;
  return {
    actorId: actor.userId,
    actorName: actor.name,
    actorKind: actor.kind,
    tokenName: actor.tokenName,
    address,
    requestId,
  };
}
