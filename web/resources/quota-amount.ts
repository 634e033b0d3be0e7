import { type Allowance, unlimited } from '@unkai/contracts/quota';

type Unit = Pick<Allowance, 'unit'>;

/** People write memory and storage in GiB, and everything else in its own number. */
export function perGib({ unit }: Unit): number {
  if (unit === 'MiB') return 1024;
  return unit === 'B' ? 1024 ** 3 : 1;
}

/** The label of a field that takes an amount of the quota. */
export function amountLabel(limit: Pick<Allowance, 'label' | 'unit'>): string {
  return limit.unit === '' ? limit.label : `${limit.label} (GiB)`;
}

/** What is wrong with a written amount; undefined of a right one, and of none. How much makes sense the API knows. */
export function amountFault(limit: Unit, text: string): string | undefined {
  const written = text.trim();
  if (written === '') return undefined;
  if (perGib(limit) === 1) return /^\d+$/.test(written) ? undefined : 'Write a whole number, such as 20.';
  return /^\d+(\.\d+)?$/.test(written) ? undefined : 'Write a number of GiB, such as 20 or 0.5.';
}

/** A written amount without a fault, in the quota's own unit. */
export function amountOf(limit: Unit, text: string): number {
  const amount = Number(text);
  return amount === unlimited ? unlimited : Math.round(amount * perGib(limit));
}

/** The first fault of the amounts that were written, by the names of their quotas. */
export function firstFault(
  limits: readonly (Pick<Allowance, 'label' | 'unit'> & { name: string })[],
  amounts: Readonly<Record<string, string>>,
): string | undefined {
  for (const limit of limits) {
    const fault = amountFault(limit, amounts[limit.name] ?? '');
    if (fault !== undefined) return `${amountLabel(limit)}: ${fault}`;
  }
  return undefined;
}
