'use client';
import { useQuery } from '@tanstack/react-query';
import { type Permission, permissions, type RoleName, roleGrants } from '@unkai/contracts/permissions';
import { useTRPC } from '#client/trpc.tsx';

/** The caller's role in the project; undefined until it is known or when there is none. */
function useProjectRole(project: string): RoleName | undefined {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const inProject = user?.projects.find(({ id }) => id === project)?.role;
  // A role on the whole installation counts in each of its projects.
  const roles = [inProject, user?.systemRole].filter((role) => role !== null && role !== undefined);
  return roles.find((role) => roles.every((other) => roleGrants(role, other)));
}

/** Why the caller may not do it in this project, as the permission table of the API says; undefined when they may. */
export function useDenial(project: string): (permission: Permission) => string | undefined {
  const role = useProjectRole(project);
  return (permission) => {
    const rule = permissions[permission];
    if (rule.scope !== 'project' || role === undefined || roleGrants(role, rule.role)) return undefined;
    return `Your role here is ${role}; this needs ${rule.role}.`;
  };
}

/**
 * Whether the caller may do it in this project, which need not be one of theirs: what only who manages a thing says is then
 * not asked of anyone else.
 */
export function useGrant(project: string): (permission: Permission) => boolean {
  const role = useProjectRole(project);
  return (permission) => {
    const rule = permissions[permission];
    return rule.scope === 'project' && role !== undefined && roleGrants(role, rule.role);
  };
}
