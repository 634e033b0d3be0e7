import type { Permission } from '@unkai/contracts/permissions';
import type { Target } from './access.ts';
import type { Call } from './call.ts';
import type { Transaction } from './database.ts';

export interface AuditEntry {
  readonly action: string;
  readonly noun: string;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly projectId: string | null;
  /** What changed, in words; never a secret. */
  readonly detail?: string;
}

/** Writes who did what, in the transaction that does it: there is no change without its line. */
export async function audit(tx: Transaction, call: Call, entry: AuditEntry): Promise<void> {
  await tx.auditLine.create({
    data: { ...actorColumns(call), ...entry, detail: entry.detail ?? null, outcome: 'done' },
  });
}

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

function actorColumns(call: Call) {
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
