'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Permission, permissions, type RoleName, roleGrants } from '@unkai/contracts/permissions';
import { useTRPC } from '#client/trpc.tsx';
import { useToast } from '#ui/toast.tsx';

type Denial = (permission: Permission) => string | undefined;

/** Why the caller may not do it in this domain, as the permission table of the API says; undefined when they may. */
export function useDomainDenial(domain: string): Denial {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const role = user?.domains.find(({ id }) => id === domain)?.role;
  return (permission) => {
    const { scope, role: needed } = permissions[permission];
    if (user === undefined) return undefined;
    if (scope === 'system') return systemReason(user.systemRole, needed);
    if (role !== undefined && roleGrants(role, needed)) return undefined;
    return role === undefined ? `This needs the role ${needed} in this domain.` : asHere(role, needed);
  };
}

/**
 * Why the caller may not manage the people of a project; undefined when they may. It takes the role manager there or on
 * its domain, as the permission table of the API says.
 */
export function useManagingDenial(project: string): string | undefined {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const here = user?.projects.find(({ id }) => id === project);
  const { role: needed } = permissions['invite:create'];
  const onDomain = user?.domains.find(({ id }) => id === here?.domainId)?.role;
  const held = [here?.role, onDomain].some((role) => role !== undefined && roleGrants(role, needed));
  if (user === undefined || held) return undefined;
  return here === undefined ? `This needs the role ${needed} in this project.` : asHere(here.role, needed);
}

/** As `useDomainDenial`, for what belongs to the installation. */
export function useSystemDenial(): Denial {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  return (permission) => (user ? systemReason(user.systemRole, permissions[permission].role) : undefined);
}

function systemReason(held: RoleName | null, needed: RoleName): string | undefined {
  return held !== null && roleGrants(held, needed) ? undefined : `This needs the role ${needed} on the system.`;
}

function asHere(role: RoleName, needed: RoleName): string {
  return `Your role here is ${role}; this needs ${needed}.`;
}

/** What follows a change: it is said, the dialog closes, and every page asks again, since roles reach far. */
export function useSettled(onClose: () => void): (said: string) => void {
  const queryClient = useQueryClient();
  const toast = useToast();
  return (said) => {
    toast({ tone: 'ok', title: said });
    onClose();
    void queryClient.invalidateQueries();
  };
}
