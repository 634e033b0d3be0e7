'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Host, HostDraining } from '@unkai/contracts/resources/host';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { count } from '#ui/amounts.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';

type HostDrainProps = { host: Host; onClose: () => void };

/** Asks before all servers of a host are moved, which switches each off for a while; then says which go and which stay. */
export function HostDrain({ host, onClose }: HostDrainProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState(host.disabledReason ?? '');
  const drain = useMutation(
    trpc.host.drain.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries({ queryKey: trpc.host.pathKey() }),
    }),
  );
  if (drain.data) return <Drained host={host} draining={drain.data} onClose={onClose} />;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Drain ${host.name}?`}
      description={`It takes no new servers, and ${count(host.serverCount, 'server')} on it ${host.serverCount === 1 ? 'is' : 'are'} moved to other hosts, two at a time. Each that runs is shut down, is off while its disk is copied, and is switched on again on the other host. Addresses and disks stay what they are.`}
    >
      <Form
        label="Drain host"
        submitLabel="Drain host"
        onCancel={onClose}
        pending={drain.isPending}
        submitError={drain.error ? problemOf(drain.error) : undefined}
        disabledReason={reason.trim() === '' ? 'Say why.' : undefined}
        onSubmit={() => drain.mutate({ id: host.id, reason: reason.trim() })}
      >
        <Field label="Reason" name="reason" value={reason} onChange={setReason} autoComplete="off" />
      </Form>
    </Dialog>
  );
}

type DrainedProps = HostDrainProps & { draining: HostDraining };

function Drained({ host, draining: { operations, staying }, onClose }: DrainedProps) {
  const moving =
    operations.length === 0 ? 'No server is being moved.' : `${count(operations.length, 'server')} being moved.`;
  return (
    <Dialog isOpen onClose={onClose} title={`${host.name} is being drained`} description={moving}>
      {staying.length > 0 && (
        <section aria-label="Servers that stay" className="grid gap-2">
          <h3 className="font-semibold">{count(staying.length, 'server')} cannot be moved now</h3>
          <ul className="grid max-h-72 gap-2 overflow-y-auto text-table">
            {staying.map(({ serverId, serverName, reason }) => (
              <li key={serverId} className="break-words">
                <span className="font-medium">{serverName}</span>
                <span className="block text-ink-muted">{reason}</span>
              </li>
            ))}
          </ul>
          <p className="text-ink-muted text-table">
            Drain it again when that has changed: it goes on with what stayed.
          </p>
        </section>
      )}
      <div className="flex justify-end">
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
