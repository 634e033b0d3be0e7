import type { Permission } from '@unkai/contracts/permissions';
import { grantedOnSeen, type Place } from '../access.ts';
import type { Call } from '../call.ts';
import { findDomain } from './domain.ts';
import { findProject } from './project.ts';

/** A project, or (`projectId` null) a domain itself, looked up for the caller. */
export interface ProjectOrDomain extends Place {
  readonly projectId: string | null;
  /** That of the project, or the domain itself. */
  readonly domainId: string;
  readonly name: string;
}

/**
 * Looks up the one of both that is named, for the action on what belongs to it. Who may see the place and not do that
 * there is told so; throws `not_found` for everybody else.
 */
export async function findProjectOrDomain(
  call: Call,
  wanted: Permission,
  where: { readonly projectId?: string | undefined; readonly domainId?: string | undefined },
): Promise<ProjectOrDomain> {
  if (where.projectId !== undefined) {
    const { id, name, domainId } = await findProject(call, 'project:read', where.projectId);
    return grantedThere(call, wanted, { projectId: id, domainId, name });
  }
  const { id, name } = await findDomain(call, 'domain:read', where.domainId ?? '');
  return grantedThere(call, wanted, { projectId: null, domainId: id, name });
}

async function grantedThere(call: Call, wanted: Permission, place: ProjectOrDomain): Promise<ProjectOrDomain> {
  const { projectId, domainId } = place;
  const noun = projectId === null ? 'domain' : 'project';
  await grantedOnSeen(call, wanted, { noun, id: projectId ?? domainId, ...place });
  return place;
}
