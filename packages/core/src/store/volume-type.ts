import { UnkaiError } from '@unkai/contracts/errors';
import { notes, type PageQuery } from '@unkai/contracts/primitives';
import type { VolumeType, volumeTypeCreate, volumeTypeUpdate } from '@unkai/contracts/resources/volume-type';
import type { Prisma, VolumeType as VolumeTypeRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { allows, granted, grantedToAll, notFound, roleOnProject } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseDuplicate, refuseField, refuseTakenName } from './refusal.ts';

type FoundVolumeType = VolumeTypeRow & { access: Array<{ projectId: string }> };
const withAccess = { access: { select: { projectId: true } } } as const;

/** Looks a volume type up for an action. Others than public ones are seen by operators, and in projects let in. */
export async function findVolumeType(
  call: Call,
  wanted: `volume-type:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundVolumeType> {
  const row = await call.core.database.prisma.volumeType.findUnique({ where: { id }, include: withAccess });
  return granted(call, wanted, row, {
    noun: 'volume-type',
    id,
    projectId: null,
    isShared: row !== null && isOpen(call, row),
  });
}

function isOpen({ actor }: Call, { isPublic, access }: FoundVolumeType): boolean {
  return isPublic || access.some(({ projectId }) => roleOnProject(actor, projectId) !== null);
}

export async function listVolumeTypes(call: Call, query: PageQuery): Promise<Page<VolumeType>> {
  await grantedToAll(call, 'volume-type:read');
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [seenVolumeTypes(call), after] };
  const rows = await call.core.database.prisma.volumeType.findMany({ where, orderBy, take });
  return pageOf(rows, query, viewVolumeType);
}

function seenVolumeTypes({ actor }: Call): Prisma.VolumeTypeWhereInput {
  if (allows(actor, 'volume-type:read', null)) return {};
  const projects = actor.onlyProjectId === null ? [...actor.projectRoles.keys()] : [actor.onlyProjectId];
  const reached = projects.filter((projectId) => roleOnProject(actor, projectId) !== null);
  return { OR: [{ isPublic: true }, { access: { some: { projectId: { in: reached } } } }] };
}

const taken = (name: string) => `There is already a volume type named ${name}.`;

/** Throws `conflict` when the name is taken, and `invalid_input` for a default that is not public. */
export async function createVolumeType(
  unit: Unit,
  call: Call,
  input: z.output<typeof volumeTypeCreate>,
): Promise<VolumeType> {
  await makeWayForDefault(unit.tx, input);
  const row = await refuseTakenName(unit.tx.volumeType.create({ data: input }), taken(input.name));
  await record(unit, call, { verb: 'create', volumeType: row });
  return viewVolumeType(row);
}

/**
 * Throws `conflict` when the name is taken, `in_use` for another name while a price list of now or later has the present
 * one, and `invalid_input` for a default that is not public.
 */
export async function updateVolumeType(
  unit: Unit,
  call: Call,
  row: FoundVolumeType,
  { extraSpecs, ...change }: z.output<typeof volumeTypeUpdate>,
): Promise<VolumeType> {
  const { tx } = unit;
  const { name = row.name, description = row.description, isPublic = row.isPublic } = change;
  const { isDefault = row.isDefault } = change;
  await makeWayForDefault(tx, { isPublic, isDefault });
  if (name !== row.name) await requireUnpriced(tx, row.name);
  const data = { name, description, isPublic, isDefault, extraSpecs: extraSpecs ?? notes.parse(row.extraSpecs) };
  const changed = await refuseTakenName(tx.volumeType.update({ where: { id: row.id }, data }), taken(name));
  const detail = extraSpecs === undefined ? '' : `extra specs: ${Object.keys(extraSpecs).join(', ')}`;
  await record(unit, call, { verb: 'update', volumeType: changed, detail, was: row });
  return viewVolumeType(changed);
}

/** One type is the default: the one that was is it no longer. Two that become it at once wait for each other. */
async function makeWayForDefault(
  tx: Transaction,
  { isPublic, isDefault }: Pick<VolumeTypeRow, 'isPublic' | 'isDefault'>,
): Promise<void> {
  if (!isDefault) return;
  if (!isPublic) throw refuseField('isDefault', 'is for a public volume type', 'Make it public, or leave this out.');
  await tx.$executeRaw`LOCK TABLE volume_type IN SHARE ROW EXCLUSIVE MODE`;
  await tx.volumeType.updateMany({ where: { isDefault: true }, data: { isDefault: false } });
}

/** Throws `in_use` while a price list that holds now or later names the type: under another name it would cost nothing. */
async function requireUnpriced(tx: Transaction, item: string): Promise<void> {
  const now = await tx.priceList.findFirst({
    where: { startsAt: { lte: new Date() } },
    orderBy: { startsAt: 'desc' },
    select: { startsAt: true },
  });
  const rows = await tx.price.findMany({
    where: { kind: 'volume', item, ...(now && { priceList: { startsAt: { gte: now.startsAt } } }) },
    select: { priceList: { select: { name: true } } },
  });
  if (rows.length === 0) return;
  const fix = 'Delete that list, or start one without this type first.';
  const errors = rows.map(({ priceList }) => ({
    field: 'name',
    message: `the price list ${priceList.name} names it`,
    fix,
  }));
  throw new UnkaiError('in_use', `The name ${item} is in a price list.`, { errors, next: fix });
}

/** The projects that may use a volume type, for those who may change it. */
export function viewVolumeTypeAccess({ id, access }: FoundVolumeType): { volumeTypeId: string; projectIds: string[] } {
  return { volumeTypeId: id, projectIds: access.map(({ projectId }) => projectId) };
}

/** Lets a project use a type. Throws `conflict` when it may already, `invalid_input` when there is no such project. */
export async function allowVolumeType(unit: Unit, call: Call, row: FoundVolumeType, projectId: string): Promise<void> {
  if ((await unit.tx.project.count({ where: { id: projectId } })) === 0)
    throw refuseField('projectId', 'names no project', 'Choose a project that is there.');
  const made = unit.tx.volumeTypeAccess.create({ data: { volumeTypeId: row.id, projectId } });
  await refuseDuplicate(made, {
    field: 'projectId',
    message: 'This project may use the volume type already.',
    fix: 'Nothing is left to do.',
  });
  await record(unit, call, { verb: 'update', volumeType: row, detail: `project let in: ${projectId}` });
}

/** Throws `not_found` for a project that was not let in. */
export async function forbidVolumeType(unit: Unit, call: Call, row: FoundVolumeType, projectId: string): Promise<void> {
  const { count } = await unit.tx.volumeTypeAccess.deleteMany({ where: { volumeTypeId: row.id, projectId } });
  if (count === 0) throw notFound('project', projectId);
  await record(unit, call, { verb: 'update', volumeType: row, detail: `project no longer let in: ${projectId}` });
}

/** The limits that were said of it go with it. */
export async function deleteVolumeType(unit: Unit, call: Call, row: FoundVolumeType): Promise<void> {
  const { count } = await unit.tx.volumeType.deleteMany({ where: { id: row.id } });
  if (count === 0) throw notFound('volume-type', row.id);
  await record(unit, call, { verb: 'delete', volumeType: row });
}

const kinds = { create: 'created', update: 'changed', delete: 'deleted' } as const;

interface VolumeTypeChange {
  readonly verb: keyof typeof kinds;
  readonly volumeType: VolumeTypeRow;
  readonly was?: VolumeTypeRow;
  readonly detail?: string;
}

function record(unit: Unit, call: Call, { verb, volumeType, was, detail = '' }: VolumeTypeChange) {
  const { id, name } = volumeType;
  const about = { id, name, projectId: null, detail, ...rowsOf(kinds[verb], volumeType, was) };
  return recordChange(unit, call, { action: `volume-type:${verb}`, kind: kinds[verb], ...about });
}

export function viewVolumeType(row: VolumeTypeRow): VolumeType {
  const { id, name, description, isPublic, isDefault } = row;
  return { id, name, description, isPublic, isDefault, extraSpecs: notes.parse(row.extraSpecs) };
}
