'use client';
import { useMutation } from '@tanstack/react-query';
import type { QosPolicy } from '@unkai/contracts/resources/qos-policy';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { emptyQos, markChoices, type QosDraft, qosRulesOf } from '#resources/qos-policy.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';
import { ChangeConfirm } from './change-confirm.tsx';

/** Makes a policy with its limits and its mark. */
export function QosPolicyCreate({ project, onClose }: { project: string; onClose: () => void }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [name, setName] = useState('');
  const [isDefault, setDefault] = useState(false);
  const [draft, setDraft] = useState(emptyQos);
  const create = useMutation(trpc.qosPolicy.create.mutationOptions({ onSuccess: () => settled(`${name} is ready`) }));
  const made = qosRulesOf(draft);
  const missing = name.trim() === '' ? 'Give it a name.' : undefined;
  return (
    <Dialog isOpen onClose={onClose} title="Create QoS policy">
      <Form
        label="Create QoS policy"
        submitLabel="Create QoS policy"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={missing ?? ('missing' in made ? made.missing : undefined)}
        onSubmit={() => 'rules' in made && create.mutate({ projectId: project, name, isDefault, rules: made.rules })}
      >
        <Field label="Name" name="name" value={name} onChange={setName} autoComplete="off" />
        <RuleFields draft={draft} change={(some) => setDraft((present) => ({ ...present, ...some }))} />
        <Checkbox
          label="Default"
          note="New networks of this project get it."
          isChecked={isDefault}
          onChange={setDefault}
        />
      </Form>
    </Dialog>
  );
}

type RuleFieldsProps = { draft: QosDraft; change: (some: Partial<QosDraft>) => void };

function RuleFields({ draft, change }: RuleFieldsProps) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Out, in Mbit/s"
          name="egress"
          value={draft.egress}
          onChange={(egress) => change({ egress })}
          help="What a guest sends."
          isOptional
        />
        <Field
          label="In, in Mbit/s"
          name="ingress"
          value={draft.ingress}
          onChange={(ingress) => change({ ingress })}
          help="What a guest receives."
          isOptional
        />
      </div>
      <Select
        label="DSCP mark"
        name="dscpMark"
        value={draft.dscpMark}
        onChange={(dscpMark) => change({ dscpMark })}
        options={markChoices}
        help="What guests send carries it, for the network of the data centre to look at."
      />
    </>
  );
}

/** Asks before a policy goes. */
export function QosPolicyDelete({ policy, onClose }: { policy: QosPolicy; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete ${policy.name}?`}
      description="It is on no network and no port; nothing changes its speed by it."
      action="Delete QoS policy"
      done={`${policy.name} is deleted`}
      change={() => client.qosPolicy.delete.mutate({ id: policy.id })}
      outdated={[trpc.qosPolicy.pathKey()]}
      onClose={onClose}
    />
  );
}
