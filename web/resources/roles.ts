import type { Role } from '@unkai/contracts/resources/role';
import { builtInRoleIds } from '@unkai/contracts/resources/role';

/** Whether whoever has the role has admin too. */
function reachesAdmin(id: string, roles: readonly Role[], seen: ReadonlySet<string> = new Set()): boolean {
  if (id === builtInRoleIds.admin) return true;
  if (seen.has(id)) return false;
  const implied = roles.find((role) => role.id === id)?.implies ?? [];
  return implied.some((each) => reachesAdmin(each, roles, new Set([...seen, id])));
}

/** The roles that can be given in a domain and its projects, each with why this caller may not give it. */
export function givableRoles(roles: readonly Role[], domain: string, isOperator: boolean) {
  return roles
    .filter(({ domainId }) => domainId === null || domainId === domain)
    .map(({ id, name }) => ({
      value: id,
      label: name,
      disabledReason: !isOperator && reachesAdmin(id, roles) ? 'only operators give it' : undefined,
    }));
}
