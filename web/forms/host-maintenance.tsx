'use client';
import { useMutation } from '@tanstack/react-query';
import type { Host } from '@unkai/contracts/resources/host';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';

/** Takes a host out of placement, with the reason that other operators read. */
export function HostMaintenance({ host, onClose }: { host: Host; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [reason, setReason] = useState('');
  const update = useMutation(
    trpc.host.update.mutationOptions({ onSuccess: () => settled(`${host.name} takes no new servers`) }),
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Maintenance of ${host.name}`}
      description="It gets no new servers. Those that are on it run on; its page shows which are left."
    >
      <Form
        label="Begin maintenance"
        submitLabel="Begin maintenance"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        disabledReason={reason.trim() === '' ? 'Say why.' : undefined}
        onSubmit={() => update.mutate({ id: host.id, isEnabled: false, disabledReason: reason.trim() })}
      >
        <Field label="Reason" name="disabledReason" value={reason} onChange={setReason} autoComplete="off" />
      </Form>
    </Dialog>
  );
}
