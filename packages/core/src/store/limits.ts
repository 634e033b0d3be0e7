import type { limitsUpdate } from '@unkai/contracts/quota';
import { quotaName } from '@unkai/contracts/quota';
import type { z } from 'zod';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database.ts';
import { lockProject } from '../quota.ts';

/** Sets limits of a project that the caller was let into by `findPlace`. What it has above a limit stays. */
export async function updateLimits(
  unit: Unit,
  call: Call,
  projectId: string,
  { limits }: z.infer<typeof limitsUpdate>,
): Promise<void> {
  const { tx } = unit;
  await lockProject(tx, projectId);
  const words: string[] = [];
  for (const [key, limit] of Object.entries(limits)) {
    const name = quotaName.parse(key);
    const where = { projectId_name: { projectId, name } };
    if (limit === null) await tx.projectQuota.deleteMany({ where: { projectId, name } });
    else await tx.projectQuota.upsert({ where, create: { projectId, name, limit }, update: { limit } });
    words.push(`${name}: ${limit ?? 'as initially'}`);
  }
  const { name } = await tx.project.findUniqueOrThrow({ where: { id: projectId }, select: { name: true } });
  const detail = words.join(', ');
  await recordChange(unit, call, { action: 'limits:update', kind: 'changed', id: projectId, name, projectId, detail });
}
