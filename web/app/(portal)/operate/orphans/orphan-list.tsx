'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Orphan, orphanKind, orphanKinds } from '@unkai/contracts/resources/orphan';
import { Brush, Sparkles } from 'lucide-react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { operatorProblem, useOperatorDenial } from '#resources/operator.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { Panel } from '#ui/panel.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { useToast } from '#ui/toast.tsx';

const purpose = 'What a crash or a lost host left behind. Most of it is cleaned by itself within a minute.';

/** What is kept for nobody, by kind, each with the button that cleans it. */
export function OrphanList() {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.orphan.list.queryOptions(undefined, { refetchInterval: 10_000 }));
  const problem = operatorProblem(error, 'what this cloud keeps for nobody', refetch);
  if (problem) return problem;
  const groups = orphanKind.options
    .map((kind) => ({ kind, items: data?.items.filter((each) => each.kind === kind) ?? [] }))
    .filter(({ items }) => items.length > 0);
  return (
    <>
      <PageHeader
        title="Orphans"
        summary={data ? `${count(data.items.length, 'thing')} kept for nobody` : summarySkeleton}
        actions={<DocsPopover title="Orphans">{purpose}</DocsPopover>}
      />
      {data === undefined && <Skeleton className="h-40" />}
      {data?.items.length === 0 && (
        <EmptyState icon={<Sparkles aria-hidden size={18} />} title="Nothing is left behind" purpose={purpose} />
      )}
      <div className="grid gap-4">
        {groups.map(({ kind, items }) => (
          <Panel key={kind} title={orphanKinds[kind].title} note={count(items.length, 'thing')}>
            <p className="mb-3 max-w-2xl text-ink-muted text-table">
              {orphanKinds[kind].what} {orphanKinds[kind].cleaning}
            </p>
            <ul className="grid">
              {items.map((orphan) => (
                <OrphanRow key={orphan.key} orphan={orphan} />
              ))}
            </ul>
          </Panel>
        ))}
      </div>
    </>
  );
}

function OrphanRow({ orphan }: { orphan: Orphan }) {
  const { name, hostName, projectName, since } = orphan;
  const denial = useOperatorDenial();
  const { isPending, mutate } = useClean(name);
  const facts = [
    hostName !== null && hostName !== name && `on ${hostName}`,
    projectName !== null && `project ${projectName}`,
  ].filter(Boolean);
  return (
    <li className="flex items-center gap-3 border-b py-2 last:border-b-0">
      <p className="min-w-0 grow text-table">
        <span className="break-words font-medium">{name}</span>
        <span className="text-ink-muted">
          {facts.length > 0 && ` · ${facts.join(' · ')}`}
          {since !== null && (
            <>
              {' · since '}
              <RelativeTime at={since} suffix="ago" />
            </>
          )}
        </span>
      </p>
      <Button
        icon={<Brush aria-hidden size={14} />}
        aria-label={`Clean ${name}${hostName === null ? '' : ` on ${hostName}`}`}
        disabledReason={denial}
        pending={isPending}
        onClick={() => mutate({ kind: orphan.kind, key: orphan.key })}
      >
        Clean
      </Button>
    </li>
  );
}

function useClean(name: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation(
    trpc.orphan.clean.mutationOptions({
      onSuccess: () => toast({ tone: 'ok', title: `${name} was cleaned` }),
      onError: (failed) => toast({ tone: 'bad', title: `${name} was not cleaned`, detail: problemOf(failed).detail }),
      onSettled: () => void queryClient.invalidateQueries({ queryKey: trpc.orphan.pathKey() }),
    }),
  );
}
