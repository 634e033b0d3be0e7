'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { emptyRule, matchWords, type RuleDraft, ruleOf, rulePresets } from '#resources/security-group.ts';
import { ownPrefix } from '#resources/ssh-rule.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { RadioCards } from '#ui/radio-cards.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import { useToast } from '#ui/toast.tsx';

type RuleCreateProps = {
  group: SecurityGroup;
  /** All groups of the project: what a rule may be about. */
  groups: readonly SecurityGroup[];
  /** What the form begins with. */
  draft?: RuleDraft;
  onClose: () => void;
};

/** Adds a rule: what it lets through, which way, and whom it is about. */
export function SecurityGroupRuleCreate({ group, groups, draft: first = emptyRule, onClose }: RuleCreateProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [draft, setDraft] = useState(first);
  const change = (changed: Partial<RuleDraft>) => setDraft((present) => ({ ...present, ...changed }));
  const create = useMutation(
    trpc.securityGroup.createRule.mutationOptions({
      onSuccess: () => {
        toast({ tone: 'ok', title: `${group.name} has the rule` });
        void queryClient.invalidateQueries({ queryKey: trpc.securityGroup.pathKey() });
        void queryClient.invalidateQueries({ queryKey: trpc.pathCheck.pathKey() });
        onClose();
      },
    }),
  );
  const made = ruleOf(draft);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="wide"
      title="Add rule"
      description={`It holds for every server in ${group.name}, at once.`}
    >
      <Form
        label="Add rule"
        submitLabel="Add rule"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={'missing' in made ? made.missing : undefined}
        onSubmit={() => 'rule' in made && create.mutate({ securityGroupId: group.id, ...made.rule })}
      >
        <WhatFields draft={draft} change={change} />
        <RemoteFields draft={draft} change={change} groups={groups} />
        <Field
          label="Description"
          name="description"
          value={draft.description}
          onChange={(description) => change({ description })}
          isOptional
        />
      </Form>
    </Dialog>
  );
}

type PartProps = { draft: RuleDraft; change: (changed: Partial<RuleDraft>) => void };

function WhatFields({ draft, change }: PartProps) {
  const presets = rulePresets.map(({ name, label, match }) => ({
    value: name,
    title: label,
    note: match.protocol === 'any' ? 'any protocol, any port' : matchWords(match),
  }));
  return (
    <>
      <SegmentedControl
        label="Direction"
        value={draft.direction}
        onChange={(direction) => change({ direction })}
        options={[
          { value: 'ingress', label: 'Let in' },
          { value: 'egress', label: 'Let out' },
        ]}
      />
      <RadioCards
        label="What"
        value={draft.what}
        onChange={(value) => change({ what: rulePresets.find(({ name }) => name === value)?.name ?? 'own' })}
        cards={[...presets, { value: 'own', title: 'Your own', note: 'protocol and ports' }]}
      />
      {draft.what === 'own' && <OwnMatch draft={draft} change={change} />}
    </>
  );
}

function OwnMatch({ draft, change }: PartProps) {
  const hasPorts = draft.protocol === 'tcp' || draft.protocol === 'udp';
  return (
    <div className="flex flex-wrap items-end gap-3">
      <SegmentedControl
        label="Protocol"
        value={draft.protocol}
        onChange={(protocol) => change({ protocol })}
        options={[
          { value: 'tcp', label: 'TCP' },
          { value: 'udp', label: 'UDP' },
          { value: 'icmp', label: 'ICMP' },
          { value: 'any', label: 'Any' },
        ]}
      />
      {hasPorts && (
        <Field
          label="Ports"
          name="portMin"
          value={draft.ports}
          onChange={(ports) => change({ ports })}
          placeholder="8080 or 8000-8010"
          isMono
          isOptional
        />
      )}
    </div>
  );
}

function RemoteFields({ draft, change, groups }: PartProps & { groups: readonly SecurityGroup[] }) {
  const word = draft.direction === 'ingress' ? 'From' : 'To';
  return (
    <>
      <div className="grid gap-1.5">
        <p className="font-medium text-table">{word}</p>
        <SegmentedControl
          label={word}
          value={draft.remote}
          onChange={(remote) => change({ remote })}
          options={[
            { value: 'anywhere', label: 'Anywhere' },
            { value: 'range', label: 'Range' },
            { value: 'group', label: 'Group' },
          ]}
        />
      </div>
      {draft.direction === 'ingress' && <OwnAddress onChoose={(range) => change({ remote: 'range', range })} />}
      {draft.remote === 'range' && (
        <Field
          label="Range of addresses"
          name="remotePrefix"
          value={draft.range}
          onChange={(range) => change({ range })}
          placeholder="203.0.113.0/24"
          isMono
          help="IPv4, such as 203.0.113.0/24; one address alone may go without /32."
        />
      )}
      {draft.remote === 'group' && (
        <RadioCards
          label="Security group"
          value={draft.group}
          onChange={(group) => change({ group })}
          cards={groups.map(({ id, name, portCount }) => ({
            value: id,
            title: name,
            note: portCount === 0 ? 'no server in it yet' : 'as its servers come and go',
          }))}
        />
      )}
    </>
  );
}

/** Fills in the address that the reader has, as the cloud sees it. */
function OwnAddress({ onChoose }: { onChoose: (range: string) => void }) {
  const trpc = useTRPC();
  const own = ownPrefix(useQuery(trpc.session.current.queryOptions()).data?.address);
  if (own === undefined) return null;
  return (
    <div>
      <Button variant="quiet" onClick={() => onChoose(own)}>
        Only my address, {own}
      </Button>
    </div>
  );
}
