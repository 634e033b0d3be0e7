'use client';
import { useQuery } from '@tanstack/react-query';
import type { Network } from '@unkai/contracts/resources/network';
import { Network as NetworkIcon, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { NetworkCreate } from '#forms/network-create.tsx';
import { NetworkDelete, whyNetworkStays } from '#forms/network-delete.tsx';
import { Share, ShareItem } from '#forms/share.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { NetworkBadges, providerWords } from '#resources/network.tsx';
import { useDenial } from '#resources/project.ts';
import { ActivityItem } from '#resources/resource-activity.tsx';
import { TagChoices, tagColumn, useTagFilter } from '#resources/tags.tsx';
import { FilterField, KeyHints, useAddressValue } from '#table/filters.tsx';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { paths } from '../../../../../paths.ts';

const columns: readonly Column<Network>[] = [
  {
    header: 'Subnets',
    cell: ({ subnets }) => <code className="numeric">{subnets.map(({ cidr }) => cidr).join(', ') || 'none'}</code>,
    sortBy: ({ subnets }) => subnets[0]?.cidr ?? '',
  },
  {
    header: 'Gateway',
    cell: ({ subnets }) => <code className="numeric">{subnets[0]?.gatewayAddress ?? ''}</code>,
    isMinor: true,
  },
  {
    header: 'Ports',
    cell: ({ portCount }) => <span className="numeric">{portCount}</span>,
    sortBy: ({ portCount }) => portCount,
    align: 'end',
  },
  {
    header: 'MTU',
    cell: ({ mtu }) => <span className="numeric">{mtu}</span>,
    sortBy: ({ mtu }) => mtu,
    align: 'end',
    isMinor: true,
  },
  {
    header: 'Type',
    cell: (network) => <span className="whitespace-nowrap text-ink-muted">{providerWords(network)}</span>,
    sortBy: providerWords,
    isMinor: true,
  },
  { header: 'Id', cell: ({ id }) => <CopyId id={id} />, isMinor: true },
  {
    header: 'Age',
    cell: ({ createdAt }) => (
      <span className="text-ink-muted">
        <RelativeTime at={createdAt} />
      </span>
    ),
    sortBy: ({ createdAt }) => -Date.parse(createdAt),
    align: 'end',
  },
];

const docs = (
  <DocsPopover title="Networks">
    A network is a private wire between the servers of this project, wherever their hosts are. Its subnet hands out
    addresses; no other project can see it, even with the same range.
  </DocsPopover>
);

/** All of the project's networks, and those of them that have the tag which is asked for. */
function useNetworks(project: string) {
  const trpc = useTRPC();
  const all = { projectId: project, limit: 1000 };
  const list = useQuery(trpc.network.list.queryOptions(all));
  const tags = useTagFilter(list.data?.items);
  const found = useQuery(trpc.network.list.queryOptions({ ...all, tags: tags.wanted }));
  return { list, found, tags };
}

/** The project's networks with their ranges of addresses. */
export function NetworkList({ project }: { project: string }) {
  const [filter, setFilter] = useAddressValue('filter');
  const [isCreating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<Network>();
  const denial = useDenial(project);
  const { list, found, tags } = useNetworks(project);
  const { data } = list;
  const shown = found.data?.items.filter((network) => holds(network, filter));
  const create = (
    <Button
      variant="primary"
      icon={<Plus aria-hidden size={15} />}
      disabledReason={denial('network:create')}
      onClick={() => setCreating(true)}
    >
      Create network
    </Button>
  );
  const { error, refetch } = list.error ? list : found;
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <>
      <PageHeader
        title="Networks"
        summary={data ? count(data.items.length, 'network') : summarySkeleton}
        actions={
          <>
            {docs}
            {create}
          </>
        }
      />
      {data?.items.length === 0 ? (
        <NoNetworks project={project} action={create} />
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <FilterField label="Filter by name, range or id" value={filter} onChange={setFilter} />
            <TagChoices tags={tags} />
          </div>
          <NetworkTable project={project} networks={shown} denial={denial('network:delete')} onDelete={setDeleting} />
          <KeyHints canCreate={false} />
        </>
      )}
      {isCreating && <NetworkCreate project={project} onClose={() => setCreating(false)} />}
      {deleting && <NetworkDelete network={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

function holds({ name, id, subnets, tags }: Network, filter: string): boolean {
  const text = [name, id, ...tags, ...subnets.flatMap(({ cidr, tags: own }) => [cidr, ...own])].join(' ').toLowerCase();
  return text.includes(filter.trim().toLowerCase());
}

function NoNetworks({ project, action }: { project: string; action: ReactNode }) {
  return (
    <EmptyState
      icon={<NetworkIcon aria-hidden size={18} />}
      title="No networks yet"
      purpose="A network is a private wire between the servers of this project, with its own range of addresses."
      action={action}
      command={curlCommand(`/projects/${project}/networks`, { name: 'backend' })}
      docs={{ href: paths.apiReference(), label: 'Networks in the API reference' }}
    />
  );
}

type NetworkTableProps = {
  project: string;
  networks: readonly Network[] | undefined;
  /** Why the reader may delete none of them. */
  denial: string | undefined;
  onDelete: (network: Network) => void;
};

function NetworkTable({ project, networks, denial, onDelete }: NetworkTableProps) {
  const [sharing, setSharing] = useState<Network>();
  return (
    <>
      <Table
        label="Networks"
        // How networks travel is told to operators alone.
        columns={columns
          .filter(({ header }) => header !== 'Type' || networks?.some(({ provider }) => provider !== null))
          .toSpliced(-2, 0, ...tagColumn(networks))}
        items={networks}
        href={({ id }) => paths.network({ project, network: id })}
        nameAside={(network) => <NetworkBadges network={network} />}
        phoneNote={({ subnets }) => subnets.map(({ cidr }) => cidr).join(', ')}
        menu={(network) => (
          <>
            <ActivityItem project={network.projectId} resource={network.id} />
            <ShareItem project={project} of={network} onSelect={() => setSharing(network)} />
            <MenuItem isDanger disabledReason={denial ?? whyNetworkStays(network)} onSelect={() => onDelete(network)}>
              Delete
            </MenuItem>
          </>
        )}
      />
      {sharing && <Share of={sharing} objectType="network" onClose={() => setSharing(undefined)} />}
    </>
  );
}
