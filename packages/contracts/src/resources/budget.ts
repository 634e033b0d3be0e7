import { z } from 'zod';
import { fieldRule, sizeRule } from '../field-rule.ts';
import { amount, countMoney } from '../money.ts';
import { namesOnePlace, onePlaceRule } from '../place.ts';
import { areDistinct, id, isoTime } from '../primitives.ts';

/** What a month may cost; one that is nothing would be passed before anybody begins. */
const budgetAmount = amount.refine(
  (text) => countMoney('amount', text) > 0n,
  fieldRule('must be more than 0', 'Send more than 0, in quotes, such as "250".'),
);

/** At which parts of the amount, in percent, somebody is told. Above 100 is what is beyond it. */
const alertPercents = z
  .array(z.number().int().min(1).max(1000))
  .min(1, sizeRule)
  .max(10, sizeRule)
  .refine(areDistinct, fieldRule('must not name a percentage twice', 'Name each percentage once.'))
  .transform((percents) => percents.toSorted((one, other) => one - other));

const initialPercents = [50, 80, 100];

/** One place: a project, or a domain with all its projects. Each has one budget at most. */
export const budgetCreate = z
  .strictObject({
    projectId: id.optional(),
    domainId: id.optional(),
    amount: budgetAmount,
    alertPercents: alertPercents.default(initialPercents),
  })
  .refine(namesOnePlace, onePlaceRule);

export const budgetUpdate = z.strictObject({
  amount: budgetAmount.optional(),
  alertPercents: alertPercents.optional(),
});

/** It stops nothing: it is compared with what the month has cost, and those who manage the place are told. */
export const budget = z.object({
  id,
  projectId: id.nullable(),
  domainId: id.nullable(),
  /** The name of the project or the domain. */
  name: z.string(),
  /** For each month of UTC. */
  amount: z.string(),
  /** That of the price lists; null while nothing has a price. */
  currency: z.string().nullable(),
  alertPercents: z.array(z.number().int()),
  /** What this month has cost so far: the total of the same usage. */
  spent: z.string(),
  /** Of the amount, rounded down. */
  spentPercent: z.number().int(),
  /** What was told this month. */
  alerts: z.array(z.object({ percent: z.number().int(), at: isoTime })),
  createdAt: isoTime,
  updatedAt: isoTime,
});
export type Budget = z.infer<typeof budget>;
