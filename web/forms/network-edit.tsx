'use client';
import { useMutation } from '@tanstack/react-query';
import type { Network } from '@unkai/contracts/resources/network';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { useSettled, useSystemDenial } from '#resources/identity.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { NetworkUseFields } from './network-provider-fields.tsx';
import { QosPolicyChoice } from './qos-policy-choice.tsx';

type Draft = Pick<Network, 'name' | 'description' | 'isEnabled' | 'hasPortSecurity' | 'isExternal' | 'isShared'>;

/** Changes a network: its name, what it is for, whether it carries anything and, by operators, who may use it. */
export function NetworkEdit({ network, onClose }: { network: Network; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const { name, description, isEnabled, hasPortSecurity, isExternal, isShared } = network;
  const [draft, setDraft] = useState({ name, description, isEnabled, hasPortSecurity, isExternal, isShared });
  const change = (some: Partial<Draft>) => setDraft((present) => ({ ...present, ...some }));
  const isOperator = useSystemDenial()('network:provide') === undefined;
  const [qosPolicyId, setQosPolicyId] = useState(network.qosPolicyId);
  const { isExternal: external, isShared: shared, ...own } = draft;
  // What is an operator's to say is said where it changes: shared with one project is not shared with all.
  const use = {
    ...(external !== isExternal && { isExternal: external }),
    ...(shared !== isShared && { isShared: shared }),
    ...(qosPolicyId !== network.qosPolicyId && { qosPolicyId }),
  };
  const update = useMutation(
    trpc.network.update.mutationOptions({ onSuccess: () => settled(`${draft.name} is changed`) }),
  );
  return (
    <Dialog isOpen onClose={onClose} title="Change network">
      <Form
        label="Change network"
        submitLabel="Save network"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        disabledReason={draft.name === '' ? 'Give it a name.' : undefined}
        onSubmit={() => update.mutate({ id: network.id, ...own, ...use })}
      >
        <OwnFields draft={draft} change={change} />
        <QosPolicyChoice project={network.projectId} value={qosPolicyId} onChange={setQosPolicyId} none="None" />
        {isOperator && (
          <fieldset className="rounded-control border p-3">
            <legend className="px-1 text-ink-muted text-meta">For operators</legend>
            <NetworkUseFields draft={draft} change={change} />
          </fieldset>
        )}
      </Form>
    </Dialog>
  );
}

function OwnFields({ draft, change }: { draft: Draft; change: (changed: Partial<Draft>) => void }) {
  return (
    <>
      <Field
        label="Name"
        name="name"
        value={draft.name}
        onChange={(written) => change({ name: written })}
        autoComplete="off"
      />
      <Field
        label="Description"
        name="description"
        value={draft.description}
        onChange={(written) => change({ description: written })}
        isOptional
      />
      <div className="grid">
        <Checkbox
          label="Switched on"
          note="One that is off carries nothing."
          isChecked={draft.isEnabled}
          onChange={(isOn) => change({ isEnabled: isOn })}
        />
        <Checkbox
          label="Port security"
          note="What new ports have that say nothing themselves; those that are there keep theirs."
          isChecked={draft.hasPortSecurity}
          onChange={(isOn) => change({ hasPortSecurity: isOn })}
        />
      </div>
    </>
  );
}
