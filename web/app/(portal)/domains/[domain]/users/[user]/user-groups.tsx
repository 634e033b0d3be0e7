'use client';
import { useQuery } from '@tanstack/react-query';
import type { Group } from '@unkai/contracts/resources/group';
import type { User } from '@unkai/contracts/resources/user';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { GroupMemberAdd } from '#forms/group-member-add.tsx';
import { GroupMemberRemove } from '#forms/group-member-remove.tsx';
import { descriptionColumn } from '#resources/columns.tsx';
import { useDomainDenial } from '#resources/identity.ts';
import { Table } from '#table/table.tsx';
import { Button } from '#ui/button.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { Panel } from '#ui/panel.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { paths } from '../../../../../../paths.ts';

/** The groups that a user is in. */
export function UserGroups({ user }: { user: User }) {
  const trpc = useTRPC();
  const [isAdding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Group>();
  const { domainId: domain } = user;
  const denial = useDomainDenial(domain)('group:update');
  const { data, error } = useQuery(trpc.group.list.queryOptions({ userId: user.id, limit: 1000 }));
  return (
    <Panel
      title="Groups"
      aside={
        <Button icon={<Plus aria-hidden size={15} />} disabledReason={denial} onClick={() => setAdding(true)}>
          Add to a group
        </Button>
      }
    >
      {error ? (
        <ProblemNote problem={problemOf(error)} />
      ) : (
        <Table
          label="Groups of the user"
          items={data?.items}
          columns={[descriptionColumn]}
          href={({ id }) => paths.domainGroup({ domain, group: id })}
          phoneNote={({ description }) => description}
          noMatch="In no group."
          menu={(group) => (
            <MenuItem isDanger disabledReason={denial} onSelect={() => setLeaving(group)}>
              Take out
            </MenuItem>
          )}
        />
      )}
      {isAdding && (
        <GroupMemberAdd
          user={user}
          domain={domain}
          taken={data?.items.map(({ id }) => id) ?? []}
          onClose={() => setAdding(false)}
        />
      )}
      {leaving && <GroupMemberRemove group={leaving} user={user} onClose={() => setLeaving(undefined)} />}
    </Panel>
  );
}
