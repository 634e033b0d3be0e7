'use client';
import { useQuery } from '@tanstack/react-query';
import { type ServerGroup, serverGroupPolicies } from '@unkai/contracts/resources/server-group';
import { Component, Plus } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { ServerGroupCreate, ServerGroupDelete } from '#forms/server-group.tsx';
import { useDenial } from '#resources/project.ts';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { ErrorState } from '#ui/problem.tsx';

const purpose =
  'A server group says how near its servers are put to each other: on one host, or each on another, so that one dead machine does not take all of them.';
const serverWords = ({ servers }: ServerGroup) => servers.map(({ name }) => name).join(', ') || 'no server yet';

const columns: readonly Column<ServerGroup>[] = [
  {
    header: 'Policy',
    cell: ({ policy, maxServersPerHost }) => (
      <span title={serverGroupPolicies[policy]}>
        {policy}
        {maxServersPerHost !== null && `, at most ${maxServersPerHost} on a host`}
      </span>
    ),
    sortBy: ({ policy }) => policy,
    isPhoneAside: true,
  },
  { header: 'Servers', cell: serverWords, sortBy: ({ servers }) => servers.length },
];

/** Which servers of the project belong together, or apart. */
export function ServerGroupList({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.serverGroup.list.queryOptions({ projectId: project, limit: 1000 }));
  const denial = useDenial(project);
  const [isCreating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<ServerGroup>();
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  const create = (
    <Button
      variant="primary"
      icon={<Plus aria-hidden size={15} />}
      disabledReason={denial('server-group:create')}
      onClick={() => setCreating(true)}
    >
      Create server group
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Server groups"
        summary={data ? count(data.items.length, 'server group') : summarySkeleton}
        actions={
          <>
            <DocsPopover title="Server groups">{purpose}</DocsPopover>
            {data?.items.length !== 0 && create}
          </>
        }
      />
      {data?.items.length === 0 ? (
        <EmptyState
          icon={<Component aria-hidden size={18} />}
          title="No server groups yet"
          purpose={purpose}
          action={create}
        />
      ) : (
        <ServerGroupTable items={data?.items} denial={denial('server-group:delete')} onDelete={setDeleting} />
      )}
      {isCreating && <ServerGroupCreate project={project} onClose={() => setCreating(false)} />}
      {deleting && <ServerGroupDelete group={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

type ServerGroupTableProps = {
  items: readonly ServerGroup[] | undefined;
  denial: string | undefined;
  onDelete: (group: ServerGroup) => void;
};

function ServerGroupTable({ items, denial, onDelete }: ServerGroupTableProps) {
  return (
    <Table
      label="Server groups"
      columns={columns}
      items={items}
      phoneNote={serverWords}
      menu={(group) => (
        <MenuItem isDanger disabledReason={denial} onSelect={() => onDelete(group)}>
          Delete
        </MenuItem>
      )}
    />
  );
}
