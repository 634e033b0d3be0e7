import { UnkaiError } from '@unkai/contracts/errors';
import type {
  ServiceLimit,
  serviceLimitCreate,
  serviceLimitQuery,
  serviceLimitUpdate,
} from '@unkai/contracts/resources/service-limit';
import type { ServiceLimit as LimitRow, Prisma, RegisteredLimit as RegisteredRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted, grantedToAll } from '../access.ts';
import type { Call } from '../call.ts';
import { recordCatalogChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseDuplicate, refuseField } from './refusal.ts';
import { limitFilter } from './registered-limit.ts';

const withParts = { registeredLimit: true, project: { select: { domainId: true } } } as const;
type FoundLimit = LimitRow & { registeredLimit: RegisteredRow; project: { domainId: string } | null };

/** Looks a limit up for an action: who may see its project or domain sees it. */
export async function findServiceLimit(
  call: Call,
  wanted: `service-limit:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundLimit> {
  const row = await call.core.database.prisma.serviceLimit.findUnique({ where: { id }, include: withParts });
  const domainId = row?.domainId ?? row?.project?.domainId ?? null;
  return granted(call, wanted, row, { noun: 'service-limit', id, projectId: row?.projectId ?? null, domainId });
}

/** Those of the projects and domains that the caller has a role on. */
export async function listServiceLimits(
  call: Call,
  query: z.output<typeof serviceLimitQuery>,
): Promise<Page<ServiceLimit>> {
  await grantedToAll(call, 'service-limit:read');
  const { after, orderBy, take } = pageRows(query);
  const { projectId, domainId } = query;
  const about = {
    registeredLimit: limitFilter(query),
    ...(projectId !== undefined && { projectId }),
    ...(domainId !== undefined && { domainId }),
  };
  const where = { AND: [about, seenBy(call), after] };
  const rows = await call.core.database.prisma.serviceLimit.findMany({ where, orderBy, take, include: withParts });
  return pageOf(rows, query, viewServiceLimit);
}

function seenBy({ actor }: Call): Prisma.ServiceLimitWhereInput {
  if (actor.kind === 'system' || actor.systemRole !== null) return {};
  const domains = { in: [...actor.domainRoles.keys()] };
  const projects = { in: [...actor.projectRoles.keys()] };
  return { OR: [{ projectId: projects }, { domainId: domains }, { project: { domainId: domains } }] };
}

/**
 * Throws `forbidden` where no such limit is registered, `conflict` where the project or domain has one, and
 * `invalid_input` for a project or a domain that is not there.
 */
export async function createServiceLimit(
  unit: Unit,
  call: Call,
  input: z.output<typeof serviceLimitCreate>,
): Promise<ServiceLimit> {
  const { tx } = unit;
  const { serviceId, resourceName, projectId, domainId, resourceLimit, description } = input;
  const where = { serviceId, resourceName, regionId: input.regionId ?? null };
  const registered = await tx.registeredLimit.findFirst({ where, select: { id: true } });
  if (registered === null) {
    throw new UnkaiError('forbidden', 'No limit of this resource is registered for the service there.', {
      next: 'Register one first.',
    });
  }
  if (projectId !== undefined && (await tx.project.count({ where: { id: projectId } })) === 0) {
    throw refuseField('projectId', 'names no project', 'Choose a project that is there.');
  }
  if (domainId !== undefined && (await tx.domain.count({ where: { id: domainId } })) === 0) {
    throw refuseField('domainId', 'names no domain', 'Choose a domain that is there.');
  }
  const place = { projectId: projectId ?? null, domainId: domainId ?? null };
  const data = { registeredLimitId: registered.id, ...place, resourceLimit, description };
  const made = tx.serviceLimit.create({ data, include: withParts });
  const row = await refuseDuplicate(made, {
    field: 'resourceName',
    message: 'It has a limit of this resource already.',
    fix: 'Change the limit that exists.',
  });
  await record(unit, call, 'create', row);
  return viewServiceLimit(row);
}

export async function updateServiceLimit(
  unit: Unit,
  call: Call,
  row: FoundLimit,
  input: z.output<typeof serviceLimitUpdate>,
): Promise<ServiceLimit> {
  const { resourceLimit = row.resourceLimit, description = row.description } = input;
  const data = { resourceLimit, description };
  const changed = await unit.tx.serviceLimit.update({ where: { id: row.id }, data, include: withParts });
  await record(unit, call, 'update', changed);
  return viewServiceLimit(changed);
}

/** What is registered counts again. */
export async function deleteServiceLimit(unit: Unit, call: Call, row: FoundLimit): Promise<void> {
  await unit.tx.serviceLimit.delete({ where: { id: row.id } });
  await record(unit, call, 'delete', row);
}

function record(unit: Unit, call: Call, verb: 'create' | 'update' | 'delete', { id, registeredLimit }: FoundLimit) {
  return recordCatalogChange(unit, call, { action: `service-limit:${verb}`, name: registeredLimit.resourceName, id });
}

export function viewServiceLimit(row: FoundLimit): ServiceLimit {
  const { id, projectId, domainId, resourceLimit, description, createdAt, registeredLimit } = row;
  const { serviceId, regionId, resourceName } = registeredLimit;
  return {
    id,
    serviceId,
    regionId,
    resourceName,
    projectId,
    domainId,
    resourceLimit,
    description,
    createdAt: createdAt.toISOString(),
  };
}
