'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { QuotaRequest } from '@unkai/contracts/resources/quota-request';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { quotaWords } from '#resources/limits.tsx';
import { amountFault, amountLabel, amountOf, firstFault, perGib } from '#resources/quota-amount.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { useToast } from '#ui/toast.tsx';

type DecideProps = { request: QuotaRequest; onClose: () => void };

/** Gives what was asked, or less of it: an emptied field gives nothing of that one. */
export function QuotaRequestApprove({ request, onClose }: DecideProps) {
  const trpc = useTRPC();
  const settled = useAnswered(onClose);
  const begin = request.items.map((item) => [item.name, String(item.asked / perGib(item))]);
  const [amounts, setAmounts] = useState<Readonly<Record<string, string>>>(Object.fromEntries(begin));
  const [answer, setAnswer] = useState('');
  const approve = useMutation(trpc.quotaRequest.approve.mutationOptions({ onSuccess: settled }));
  const given = request.items.filter(({ name }) => (amounts[name] ?? '').trim() !== '');
  const limits = Object.fromEntries(given.map((item) => [item.name, amountOf(item, amounts[item.name] ?? '')]));
  return (
    <Dialog isOpen onClose={onClose} title={`Approve for ${request.projectName}`} description={request.reason}>
      <Form
        label="Approve request"
        submitLabel="Approve request"
        onCancel={onClose}
        pending={approve.isPending}
        submitError={approve.error ? problemOf(approve.error) : undefined}
        disabledReason={given.length === 0 ? 'To give nothing, deny it.' : firstFault(given, amounts)}
        onSubmit={() => approve.mutate({ id: request.id, limits, answer: answer.trim() })}
      >
        {request.items.map((item) => (
          <Field
            key={item.name}
            label={amountLabel(item)}
            name={`limits.${item.name}`}
            value={amounts[item.name] ?? ''}
            onChange={(text) => setAmounts({ ...amounts, [item.name]: text })}
            inputMode="numeric"
            autoComplete="off"
            error={amountFault(item, amounts[item.name] ?? '')}
            help={`has ${quotaWords(item, item.had)}, asks for ${quotaWords(item, item.asked)}`}
          />
        ))}
        <Field label="Answer" name="answer" value={answer} onChange={setAnswer} isOptional autoComplete="off" />
      </Form>
    </Dialog>
  );
}

/** Gives nothing, and says why. */
export function QuotaRequestDeny({ request, onClose }: DecideProps) {
  const trpc = useTRPC();
  const settled = useAnswered(onClose);
  const [answer, setAnswer] = useState('');
  const deny = useMutation(trpc.quotaRequest.deny.mutationOptions({ onSuccess: settled }));
  return (
    <Dialog isOpen onClose={onClose} title={`Deny for ${request.projectName}`} description={request.reason}>
      <Form
        label="Deny request"
        submitLabel="Deny request"
        onCancel={onClose}
        pending={deny.isPending}
        submitError={deny.error ? problemOf(deny.error) : undefined}
        disabledReason={answer.trim() === '' ? 'Say why.' : undefined}
        onSubmit={() => deny.mutate({ id: request.id, answer: answer.trim() })}
      >
        <Field label="Why" name="answer" value={answer} onChange={setAnswer} autoComplete="off" />
      </Form>
    </Dialog>
  );
}

function useAnswered(onClose: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  return async () => {
    await queryClient.invalidateQueries({ queryKey: trpc.quotaRequest.pathKey() });
    toast({ tone: 'ok', title: 'Answered; the requester was told' });
    onClose();
  };
}
