'use client';
import { useQuery } from '@tanstack/react-query';
import type { CloudOverview as Cloud, CloudZone } from '@unkai/contracts/resources/cloud';
import Link from 'next/link';
import { useTRPC } from '#client/trpc.tsx';
import { operatorProblem } from '#resources/operator.tsx';
import { ZoneCapacity } from '#resources/zone.tsx';
import { count } from '#ui/amounts.ts';
import { Badge } from '#ui/badge.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { StateBadge, type Tone } from '#ui/state-badge.tsx';
import { paths } from '../../../paths.ts';

const docs = (
  <DocsPopover title="Cloud">
    All hosts, servers and operations of this cloud in numbers. vCPU may be promised several times over, memory and disk
    never; a part of each host’s memory is its own and never promised.
  </DocsPopover>
);

/** The whole cloud on one page: what needs attention, what is left, what there is. */
export function CloudOverview() {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.cloud.show.queryOptions(undefined, { refetchInterval: 10_000 }));
  const problem = operatorProblem(error, 'this cloud as a whole', refetch);
  if (problem) return problem;
  const servers = data?.servers.reduce((sum, each) => sum + each.count, 0) ?? 0;
  const summary = data && `${count(data.hosts.total, 'host')} · ${count(servers, 'server')}`;
  return (
    <>
      <PageHeader
        title="Cloud"
        summary={summary ? `${summary} · ${count(data.totals.projects, 'project')}` : summarySkeleton}
        actions={docs}
      />
      {data === undefined ? <Skeleton className="h-72" /> : <Overview cloud={data} />}
    </>
  );
}

function Overview({ cloud }: { cloud: Cloud }) {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Attention cloud={cloud} />
      <Panel title="Room left" note="servers of one flavor that still fit">
        <Room room={cloud.room} />
      </Panel>
      <Panel title="Capacity by zone">
        {cloud.zones.length === 0 && <p className="text-ink-muted text-table">No host has joined yet.</p>}
        <div className="grid gap-6">
          {cloud.zones.map((zone) => (
            <Zone key={zone.name} zone={zone} />
          ))}
        </div>
      </Panel>
      <Panel title="What there is">
        <Facts facts={[...stateFacts(cloud), ...totalFacts(cloud)]} />
      </Panel>
    </div>
  );
}

type Concern = { words: string; href: string; tone: Tone };

function concernsOf({ hosts, operations, orphans }: Cloud): Concern[] {
  const several: readonly (Concern & { amount: number })[] = [
    { amount: hosts.silent, words: `${count(hosts.silent, 'host')} silent`, href: paths.hosts(), tone: 'bad' },
    {
      amount: operations.late,
      words: `${count(operations.late, 'operation')} late or giving back`,
      href: paths.operations({ view: 'late' }),
      tone: 'bad',
    },
    {
      amount: operations.failed,
      words: `${count(operations.failed, 'operation')} failed, and nothing followed`,
      href: paths.operations({ view: 'failed' }),
      tone: 'warn',
    },
    { amount: orphans, words: `${count(orphans, 'orphan')} left behind`, href: paths.orphans(), tone: 'warn' },
    {
      amount: hosts.disabled,
      words: `${count(hosts.disabled, 'host')} in maintenance`,
      href: paths.hosts(),
      tone: 'off',
    },
  ];
  return several.filter(({ amount }) => amount > 0);
}

function Attention({ cloud }: { cloud: Cloud }) {
  const concerns = concernsOf(cloud);
  return (
    <Panel title="Needs attention">
      {concerns.length === 0 && <StateBadge tone="ok" word="Nothing does" />}
      <ul className="grid gap-2">
        {concerns.map(({ words, href, tone }) => (
          <li key={words}>
            <Link href={href} className="underline-offset-4 hover:underline">
              <StateBadge tone={tone} word={words} />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Room({ room }: { room: Cloud['room'] }) {
  if (room.length === 0) return <p className="text-ink-muted text-table">There is no public flavor.</p>;
  return (
    <Facts
      facts={room.map(({ flavorId, name, count: left }) => ({
        name,
        value: (
          <span className="flex items-baseline justify-between gap-3">
            <span className="numeric">{left.toLocaleString('en')}</span>
            <Link
              href={paths.placement({ flavor: flavorId })}
              className="text-accent-ink text-meta underline-offset-4 hover:underline"
            >
              Why<span className="sr-only"> so many of {name}</span>
            </Link>
          </span>
        ),
      }))}
    />
  );
}

function Zone({ zone }: { zone: CloudZone }) {
  const { name, hosts, openHosts } = zone;
  return (
    <section aria-label={`Zone ${name}`} className="grid gap-3">
      <h3 className="flex items-center justify-between gap-3 font-medium">
        {name}
        <Badge>
          {openHosts} of {count(hosts, 'host')} open
        </Badge>
      </h3>
      <ZoneCapacity zone={zone} />
    </section>
  );
}

const number = (amount: number) => <span className="numeric">{amount.toLocaleString('en')}</span>;

function stateFacts({ servers }: Cloud) {
  return servers
    .filter(({ state, count: amount }) => amount > 0 || state === 'running')
    .map(({ state, count: amount }) => ({ name: `Servers ${state}`, value: number(amount) }));
}

function totalFacts({ totals, operations }: Cloud) {
  return [
    { name: 'Operations under way', value: number(operations.open) },
    { name: 'Failed in a day', value: number(operations.failedLastDay) },
    { name: 'Domains', value: number(totals.domains) },
    { name: 'Projects', value: number(totals.projects) },
    { name: 'Users', value: number(totals.users) },
    { name: 'Images', value: number(totals.images) },
    { name: 'Networks', value: number(totals.networks) },
    { name: 'Ports', value: number(totals.ports) },
  ];
}
