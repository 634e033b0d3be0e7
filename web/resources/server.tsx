'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { isStep, type Operation } from '@unkai/contracts/resources/operation';
import { type Server, type ServerState, serverCan } from '@unkai/contracts/resources/server';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { presentStep } from '#shell/running-operations.tsx';
import { memory } from '#ui/amounts.ts';
import { duration } from '#ui/duration.ts';
import { StateBadge, type Tone } from '#ui/state-badge.tsx';
import { useToast } from '#ui/toast.tsx';
import { useClock } from '#ui/use-clock.ts';
import { useDenial } from './project.ts';

export const serverStateLooks: Record<ServerState, { tone: Tone; word: string }> = {
  building: { tone: 'busy', word: 'building' },
  running: { tone: 'ok', word: 'running' },
  stopped: { tone: 'off', word: 'stopped' },
  starting: { tone: 'busy', word: 'starting' },
  stopping: { tone: 'busy', word: 'stopping' },
  rebooting: { tone: 'busy', word: 'rebooting' },
  migrating: { tone: 'busy', word: 'moving' },
  deleting: { tone: 'busy', word: 'deleting' },
  error: { tone: 'bad', word: 'failed' },
};

export function ServerStateBadge({ state }: { state: ServerState }) {
  return <StateBadge {...serverStateLooks[state]} />;
}

/** The state in a row; while an operation runs, its present step, time and share done. */
export function ServerStateCell({ server, operation }: { server: Server; operation: Operation | undefined }) {
  const now = useClock(operation !== undefined);
  if (!operation) return <ServerStateBadge state={server.state} />;
  const done = operation.steps.filter((step) => isStep('done', step)).length;
  return (
    <span className="inline-flex max-w-md items-center gap-2.5 align-middle">
      <ServerStateBadge state={server.state} />
      <span className="truncate text-ink-muted text-meta max-lg:hidden">
        {presentStep(operation)} · {duration(Math.max(0, now - Date.parse(operation.createdAt)))}
      </span>
      <span aria-hidden className="h-1 w-12 shrink-0 overflow-hidden rounded-pill bg-line max-md:hidden">
        <span
          className="block h-full bg-busy transition-[width]"
          style={{ width: `${(done / Math.max(1, operation.steps.length)) * 100}%` }}
        />
      </span>
    </span>
  );
}

/** `2 vCPU · 4 GiB · 20 GiB disk` */
export function flavorWords(flavor: Server['flavor']): string {
  const disk = flavor.diskGib === 0 ? 'disk of the image' : `${flavor.diskGib} GiB disk`;
  return `${flavor.vcpus} vCPU · ${memory(flavor.memoryMib)} · ${disk}`;
}

export type ServerAction = 'start' | 'stop' | 'reboot' | 'delete';

const told: Record<ServerAction, { done: string; failed: string }> = {
  start: { done: 'starts', failed: 'was not started' },
  stop: { done: 'stops', failed: 'was not stopped' },
  reboot: { done: 'reboots', failed: 'was not rebooted' },
  delete: { done: 'is being deleted', failed: 'was not deleted' },
};

/**
 * What can be done to a server: `run` each action, and `reason` why one cannot be done now, from the same tables of
 * states and permissions that the API guards with.
 */
export function useServerActions(project: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const denial = useDenial(project);
  const after = (action: ServerAction, name: string) => ({
    onSuccess: () => {
      toast({ tone: 'ok', title: `${name} ${told[action].done}` });
      void queryClient.invalidateQueries({ queryKey: trpc.server.pathKey() });
      void queryClient.invalidateQueries({ queryKey: trpc.operation.pathKey() });
    },
    onError: (error: unknown) => {
      const { detail, next } = problemOf(error);
      toast({ tone: 'bad', title: `${name} ${told[action].failed}`, detail: `${detail} ${next}` });
    },
  });
  const start = useMutation(trpc.server.start.mutationOptions());
  const stop = useMutation(trpc.server.stop.mutationOptions());
  const reboot = useMutation(trpc.server.reboot.mutationOptions());
  const remove = useMutation(trpc.server.delete.mutationOptions());
  const run = (action: ServerAction, { id, name }: Pick<Server, 'id' | 'name'>) => {
    const then = after(action, name);
    if (action === 'start') start.mutate({ id }, then);
    if (action === 'stop') stop.mutate({ id }, then);
    if (action === 'reboot') reboot.mutate({ id }, then);
    if (action === 'delete') remove.mutate({ id }, then);
  };
  const reason = (action: ServerAction, server: Pick<Server, 'state'>) =>
    denial(`server:${action}`) ?? serverCan[action].reason(server) ?? undefined;
  const isPending = start.isPending || stop.isPending || reboot.isPending || remove.isPending;
  return { run, reason, isPending };
}
