'use client';
import { useQuery } from '@tanstack/react-query';
import type { RoleAssignment } from '@unkai/contracts/resources/role-assignment';
import { ShieldCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { RoleAssignmentDelete } from '#forms/role-assignment-delete.tsx';
import { assignmentRow, inheritedColumn, placeColumn, roleColumn } from '#resources/assignment-columns.tsx';
import { useDomainDenial } from '#resources/identity.ts';
import { placeWords } from '#resources/role-words.ts';
import { type CreateAction, ListPage } from '#table/list-page.tsx';
import { Badge } from '#ui/badge.tsx';
import { MenuItem } from '#ui/menu.tsx';

type ViewProps = { domain: string; create: CreateAction; choice: ReactNode };

export const aboutAssignments =
  'A role assignment gives a user, or all users of a group, a role on a project, on the domain or on the whole system. An inherited one counts on the projects below the place.';

/** The assignments as they were made, each of which can be taken back. */
export function GivenRoles({ domain, create, choice }: ViewProps) {
  const trpc = useTRPC();
  const [removing, setRemoving] = useState<RoleAssignment>();
  const denial = useDomainDenial(domain)('role-assignment:delete');
  const list = useQuery(
    trpc.roleAssignment.list.queryOptions({ withinDomainId: domain, limit: 1000 }, { refetchInterval: 10_000 }),
  );
  const rows = list.data?.items.map((each) => assignmentRow(each, 'holder'));
  return (
    <>
      <ListPage
        title="Role assignments"
        nameHeader="Who"
        one="role assignment"
        about={aboutAssignments}
        icon={<ShieldCheck aria-hidden size={18} />}
        list={{ ...list, data: list.data && rows && { ...list.data, items: rows } }}
        neededRole="reader on the domain"
        create={create}
        choices={choice}
        text={({ name, given }) => `${name} ${given.role} ${placeWords(given)} ${given.isInherited ? 'inherited' : ''}`}
        columns={[roleColumn, placeColumn, inheritedColumn]}
        nameAside={({ given }) => given.groupId !== null && <Badge>group</Badge>}
        phoneNote={({ given }) => `${given.role} on ${placeWords(given)}`}
        menu={({ given }) => (
          <MenuItem isDanger disabledReason={denial} onSelect={() => setRemoving(given)}>
            Take away
          </MenuItem>
        )}
      />
      {removing && <RoleAssignmentDelete assignment={removing} onClose={() => setRemoving(undefined)} />}
    </>
  );
}
