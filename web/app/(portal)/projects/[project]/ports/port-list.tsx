'use client';
import { useQuery } from '@tanstack/react-query';
import type { Port } from '@unkai/contracts/resources/port';
import { EthernetPort, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { PortCreate } from '#forms/port.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { useLimits } from '#resources/limits.tsx';
import { holderWords, namesOf, portSummary } from '#resources/port.ts';
import { type PortPlace, PortTable, usePortPlace } from '#resources/port-table.tsx';
import { useDenial } from '#resources/project.ts';
import { quotaReason } from '#resources/server-choice.ts';
import { useTagFilter } from '#resources/tags.tsx';
import { useQuickActions } from '#shell/quick-actions.tsx';
import { FilterChoice, FilterField, KeyHints, LiveBadge, useAddressValue } from '#table/filters.tsx';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { paths } from '../../../../../paths.ts';

const plus = <Plus aria-hidden size={15} />;
const about = 'A port is where a server meets a network: it has the address, and the rules that hold there.';

/** The project's ports, with the servers and networks that they join. */
export function PortList({ project }: { project: string }) {
  const trpc = useTRPC();
  const [isCreating, setCreating] = useState(false);
  const list = useQuery(trpc.port.list.queryOptions({ projectId: project, limit: 1000 }));
  const networks = useQuery(trpc.network.list.queryOptions({ projectId: project, limit: 1000 }));
  const limits = useLimits(project);
  const reason = useDenial(project)('port:create') ?? quotaReason(limits ?? [], { ports: 1 });
  const action = {
    id: 'create port',
    label: 'Create port',
    group: 'On this page',
    icon: plus,
    run: () => setCreating(true),
  };
  useQuickActions(reason === undefined ? [action] : []);
  const create = (
    <Button variant="primary" icon={plus} disabledReason={reason} onClick={action.run}>
      Create port
    </Button>
  );
  if (list.error) return <ErrorState problem={problemOf(list.error)} onRetry={() => void list.refetch()} />;
  const ports = list.data?.items;
  return (
    <>
      <PageHeader
        title="Ports"
        summary={list.data ? portSummary(list.data, limits) : summarySkeleton}
        actions={
          <>
            <DocsPopover title="Ports">
              {about} One that is made by itself keeps its address when its server goes.
            </DocsPopover>
            {create}
          </>
        }
      />
      {ports?.length === 0 ? (
        <NoPorts networkId={networks.data?.items[0]?.id} create={create} />
      ) : (
        <FoundPorts project={project} ports={ports} />
      )}
      {isCreating && (
        <PortCreate project={project} networks={networks.data?.items ?? []} onClose={() => setCreating(false)} />
      )}
    </>
  );
}

function FoundPorts({ project, ports }: { project: string; ports: readonly Port[] | undefined }) {
  const place = usePortPlace(project);
  const [filter, setFilter] = useAddressValue('filter');
  const [network, setNetwork] = useAddressValue('network');
  const tags = useTagFilter(ports);
  const trpc = useTRPC();
  const wanted = { networkId: network || undefined, tags: tags.wanted };
  const found = useQuery(trpc.port.list.queryOptions({ projectId: project, limit: 1000, ...wanted }));
  if (found.error) return <ErrorState problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <FilterField label="Filter by address, server or id" value={filter} onChange={setFilter} />
        <FilterChoice
          label="Network"
          value={network}
          onChange={setNetwork}
          options={place.networks.map(({ id, name }) => ({ value: id, label: name }))}
        />
        {tags.choice}
        <LiveBadge />
      </div>
      <PortTable project={project} ports={found.data?.items.filter((port) => holds(port, place, filter))} />
      <KeyHints canCreate={false} />
    </>
  );
}

function holds(port: Port, { servers, networks, groups }: PortPlace, filter: string): boolean {
  const others = [
    holderWords(port, servers) ?? '',
    ...namesOf([port.networkId], networks),
    ...namesOf(port.securityGroupIds, groups),
  ];
  const own = [port.name, ...port.tags, port.id, port.macAddress, ...port.addresses.map(({ address }) => address)];
  return [...own, ...others].join(' ').toLowerCase().includes(filter.trim().toLowerCase());
}

function NoPorts({ networkId, create }: { networkId: string | undefined; create: ReactNode }) {
  return (
    <EmptyState
      icon={<EthernetPort aria-hidden size={18} />}
      title="No ports yet"
      purpose={`${about} Each server brings its own.`}
      action={create}
      {...(networkId && { command: curlCommand(`/networks/${networkId}/ports`, { name: 'db' }) })}
      docs={{ href: paths.apiReference(), label: 'Ports in the API reference' }}
    />
  );
}
