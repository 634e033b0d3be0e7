import { z } from 'zod';
import { fieldRule } from './field-rule.ts';

// Money is counted in whole parts of a unit, never in floating point: amounts in millionths, prices (which are small, and
// are multiplied with long times) in billionths. In JSON both are decimal text, since a JSON number is a float to most.

const decimals = { amount: 6, price: 9 } as const;
export type MoneyKind = keyof typeof decimals;

/** The most that one price or one budget may be: 1,000,000 units of the currency. */
const most = 1_000_000n;

/** A sum of money in a currency that goes with it, such as "12.5": up to 6 decimals, no sign, no exponent. */
export const amount = decimal('amount');

/** What one unit of something costs in an hour, such as "0.0125": up to 9 decimals, no sign, no exponent. */
export const price = decimal('price');

function decimal(kind: MoneyKind) {
  const places = decimals[kind];
  const rule = fieldRule(
    `must be a number of at most ${places} decimals from 0 to 1000000, as text such as "0.0125"`,
    `Send a number from 0 to 1000000 in quotes, with at most ${places} decimals, such as "0.0125".`,
  );
  return z
    .string(rule)
    .regex(new RegExp(`^\\d{1,7}(\\.\\d{1,${places}})?$`), { ...rule, abort: true })
    .refine((text) => countMoney(kind, text) <= most * 10n ** BigInt(places), rule);
}

/** The whole parts in a decimal text that fits `amount` or `price`: millionths, or billionths. */
export function countMoney(kind: MoneyKind, text: string): bigint {
  const [whole = '', rest = ''] = text.split('.');
  return BigInt(whole + rest.padEnd(decimals[kind], '0'));
}

/** Whole parts as decimal text, without zeros at its end: 12500000 millionths are "12.5". */
export function moneyText(kind: MoneyKind, parts: bigint): string {
  const digits = parts.toString().padStart(decimals[kind] + 1, '0');
  const whole = digits.slice(0, -decimals[kind]);
  const rest = digits.slice(-decimals[kind]).replace(/0+$/, '');
  return rest === '' ? whole : `${whole}.${rest}`;
}

/** A currency by its ISO 4217 code. */
export const currency = z
  .string()
  .regex(
    /^[A-Z]{3}$/,
    fieldRule(
      'must be a code of three capital letters, such as EUR',
      'Send the code of ISO 4217 in capital letters, such as EUR.',
    ),
  );
