'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Host } from '@unkai/contracts/resources/host';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { memory } from '#ui/amounts.ts';
import { Meter } from '#ui/meter.tsx';
import type { Tone } from '#ui/state-badge.tsx';
import { useToast } from '#ui/toast.tsx';

/** How a host stands, in a word. */
export function hostLook(host: Pick<Host, 'isUp' | 'isEnabled' | 'isForcedDown' | 'isFenced'>): {
  tone: Tone;
  word: string;
} {
  if (host.isForcedDown) return { tone: 'off', word: 'said to be off' };
  if (host.isFenced) return { tone: 'bad', word: 'evacuated' };
  if (!host.isUp) return { tone: 'bad', word: 'no heartbeat' };
  return host.isEnabled ? { tone: 'ok', word: 'up' } : { tone: 'off', word: 'in maintenance' };
}

const labels = { vcpus: 'vCPU', memoryMib: 'Memory', diskGib: 'Disk' } as const;

/** How much of a host is promised to servers, as a bar. */
export function HostCapacity({ host, of, isCompact }: { host: Host; of: keyof Host['capacity']; isCompact: boolean }) {
  const write = (amount: number) =>
    of === 'memoryMib' ? memory(amount) : of === 'diskGib' ? `${amount} GiB` : String(amount);
  return (
    <Meter
      label={labels[of]}
      used={host.allocated[of]}
      // A vCPU that is there is promised several times.
      limit={of === 'vcpus' ? host.capacity.vcpus * host.vcpuRatio : host.capacity[of]}
      write={write}
      isCompact={isCompact}
    />
  );
}

/** Changes a host at once, for what nobody needs to be asked about; why it was not changed is said in passing. */
export function useHostUpdate() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation(
    trpc.host.update.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries({ queryKey: trpc.host.pathKey() }),
      onError: (failed) => toast({ tone: 'bad', title: 'The host was not changed', detail: problemOf(failed).detail }),
    }),
  );
}
