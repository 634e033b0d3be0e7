import type { Endpoint } from '@unkai/contracts/resources/endpoint';
import type { Project } from '@unkai/contracts/resources/project';
import { sql } from 'kysely';
import { grantedGlobally, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordCatalogChange } from '../change.ts';
import type { Database, Transaction, Unit } from '../database/database.ts';
import { viewEndpoint } from './endpoint.ts';
import { type EndpointGroup, viewEndpointGroup } from './endpoint-group.ts';
import { viewProject, withDomain } from './project.ts';
import { refuseDuplicate } from './refusal.ts';

/** Something that the catalog of a project shows: one endpoint, or all of a group. */
export interface Shown {
  readonly noun: 'endpoint' | 'endpoint-group';
  readonly id: string;
  readonly projectId: string;
}

/**
 * The ids of the endpoints that the catalog of the project shows: those given to it, and those of the groups given to it.
 * Null where that is none, which stands for all of them, as Keystone's `return_all_endpoints_if_no_filter` has it.
 */
export async function readEndpointFilter({ kysely }: Database, projectId: string): Promise<ReadonlySet<string> | null> {
  const { rows } = await sql<{ id: string }>`
    SELECT endpoint_id AS id FROM endpoint_project WHERE project_id = ${projectId}::uuid
    UNION
    SELECT endpoint.id
    FROM endpoint_group_project
    JOIN endpoint_group ON endpoint_group.id = endpoint_group_project.endpoint_group_id
    JOIN endpoint
      ON endpoint.service_id = COALESCE(endpoint_group.service_id, endpoint.service_id)
      AND (endpoint_group.region_id IS NULL OR endpoint.region_id = endpoint_group.region_id)
      AND endpoint.interface = COALESCE(endpoint_group.interface, endpoint.interface)
    WHERE endpoint_group_project.project_id = ${projectId}::uuid
  `.execute(kysely);
  return rows.length === 0 ? null : new Set(rows.map(({ id }) => id));
}

/** The endpoints that were given to a project, by themselves or in groups. Throws `not_found` for a project that is not there. */
export async function listProjectEndpoints(call: Call, projectId: string): Promise<Endpoint[]> {
  await grantedGlobally(call, 'endpoint-filter:read');
  const { database } = call.core;
  await projectName(database.prisma, projectId);
  const ids = [...((await readEndpointFilter(database, projectId)) ?? [])];
  const rows = await database.prisma.endpoint.findMany({ where: { id: { in: ids } }, orderBy: { createdAt: 'desc' } });
  return rows.map(viewEndpoint);
}

/** The groups that were given to a project. Throws as `listProjectEndpoints` does. */
export async function listProjectEndpointGroups(call: Call, projectId: string): Promise<EndpointGroup[]> {
  await grantedGlobally(call, 'endpoint-filter:read');
  const { prisma } = call.core.database;
  await projectName(prisma, projectId);
  const where = { projects: { some: { projectId } } };
  return (await prisma.endpointGroup.findMany({ where, orderBy: { createdAt: 'desc' } })).map(viewEndpointGroup);
}

/** The projects to which an endpoint was given by itself, or a group. Throws `not_found` for one that is not there. */
export async function listShownProjects(call: Call, { noun, id }: Omit<Shown, 'projectId'>): Promise<Project[]> {
  await grantedGlobally(call, 'endpoint-filter:read');
  const { prisma } = call.core.database;
  await shownName(prisma, { noun, id });
  const where =
    noun === 'endpoint'
      ? { endpoints: { some: { endpointId: id } } }
      : { endpointGroups: { some: { endpointGroupId: id } } };
  const rows = await prisma.project.findMany({ where, orderBy: { name: 'asc' }, include: withDomain });
  return rows.map((row) => viewProject(call, row));
}

/** Throws `not_found` unless it was given to the project. */
export async function findShown(call: Call, { noun, id, projectId }: Shown): Promise<void> {
  await grantedGlobally(call, 'endpoint-filter:read');
  const { prisma } = call.core.database;
  const found =
    noun === 'endpoint'
      ? await prisma.endpointProject.count({ where: { endpointId: id, projectId } })
      : await prisma.endpointGroupProject.count({ where: { endpointGroupId: id, projectId } });
  if (found === 0) throw notFound(noun, id);
}

/** Throws `not_found` for what is not there, and `conflict` for what was given to the project before. */
export async function showToProject(unit: Unit, call: Call, shown: Shown): Promise<void> {
  const { tx } = unit;
  const { noun, id, projectId } = shown;
  const names = await namesOf(tx, shown);
  const given =
    noun === 'endpoint'
      ? tx.endpointProject.create({ data: { endpointId: id, projectId } })
      : tx.endpointGroupProject.create({ data: { endpointGroupId: id, projectId } });
  await refuseDuplicate<unknown>(given, {
    field: 'projectId',
    message: 'The project has it already.',
    fix: 'Nothing is left to do.',
  });
  await record(unit, call, { verb: 'create', id, ...names });
}

/** Throws `not_found` for what is not there, or was not given to the project. */
export async function hideFromProject(unit: Unit, call: Call, shown: Shown): Promise<void> {
  const { tx } = unit;
  const { noun, id, projectId } = shown;
  const names = await namesOf(tx, shown);
  const { count } =
    noun === 'endpoint'
      ? await tx.endpointProject.deleteMany({ where: { endpointId: id, projectId } })
      : await tx.endpointGroupProject.deleteMany({ where: { endpointGroupId: id, projectId } });
  if (count === 0) throw notFound(noun, id);
  await record(unit, call, { verb: 'delete', id, ...names });
}

async function namesOf(tx: Transaction, { projectId, ...what }: Shown) {
  return { project: await projectName(tx, projectId), name: await shownName(tx, what) };
}

type Reader = Pick<Transaction, 'project' | 'endpoint' | 'endpointGroup'>;

async function projectName({ project }: Reader, id: string): Promise<string> {
  const found = await project.findUnique({ where: { id }, select: { name: true } });
  if (found === null) throw notFound('project', id);
  return found.name;
}

async function shownName({ endpoint, endpointGroup }: Reader, { noun, id }: Omit<Shown, 'projectId'>): Promise<string> {
  const found =
    noun === 'endpoint'
      ? (await endpoint.findUnique({ where: { id }, select: { url: true } }))?.url
      : (await endpointGroup.findUnique({ where: { id }, select: { name: true } }))?.name;
  if (found === undefined) throw notFound(noun, id);
  return found;
}

interface Recorded {
  readonly verb: 'create' | 'delete';
  readonly id: string;
  readonly name: string;
  readonly project: string;
}

function record(unit: Unit, call: Call, { verb, id, name, project }: Recorded): Promise<void> {
  return recordCatalogChange(unit, call, {
    action: `endpoint-filter:${verb}`,
    id,
    name,
    detail: `in the catalog of the project ${project}`,
  });
}
