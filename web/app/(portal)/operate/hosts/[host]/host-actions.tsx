'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Host } from '@unkai/contracts/resources/host';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { HostEvacuate, HostForceDown, HostRemove } from '#forms/host-confirm.tsx';
import { HostMaintenance } from '#forms/host-maintenance.tsx';
import { useOperatorDenial } from '#resources/operator.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { useToast } from '#ui/toast.tsx';
import { paths } from '../../../../../paths.ts';

type Asking = 'maintenance' | 'off' | 'evacuate' | 'remove';

/** What can be done with a host; what cannot now says why. */
export function HostActions({ host }: { host: Host }) {
  const router = useRouter();
  const denial = useOperatorDenial();
  const [asking, setAsking] = useState<Asking>();
  const update = useHostUpdate();
  const close = () => setAsking(undefined);
  const left = host.serverCount === 0 ? undefined : `${count(host.serverCount, 'server')} must go first.`;
  return (
    <>
      {host.isEnabled ? (
        <Button disabledReason={denial} onClick={() => setAsking('maintenance')}>
          Begin maintenance
        </Button>
      ) : (
        <Button
          disabledReason={denial}
          pending={update.isPending}
          onClick={() => update.mutate({ id: host.id, isEnabled: true })}
        >
          End maintenance
        </Button>
      )}
      {host.isForcedDown ? (
        <Button
          disabledReason={denial}
          pending={update.isPending}
          onClick={() => update.mutate({ id: host.id, isForcedDown: false })}
        >
          Say that it is on
        </Button>
      ) : (
        <Button disabledReason={denial} onClick={() => setAsking('off')}>
          Say that it is off
        </Button>
      )}
      <Button
        variant="danger"
        disabledReason={denial ?? (host.isUp ? 'It answers: its servers run there.' : undefined)}
        onClick={() => setAsking('evacuate')}
      >
        Evacuate
      </Button>
      <Button variant="danger" disabledReason={denial ?? left} onClick={() => setAsking('remove')}>
        Remove
      </Button>
      {asking === 'maintenance' && <HostMaintenance host={host} onClose={close} />}
      {asking === 'off' && <HostForceDown host={host} onClose={close} />}
      {asking === 'evacuate' && <HostEvacuate host={host} onClose={close} />}
      {asking === 'remove' && <HostRemove host={host} onClose={close} onDone={() => router.push(paths.hosts())} />}
    </>
  );
}

function useHostUpdate() {
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
