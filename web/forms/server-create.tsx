'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useLimits } from '#resources/limits.tsx';
import { useDenial } from '#resources/project.ts';
import { needsOf, quotaReason } from '#resources/server-choice.ts';
import { Form } from '#ui/form.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../paths.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { type ServerDraft, type ServerOffer, useServerDraft } from './server-create-draft.ts';
import { ServerCreateFields } from './server-create-fields.tsx';
import { ServerCreateSummary } from './server-create-summary.tsx';

/** Everything that a new server needs, on one page, with every field answered already. */
export function ServerCreateForm({ project }: { project: string }) {
  const trpc = useTRPC();
  const input = { projectId: project, limit: 1000 };
  const images = useQuery(trpc.image.list.queryOptions(input));
  const flavors = useQuery(trpc.flavor.list.queryOptions({ limit: 1000 }));
  const keyPairs = useQuery(trpc.keyPair.list.queryOptions({ limit: 1000 }));
  const networks = useQuery(trpc.network.list.queryOptions(input));
  const groups = useQuery(trpc.securityGroup.list.queryOptions(input));
  const servers = useQuery(trpc.server.list.queryOptions(input));
  const zones = useQuery(trpc.availabilityZone.list.queryOptions());
  const user = useQuery(trpc.session.current.queryOptions());
  const limits = useLimits(project);
  const failed = [images, flavors, keyPairs, networks, groups, servers, zones].find((query) => query.error);
  if (failed) return <ErrorState problem={problemOf(failed.error)} onRetry={() => void failed.refetch()} />;
  const isThere =
    images.data &&
    flavors.data &&
    keyPairs.data &&
    networks.data &&
    groups.data &&
    servers.data &&
    zones.data &&
    user.data &&
    limits;
  return (
    <>
      <PageHeader title="Create server" summary="Every field has an answer already; change what you like." />
      {isThere ? (
        <LoadedForm
          project={project}
          offer={{
            images: images.data.items,
            flavors: flavors.data.items,
            keyPairs: keyPairs.data.items,
            // Out to an external network leads a router; ports on it are for operators.
            networks: networks.data.items.filter(({ isExternal, isShared }) => !isExternal || isShared),
            securityGroups: groups.data.items,
            serverNames: servers.data.items.map(({ name }) => name),
            zones: zones.data.items,
            address: user.data.address,
            limits,
          }}
        />
      ) : (
        <FormSkeleton />
      )}
    </>
  );
}

/** Sends the rule for SSH, if one is wanted, and then the server: a rule that is refused leaves nothing half made. */
function useServerCreate(project: string, { request, ssh }: ServerDraft) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const create = useMutation(
    trpc.server.create.mutationOptions({
      onSuccess: (server) => {
        // The answer is the whole server: its page opens without asking again.
        queryClient.setQueryData(trpc.server.get.queryKey({ id: server.id }), server);
        void queryClient.invalidateQueries({ queryKey: trpc.server.pathKey() });
        void queryClient.invalidateQueries({ queryKey: trpc.operation.pathKey() });
        router.push(paths.server({ project, server: server.id }));
      },
    }),
  );
  const allow = useMutation(
    trpc.securityGroup.createRule.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.securityGroup.pathKey() }),
    }),
  );
  const send = () => {
    if (!request) return;
    const { rule, target } = ssh;
    if (!rule || !target) return create.mutate(request);
    allow.mutate({ securityGroupId: target.id, ...rule }, { onSuccess: () => create.mutate(request) });
  };
  const error = allow.error ?? create.error;
  return {
    send,
    pending: allow.isPending || create.isPending || create.isSuccess,
    isCreated: create.isSuccess,
    submitError: error ? problemOf(error) : undefined,
  };
}

function LoadedForm({ project, offer }: { project: string; offer: ServerOffer }) {
  const draft = useServerDraft(project, offer);
  const { send, pending, isCreated, submitError } = useServerCreate(project, draft);
  const needs = needsOf(draft.flavor, draft.values.networkIds.length);
  const blocked = useDenial(project)('server:create') ?? draft.missing ?? quotaReason(offer.limits, needs);
  return (
    <Form
      label="Create server"
      onSubmit={send}
      pending={pending}
      submitError={submitError}
      disabledReason={blocked}
      className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]"
    >
      <LeaveGuard
        isChanged={draft.isChanged && !isCreated}
        description="What you filled in for the new server is not kept."
      />
      <ServerCreateFields offer={offer} draft={draft} />
      <ServerCreateSummary
        offer={offer}
        draft={draft}
        needs={needs}
        pending={pending}
        blocked={blocked}
        submitError={submitError}
      />
    </Form>
  );
}

function FormSkeleton() {
  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="grid gap-4">
        <Skeleton className="h-24" />
        <Skeleton className="h-32" />
        <Skeleton className="h-64" />
        <Skeleton className="h-28" />
      </div>
      <Skeleton className="h-80" />
    </div>
  );
}
