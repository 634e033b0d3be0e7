import { type limitsUpdate, quotaName, type VolumeTypeLimitsGiven, volumeTypeQuotaName } from '@unkai/contracts/quota';
import { z } from 'zod';
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
  { limits, volumeTypes }: z.output<typeof limitsUpdate>,
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
  words.push(...(await writeTypeLimits(tx, projectId, volumeTypes)));
  const { name } = await tx.project.findUniqueOrThrow({ where: { id: projectId }, select: { name: true } });
  const about = { id: projectId, name, projectId, detail: words.join(', ') };
  const after = await ownLimits(tx, projectId);
  await recordChange(unit, call, { action: 'limits:update', kind: 'changed', ...about, before, after });
}

/** Those of volume types, and what became of each in words. Throws `invalid_input` for a type that is not there. */
async function writeTypeLimits(
  tx: Unit['tx'],
  projectId: string,
  volumeTypes: VolumeTypeLimitsGiven,
): Promise<string[]> {
  const words: string[] = [];
  for (const { typeId, typeName, name, limit } of await givenOfTypes(tx, volumeTypes)) {
    const key = { projectId, volumeTypeId: typeId, name };
    const where = { projectId_volumeTypeId_name: key };
    if (limit === null) await tx.projectVolumeTypeQuota.deleteMany({ where: key });
    else await tx.projectVolumeTypeQuota.upsert({ where, create: { ...key, limit }, update: { limit } });
    words.push(`${name} of ${typeName}: ${limit ?? 'as initially'}`);
  }
  return words;
}

/**
 * What was given for volume types, one by one, with their names. They are locked against being deleted meanwhile. Throws
 * `invalid_input` for a type that is not there.
 */
export async function givenOfTypes(tx: Unit['tx'], volumeTypes: VolumeTypeLimitsGiven) {
  const wanted = Object.keys(volumeTypes);
  if (wanted.length === 0) return [];
  const found = await tx.$queryRaw<unknown[]>`
    SELECT id, name FROM volume_type WHERE id = ANY(${wanted}::uuid[]) ORDER BY id FOR KEY SHARE`;
  const names = new Map(found.map((row) => typeRow.parse(row)).map(({ id, name }) => [id, name]));
  return Object.entries(volumeTypes).flatMap(([typeId, limits]) => {
    const typeName = names.get(typeId);
    if (typeName === undefined) {
      throw refuseField(`volumeTypes.${typeId}`, 'names no volume type', 'Choose a volume type that is there.');
    }
    return Object.entries(limits).map(([key, limit]) => ({
      ...{ typeId, typeName, limit },
      name: volumeTypeQuotaName.parse(key),
    }));
  });
}

const typeRow = z.object({ id: z.string(), name: z.string() });

/** The limits that are said for the project itself. */
async function ownLimits(tx: Unit['tx'], projectId: string): Promise<Record<string, number>> {
  const rows = await tx.projectQuota.findMany({ where: { projectId } });
  const ofTypes = await tx.projectVolumeTypeQuota.findMany({
    where: { projectId },
    select: { name: true, limit: true, volumeType: { select: { name: true } } },
  });
  const named = ofTypes.map(({ name, limit, volumeType }) => [`${name} of ${volumeType.name}`, Number(limit)] as const);
  return Object.fromEntries([...rows.map(({ name, limit }) => [name, Number(limit)] as const), ...named]);
}
