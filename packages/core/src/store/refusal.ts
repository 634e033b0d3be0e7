import { type FieldError, UnkaiError } from '@unkai/contracts/errors';
import { type Options, options } from '@unkai/contracts/primitives';
import type { ActionCheck } from '@unkai/contracts/state-table';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';

const brokenConstraint = z.object({ code: z.literal('23505'), constraint: z.string() });

/** Of Prisma's writes any unique constraint; of a statement of ours the one that has the field in its name. */
function isDuplicateOf(error: unknown, field: string): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError) return error.code === 'P2002';
  const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const { success, data } = brokenConstraint.safeParse(error);
  return success && data.constraint.includes(column);
}

/** Turns a broken unique constraint into `conflict` that names the field; lets everything else through. */
export async function refuseDuplicate<Result>(work: Promise<Result>, taken: FieldError): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!isDuplicateOf(error, taken.field)) throw error;
    throw new UnkaiError('conflict', taken.message, { errors: [taken], next: taken.fix, cause: error });
  }
}

/** The same for a name, which is there once in its place. */
export function refuseTakenName<Result>(work: Promise<Result>, message: string): Promise<Result> {
  return refuseDuplicate(work, { field: 'name', message, fix: 'Choose another name, or use what exists.' });
}

/** What uses something: `field` is its id, or the field of the request that names it; `message` says how. */
export type Use = Omit<FieldError, 'fix'>;

/** Throws `in_use`, naming each use, when there is one. */
export function refuseInUse(what: string, uses: readonly Use[]): void {
  if (uses.length === 0) return;
  const errors = uses.map((use) => ({ ...use, fix: 'Take that away first.' }));
  throw new UnkaiError('in_use', `${what} is still in use.`, { errors });
}

/** Throws `wrong_state` with the table's own sentence when the action may not begin in the row's state. */
export function requireState<State extends string>(check: ActionCheck<State>, row: { readonly state: State }): void {
  const reason = check.reason(row);
  if (reason !== null) throw new UnkaiError('wrong_state', `${reason} It is ${row.state}.`);
}

/** Bad input that only the database can tell, such as an id that names nothing the caller may use. */
export function refuseField(field: string, message: string, fix: string): UnkaiError {
  return new UnkaiError('invalid_input', `${field}: ${message}.`, { errors: [{ field, message, fix }] });
}

/** A field that asks for what somebody else has. */
export function refuseTaken(field: string, message: string, fix: string): UnkaiError {
  return new UnkaiError('conflict', `${field}: ${message}.`, { errors: [{ field, message, fix }], next: fix });
}

/** What is kept with a row as options. */
export function storedOptions(stored: unknown): Options {
  return options.catch({}).parse(stored);
}

/**
 * Throws `forbidden` for what was marked immutable, as in OpenStack: it can neither be changed nor deleted until a
 * change takes the mark away.
 */
export function refuseImmutable(stored: unknown, given?: Options): void {
  if (storedOptions(stored)['immutable'] !== true || given?.['immutable'] === false) return;
  throw new UnkaiError('forbidden', 'It is marked as immutable.', {
    next: 'Set its option "immutable" to false first.',
  });
}

/** The options after a change: those given replace those of the same name, and null takes one away. */
export function changedOptions(stored: unknown, given: Options = {}): Options {
  const merged = { ...storedOptions(stored), ...given };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}
