import { z } from 'zod';
import { refusing } from '../field-rule.ts';
import { currency, price } from '../money.ts';
import { displayName, id, isoTime } from '../primitives.ts';
import { usageKind, usageKinds } from './usage.ts';

/** What one unit of something costs in an hour. `item` is a flavor or a volume type by its name. */
const pricedItem = z
  .strictObject({ kind: usageKind, item: z.string().max(255).default(''), price })
  .superRefine(({ kind, item }, context) => {
    const wanted = usageKinds[kind].item;
    if ((wanted !== null) === (item !== '')) return;
    const refuse = refusing(context);
    if (wanted === null) refuse('item', `must be empty: there is one price of ${kind}`, 'Leave it out.');
    else refuse('item', `must name a ${wanted}`, `Send the name of a ${wanted}.`);
  });

/** Holds from `startsAt` (now, unless said; never in the past) until the next list starts. */
export const priceListCreate = z.strictObject({
  name: displayName,
  currency,
  startsAt: isoTime.optional(),
  prices: z
    .array(pricedItem)
    .min(1)
    .max(1000)
    .superRefine((prices, context) => {
      const refuse = refusing(context);
      const seen = new Set<string>();
      for (const [at, { kind, item }] of prices.entries()) {
        const key = `${kind} ${item}`;
        if (seen.has(key)) refuse(at, 'has a price in this list already', 'Name each thing once.');
        seen.add(key);
      }
    }),
});

export const pricedThing = z.object({ kind: usageKind, item: z.string(), price: z.string() });

export const priceList = z.object({
  id,
  name: z.string(),
  currency: z.string(),
  startsAt: isoTime,
  /** Whether it has started: it stays from then on. */
  hasStarted: z.boolean(),
  createdAt: isoTime,
  prices: z.array(pricedThing),
});
export type PriceList = z.infer<typeof priceList>;

/** What things cost at this moment; no currency where nothing has a price yet. */
export const currentPrices = z.object({ currency: z.string().nullable(), prices: z.array(pricedThing) });
export type CurrentPrices = z.infer<typeof currentPrices>;
