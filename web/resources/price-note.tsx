'use client';
import { useQuery } from '@tanstack/react-query';
import type { UsageKindName } from '@unkai/contracts/resources/usage';
import { useTRPC } from '#client/trpc.tsx';
import { money } from '#ui/money.ts';

/** As most clouds count a month of hours. */
const monthHours = 730;

type PriceNoteProps = { kind: UsageKindName; item?: string; unit?: string };

/** What one of it costs, beside the form that makes it: by the hour, and about by the month. */
export function PriceNote({ kind, item = '', unit }: PriceNoteProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.priceList.current.queryOptions());
  if (data === undefined || data.currency === null) return null;
  const { currency } = data;
  const price = data.prices.find((each) => each.kind === kind && each.item === item)?.price;
  const per = unit === undefined ? '' : ` per ${unit}`;
  return (
    <p className="text-table">
      {price === undefined ? (
        <span className="text-ink-muted">Costs nothing: it has no price.</span>
      ) : (
        <>
          <span className="numeric font-medium">{money(price, currency)}</span>
          {per} an hour
          <span className="text-ink-muted">, about {money(String(Number(price) * monthHours), currency)} a month</span>
        </>
      )}
    </p>
  );
}
