'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Limit, type VolumeTypeLimits as OfVolumeType, unlimited } from '@unkai/contracts/quota';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { LimitsForm } from '#forms/limits.tsx';
import { QuotaRequestCreate } from '#forms/quota-request-create.tsx';
import { useSystemDenial } from '#resources/identity.ts';
import { quotaWords } from '#resources/limits.tsx';
import { useDenial } from '#resources/project.ts';
import { RequestItem } from '#resources/quota-request.tsx';
import { ofVolumes, VolumeTypeLimits } from '#resources/volume-type-limits.tsx';
import { Button } from '#ui/button.tsx';
import { Meter } from '#ui/meter.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { Panel } from '#ui/panel.tsx';
import { ErrorState, ProblemNote } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';

/** What the project uses of each limit, and the way to ask for more. */
export function QuotaPage({ project }: { project: string }) {
  const trpc = useTRPC();
  const list = useQuery(trpc.limits.get.queryOptions({ projectId: project }));
  const limits = list.data?.items.filter(({ isOffered }) => isOffered);
  if (list.error) return <ErrorState problem={problemOf(list.error)} onRetry={() => void list.refetch()} />;
  return (
    <>
      <PageHeader
        title="Quotas"
        summary="What this project uses of what it may"
        actions={
          <>
            <SetLimits project={project} limits={list.data?.items} volumeTypes={list.data?.volumeTypes ?? []} />
            <AskForMore project={project} limits={limits} />
          </>
        }
      />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <Panel title="Limits">
          <div className="grid gap-4">
            {limits === undefined && <Skeleton className="h-48" />}
            {limits?.map((limit) => (
              <Meter
                key={limit.name}
                label={limit.of === 'user' ? `${limit.label} (yours)` : limit.label}
                used={limit.used}
                limit={limit.limit === unlimited ? undefined : limit.limit}
                write={(amount) => quotaWords(limit, amount)}
              />
            ))}
          </div>
        </Panel>
        <RequestPanel project={project} />
      </div>
      {list.data && <VolumeTypeLimits limits={list.data.items} volumeTypes={list.data.volumeTypes} />}
    </>
  );
}

type ActProps = { project: string; limits: readonly Limit[] | undefined };

/** For those with a role on the system, who say what a project may. */
function SetLimits({ project, limits, volumeTypes }: ActProps & { volumeTypes: readonly OfVolumeType[] }) {
  const trpc = useTRPC();
  const denial = useSystemDenial()('limits:update');
  const [isSetting, setSetting] = useState(false);
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  if (user === undefined || user.systemRole === null) return null;
  return (
    <>
      <Button disabledReason={limits ? denial : 'Loading…'} onClick={() => setSetting(true)}>
        Set limits
      </Button>
      {isSetting && limits && (
        <LimitsForm
          of={{ projectId: project }}
          limits={limits.filter(({ isOffered }) => isOffered)}
          volumes={ofVolumes(limits)}
          volumeTypes={volumeTypes}
          onClose={() => setSetting(false)}
        />
      )}
    </>
  );
}

function AskForMore({ project, limits }: ActProps) {
  const trpc = useTRPC();
  const denial = useDenial(project);
  const [isAsking, setAsking] = useState(false);
  const requests = useQuery(trpc.quotaRequest.list.queryOptions({ projectId: project }));
  const isWaiting = requests.data?.items.some(({ state }) => state === 'open');
  const reason =
    denial('quota-request:create') ??
    (isWaiting ? 'A request is open: withdraw it first, or wait for its answer.' : undefined);
  return (
    <>
      <Button variant="primary" disabledReason={limits ? reason : 'Loading…'} onClick={() => setAsking(true)}>
        Ask for more
      </Button>
      {isAsking && limits && <QuotaRequestCreate project={project} limits={limits} onClose={() => setAsking(false)} />}
    </>
  );
}

function RequestPanel({ project }: { project: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const denial = useDenial(project);
  const { data, error, refetch } = useQuery(trpc.quotaRequest.list.queryOptions({ projectId: project }));
  const withdraw = useMutation(
    trpc.quotaRequest.withdraw.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.quotaRequest.pathKey() }),
    }),
  );
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <Panel title="Requests for more">
      {data === undefined && <Skeleton className="h-28" />}
      {data?.items.length === 0 && (
        <p className="text-ink-muted text-table">None yet. An operator answers what you ask for, and you are told.</p>
      )}
      {withdraw.error && <ProblemNote problem={problemOf(withdraw.error)} />}
      <ul className="grid">
        {data?.items.map((request) => (
          <RequestItem key={request.id} request={request}>
            {request.state === 'open' && (
              <Button
                disabledReason={denial('quota-request:withdraw')}
                pending={withdraw.isPending}
                onClick={() => withdraw.mutate({ id: request.id })}
              >
                Withdraw
              </Button>
            )}
          </RequestItem>
        ))}
      </ul>
    </Panel>
  );
}
