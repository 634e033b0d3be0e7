'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Limit, QuotaDefault } from '@unkai/contracts/quota';
import { unlimited } from '@unkai/contracts/quota';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { quotaWords } from '#resources/limits.tsx';
import { amountFault, amountLabel, amountOf, firstFault, perGib } from '#resources/quota-amount.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { useToast } from '#ui/toast.tsx';

/** Whose limits are set: a project's own, what a domain gives to its projects, or what the installation does. */
export type LimitsOf = { projectId: string } | { domainId?: string };
type Shown = Pick<Limit | QuotaDefault, 'name' | 'label' | 'unit' | 'limit' | 'source'>;
type LimitsFormProps = { of: LimitsOf; limits: readonly Shown[]; onClose: () => void };

/** What is said here counts before what was said above; what is emptied follows that again. */
export function LimitsForm({ of, limits, onClose }: LimitsFormProps) {
  const own = 'projectId' in of ? 'project' : of.domainId === undefined ? 'installation' : 'domain';
  const { save, isPending, problem } = useSave(of, onClose);
  const begun = Object.fromEntries(limits.map((limit) => [limit.name, limit.source === own ? written(limit) : '']));
  const [amounts, setAmounts] = useState<Readonly<Record<string, string>>>(begun);
  const changed = limits.filter(({ name }) => (amounts[name] ?? '').trim() !== begun[name]);
  const title = own === 'project' ? 'Set limits' : 'Set defaults';
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      width="wide"
      description="What is empty follows what is said above it."
    >
      <Form
        label={title}
        submitLabel={title}
        onCancel={onClose}
        pending={isPending}
        submitError={problem}
        disabledReason={changed.length === 0 ? 'Nothing is changed.' : firstFault(changed, amounts)}
        onSubmit={() => save(Object.fromEntries(changed.map((limit) => [limit.name, givenOf(limit, amounts)])))}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          {limits.map((limit) => (
            <Field
              key={limit.name}
              label={amountLabel(limit)}
              name={`limits.${limit.name}`}
              value={amounts[limit.name] ?? ''}
              onChange={(text) => setAmounts({ ...amounts, [limit.name]: text })}
              inputMode="numeric"
              autoComplete="off"
              error={amountFault(limit, amounts[limit.name] ?? '')}
              help={`${quotaWords(limit, limit.limit)} now, ${sources[limit.source]}`}
              isOptional
            />
          ))}
        </div>
      </Form>
    </Dialog>
  );
}

/** Who said what a limit is. */
export const sources = {
  project: 'said of the project',
  domain: 'said of the domain',
  installation: 'said of all projects',
  initial: 'as Unkai begins',
} as const satisfies Record<Limit['source'], string>;

function written(limit: Shown): string {
  return limit.limit === unlimited ? String(unlimited) : String(limit.limit / perGib(limit));
}

/** What is emptied is taken back. */
function givenOf(limit: Shown, amounts: Readonly<Record<string, string>>): number | null {
  const text = (amounts[limit.name] ?? '').trim();
  return text === '' ? null : amountOf(limit, text);
}

function useSave(of: LimitsOf, onClose: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const onSuccess = async () => {
    await queryClient.invalidateQueries({ queryKey: trpc.limits.pathKey() });
    await queryClient.invalidateQueries({ queryKey: trpc.quotaDefault.pathKey() });
    toast({ tone: 'ok', title: 'The limits count from now on' });
    onClose();
  };
  const project = useMutation(trpc.limits.update.mutationOptions({ onSuccess }));
  const defaults = useMutation(trpc.quotaDefault.update.mutationOptions({ onSuccess }));
  const error = project.error ?? defaults.error;
  return {
    save: (limits: Record<string, number | null>) =>
      'projectId' in of ? project.mutate({ ...of, limits }) : defaults.mutate({ ...of, limits }),
    isPending: project.isPending || defaults.isPending,
    problem: error ? problemOf(error) : undefined,
  };
}
