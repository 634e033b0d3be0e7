'use client';
import type { Host } from '@unkai/contracts/resources/host';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { HostEvacuate, HostForceDown, HostRemove } from '#forms/host-confirm.tsx';
import { HostDrain } from '#forms/host-drain.tsx';
import { HostMaintenance } from '#forms/host-maintenance.tsx';
import { useHostUpdate } from '#resources/host.tsx';
import { useOperatorDenial } from '#resources/operator.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { paths } from '../../../../../paths.ts';

type Asking = 'maintenance' | 'drain' | 'off' | 'evacuate' | 'remove';

/** What can be done with a host; what cannot now says why. */
export function HostActions({ host }: { host: Host }) {
  const router = useRouter();
  const denial = useOperatorDenial();
  const [asking, setAsking] = useState<Asking>();
  const close = () => setAsking(undefined);
  const left = host.serverCount === 0 ? undefined : `${count(host.serverCount, 'server')} must go first.`;
  return (
    <>
      <HostSwitches host={host} denial={denial} onAsk={setAsking} />
      <Button disabledReason={denial ?? undrained(host)} onClick={() => setAsking('drain')}>
        Drain
      </Button>
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
      {asking === 'drain' && <HostDrain host={host} onClose={close} />}
      {asking === 'off' && <HostForceDown host={host} onClose={close} />}
      {asking === 'evacuate' && <HostEvacuate host={host} onClose={close} />}
      {asking === 'remove' && <HostRemove host={host} onClose={close} onDone={() => router.push(paths.hosts())} />}
    </>
  );
}

/** Why there is nothing to drain; undefined where there is. */
function undrained({ isUp, serverCount }: Host): string | undefined {
  if (!isUp) return 'It does not answer: nobody can read its disks.';
  return serverCount === 0 ? 'No server is on it.' : undefined;
}

type HostSwitchesProps = { host: Host; denial: string | undefined; onAsk: (asking: Asking) => void };

/** In and out of maintenance, on and off: the way out asks, the way back does not. */
function HostSwitches({ host, denial, onAsk }: HostSwitchesProps) {
  const update = useHostUpdate();
  const change = (asking: Asking | null, label: string, back: { isEnabled?: boolean; isForcedDown?: boolean }) => (
    <Button
      disabledReason={denial}
      pending={update.isPending}
      onClick={() => (asking === null ? update.mutate({ id: host.id, ...back }) : onAsk(asking))}
    >
      {label}
    </Button>
  );
  return (
    <>
      {host.isEnabled
        ? change('maintenance', 'Begin maintenance', {})
        : change(null, 'End maintenance', { isEnabled: true })}
      {host.isForcedDown
        ? change(null, 'Say that it is on', { isForcedDown: false })
        : change('off', 'Say that it is off', {})}
    </>
  );
}
