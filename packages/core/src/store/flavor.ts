import { id as anyId, notes, type PageQuery } from '@unkai/contracts/primitives';
import type { Flavor, flavorCreate, flavorUpdate } from '@unkai/contracts/resources/flavor';
import type { Flavor as FlavorRow, Prisma } from '@unkai/prisma/client';
import type { z } from 'zod';
import { allows, granted, grantedToAll, notFound, roleOnProject } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseDuplicate, refuseField, refuseTakenName } from './refusal.ts';

type FoundFlavor = FlavorRow & { access: Array<{ projectId: string }> };
const withAccess = { access: { select: { projectId: true } } } as const;

/** Looks a flavor up for an action. Others than public ones are seen by operators, and in projects let in (A58). */
export async function findFlavor(
  call: Call,
  wanted: `flavor:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundFlavor> {
  const row = await call.core.database.prisma.flavor.findUnique({ where: { id }, include: withAccess });
  return granted(call, wanted, row, {
    noun: 'flavor',
    id,
    projectId: null,
    isShared: row !== null && isOpen(call, row),
  });
}

function isOpen({ actor }: Call, { isPublic, access }: FoundFlavor): boolean {
  return isPublic || access.some(({ projectId }) => roleOnProject(actor, projectId) !== null);
}

export async function listFlavors(call: Call, query: PageQuery): Promise<Page<Flavor>> {
  await grantedToAll(call, 'flavor:read');
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [seenFlavors(call), after] };
  const rows = await call.core.database.prisma.flavor.findMany({ where, orderBy, take });
  return pageOf(rows, query, viewFlavor);
}

function seenFlavors({ actor }: Call): Prisma.FlavorWhereInput {
  if (allows(actor, 'flavor:read', null)) return {};
  const projects = actor.onlyProjectId === null ? [...actor.projectRoles.keys()] : [actor.onlyProjectId];
  const reached = projects.filter((projectId) => roleOnProject(actor, projectId) !== null);
  return { OR: [{ isPublic: true }, { access: { some: { projectId: { in: reached } } } }] };
}

/** Throws `conflict` when the name, the alias or the id is taken. An alias that is a UUID becomes the id itself. */
export async function createFlavor(
  unit: Unit,
  call: Call,
  { alias, ...input }: z.infer<typeof flavorCreate>,
): Promise<Flavor> {
  const chosen = anyId.safeParse(alias);
  const known = chosen.success ? { id: chosen.data } : { alias: alias ?? null };
  const made = unit.tx.flavor.create({ data: { ...input, ...known } });
  const row = await refuseTakenName(made, `There is already a flavor named ${input.name}, or with this id.`);
  await record(unit, call, { verb: 'create', flavor: row });
  return viewFlavor(row);
}

/** What servers are made of stays; only what is written about a flavor changes. */
export async function updateFlavor(
  unit: Unit,
  call: Call,
  row: FoundFlavor,
  { description = row.description, extraSpecs }: z.infer<typeof flavorUpdate>,
): Promise<Flavor> {
  const data = { description, ...(extraSpecs !== undefined && { extraSpecs }) };
  const changed = await unit.tx.flavor.update({ where: { id: row.id }, data });
  const detail = extraSpecs === undefined ? '' : `extra specs: ${Object.keys(extraSpecs).join(', ')}`;
  await record(unit, call, { verb: 'update', flavor: changed, detail, was: row });
  return viewFlavor(changed);
}

/** The projects that may use a flavor, for those who may change it. */
export function viewFlavorAccess({ id, access }: FoundFlavor): { flavorId: string; projectIds: string[] } {
  return { flavorId: id, projectIds: access.map(({ projectId }) => projectId) };
}

/** Lets a project use a flavor. Throws `conflict` when it may already, `invalid_input` when there is no such project. */
export async function allowFlavor(unit: Unit, call: Call, row: FoundFlavor, projectId: string): Promise<void> {
  if ((await unit.tx.project.count({ where: { id: projectId } })) === 0)
    throw refuseField('projectId', 'names no project', 'Choose a project that is there.');
  const made = unit.tx.flavorAccess.create({ data: { flavorId: row.id, projectId } });
  await refuseDuplicate(made, {
    field: 'projectId',
    message: 'This project may use the flavor already.',
    fix: 'Nothing is left to do.',
  });
  await record(unit, call, { verb: 'update', flavor: row, detail: `project let in: ${projectId}` });
}

/** Throws `not_found` for a project that was not let in. */
export async function forbidFlavor(unit: Unit, call: Call, row: FoundFlavor, projectId: string): Promise<void> {
  const { count } = await unit.tx.flavorAccess.deleteMany({ where: { flavorId: row.id, projectId } });
  if (count === 0) throw notFound('project', projectId);
  await record(unit, call, { verb: 'update', flavor: row, detail: `project no longer let in: ${projectId}` });
}

/** Servers keep what they were made with. */
export async function deleteFlavor(unit: Unit, call: Call, row: FoundFlavor): Promise<void> {
  await unit.tx.flavor.delete({ where: { id: row.id } });
  await record(unit, call, { verb: 'delete', flavor: row });
}

const kinds = { create: 'created', update: 'changed', delete: 'deleted' } as const;

interface FlavorChange {
  readonly verb: keyof typeof kinds;
  readonly flavor: FlavorRow;
  readonly was?: FlavorRow;
  readonly detail?: string;
}

function record(unit: Unit, call: Call, { verb, flavor, was, detail = '' }: FlavorChange) {
  const { id, name } = flavor;
  const about = { id, name, projectId: null, detail, ...rowsOf(kinds[verb], flavor, was) };
  return recordChange(unit, call, { action: `flavor:${verb}`, kind: kinds[verb], ...about });
}

export function viewFlavor(row: FlavorRow): Flavor {
  const { id, name, vcpus, memoryMib, diskGib, isPublic, description, alias } = row;
  return { id, name, vcpus, memoryMib, diskGib, isPublic, description, alias, extraSpecs: notes.parse(row.extraSpecs) };
}
