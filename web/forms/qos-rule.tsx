'use client';
import { useMutation } from '@tanstack/react-query';
import { type QosPolicy, type QosRule, qosRuleKinds } from '@unkai/contracts/resources/qos-policy';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import {
  emptyRule,
  type QosRuleDraft,
  qosRuleOf,
  ruleDraftOf,
  ruleKindChoices,
  ruleMarkChoices,
  ruleWords,
} from '#resources/qos-policy.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { Select } from '#ui/select.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import { ChangeConfirm } from './change-confirm.tsx';

type OfPolicy = { policy: QosPolicy; onClose: () => void };
type DraftProps = { draft: QosRuleDraft; change: (some: Partial<QosRuleDraft>) => void };

/** Adds a limit, a mark or a minimum to a policy that may be in use: hosts hear of it at once. */
export function QosRuleCreate({ policy, onClose }: OfPolicy) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [draft, setDraft] = useState(emptyRule);
  const change = (some: Partial<QosRuleDraft>) => setDraft((present) => ({ ...present, ...some }));
  const create = useMutation(
    trpc.qosPolicy.createRule.mutationOptions({ onSuccess: (rule) => settled(`${policy.name}: ${ruleWords(rule)}`) }),
  );
  const made = qosRuleOf(draft);
  return (
    <Dialog isOpen onClose={onClose} title="Add QoS rule">
      <Form
        label="Add QoS rule"
        submitLabel="Add rule"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={'missing' in made ? made.missing : undefined}
        onSubmit={() => 'said' in made && create.mutate({ qosPolicyId: policy.id, kind: draft.kind, ...made.said })}
      >
        <div className="grid gap-2">
          <SegmentedControl
            label="Kind"
            value={draft.kind}
            onChange={(kind) => change({ kind })}
            options={ruleKindChoices}
          />
          <p className="text-ink-muted text-meta">{qosRuleKinds[draft.kind]}</p>
        </div>
        <RuleFields draft={draft} change={change} />
      </Form>
    </Dialog>
  );
}

/** Changes a rule; its kind stays. */
export function QosRuleEdit({ policy, rule, onClose }: OfPolicy & { rule: QosRule }) {
  const trpc = useTRPC();
  const settled = useSettled(onClose);
  const [draft, setDraft] = useState(() => ruleDraftOf(rule));
  const change = (some: Partial<QosRuleDraft>) => setDraft((present) => ({ ...present, ...some }));
  const update = useMutation(
    trpc.qosPolicy.updateRule.mutationOptions({ onSuccess: (next) => settled(`${policy.name}: ${ruleWords(next)}`) }),
  );
  const made = qosRuleOf(draft);
  return (
    <Dialog isOpen onClose={onClose} title={`Change “${ruleWords(rule)}”`} description={qosRuleKinds[rule.kind]}>
      <Form
        label="Change QoS rule"
        submitLabel="Save rule"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        disabledReason={'missing' in made ? made.missing : undefined}
        onSubmit={() => 'said' in made && update.mutate({ qosPolicyId: policy.id, id: rule.id, ...made.said })}
      >
        <RuleFields draft={draft} change={change} />
      </Form>
    </Dialog>
  );
}

function RuleFields({ draft, change }: DraftProps) {
  if (draft.kind === 'dscp-marking') {
    return (
      <Select
        label="Mark"
        name="dscpMark"
        value={draft.dscpMark}
        onChange={(dscpMark) => change({ dscpMark })}
        options={ruleMarkChoices}
      />
    );
  }
  return (
    <>
      <Select
        label="Direction"
        name="direction"
        value={draft.direction}
        onChange={(direction) => change({ direction: direction === 'ingress' ? 'ingress' : 'egress' })}
        options={[
          { value: 'egress', label: 'Out: what a guest sends' },
          { value: 'ingress', label: 'In: what a guest receives' },
        ]}
      />
      <Field
        label="Bandwidth, in Mbit/s"
        name="kilobitsPerSecond"
        value={draft.megabits}
        onChange={(megabits) => change({ megabits })}
        inputMode="decimal"
        isMono
      />
      {draft.kind === 'bandwidth-limit' && (
        <Field
          label="Burst, in Mbit"
          name="burstKilobits"
          value={draft.burst}
          onChange={(burst) => change({ burst })}
          inputMode="decimal"
          placeholder="what the host finds best"
          help="What may pass at once before the limit holds."
          isMono
          isOptional
        />
      )}
    </>
  );
}

/** Asks before a rule goes. */
export function QosRuleDelete({ policy, rule, onClose }: OfPolicy & { rule: QosRule }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete “${ruleWords(rule)}”?`}
      description={`Every port that has ${policy.name} goes on without it, at once.`}
      action="Delete rule"
      done={`${policy.name} has one rule less`}
      change={() => client.qosPolicy.deleteRule.mutate({ qosPolicyId: policy.id, id: rule.id })}
      outdated={[trpc.qosPolicy.pathKey()]}
      onClose={onClose}
    />
  );
}
