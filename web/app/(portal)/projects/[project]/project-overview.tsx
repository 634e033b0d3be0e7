'use client';
import { useQuery } from '@tanstack/react-query';
import type { Server } from '@unkai/contracts/resources/server';
import { ArrowRight, Plus } from 'lucide-react';
import Link from 'next/link';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { AuditRows } from '#resources/audit-line.tsx';
import { quotaWords, useLimits } from '#resources/limits.tsx';
import { useDenial } from '#resources/project.ts';
import { ServerStateBadge } from '#resources/server.tsx';
import { Badge } from '#ui/badge.tsx';
import { Button, ButtonLink } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { Meter } from '#ui/meter.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { Panel } from '#ui/panel.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../paths.ts';

/** The first page of a project: what it uses, its servers, what happened last. */
export function ProjectOverview({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const servers = useQuery(trpc.server.list.queryOptions({ projectId: project, limit: 8 }));
  const createReason = useDenial(project)('server:create');
  const present = user?.projects.find(({ id }) => id === project);
  if (servers.error) return <ErrorState problem={problemOf(servers.error)} onRetry={() => void servers.refetch()} />;
  return (
    <>
      <PageHeader
        title={
          <>
            {present?.name ?? 'Overview'}
            {present && <Badge>{present.role}</Badge>}
          </>
        }
        summary={<CopyId id={project} what="project id" />}
        actions={
          createReason === undefined ? (
            <ButtonLink href={paths.serverCreate({ project })} variant="primary" icon={<Plus aria-hidden size={15} />}>
              Create server
            </ButtonLink>
          ) : (
            <Button variant="primary" disabledReason={createReason}>
              Create server
            </Button>
          )
        }
      />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid gap-4">
          <ServersPanel project={project} servers={servers.data?.items} />
          <ActivityPanel project={project} />
        </div>
        <QuotaPanel project={project} />
      </div>
    </>
  );
}

function All({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="inline-flex items-center gap-1 text-ink-muted text-table hover:text-ink">
      {children} <ArrowRight aria-hidden size={13} />
    </Link>
  );
}

function ServersPanel({ project, servers }: { project: string; servers: readonly Server[] | undefined }) {
  return (
    <Panel title="Servers" aside={<All href={paths.servers({ project })}>All servers</All>}>
      {servers === undefined && <Skeleton className="h-28" />}
      {servers?.length === 0 && (
        <p className="text-ink-muted text-table">
          None yet. A server is a virtual machine of your own, ready in seconds.
        </p>
      )}
      {servers !== undefined && servers.length > 0 && (
        <ul className="-m-2 grid">
          {servers.map((server) => (
            <li key={server.id}>
              <Link
                href={paths.server({ project, server: server.id })}
                className="grid min-h-9 grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-4 rounded-control px-2 text-table hover:bg-raised max-md:min-h-11"
              >
                <span className="truncate font-medium">{server.name}</span>
                <code className="numeric text-ink-muted max-md:hidden">{server.addresses[0]?.address}</code>
                <span className="flex w-24 justify-end">
                  <ServerStateBadge state={server.state} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ActivityPanel({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.audit.list.queryOptions({ projectId: project, limit: 8 }));
  return (
    <Panel title="Activity" aside={<All href={paths.activity({ project })}>All activity</All>}>
      {data ? <AuditRows lines={data.items} /> : <Skeleton className="h-28" />}
    </Panel>
  );
}

function QuotaPanel({ project }: { project: string }) {
  const limits = useLimits(project)?.filter((limit) => limit.isOffered && limit.of === 'project');
  return (
    <Panel title="Quota" note="used of what this project may">
      <div className="grid gap-4">
        {limits === undefined && <Skeleton className="h-48" />}
        {limits?.map((limit) => (
          <Meter
            key={limit.name}
            label={limit.label === 'Image bytes' ? 'Image storage' : limit.label}
            used={limit.used}
            limit={limit.limit}
            write={(amount) => quotaWords(limit, amount)}
          />
        ))}
      </div>
    </Panel>
  );
}
