'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Budget } from '@unkai/contracts/resources/budget';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { useToast } from '#ui/toast.tsx';
import { ChangeConfirm } from './change-confirm.tsx';

/** What a budget is for. */
export type BudgetPlace = { projectId: string } | { domainId: string };
export type BudgetAct = { kind: 'set'; was?: Budget } | { kind: 'delete'; was: Budget };

type BudgetDialogProps = {
  place: BudgetPlace;
  currency: string | null;
  act: BudgetAct | undefined;
  onClose: () => void;
};

/** The dialog of what was chosen; none when nothing was. */
export function BudgetDialog({ place, currency, act, onClose }: BudgetDialogProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  if (act === undefined) return null;
  if (act.kind === 'set') return <BudgetForm {...{ place, currency, onClose }} {...(act.was && { was: act.was })} />;
  const { id } = act.was;
  return (
    <ChangeConfirm
      title="Remove the budget?"
      description="Nobody is told any more what the month comes to. Nothing else changes."
      action="Remove budget"
      done="The budget is removed"
      change={() => client.budget.delete.mutate({ id })}
      outdated={[trpc.budget.pathKey()]}
      onClose={onClose}
    />
  );
}

type BudgetFormProps = Omit<BudgetDialogProps, 'act'> & { was?: Budget };

function BudgetForm({ place, currency, was, onClose }: BudgetFormProps) {
  const { create, update, isPending, problem } = useSave(onClose);
  const [amount, setAmount] = useState(was?.amount ?? '');
  const [percents, setPercents] = useState((was?.alertPercents ?? [50, 80, 100]).join(', '));
  // What is no number is sent as NaN is in JSON, and refused at its field.
  const alertPercents = percents
    .split(/[\s,%]+/)
    .filter((each) => each !== '')
    .map(Number);
  const values = { amount: amount.trim(), alertPercents };
  const title = was ? 'Change budget' : 'Set budget';
  return (
    <Dialog isOpen onClose={onClose} title={title} description="For each month of UTC. It stops nothing.">
      <Form
        label={title}
        submitLabel={title}
        onCancel={onClose}
        pending={isPending}
        submitError={problem}
        disabledReason={values.amount === '' ? 'Write an amount.' : undefined}
        onSubmit={() => (was ? update({ id: was.id, ...values }) : create({ ...place, ...values }))}
      >
        <Field
          label={currency === null ? 'Amount' : `Amount (${currency})`}
          name="amount"
          value={amount}
          onChange={setAmount}
          inputMode="decimal"
          placeholder="250"
          autoComplete="off"
        />
        <Field
          label="Tell at (percent)"
          name="alertPercents"
          value={percents}
          onChange={setPercents}
          autoComplete="off"
          help="With commas between, such as 50, 80, 100. Each is told once a month."
        />
      </Form>
    </Dialog>
  );
}

function useSave(onClose: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const onSuccess = async () => {
    await queryClient.invalidateQueries({ queryKey: trpc.budget.pathKey() });
    toast({ tone: 'ok', title: 'The budget is set' });
    onClose();
  };
  const create = useMutation(trpc.budget.create.mutationOptions({ onSuccess }));
  const update = useMutation(trpc.budget.update.mutationOptions({ onSuccess }));
  const error = create.error ?? update.error;
  return {
    create: create.mutate,
    update: update.mutate,
    isPending: create.isPending || update.isPending,
    problem: error ? problemOf(error) : undefined,
  };
}
