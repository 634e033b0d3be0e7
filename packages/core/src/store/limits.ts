import type { limitsUpdate } from '@unkai/contracts/quota';
import { quotaName } from '@unkai/contracts/quota';
import type { z } from 'zod';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { lockProject } from '../quota/quota.ts';
import { refuseField } from './refusal.ts';

/**
 * The project that a question is about: the one named, else that of the credential, else the only one its user is in.
 * Throws `invalid_input` where that leaves a choice.
 */
export function projectInMind({ actor }: Call, named: string | undefined): string {
  const [first, ...others] = named === undefined ? actor.projectRoles.keys() : [named];
  if (first !== undefined && others.length === 0) return first;
  throw refuseField('projectId', 'must be said, since your credential is not for one project', 'Add ?projectId=….');
}

/** Sets limits of a project that the caller was let into by `findPlace`. What it has above a limit stays. */
export async function updateLimits(
  unit: Unit,
  call: Call,
  projectId: string,
  { limits }: z.infer<typeof limitsUpdate>,
): Promise<void> {
  const { tx } = unit;
  await lockProject(tx, projectId);
  const before = await ownLimits(tx, projectId);
  const words: string[] = [];
  for (const [key, limit] of Object.entries(limits)) {
    const name = quotaName.parse(key);
    const where = { projectId_name: { projectId, name } };
    if (limit === null) await tx.projectQuota.deleteMany({ where: { projectId, name } });
    else await tx.projectQuota.upsert({ where, create: { projectId, name, limit }, update: { limit } });
    words.push(`${name}: ${limit ?? 'as initially'}`);
  }
  const { name } = await tx.project.findUniqueOrThrow({ where: { id: projectId }, select: { name: true } });
  const about = { id: projectId, name, projectId, detail: words.join(', ') };
  const after = await ownLimits(tx, projectId);
  await recordChange(unit, call, { action: 'limits:update', kind: 'changed', ...about, before, after });
}

/** The limits that are said for the project itself. */
async function ownLimits(tx: Unit['tx'], projectId: string): Promise<Record<string, number>> {
  const rows = await tx.projectQuota.findMany({ where: { projectId } });
  return Object.fromEntries(rows.map(({ name, limit }) => [name, Number(limit)]));
}
