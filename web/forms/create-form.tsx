'use client';
import type { UsageKindName } from '@unkai/contracts/resources/usage';
import type { ComponentProps } from 'react';
import { PriceNote } from '#resources/price-note.tsx';
import { type QuotaNeeds, QuotaNote, type QuotaOwner, useQuotaReason } from '#resources/quota-note.tsx';
import { Form } from '#ui/form.tsx';

type CreateFormProps = Omit<Extract<ComponentProps<typeof Form>, { onSubmit: unknown }>, 'action'> & {
  /** Whose quota is spent. */
  of: QuotaOwner;
  needs: QuotaNeeds;
  /** Of what costs something by the hour. */
  price?: { kind: UsageKindName; unit?: string };
};

/**
 * The form of whatever a quota limits: needed, used and limit stand above its button, with the price where there is one,
 * and what does not fit says so before it is tried.
 */
export function CreateForm({ of, needs, price, disabledReason, children, ...form }: CreateFormProps) {
  const lack = useQuotaReason(of, needs);
  return (
    <Form {...form} disabledReason={lack ?? disabledReason}>
      {children}
      {price && <PriceNote {...price} />}
      <QuotaNote of={of} needs={needs} />
    </Form>
  );
}
