'use client';
import { useQuery } from '@tanstack/react-query';
import type { SubnetPool } from '@unkai/contracts/resources/subnet-pool';
import { Pencil, Trash2, Users } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { isMissing, problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { Share } from '#forms/share.tsx';
import { SubnetPoolDelete, SubnetPoolEdit } from '#forms/subnet-pool.tsx';
import { namesOf } from '#resources/port.ts';
import { useDenial } from '#resources/project.ts';
import { ResourceActivity } from '#resources/resource-activity.tsx';
import { ShareBadges } from '#resources/share-badges.tsx';
import { poolQuotaWords, sizeWords } from '#resources/subnet-pool.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { ErrorState, MissingState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { DetailSkeleton, Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../../paths.ts';

/** One subnet pool: what it holds, and what the project has taken of it. */
export function SubnetPoolDetail({ project, pool: id }: { project: string; pool: string }) {
  const trpc = useTRPC();
  const { data: pool, error, refetch } = useQuery(trpc.subnetPool.get.queryOptions({ id }));
  if (isMissing(error)) {
    return (
      <MissingState what="subnet pool">
        <ButtonLink href={paths.subnetPools({ project })}>All subnet pools</ButtonLink>
      </MissingState>
    );
  }
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!pool) return <DetailSkeleton />;
  return (
    <>
      <PoolHeader project={project} pool={pool} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <PoolFacts project={project} pool={pool} />
        <PoolSubnets project={project} pool={pool} />
      </div>
      <div className="mt-4">
        <ResourceActivity project={project} resource={pool.id} />
      </div>
    </>
  );
}

type OfPool = { project: string; pool: SubnetPool };

function PoolHeader({ project, pool }: OfPool) {
  const { push } = useRouter();
  const [asked, ask] = useState<'edit' | 'share' | 'delete'>();
  const done = () => ask(undefined);
  const denial = useDenial(project);
  const foreign = pool.projectId === project ? undefined : 'It belongs to another project.';
  const buttons = [
    { act: 'edit', words: 'Change subnet pool', reason: denial('subnet-pool:update'), Icon: Pencil },
    { act: 'share', words: 'Share', reason: denial('rbac-policy:create'), Icon: Users },
    { act: 'delete', words: 'Delete', reason: denial('subnet-pool:delete'), Icon: Trash2 },
  ] as const;
  return (
    <>
      <PageHeader
        title={
          <>
            {pool.name}
            <ShareBadges project={project} of={pool} />
          </>
        }
        summary={
          <span className="flex flex-wrap items-center gap-x-3">
            <CopyId id={pool.id} />
            <span>
              created <RelativeTime at={pool.createdAt} suffix="ago" />
            </span>
            {pool.description && <span>{pool.description}</span>}
          </span>
        }
        actions={buttons.map(({ act, words, reason, Icon }) => (
          <Button
            key={act}
            variant={act === 'delete' ? 'danger' : 'secondary'}
            icon={<Icon aria-hidden size={14} />}
            disabledReason={reason ?? foreign}
            onClick={() => ask(act)}
          >
            {words}
          </Button>
        ))}
      />
      {asked === 'edit' && <SubnetPoolEdit pool={pool} onClose={done} />}
      {asked === 'share' && <Share of={pool} objectType="subnet-pool" onClose={done} />}
      {asked === 'delete' && (
        <SubnetPoolDelete pool={pool} onClose={done} onDeleted={() => push(paths.subnetPools({ project }))} />
      )}
    </>
  );
}

function PoolFacts({ project, pool }: OfPool) {
  const trpc = useTRPC();
  const scopes = useQuery(trpc.addressScope.list.queryOptions({ projectId: project, limit: 1000 })).data?.items ?? [];
  return (
    <Panel title="What it holds">
      <Facts
        facts={[
          {
            name: 'Ranges',
            value: (
              <ul>
                {pool.prefixes.map((prefix) => (
                  <li key={prefix}>
                    <code className="numeric">{prefix}</code>
                  </li>
                ))}
              </ul>
            ),
          },
          { name: 'Subnets', value: <span className="numeric">{sizeWords(pool)}</span> },
          { name: 'Each project', value: `may have ${poolQuotaWords(pool)}` },
          {
            name: 'Address scope',
            value:
              pool.addressScopeId === null ? (
                <span className="text-ink-muted">none</span>
              ) : (
                namesOf([pool.addressScopeId], scopes)[0]
              ),
          },
        ]}
      />
    </Panel>
  );
}

function PoolSubnets({ project, pool }: OfPool) {
  const trpc = useTRPC();
  const networks = useQuery(trpc.network.list.queryOptions({ projectId: project, limit: 1000 })).data?.items;
  const taken = networks?.flatMap(({ subnets }) => subnets).filter(({ subnetPoolId }) => subnetPoolId === pool.id);
  return (
    <Panel title="Subnets from it" note="of this project">
      {networks === undefined || taken === undefined ? (
        <Skeleton className="h-5 w-48" />
      ) : taken.length === 0 ? (
        <p className="text-ink-muted text-table">None yet. Choose the pool where you make a subnet of a network.</p>
      ) : (
        <ul className="grid gap-1 text-table">
          {taken.map(({ id, name, cidr, networkId }) => (
            <li key={id} className="flex flex-wrap items-baseline gap-x-3">
              <code className="numeric">{cidr}</code>
              <span>{name}</span>
              <span className="text-ink-muted">
                on{' '}
                <Link
                  href={paths.network({ project, network: networkId })}
                  className="text-ink underline-offset-4 hover:underline"
                >
                  {namesOf([networkId], networks)[0]}
                </Link>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
