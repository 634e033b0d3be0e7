'use client';
import { useQuery } from '@tanstack/react-query';
import type { Role } from '@unkai/contracts/resources/role';
import { BookKey } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { type RoleAct, RoleDialog } from '#forms/role.tsx';
import { ageColumn, descriptionColumn, idColumn } from '#resources/columns.tsx';
import { useSystemDenial } from '#resources/identity.ts';
import { ListPage } from '#table/list-page.tsx';
import { Badge } from '#ui/badge.tsx';
import { MenuItem } from '#ui/menu.tsx';

const about =
  'What people may do follows from reader, member, manager and admin, of which each has what those before it have. A role of your own counts through what you let it imply.';

/** All roles, and for operators the way to make their own. */
export function RoleList() {
  const trpc = useTRPC();
  const [act, setAct] = useState<RoleAct>();
  const denial = useSystemDenial();
  const list = useQuery(trpc.role.list.queryOptions({ limit: 1000 }, { refetchInterval: 10_000 }));
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const roles = list.data?.items ?? [];
  const impliedNames = ({ implies }: Role) =>
    implies.map((id) => roles.find((role) => role.id === id)?.name ?? id).join(', ');
  const domainName = ({ domainId }: Role) =>
    domainId === null
      ? 'everywhere'
      : `only in ${user?.domains.find(({ id }) => id === domainId)?.name ?? 'one domain'}`;
  return (
    <>
      <ListPage
        title="Roles"
        one="role"
        about={about}
        icon={<BookKey aria-hidden size={18} />}
        list={list}
        neededRole="reader"
        create={{ label: 'Create role', disabledReason: denial('role:create'), run: () => setAct({ kind: 'create' }) }}
        text={(role) => `${role.name} ${role.description} ${impliedNames(role)} ${domainName(role)}`}
        columns={[
          { header: 'Implies', cell: (role) => impliedNames(role) || '—', sortBy: impliedNames },
          { header: 'Given', cell: domainName, sortBy: domainName },
          descriptionColumn,
          idColumn,
          ageColumn,
        ]}
        nameAside={({ isBuiltIn }) => isBuiltIn && <Badge>built in</Badge>}
        phoneNote={(role) => (role.implies.length === 0 ? 'implies no other' : `implies ${impliedNames(role)}`)}
        menu={(role) => <RoleMenu role={role} onAct={setAct} />}
      />
      <RoleDialog act={act} roles={roles} onClose={() => setAct(undefined)} />
    </>
  );
}

function RoleMenu({ role, onAct }: { role: Role; onAct: (act: RoleAct) => void }) {
  const denial = useSystemDenial();
  const update = denial('role:update');
  const builtIn = role.isBuiltIn ? 'A built-in role stays as it is.' : undefined;
  return (
    <>
      <MenuItem disabledReason={update ?? builtIn} onSelect={() => onAct({ kind: 'edit', role })}>
        Edit
      </MenuItem>
      <MenuItem disabledReason={update ?? builtIn} onSelect={() => onAct({ kind: 'implied', role })}>
        Implied roles
      </MenuItem>
      <MenuItem
        isDanger
        disabledReason={denial('role:delete') ?? builtIn}
        onSelect={() => onAct({ kind: 'delete', role })}
      >
        Delete
      </MenuItem>
    </>
  );
}
