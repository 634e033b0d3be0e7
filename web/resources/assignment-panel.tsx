'use client';
import { useQuery } from '@tanstack/react-query';
import type { RoleAssignment } from '@unkai/contracts/resources/role-assignment';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { RoleAssignmentCreate, type RoleAssignmentGiven } from '#forms/role-assignment-create.tsx';
import { RoleAssignmentDelete } from '#forms/role-assignment-delete.tsx';
import { Table } from '#table/table.tsx';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { Panel } from '#ui/panel.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { type AssignmentRow, assignmentRow, inheritedColumn, placeColumn, roleColumn } from './assignment-columns.tsx';
import { useDomainDenial } from './identity.ts';
import { placeWords } from './role-words.ts';

type AssignmentPanelProps = {
  title: string;
  domain: string;
  /** What all of them have in common: the place, or whose they are. */
  place: RoleAssignmentGiven;
};

/** The role assignments of one place or one holder, with the way to add and to remove. */
export function AssignmentPanel({ title, domain, place }: AssignmentPanelProps) {
  const trpc = useTRPC();
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<RoleAssignment>();
  const denial = useDomainDenial(domain);
  const { data, error } = useQuery(trpc.roleAssignment.list.queryOptions({ ...place, limit: 1000 }));
  const isPlace = place.projectId !== undefined;
  const rows = data?.items.map((each) => assignmentRow(each, isPlace ? 'holder' : 'role'));
  return (
    <Panel
      title={title}
      aside={
        <Button
          icon={<Plus aria-hidden size={15} />}
          disabledReason={denial('role-assignment:create')}
          onClick={() => setAdding(true)}
        >
          Give a role
        </Button>
      }
    >
      {error ? (
        <ProblemNote problem={problemOf(error)} />
      ) : (
        <Table<AssignmentRow>
          label={title}
          nameHeader={isPlace ? 'Who' : 'Role'}
          items={rows}
          columns={isPlace ? [roleColumn, inheritedColumn] : [placeColumn, inheritedColumn]}
          phoneNote={({ given }) => (isPlace ? given.role : placeWords(given))}
          nameAside={({ given }) => isPlace && given.groupId !== null && <Badge>group</Badge>}
          noMatch="None yet."
          menu={({ given }) => (
            <MenuItem isDanger disabledReason={denial('role-assignment:delete')} onSelect={() => setRemoving(given)}>
              Take away
            </MenuItem>
          )}
        />
      )}
      {isAdding && <RoleAssignmentCreate domain={domain} given={place} onClose={() => setAdding(false)} />}
      {removing && <RoleAssignmentDelete assignment={removing} onClose={() => setRemoving(undefined)} />}
    </Panel>
  );
}
