import { invalidInput, UnkaiError } from '@unkai/contracts/errors';
import { sizeRule } from '@unkai/contracts/field-rule';
import { commitTogether } from '@unkai/core/database/database';
import { z } from 'zod';
import { publicError } from '../../trpc.ts';
import type { Answer, Asked } from '../service.ts';
import type { View } from './collection.ts';

/** More at once than anybody writes by hand, and few enough for one transaction. */
const mostAtOnce = 200;

interface Creation<Item extends z.ZodType> {
  readonly one: string;
  readonly many: string;
  readonly item: Item;
  readonly make: (asked: Asked, wanted: z.output<Item>) => Promise<View>;
}

/** Answers a create of one thing, or of many, which are made together or not at all. */
export function creation<Item extends z.ZodType>({ one, many, item, make }: Creation<Item>) {
  const list = z.array(item).min(1).max(mostAtOnce, sizeRule);
  return async (asked: Asked): Promise<Answer> => {
    const body = await asked.body(z.unknown());
    const isMany = typeof body === 'object' && body !== null && Object.hasOwn(body, many);
    if (!isMany) return { status: 201, body: { [one]: await make(asked, partOf(body, one, item)) } };
    const items = partOf(body, many, list);
    const made = await commitTogether(asked.call.core.database, async (database) => {
      const { call } = asked;
      const joined = { ...call, core: { ...call.core, database } };
      const within = { ...asked, call: joined, operations: asked.operationsOf(joined) };
      const views: View[] = [];
      for (const [index, each] of items.entries()) views.push(await naming(`${many}.${index}`, make(within, each)));
      return views;
    });
    return { status: 201, body: { [many]: made } };
  };
}

/** What the one field of a body holds. Throws `invalid_input` that names each field at fault. */
function partOf<Schema extends z.ZodType>(body: unknown, name: string, schema: Schema): z.output<Schema> {
  const whole = z.strictObject({ [name]: z.unknown() }).safeParse(body);
  if (!whole.success) throw invalidInput(whole.error);
  const part = schema.safeParse(whole.data[name]);
  if (!part.success) throw invalidInput(part.error, name);
  return part.data;
}

/** Of many the one is named that could not be made. */
async function naming<Made>(place: string, work: Promise<Made>): Promise<Made> {
  try {
    return await work;
  } catch (thrown) {
    const { code, message, errors, next } = publicError(thrown);
    throw new UnkaiError(code, `${place}: ${message}`, { errors, next, cause: thrown });
  }
}
