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
import { enabledColumn } from '#resources/enabled.tsx';
import { useDomainDenial } from '#resources/identity.ts';
import { Table } from '#table/table.tsx';
import { Button } from '#ui/button.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { Panel } from '#ui/panel.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { paths } from '../../../../../../paths.ts';

/** The users of a group. */
export function GroupMembers({ group }: { group: Group }) {
  const trpc = useTRPC();
  const [isAdding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<User>();
  const { domainId: domain } = group;
  const denial = useDomainDenial(domain)('group:update');
  const { data, error } = useQuery(trpc.user.list.queryOptions({ groupId: group.id, limit: 1000 }));
  return (
    <Panel
      title="Users in it"
      aside={
        <Button icon={<Plus aria-hidden size={15} />} disabledReason={denial} onClick={() => setAdding(true)}>
          Add a user
        </Button>
      }
    >
      {error ? (
        <ProblemNote problem={problemOf(error)} />
      ) : (
        <Table
          label="Users in the group"
          items={data?.items}
          columns={[enabledColumn]}
          href={({ id, domainId }) => paths.domainUser({ domain: domainId, user: id })}
          phoneNote={({ email }) => email ?? ''}
          noMatch="Nobody yet."
          menu={(user) => (
            <MenuItem isDanger disabledReason={denial} onSelect={() => setLeaving(user)}>
              Take out
            </MenuItem>
          )}
        />
      )}
      {isAdding && (
        <GroupMemberAdd
          group={group}
          domain={domain}
          taken={data?.items.map(({ id }) => id) ?? []}
          onClose={() => setAdding(false)}
        />
      )}
      {leaving && <GroupMemberRemove group={group} user={leaving} onClose={() => setLeaving(undefined)} />}
    </Panel>
  );
}
