'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { Panel } from '#ui/panel.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../paths.ts';
import { AuditRows } from './audit-line.tsx';
import { useDomainDenial } from './identity.ts';

const few = 10;
const all = (href: string) => (
  <Link href={href} className="text-meta">
    All activity
  </Link>
);

type InProject = { project: string; resource: string };
type InDomain = { domain: string; resource: string };

/** The last that was done to a thing of a project, or refused. */
export function ResourceActivity({ project, resource }: InProject) {
  const trpc = useTRPC();
  const query = { projectId: project, resourceId: resource, limit: few };
  const list = useQuery(trpc.audit.list.queryOptions(query, { refetchInterval: 10_000 }));
  return (
    <Panel title="Activity" aside={all(paths.activity({ project, filter: resource }))}>
      <Lines {...list} />
    </Panel>
  );
}

/** In the menu of a row: what was done to it, on the page of the whole project. */
export function ActivityItem({ project, resource }: InProject) {
  return (
    <MenuItem asChild>
      <Link href={paths.activity({ project, filter: resource })}>Activity</Link>
    </MenuItem>
  );
}

/** As `ResourceActivity`, for a user, a group or a project of a domain; managers see it. */
export function DomainResourceActivity({ domain, resource }: InDomain) {
  const trpc = useTRPC();
  const denial = useDomainDenial(domain)('domain-audit:read');
  const query = { domainId: domain, resourceId: resource, limit: few };
  const options = { refetchInterval: 10_000, enabled: denial === undefined };
  const list = useQuery(trpc.audit.listInDomain.queryOptions(query, options));
  return (
    <Panel
      title="Activity"
      {...(denial === undefined && { aside: all(paths.domainActivity({ domain, filter: resource })) })}
    >
      {denial === undefined ? <Lines {...list} /> : <p className="text-ink-muted text-table">{denial}</p>}
    </Panel>
  );
}

/** As `ResourceActivity`, for what belongs to the installation; operators see it. */
export function SystemResourceActivity({ resource }: { resource: string }) {
  const trpc = useTRPC();
  const query = { resourceId: resource, limit: few };
  const list = useQuery(trpc.audit.listEverywhere.queryOptions(query, { refetchInterval: 10_000 }));
  return (
    <Panel title="Activity" aside={all(paths.systemActivity({ filter: resource }))}>
      <Lines {...list} />
    </Panel>
  );
}

type LinesProps = { data?: { items: Parameters<typeof AuditRows>[0]['lines'] } | undefined; error: unknown };

function Lines({ data, error }: LinesProps) {
  if (error) return <ProblemNote problem={problemOf(error)} />;
  return data ? <AuditRows lines={data.items} /> : <Skeleton className="h-16" />;
}
