import { UnkaiError } from '@unkai/contracts/errors';
import { fieldRule } from '@unkai/contracts/field-rule';
import { notFound } from '@unkai/core/access';
import { asRefusal } from '@unkai/core/audit/audit';
import { z } from 'zod';
import type { Asked } from '../service.ts';
import { name } from './fields.ts';
import { givenId } from './ids.ts';
import { allRoles } from './role.ts';

/** Everyone has their own; nobody, operators included, sees or makes those of another. */
export function requireOwn(asked: Asked): void {
  const id = asked.id('user', 'user');
  if (id !== asked.call.actor.userId) throw asRefusal(notFound('user', id));
}

/** Roles as they are named by who lends them: by id or by name. */
export const roleReferences = z
  .array(z.union([z.object({ id: z.string().max(64) }), z.object({ name })]))
  .min(1)
  .max(50);

/** Throws `not_found` for a name that no role has. */
export async function chosenRoleIds(asked: Asked, wanted: z.output<typeof roleReferences>): Promise<string[]> {
  const known = wanted.some((each) => 'name' in each) ? await allRoles(asked, {}) : [];
  return wanted.map((each) => {
    if ('id' in each) return givenId(each.id);
    const found = known.find((role) => role.name === each.name && role.domainId === null);
    if (found === undefined) throw new UnkaiError('not_found', `There is no role named ${each.name}.`);
    return found.id;
  });
}

const timeRule = fieldRule('must be a time such as 2027-01-31T12:00:00Z', 'Send a time such as 2027-01-31T12:00:00Z.');

/** A moment, with or without a zone and with microseconds, as Keystone's clients write it; UTC where none is said. */
export const timeGiven = z
  .string()
  .max(40)
  .regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/, { ...timeRule, abort: true })
  .transform((text) => new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`))
  .refine((time) => !Number.isNaN(time.getTime()), { ...timeRule, abort: true })
  .transform((time) => time.toISOString())
  .nullish()
  .transform((time) => time ?? undefined);
