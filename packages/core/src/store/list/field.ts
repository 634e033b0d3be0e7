import { UnkaiError } from '@unkai/contracts/errors';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Call } from '../../call.ts';

// What lists of a noun can be narrowed and sorted by is a table of these, and one mechanism (`search.ts`) reads all such
// tables. Every value of a caller goes to the database as a parameter.

type Condition = RawBuilder<boolean>;
type Value = RawBuilder<unknown>;

export interface ListField {
  /** The rows for which one of the values is right; `of` is the row's alias. */
  fits(of: string, values: readonly string[], call: Call): Condition;
  /** What rows are sorted by, never null; none: lists have no such order. */
  order?(of: string): Value;
  /** Shown to operators alone, so nobody else finds anything by it. */
  readonly isOperators?: boolean;
}

const column = (of: string, name: string): Value => sql`${sql.ref(`${of}.${name}`)}`;
const nothing = sql<boolean>`false`;

/** An expression over the row that an alias names. */
type Expression = (of: string) => Value;

/** A text; null is found and sorted as the empty text. */
export function text(of: string | Expression): ListField {
  const value = typeof of === 'string' ? (alias: string) => column(alias, of) : of;
  return {
    fits: (alias, values) => {
      const is = sql<boolean>`${value(alias)} = ANY(${values}::text[])`;
      return values.includes('') ? sql<boolean>`(${is} OR ${value(alias)} IS NULL)` : is;
    },
    order: (alias) => sql`coalesce(${value(alias)}, '')`,
  };
}

const uuid = z.uuid();

/** An id; null is found by the empty text. What is no id finds nothing. */
export function identity(of: string | Expression): ListField {
  const value = typeof of === 'string' ? (alias: string) => column(alias, of) : of;
  return {
    fits: (alias, values) => {
      const ids = values.filter((each) => uuid.safeParse(each).success);
      const is = sql<boolean>`${value(alias)} = ANY(${ids}::uuid[])`;
      return values.includes('') ? sql<boolean>`(${is} OR ${value(alias)} IS NULL)` : is;
    },
    order: (alias) => sql`coalesce(${value(alias)}::text, '')`,
  };
}

/** A whole number; what is none finds nothing. */
export function whole(of: string | Expression): ListField {
  const value = typeof of === 'string' ? (alias: string) => column(alias, of) : of;
  return {
    fits: (alias, values) =>
      sql<boolean>`${value(alias)} = ANY(${values.filter((each) => /^-?\d{1,9}$/.test(each))}::integer[])`,
    order: (alias) => sql`coalesce(${value(alias)}, -1)`,
  };
}

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  t: true,
  yes: true,
  y: true,
  on: true,
  '1': true,
  false: false,
  f: false,
  no: false,
  n: false,
  off: false,
  '0': false,
};

/** True or false, in any of the ways in which clients say it. Throws `invalid_input` for what is neither. */
export function truth(of: string | ((alias: string, call: Call) => Value)): ListField {
  const value = typeof of === 'string' ? (alias: string) => column(alias, of) : of;
  return {
    fits: (alias, values, call) => sql<boolean>`${value(alias, call)} = ANY(${values.map(truthOf)}::boolean[])`,
    ...(typeof of === 'string' && { order: (alias: string) => column(alias, of) }),
  };
}

function truthOf(value: string): boolean {
  const is = truths[value.toLowerCase()];
  if (is === undefined) throw new UnkaiError('invalid_input', `'${value}' is neither true nor false.`);
  return is;
}

/** A moment, found by how it is told: to the second. */
export function moment(name: string): ListField {
  const told = (of: string) => sql`to_char(${column(of, name)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  return {
    fits: (of, values) => sql<boolean>`${told(of)} = ANY(${values}::text[])`,
    order: (of) => column(of, name),
  };
}

/** From a moment on. Throws `invalid_input` for what is none. */
export function since(name: string): ListField {
  return {
    fits: (of, [value = '']) => {
      const from = new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(value) ? value : `${value}Z`);
      if (Number.isNaN(from.getTime())) throw new UnkaiError('invalid_input', `'${value}' is no moment.`);
      return sql<boolean>`${column(of, name)} >= ${from}`;
    },
  };
}

/** The same of every row, in words. */
export function always(word: string): ListField {
  return { fits: (_, values) => (values.includes(word) ? sql<boolean>`true` : nothing), order: () => sql`''` };
}

/** False of every row. */
export const never: ListField = {
  fits: (_, values) => (values.some((value) => !truthOf(value)) ? sql<boolean>`true` : nothing),
  order: () => sql`''`,
};

/** What is in a list of texts of the row. */
export function oneOf(name: string): ListField {
  return { fits: (of, values) => sql<boolean>`${column(of, name)} && ${values}::text[]` };
}

/** One that has rows of its own: any of them fits. */
export function some(condition: (of: string, values: readonly string[]) => Condition): ListField {
  return { fits: condition };
}

export function operatorsOnly(field: ListField): ListField {
  return { ...field, isOperators: true };
}

const tagsIn = (of: string) => column(of, 'tags');
const tagsOf = (values: readonly string[]) => values.flatMap((value) => value.split(','));

/** Labels, several in one value with commas between: all of them, any, not all, not any. */
export const tagFields = {
  tags: some((of, values) => sql`${tagsIn(of)} @> ${tagsOf(values)}::text[]`),
  anyTags: some((of, values) => sql`${tagsIn(of)} && ${tagsOf(values)}::text[]`),
  notTags: some((of, values) => sql`NOT ${tagsIn(of)} @> ${tagsOf(values)}::text[]`),
  notAnyTags: some((of, values) => sql`NOT ${tagsIn(of)} && ${tagsOf(values)}::text[]`),
} as const;
