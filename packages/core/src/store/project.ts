import type { Permission } from '@unkai/contracts/permissions';
import type { PageQuery } from '@unkai/contracts/primitives';
import type { Project, projectCreate, projectUpdate } from '@unkai/contracts/resources/project';
import type { Domain as DomainRow, Prisma, Project as ProjectRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedOnProject, grantedToAll, notFound, roleOnProject } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database.ts';
import { createNetworkRow } from './network.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseDuplicate, refuseField, refuseInUse } from './refusal.ts';
import { createSecurityGroupRow, egressRules } from './security-group.ts';
import { createSubnetRow } from './subnet.ts';

type FoundProject = ProjectRow & { domain: Pick<DomainRow, 'name'> };
const withDomain = { domain: { select: { name: true } } } as const;

/** Looks a project up for an action on itself. */
export async function findProject(
  call: Call,
  wanted: `project:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundProject> {
  const row = await call.core.database.prisma.project.findUnique({ where: { id }, include: withDomain });
  return granted(call, wanted, row, { noun: 'project', id, projectId: id, ...(row && { name: row.name }) });
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

/** The projects that the caller reaches: operators all, others those they hold a role on, confined tokens their one. */
export function reachableProjects({ actor }: Call): Prisma.ProjectWhereInput {
  if (actor.systemRole !== null) return {};
  return {
    OR: [{ id: { in: [...actor.projectRoles.keys()] } }, { domainId: { in: [...actor.domainRoles.keys()] } }],
  };
}

export async function listProjects(call: Call, query: PageQuery): Promise<Page<Project>> {
  await grantedToAll(call, 'project:read');
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [reachableProjects(call), after] };
  const rows = await call.core.database.prisma.project.findMany({ where, orderBy, take, include: withDomain });
  return pageOf(rows, query, (row) => viewProject(call, row));
}

const firstSubnet = { name: 'default', cidr: '10.0.0.0/24', dnsServers: [] };

/**
 * Makes a project that servers can be made in at once: a default network with a subnet, and a default security group
 * that lets everything out and nothing in. Throws `conflict` when the domain has a project of that name.
 */
export async function createProject(unit: Unit, call: Call, input: z.infer<typeof projectCreate>): Promise<Project> {
  const domain = await unit.tx.domain.findUnique({ where: { id: input.domainId }, select: { id: true } });
  if (domain === null) throw refuseField('domainId', 'names no domain');
  const made = unit.tx.project.create({ data: input, include: withDomain });
  const row = await refuseDuplicate(made, 'name', `There is already a project named ${input.name} in this domain.`);
  const projectId = row.id;
  const network = await createNetworkRow(unit, { projectId, name: 'default', isDefault: true });
  await createSubnetRow(unit, { projectId, networkId: network.id, ...firstSubnet });
  await createSecurityGroupRow(unit, { projectId, name: 'default', isDefault: true }, egressRules);
  await recordChange(unit, call, { action: 'project:create', kind: 'created', id: row.id, name: row.name, projectId });
  return viewProject(call, row);
}

/** Throws `conflict` when the new name is taken. A disabled project is closed at once to all but operators (A09). */
export async function updateProject(
  unit: Unit,
  call: Call,
  row: FoundProject,
  input: z.infer<typeof projectUpdate>,
): Promise<Project> {
  const { name = row.name, description = row.description, isEnabled = row.isEnabled } = input;
  const change = unit.tx.project.update({
    where: { id: row.id },
    data: { name, description, isEnabled },
    include: withDomain,
  });
  const changed = await refuseDuplicate(change, 'name', `There is already a project named ${name} in this domain.`);
  const detail = isEnabled === row.isEnabled ? '' : isEnabled ? 'enabled' : 'disabled';
  await recordChange(unit, call, {
    action: 'project:update',
    kind: 'changed',
    id: row.id,
    name,
    projectId: row.id,
    detail,
  });
  return viewProject(call, changed);
}

/** Throws `in_use` while it holds servers, images or ports; networks and security groups go with it. */
export async function deleteProject(unit: Unit, call: Call, { id, name }: FoundProject): Promise<void> {
  const { tx } = unit;
  const few = { where: { projectId: id }, select: { id: true, name: true }, take: 20 } as const;
  const servers = await tx.server.findMany(few);
  const images = await tx.image.findMany(few);
  refuseInUse('The project', [
    ...servers.map((each) => ({ field: each.id, message: `it has the server ${each.name}` })),
    ...images.map((each) => ({ field: each.id, message: `it has the image ${each.name}` })),
  ]);
  const mine = { where: { projectId: id } };
  await tx.network.deleteMany(mine);
  await tx.securityGroup.deleteMany(mine);
  await tx.project.delete({ where: { id } });
  await recordChange(unit, call, { action: 'project:delete', kind: 'deleted', id, name, projectId: id });
}

export function viewProject({ actor }: Call, row: FoundProject): Project {
  const { id, domainId, name, description, isEnabled, createdAt } = row;
  const role = roleOnProject(actor, id) ?? 'reader';
  return {
    id,
    domainId,
    domainName: row.domain.name,
    name,
    description,
    isEnabled,
    role,
    createdAt: createdAt.toISOString(),
  };
}
