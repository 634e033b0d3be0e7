'use client';
import { useMutation } from '@tanstack/react-query';
import type { QosPolicy } from '@unkai/contracts/resources/qos-policy';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useSettled, useSystemDenial } from '#resources/identity.ts';
import { emptyQos, markChoices, type QosDraft, qosRulesOf } from '#resources/qos-policy.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';
import { ChangeConfirm } from './change-confirm.tsx';
import { CreateForm } from './create-form.tsx';
import { DescriptionField, NameField } from './name-field.tsx';
import { SharedWithAll } from './share.tsx';

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
      <CreateForm
        of={{ project }}
        needs={{ qosPolicies: 1 }}
        label="Create QoS policy"
        submitLabel="Create QoS policy"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={missing ?? ('missing' in made ? made.missing : undefined)}
        onSubmit={() => 'rules' in made && create.mutate({ projectId: project, name, isDefault, rules: made.rules })}
      >
        <NameField value={name} onChange={setName} />
        <RuleFields draft={draft} change={(some) => setDraft((present) => ({ ...present, ...some }))} />
        <Checkbox
          label="Default"
          note="New networks of this project get it."
          isChecked={isDefault}
          onChange={setDefault}
        />
      </CreateForm>
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

type OfPolicy = { policy: QosPolicy; onClose: () => void };

/** Changes what a policy is called and who has it without asking for it; its rules are changed one by one. */
export function QosPolicyEdit({ policy, onClose }: OfPolicy) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [{ name, description, isDefault, isShared }, setDraft] = useState(policy);
  const change = (some: Partial<QosPolicy>) => setDraft((present) => ({ ...present, ...some }));
  const isOperator = useSystemDenial()('network:provide') === undefined;
  const update = useMutation(trpc.qosPolicy.update.mutationOptions({ onSuccess: () => settled(`${name} is changed`) }));
  // What is an operator's to say is said where it changes: shared with one project is not shared with all.
  const use = isShared === policy.isShared ? {} : { isShared };
  return (
    <Dialog isOpen onClose={onClose} title={`Change ${policy.name}`}>
      <Form
        label="Change QoS policy"
        submitLabel="Save QoS policy"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        disabledReason={name.trim() === '' ? 'Give it a name.' : undefined}
        onSubmit={() => update.mutate({ id: policy.id, name, description, isDefault, ...use })}
      >
        <NameField value={name} onChange={(written) => change({ name: written })} />
        <DescriptionField value={description} onChange={(written) => change({ description: written })} />
        <Checkbox
          label="Default"
          note="New networks of this project get it."
          isChecked={isDefault}
          onChange={(isChosen) => change({ isDefault: isChosen })}
        />
        {isOperator && <SharedWithAll isChecked={isShared} onChange={(isOpen) => change({ isShared: isOpen })} />}
      </Form>
    </Dialog>
  );
}

type QosPolicyDeleteProps = OfPolicy & { onDeleted?: () => void };

/** Asks before a policy goes. */
export function QosPolicyDelete({ policy, onClose, onDeleted }: QosPolicyDeleteProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete ${policy.name}?`}
      description="It is on no network and no port; nothing changes its speed by it."
      action="Delete QoS policy"
      done={`${policy.name} is deleted`}
      change={() => client.qosPolicy.delete.mutate({ id: policy.id })}
      // Not the policy itself: its page, until it is left, would find nothing.
      outdated={[trpc.qosPolicy.list.pathKey(), trpc.limits.pathKey()]}
      onClose={onClose}
      onDone={onDeleted}
    />
  );
}
