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

/** Says in which zone a host stands. */
export function HostZone({ host, onClose }: { host: Host; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [zone, setZone] = useState(host.availabilityZone);
  const update = useMutation(
    trpc.host.update.mutationOptions({ onSuccess: () => settled(`${host.name} stands in ${zone}`) }),
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Zone of ${host.name}`}
      description="A zone is a part of the cloud that fails by itself. It counts for new servers; those that run here stay."
    >
      <Form
        label="Set zone"
        submitLabel="Set zone"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        disabledReason={zone === '' ? 'Name the zone.' : undefined}
        onSubmit={() => update.mutate({ id: host.id, availabilityZone: zone })}
      >
        <Field label="Zone" name="availabilityZone" value={zone} onChange={setZone} autoComplete="off" isMono />
      </Form>
    </Dialog>
  );
}
