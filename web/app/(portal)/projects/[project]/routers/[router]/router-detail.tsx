'use client';
import { useQuery } from '@tanstack/react-query';
import type { Router } from '@unkai/contracts/resources/router';
import { Pencil, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { isMissing, problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { RouterEdit } from '#forms/router.tsx';
import { RouterDelete, whyRouterStays } from '#forms/router-delete.tsx';
import { Tags } from '#forms/tags.tsx';
import { namesOf } from '#resources/port.ts';
import { useDenial } from '#resources/project.ts';
import { ResourceActivity } from '#resources/resource-activity.tsx';
import { RouterStateBadge } from '#resources/router.tsx';
import { Button, ButtonLink } from '#ui/button.tsx';
import { CopyButton, CopyId } from '#ui/copy.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { ErrorState, MissingState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { DetailSkeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../../paths.ts';
import { RouterInterfaces } from './router-interfaces.tsx';

type RouterDetailProps = { project: string; router: string };

/** One router: its way out, what it joins, its routes. */
export function RouterDetail({ project, router: id }: RouterDetailProps) {
  const trpc = useTRPC();
  const { data: router, error, refetch } = useQuery(trpc.router.get.queryOptions({ id }));
  if (isMissing(error)) {
    return (
      <MissingState what="router">
        <ButtonLink href={paths.routers({ project })}>All routers</ButtonLink>
      </MissingState>
    );
  }
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!router) return <DetailSkeleton />;
  return (
    <>
      <RouterHeader project={project} router={router} />
      {router.failure && (
        <div role="alert" className="mb-4 rounded-control border border-bad/40 bg-bad-wash px-3 py-2.5">
          <p className="font-medium">{router.failure.message}</p>
          <p className="text-ink-muted text-table">{router.failure.next}</p>
        </div>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <RouterInterfaces project={project} router={router} />
        <WayOut project={project} router={router} />
      </div>
      <div className="mt-4">
        <ResourceActivity project={project} resource={router.id} />
      </div>
    </>
  );
}

type OfRouter = { project: string; router: Router };

function RouterHeader({ project, router }: OfRouter) {
  const { push } = useRouter();
  const [asked, ask] = useState<'edit' | 'delete'>();
  const denial = useDenial(project);
  return (
    <>
      <PageHeader
        title={
          <>
            {router.name}
            <span className="font-normal text-body">
              <RouterStateBadge state={router.state} />
            </span>
          </>
        }
        summary={<Summary project={project} router={router} />}
        actions={
          <>
            <Button
              icon={<Pencil aria-hidden size={14} />}
              disabledReason={denial('router:update')}
              onClick={() => ask('edit')}
            >
              Change router
            </Button>
            <Button
              variant="danger"
              icon={<Trash2 aria-hidden size={14} />}
              disabledReason={denial('router:delete') ?? whyRouterStays(router)}
              onClick={() => ask('delete')}
            >
              Delete
            </Button>
          </>
        }
      />
      {asked === 'edit' && <RouterEdit router={router} onClose={() => ask(undefined)} />}
      {asked === 'delete' && (
        <RouterDelete
          router={router}
          onClose={() => ask(undefined)}
          onDeleted={() => push(paths.routers({ project }))}
        />
      )}
    </>
  );
}

function Summary({ project, router }: OfRouter) {
  const client = useTRPCClient();
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <CopyId id={router.id} />
      {router.hostName !== null && <span>on {router.hostName}</span>}
      <span>
        created <RelativeTime at={router.createdAt} suffix="ago" />
      </span>
      {router.description && <span>{router.description}</span>}
      <Tags
        name={router.name}
        tags={router.tags}
        disabledReason={useDenial(project)('router:update')}
        save={(tags) => client.router.update.mutate({ id: router.id, tags })}
      />
    </span>
  );
}

function WayOut({ project, router: { gateway, routes } }: OfRouter) {
  const trpc = useTRPC();
  const networks = useQuery(trpc.network.list.queryOptions({ projectId: project, limit: 1000 })).data?.items ?? [];
  return (
    <Panel title="Way out">
      <div className="grid gap-4">
        {gateway === null ? (
          <p className="text-ink-muted text-table">None: what is on its networks reaches nothing outside.</p>
        ) : (
          <Facts
            facts={[
              {
                name: 'Network',
                value: (
                  <Link
                    href={paths.network({ project, network: gateway.networkId })}
                    className="underline-offset-4 hover:underline"
                  >
                    {namesOf([gateway.networkId], networks)[0]}
                  </Link>
                ),
              },
              {
                name: 'Address',
                value: gateway.addresses.map(({ address }) => (
                  <span key={address} className="flex items-center gap-1">
                    <code className="numeric">{address}</code>
                    <CopyButton text={address} what="address" />
                  </span>
                )),
              },
              { name: 'Translation', value: gateway.hasSnat ? 'on: what leaves has this address' : 'off' },
            ]}
          />
        )}
        <Facts
          facts={[
            {
              name: 'Static routes',
              value: routes.length === 0 ? <span className="text-ink-muted">none</span> : <Routes routes={routes} />,
            },
          ]}
        />
      </div>
    </Panel>
  );
}

function Routes({ routes }: Pick<Router, 'routes'>) {
  return (
    <ul>
      {routes.map(({ destination, nextHop }) => (
        <li key={destination}>
          <code className="numeric">
            {destination} via {nextHop}
          </code>
        </li>
      ))}
    </ul>
  );
}
