import { UnkaiError } from '@unkai/contracts/errors';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { z } from 'zod';
import type { Transaction } from '../database/database.ts';

// One number for all who take an operator away, so that two of them cannot each leave the other as the last.
const operatorLock = 6_801;

/**
 * Called after a change that may have taken an operator away, in its transaction: throws `conflict`, which undoes it,
 * when nobody who can sign in would be left to operate the installation.
 */
export async function keepAnOperator(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${operatorLock})`;
  if ((await operators(tx)).length > 0) return;
  throw new UnkaiError('conflict', 'Nobody would be left to operate this installation.', {
    next: 'Give another enabled user the role admin on the system first.',
  });
}

const operatorRow = z.object({ id: z.string(), email: z.string().nullable() });

/** Everyone who can sign in and has the role admin on the system, by themselves or through a group. */
export async function operators(tx: Transaction): Promise<z.infer<typeof operatorRow>[]> {
  const found = await tx.$queryRaw<unknown[]>`
    WITH RECURSIVE operating AS (
      SELECT ${builtInRoleIds.admin}::uuid AS id
      UNION
      SELECT prior_role_id FROM operating JOIN implied_role ON implied_role_id = operating.id
    )
    SELECT DISTINCT "user".id, "user".email FROM role_assignment
    JOIN operating ON operating.id = role_assignment.role_id
    LEFT JOIN group_member USING (group_id)
    JOIN "user" ON "user".id = COALESCE(role_assignment.user_id, group_member.user_id)
    JOIN domain ON domain.id = "user".domain_id
    WHERE role_assignment.is_system AND "user".is_enabled AND domain.is_enabled`;
  return found.map((row) => operatorRow.parse(row));
}
