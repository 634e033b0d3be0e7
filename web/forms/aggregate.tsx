'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Aggregate } from '@unkai/contracts/resources/aggregate';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { notesOf, notesText } from '#resources/notes.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { ChangeConfirm } from './change-confirm.tsx';

type Wanted = { name: string; zone: string; metadata: Record<string, string>; hostIds: ReadonlySet<string> };

/** Makes an aggregate or changes one: its name, zone, metadata and hosts. */
export function AggregateForm({ aggregate, onClose }: { aggregate: Aggregate | undefined; onClose: () => void }) {
  const settled = useSettled(onClose);
  const [name, setName] = useState(aggregate?.name ?? '');
  const [zone, setZone] = useState(aggregate?.availabilityZone ?? '');
  const [notes, setNotes] = useState(notesText(aggregate?.metadata ?? {}));
  const [hostIds, setHostIds] = useState<ReadonlySet<string>>(new Set(aggregate?.hosts.map(({ id }) => id)));
  const metadata = notesOf(notes);
  const save = useSave(aggregate, () => settled(`${name} is ${aggregate ? 'changed' : 'made'}`));
  const verb = aggregate ? 'Save aggregate' : 'Create aggregate';
  return (
    <Dialog isOpen onClose={onClose} title={aggregate ? `Edit ${aggregate.name}` : 'Create aggregate'}>
      <Form
        label={verb}
        submitLabel={verb}
        onCancel={onClose}
        pending={save.isPending}
        submitError={save.error ? problemOf(save.error) : undefined}
        disabledReason={whyNot(name, metadata)}
        onSubmit={() => save.mutate({ name, zone, metadata: metadata ?? {}, hostIds })}
      >
        <Field label="Name" name="name" value={name} onChange={setName} autoComplete="off" />
        <Field
          label="Zone"
          name="availabilityZone"
          value={zone}
          onChange={setZone}
          autoComplete="off"
          isMono
          isOptional
          help="Its hosts are in this zone. A host with servers stays in the zone that it is in."
        />
        <Field
          label="Metadata"
          name="metadata"
          value={notes}
          onChange={setNotes}
          autoComplete="off"
          isMono
          isOptional
          help="Such as disk=ssd; gpu=yes."
        />
        <HostChoice chosen={hostIds} onChange={setHostIds} />
      </Form>
    </Dialog>
  );
}

type HostChoiceProps = { chosen: ReadonlySet<string>; onChange: (chosen: ReadonlySet<string>) => void };

function HostChoice({ chosen, onChange }: HostChoiceProps) {
  const trpc = useTRPC();
  const hosts = useQuery(trpc.host.list.queryOptions({ limit: 1000 }));
  const toggle = (id: string, isIn: boolean) =>
    onChange(new Set(isIn ? [...chosen, id] : [...chosen].filter((each) => each !== id)));
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 font-medium text-table">Hosts</legend>
      {hosts.data?.items.map(({ id, name }) => (
        <Checkbox key={id} label={name} isChecked={chosen.has(id)} onChange={(isIn) => toggle(id, isIn)} />
      ))}
    </fieldset>
  );
}

function whyNot(name: string, metadata: Record<string, string> | undefined): string | undefined {
  if (name.trim() === '') return 'Give it a name.';
  return metadata === undefined ? 'Write metadata as key=value, with ; between.' : undefined;
}

/** The row first, then host by host: what is refused is told, and what was done stays. */
function useSave(aggregate: Aggregate | undefined, onSuccess: () => void) {
  const client = useTRPCClient();
  return useMutation({
    onSuccess,
    mutationFn: async ({ name, zone, metadata, hostIds }: Wanted) => {
      const { id, hosts } = aggregate
        ? await client.aggregate.update.mutate({
            id: aggregate.id,
            name,
            metadata,
            availabilityZone: zone === '' ? null : zone,
          })
        : await client.aggregate.create.mutate({ name, metadata, ...(zone !== '' && { availabilityZone: zone }) });
      const had = new Set(hosts.map((host) => host.id));
      for (const hostId of hostIds) if (!had.has(hostId)) await client.aggregate.addHost.mutate({ id, hostId });
      for (const hostId of had) if (!hostIds.has(hostId)) await client.aggregate.removeHost.mutate({ id, hostId });
    },
  });
}

/** Asks before an aggregate goes. */
export function AggregateDelete({ aggregate, onClose }: { aggregate: Aggregate; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete ${aggregate.name}?`}
      description="Flavors that ask for its metadata find no host by it any more."
      action="Delete aggregate"
      done={`${aggregate.name} is deleted`}
      change={() => client.aggregate.delete.mutate({ id: aggregate.id })}
      outdated={[trpc.aggregate.pathKey()]}
      onClose={onClose}
    />
  );
}
