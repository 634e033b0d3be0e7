'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SecurityGroupRuleCreate as Rule, SecurityGroup } from '@unkai/contracts/resources/security-group';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { emptyRule, type RuleDraft, rulesOf } from '#resources/security-group.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { useToast } from '#ui/toast.tsx';
import { CreateForm } from './create-form.tsx';
import { RuleRemoteFields, RuleWhatFields } from './security-group-rule-fields.tsx';

type RuleCreateProps = {
  group: SecurityGroup;
  /** All groups of the project: what a rule may be about. */
  groups: readonly SecurityGroup[];
  /** What the form begins with. */
  draft?: RuleDraft;
  onClose: () => void;
};

/** Adds a rule, or one for each family: what it lets through, which way, and whom it is about. */
export function SecurityGroupRuleCreate({ group, groups, draft: first = emptyRule, onClose }: RuleCreateProps) {
  const toast = useToast();
  const [draft, setDraft] = useState(first);
  const change = (changed: Partial<RuleDraft>) => setDraft((present) => ({ ...present, ...changed }));
  const { add, create } = useAdding(group, () => {
    toast({ tone: 'ok', title: `${group.name} has the rule` });
    onClose();
  });
  const made = rulesOf(draft);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="wide"
      title="Add rule"
      description={`It holds for every server in ${group.name}, at once.`}
    >
      <CreateForm
        of={{ project: group.projectId }}
        needs={{ securityGroupRules: 'rules' in made ? made.rules.length : 1 }}
        label="Add rule"
        submitLabel="Add rule"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={'missing' in made ? made.missing : undefined}
        onSubmit={() => 'rules' in made && add(made.rules)}
      >
        <RuleWhatFields draft={draft} change={change} />
        <RuleRemoteFields draft={draft} change={change} project={group.projectId} groups={groups} />
        <Field
          label="Description"
          name="description"
          value={draft.description}
          onChange={(description) => change({ description })}
          isOptional
        />
      </CreateForm>
    </Dialog>
  );
}

/** Adds one rule after the other. When the second is refused the first is there: the next try adds what is left. */
function useAdding(group: SecurityGroup, onAdded: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useMutation(trpc.securityGroup.createRule.mutationOptions());
  const [added, setAdded] = useState<readonly string[]>([]);
  const addAll = async (rules: readonly Rule[]) => {
    for (const rule of rules) {
      const key = JSON.stringify(rule);
      if (added.includes(key)) continue;
      await create.mutateAsync({ securityGroupId: group.id, ...rule });
      setAdded((present) => [...present, key]);
    }
    onAdded();
  };
  const add = (rules: readonly Rule[]) => {
    // A failure is shown by the form, from the mutation's own error.
    addAll(rules)
      .catch(() => undefined)
      .finally(() => {
        for (const queryKey of [trpc.securityGroup.pathKey(), trpc.pathCheck.pathKey(), trpc.limits.pathKey()])
          void queryClient.invalidateQueries({ queryKey });
      });
  };
  return { add, create };
}
