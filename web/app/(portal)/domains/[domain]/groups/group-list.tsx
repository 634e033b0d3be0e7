'use client';
import { useQuery } from '@tanstack/react-query';
import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { type GroupAct, GroupDialog, GroupMenu } from '#forms/group.tsx';
import { ageColumn, descriptionColumn, idColumn } from '#resources/columns.tsx';
import { useDomainDenial } from '#resources/identity.ts';
import { ListPage } from '#table/list-page.tsx';
import { paths } from '../../../../../paths.ts';

const about = 'A group holds users who are given roles together. Who leaves it loses what came through it.';

/** The domain's groups. */
export function GroupList({ domain }: { domain: string }) {
  const trpc = useTRPC();
  const [act, setAct] = useState<GroupAct>();
  const denial = useDomainDenial(domain);
  const query = { domainId: domain, limit: 1000 };
  const list = useQuery(trpc.group.list.queryOptions(query, { refetchInterval: 10_000 }));
  return (
    <>
      <ListPage
        title="Groups"
        one="group"
        about={about}
        icon={<UsersRound aria-hidden size={18} />}
        list={list}
        neededRole="reader on the domain"
        create={{
          label: 'Create group',
          disabledReason: denial('group:create'),
          run: () => setAct({ kind: 'create', domain }),
        }}
        text={({ name, description }) => `${name} ${description}`}
        href={({ id }) => paths.domainGroup({ domain, group: id })}
        columns={[descriptionColumn, idColumn, ageColumn]}
        phoneNote={({ description }) => description || 'No description'}
        menu={(group) => <GroupMenu group={group} onAct={setAct} />}
      />
      <GroupDialog act={act} onClose={() => setAct(undefined)} />
    </>
  );
}
