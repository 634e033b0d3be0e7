import { UnkaiError } from '@unkai/contracts/errors';
import type { Permission } from '@unkai/contracts/permissions';
import {
  deepestProject,
  type Project,
  type projectCreate,
  type projectQuery,
  type projectUpdate,
} from '@unkai/contracts/resources/project';
import type { Domain as DomainRow, Prisma, Project as ProjectRow, ProjectTag } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedGlobally, grantedOnProject, grantedToAll, notFound, roleOnProject } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { createNetworkRow } from './network.ts';
import { holds, type Page, pageOf, pageRows } from './page.ts';
import { removeProject } from './project-delete.ts';
import { changedOptions, refuseField, refuseImmutable, refuseTakenName, storedOptions } from './refusal.ts';
import { lockRow } from './row-now.ts';
import { createSecurityGroupRow, egressRules } from './security-group.ts';
import { createSubnetRow } from './subnet.ts';

type FoundProject = ProjectRow & { domain: Pick<DomainRow, 'name'>; tags: ReadonlyArray<Pick<ProjectTag, 'name'>> };
export const withDomain = {
  domain: { select: { name: true } },
  tags: { select: { name: true }, orderBy: { name: 'asc' } },
} as const;

/** Looks a project up for an action on itself. */
export async function findProject(
  call: Call,
  wanted: `project:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundProject> {
  const row = await call.core.database.prisma.project.findUnique({ where: { id }, include: withDomain });
  const place = row && { name: row.name, domainId: row.domainId };
  return granted(call, wanted, row, { noun: 'project', id, projectId: id, ...place });
}

/**
 * Ends the lookup of a project as the place for something: a list of what is in it, or something new. Most callers hold
 * a role on it, which shows that it is there; of others (operators) the database is asked.
 */
export async function findPlace(call: Call, wanted: Permission, projectId: string): Promise<void> {
  await grantedOnProject(call, wanted, projectId);
  if (call.actor.projectRoles.has(projectId)) return;
  const found = await call.core.database.prisma.project.count({ where: { id: projectId } });
  if (found === 0) throw notFound('project', projectId);
}

/** As `findPlace`, for a list of what is in all projects, which operators may ask for. */
export const findEverywhere = grantedGlobally;

/** The projects that the caller reaches: operators all, others those they hold a role on, confined tokens their one. */
function reachableProjects({ actor }: Call): Prisma.ProjectWhereInput {
  if (actor.systemRole !== null) return {};
  return {
    OR: [{ id: { in: [...actor.projectRoles.keys()] } }, { domainId: { in: [...actor.domainRoles.keys()] } }],
  };
}

export async function listProjects(call: Call, query: z.output<typeof projectQuery>): Promise<Page<Project>> {
  await grantedToAll(call, 'project:read');
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [reachableProjects(call), ...filtersOf(query), after] };
  const rows = await call.core.database.prisma.project.findMany({ where, orderBy, take, include: withDomain });
  return pageOf(rows, query, (row) => viewProject(call, row));
}

function filtersOf(query: z.output<typeof projectQuery>): Prisma.ProjectWhereInput[] {
  const { name, nameContains, domainId, parentId, isEnabled, tags = [], tagsAny, notTags, notTagsAny } = query;
  const having = (tag: string): Prisma.ProjectWhereInput => ({ tags: { some: { name: tag } } });
  return [
    name === undefined ? {} : { name: { equals: name, mode: 'insensitive' } },
    nameContains === undefined ? {} : { name: holds(nameContains) },
    domainId === undefined ? {} : { domainId },
    parentId === undefined ? {} : { parentId },
    isEnabled === undefined ? {} : { isEnabled },
    ...tags.map(having),
    tagsAny === undefined ? {} : { tags: { some: { name: { in: tagsAny } } } },
    notTags === undefined ? {} : { NOT: { AND: notTags.map(having) } },
    notTagsAny === undefined ? {} : { tags: { none: { name: { in: notTagsAny } } } },
  ];
}

const firstSubnet = { name: 'default', cidr: '10.0.0.0/24', dnsServers: [] };

/**
 * Makes a project that servers can be made in at once: a default network with a subnet, and a default security group
 * that lets everything out and nothing in. Throws `conflict` when the domain has a project of that name, and
 * `wrong_state` below a disabled project or in a disabled domain.
 */
export async function createProject(unit: Unit, call: Call, input: z.input<typeof projectCreate>): Promise<Project> {
  const { tags = [], parentId = null, description = '', isEnabled = true, domainId, name } = input;
  await requirePlace(unit.tx, input.domainId, parentId);
  const made = unit.tx.project.create({
    data: {
      domainId,
      parentId,
      name,
      description,
      isEnabled,
      options: changedOptions({}, input.options),
      tags: { create: [...new Set(tags)].map((name) => ({ name })) },
    },
    include: withDomain,
  });
  const row = await refuseTakenName(made, `There is already a project named ${input.name} in this domain.`);
  const projectId = row.id;
  const network = await createNetworkRow(unit, { projectId, name: 'default', isDefault: true });
  await createSubnetRow(unit, { projectId, networkId: network.id, ...firstSubnet });
  await createSecurityGroupRow(unit, { projectId, name: 'default', isDefault: true }, egressRules);
  const about = { id: row.id, name: row.name, projectId, after: valuesOf(row) };
  await recordChange(unit, call, { action: 'project:create', kind: 'created', ...about });
  return viewProject(call, row);
}

/** The domain, and the line of projects above, must be there and enabled; the line may not be too long. */
async function requirePlace(tx: Transaction, domainId: string, parentId: string | null): Promise<void> {
  const domain = await tx.domain.findUnique({ where: { id: domainId }, select: { isEnabled: true } });
  if (domain === null) throw refuseField('domainId', 'names no domain', 'Choose a domain that is there.');
  if (!domain.isEnabled) throw new UnkaiError('wrong_state', 'The domain is disabled.', { next: 'Enable it first.' });
  let above = parentId;
  for (let depth = 1; above !== null; depth += 1) {
    if (depth >= deepestProject)
      throw refuseField(
        'parentId',
        `is ${deepestProject} projects deep, the most there may be`,
        'Choose a project further up.',
      );
    const parent = await tx.project.findFirst({
      where: { id: above, domainId },
      select: { parentId: true, isEnabled: true },
    });
    if (parent === null)
      throw refuseField(
        'parentId',
        'names no project of this domain',
        'Choose a project of the same domain, or leave it out.',
      );
    if (!parent.isEnabled) {
      throw new UnkaiError('wrong_state', 'A project above it is disabled.', { next: 'Enable that one first.' });
    }
    above = parent.parentId;
  }
}

/**
 * Throws `conflict` when the new name is taken. A disabled project, and all below it, is closed at once to all but
 * operators (A09).
 */
export async function updateProject(
  unit: Unit,
  call: Call,
  found: FoundProject,
  input: z.output<typeof projectUpdate>,
): Promise<Project> {
  await lockRow(unit.tx, 'project', found.id);
  const row = await unit.tx.project.findUniqueOrThrow({ where: { id: found.id }, include: withDomain });
  refuseImmutable(row.options, input.options);
  const { name = row.name, description = row.description, isEnabled = row.isEnabled, tags } = input;
  if (tags !== undefined) await unit.tx.projectTag.deleteMany({ where: { projectId: row.id } });
  const change = unit.tx.project.update({
    where: { id: row.id },
    data: {
      name,
      description,
      isEnabled,
      options: changedOptions(row.options, input.options),
      ...(tags !== undefined && { tags: { create: [...new Set(tags)].map((each) => ({ name: each })) } }),
    },
    include: withDomain,
  });
  const changed = await refuseTakenName(change, `There is already a project named ${name} in this domain.`);
  const detail = isEnabled === row.isEnabled ? '' : isEnabled ? 'enabled' : 'disabled';
  const values = { before: valuesOf(row), after: valuesOf(changed) };
  const about = { id: row.id, name, projectId: row.id, detail, ...values };
  await recordChange(unit, call, { action: 'project:update', kind: 'changed', ...about });
  return viewProject(call, changed);
}

/** Throws `in_use` while it holds projects, servers or images; networks and security groups go with it. */
export async function deleteProject(unit: Unit, call: Call, row: FoundProject): Promise<void> {
  const { id, name, options } = row;
  refuseImmutable(options);
  await removeProject(unit, id);
  const about = { id, name, projectId: id, before: valuesOf(row) };
  await recordChange(unit, call, { action: 'project:delete', kind: 'deleted', ...about });
}

function valuesOf(row: FoundProject) {
  return { ...row, tags: row.tags.map((tag) => tag.name) };
}

export function viewProject({ actor }: Call, row: FoundProject): Project {
  const { id, domainId, parentId, name, description, isEnabled, createdAt } = row;
  return {
    id,
    domainId,
    domainName: row.domain.name,
    parentId,
    name,
    description,
    isEnabled,
    tags: row.tags.map((each) => each.name),
    options: storedOptions(row.options),
    role: roleOnProject(actor, id) ?? 'reader',
    createdAt: createdAt.toISOString(),
  };
}
