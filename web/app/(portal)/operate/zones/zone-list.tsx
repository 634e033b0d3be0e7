'use client';
import { useQuery } from '@tanstack/react-query';
import type { CloudZone } from '@unkai/contracts/resources/cloud';
import type { Host } from '@unkai/contracts/resources/host';
import { MapPinned } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { HostZone } from '#forms/host-zone.tsx';
import { hostLook } from '#resources/host.tsx';
import { operatorProblem, useOperatorDenial } from '#resources/operator.tsx';
import { ZoneCapacity } from '#resources/zone.tsx';
import { count } from '#ui/amounts.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { Panel } from '#ui/panel.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { StateBadge } from '#ui/state-badge.tsx';
import { paths } from '../../../../paths.ts';

const purpose =
  'A zone is a part of the cloud that fails by itself: a room, a power feed, a rack. Each host stands in one.';

/** The zones of the cloud, each with its hosts and with what tenants are told of it. */
export function ZoneList() {
  const trpc = useTRPC();
  const cloud = useQuery(trpc.cloud.show.queryOptions(undefined, { refetchInterval: 10_000 }));
  const problem = operatorProblem(cloud.error, 'the zones of this cloud', () => void cloud.refetch());
  if (problem) return problem;
  const zones = cloud.data?.zones;
  return (
    <>
      <PageHeader
        title="Zones"
        summary={
          zones ? `${count(zones.length, 'zone')} · ${count(cloud.data?.hosts.total ?? 0, 'host')}` : summarySkeleton
        }
        actions={
          <>
            <DocsPopover title="Zones">
              {purpose} Tenants choose one for a server, by its name; which hosts there are in it they are not told.
            </DocsPopover>
            <ButtonLink href={paths.aggregates()}>Aggregates</ButtonLink>
          </>
        }
      />
      {zones === undefined ? (
        <Skeleton className="h-72" />
      ) : zones.length === 0 ? (
        <EmptyState
          icon={<MapPinned aria-hidden size={18} />}
          title="No zones yet"
          purpose={`${purpose} The first host that joins brings the first.`}
          command="./unkai join <address of this cloud> <join token>"
        />
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          {zones.map((zone) => (
            <ZonePanel key={zone.name} zone={zone} />
          ))}
        </div>
      )}
    </>
  );
}

/** As many as a person looks through; the page of hosts finds the others. */
const shownHosts = 50;

function ZonePanel({ zone }: { zone: CloudZone }) {
  const isAvailable = zone.openHosts > 0;
  return (
    <Panel
      title={zone.name}
      note={`${zone.openHosts} of ${count(zone.hosts, 'host')} open`}
      aside={
        <span className="text-meta" title="What tenants are told of this zone">
          <StateBadge
            tone={isAvailable ? 'ok' : 'bad'}
            word={isAvailable ? 'available to tenants' : 'tenants cannot choose it'}
          />
        </span>
      }
    >
      <div className="grid gap-4">
        <ZoneCapacity zone={zone} />
        <ZoneHosts zone={zone} />
      </div>
    </Panel>
  );
}

function ZoneHosts({ zone }: { zone: CloudZone }) {
  const trpc = useTRPC();
  const asked = { availabilityZone: zone.name, limit: shownHosts };
  const { data } = useQuery(trpc.host.list.queryOptions(asked, { refetchInterval: 10_000 }));
  if (data === undefined) return <Skeleton className="h-24" />;
  const more = zone.hosts - data.items.length;
  return (
    <>
      <ul aria-label={`Hosts in ${zone.name}`} className="grid gap-1 text-table">
        {data.items.map((host) => (
          <HostRow key={host.id} host={host} />
        ))}
      </ul>
      {more > 0 && (
        <p className="text-ink-muted text-table">
          {count(more, 'further host')}:{' '}
          <Link href={paths.hosts()} className="underline underline-offset-4">
            all hosts
          </Link>
        </p>
      )}
    </>
  );
}

function HostRow({ host }: { host: Host }) {
  const [isMoving, setMoving] = useState(false);
  const denial = useOperatorDenial();
  return (
    <li className="flex flex-wrap items-center gap-x-3">
      <Link href={paths.host({ host: host.id })} className="font-medium underline-offset-4 hover:underline">
        {host.name}
      </Link>
      <StateBadge {...hostLook(host)} />
      <span className="text-ink-muted">{count(host.serverCount, 'server')}</span>
      <span className="ml-auto">
        <Button
          variant="quiet"
          aria-label={`Set zone of ${host.name}`}
          disabledReason={denial}
          onClick={() => setMoving(true)}
        >
          Set zone
        </Button>
      </span>
      {isMoving && <HostZone host={host} onClose={() => setMoving(false)} />}
    </li>
  );
}
