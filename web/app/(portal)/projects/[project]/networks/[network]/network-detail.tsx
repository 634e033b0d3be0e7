'use client';
import { useQuery } from '@tanstack/react-query';
import type { Network } from '@unkai/contracts/resources/network';
import type { Port } from '@unkai/contracts/resources/port';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { isMissing, problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { NetworkDelete, whyNetworkStays } from '#forms/network-delete.tsx';
import { NetworkEdit } from '#forms/network-edit.tsx';
import { SubnetCreate } from '#forms/subnet.tsx';
import { Tags } from '#forms/tags.tsx';
import { NetworkBadges, providerWords } from '#resources/network.tsx';
import { PortTable } from '#resources/port-table.tsx';
import { useDenial } from '#resources/project.ts';
import { ResourceActivity } from '#resources/resource-activity.tsx';
import { useQuickActions } from '#shell/quick-actions.tsx';
import { LiveBadge } from '#table/filters.tsx';
import { count } from '#ui/amounts.ts';
import { Button, ButtonLink, IconButton } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { ErrorState, MissingState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { DetailSkeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../../paths.ts';
import { NetworkSubnets } from './network-subnets.tsx';

type NetworkDetailProps = { project: string; network: string };

/** One network: its subnets with what is used of them, and the ports on it. */
export function NetworkDetail({ project, network: id }: NetworkDetailProps) {
  const trpc = useTRPC();
  const { data: network, error, refetch } = useQuery(trpc.network.get.queryOptions({ id }));
  if (isMissing(error)) {
    return (
      <MissingState what="network">
        <ButtonLink href={paths.networks({ project })}>All networks</ButtonLink>
      </MissingState>
    );
  }
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return network ? <LoadedNetwork project={project} network={network} /> : <DetailSkeleton panels={['h-40', 'h-52']} />;
}

type LoadedNetworkProps = { project: string; network: Network };

function LoadedNetwork({ project, network }: LoadedNetworkProps) {
  const trpc = useTRPC();
  const [isAdding, setAdding] = useState(false);
  const { data: ports } = useQuery(
    trpc.port.list.queryOptions({ projectId: project, networkId: network.id, limit: 1000 }),
  );
  const reason = useDenial(project)('subnet:create');
  const plus = <Plus aria-hidden size={15} />;
  const add = {
    id: 'create subnet',
    label: 'Create subnet',
    group: 'On this page',
    icon: plus,
    run: () => setAdding(true),
  };
  useQuickActions(reason === undefined ? [add] : []);
  return (
    <>
      <PageHeader
        title={
          <>
            {network.name}
            <EditButton project={project} network={network} />
            <NetworkBadges network={network} />
          </>
        }
        summary={<Summary project={project} network={network} />}
        actions={
          <>
            <Button variant="primary" icon={plus} disabledReason={reason} onClick={add.run}>
              Create subnet
            </Button>
            <DeleteButton project={project} network={network} />
          </>
        }
      />
      <div className="grid gap-4">
        <NetworkSubnets project={project} network={network} ports={ports?.items} />
        <NetworkPorts project={project} ports={ports?.items} />
        <ResourceActivity project={project} resource={network.id} />
      </div>
      {isAdding && <SubnetCreate network={network} onClose={() => setAdding(false)} />}
    </>
  );
}

function NetworkPorts({ project, ports }: { project: string; ports: readonly Port[] | undefined }) {
  return (
    <section aria-label="Ports" className="grid gap-2">
      <div className="flex min-h-6 items-center gap-2">
        <h2 className="font-semibold">Ports</h2>
        <LiveBadge />
      </div>
      <PortTable
        project={project}
        ports={ports}
        isOfOneNetwork
        noMatch="No port yet: each server on the network has one."
      />
    </section>
  );
}

function EditButton({ project, network }: LoadedNetworkProps) {
  const [isEditing, setEditing] = useState(false);
  return (
    <>
      <IconButton
        aria-label="Change network"
        disabledReason={useDenial(project)('network:update')}
        onClick={() => setEditing(true)}
      >
        <Pencil aria-hidden size={14} />
      </IconButton>
      {isEditing && <NetworkEdit network={network} onClose={() => setEditing(false)} />}
    </>
  );
}

function DeleteButton({ project, network }: LoadedNetworkProps) {
  const router = useRouter();
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      <Button
        variant="danger"
        icon={<Trash2 aria-hidden size={14} />}
        disabledReason={useDenial(project)('network:delete') ?? whyNetworkStays(network)}
        onClick={() => setDeleting(true)}
      >
        Delete
      </Button>
      {isDeleting && (
        <NetworkDelete
          network={network}
          onClose={() => setDeleting(false)}
          onDeleted={() => router.push(paths.networks({ project }))}
        />
      )}
    </>
  );
}

function Summary({ project, network }: LoadedNetworkProps) {
  const client = useTRPCClient();
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <CopyId id={network.id} />
      <span>{count(network.subnets.length, 'subnet')}</span>
      <span>{count(network.portCount, 'port')}</span>
      <span>MTU {network.mtu}</span>
      {network.provider !== null && <span>{providerWords(network)}</span>}
      <span>
        created <RelativeTime at={network.createdAt} suffix="ago" />
      </span>
      {network.description && <span>{network.description}</span>}
      <Tags
        name={network.name}
        tags={network.tags}
        disabledReason={useDenial(project)('network:update')}
        save={(tags) => client.network.update.mutate({ id: network.id, tags })}
      />
    </span>
  );
}
