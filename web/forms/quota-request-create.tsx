'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Limit, quotaName } from '@unkai/contracts/quota';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { quotaWords } from '#resources/limits.tsx';
import { amountFault, amountLabel, amountOf, firstFault } from '#resources/quota-amount.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { useToast } from '#ui/toast.tsx';

type QuotaRequestCreateProps = { project: string; limits: readonly Limit[]; onClose: () => void };

/** Asks for more: what is left empty stays as it is. */
export function QuotaRequestCreate({ project, limits, onClose }: QuotaRequestCreateProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [amounts, setAmounts] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState('');
  const create = useMutation(
    trpc.quotaRequest.create.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.quotaRequest.pathKey() });
        toast({ tone: 'ok', title: 'The operators were asked' });
        onClose();
      },
    }),
  );
  const wanted = wantedOf(limits, amounts);
  const missing = firstFault(limits, amounts) ?? missingOf(wanted, reason);
  return (
    <Dialog isOpen onClose={onClose} title="Ask for more" width="wide" description="What is left empty stays as it is.">
      <Form
        label="Ask for more"
        submitLabel="Ask for more"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        disabledReason={missing}
        onSubmit={() => create.mutate({ projectId: project, limits: wanted, reason: reason.trim() })}
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
              help={`${quotaWords(limit, limit.limit)} now`}
            />
          ))}
        </div>
        <Field label="What it is for" name="reason" value={reason} onChange={setReason} autoComplete="off" />
      </Form>
    </Dialog>
  );
}

/** What was written, in the quotas' own units. */
function wantedOf(limits: readonly Limit[], amounts: Readonly<Record<string, string>>): Record<string, number> {
  const written = limits.filter(({ name }) => (amounts[name] ?? '').trim() !== '');
  return Object.fromEntries(
    written.map((limit) => [quotaName.parse(limit.name), amountOf(limit, amounts[limit.name] ?? '')]),
  );
}

function missingOf(wanted: Readonly<Record<string, number>>, reason: string): string | undefined {
  if (Object.keys(wanted).length === 0) return 'Write what you need of something.';
  return reason.trim() === '' ? 'Say what it is for.' : undefined;
}
