import { notes } from '@unkai/contracts/primitives';
import { notFound } from '@unkai/core/access';
import { refuseField } from '@unkai/core/store/refusal';
import { z } from 'zod';
import type { Answer, Asked, Route } from './service.ts';

interface WithSpecs {
  readonly id: string;
  readonly extraSpecs: z.output<typeof notes>;
}

interface SpecsDoor {
  /** Where the specs of one thing are, such as `/v2.1/flavors/:flavor/os-extra_specs`. */
  readonly path: string;
  /** The thing that is asked about. Throws `not_found`. */
  readonly find: (asked: Asked) => Promise<WithSpecs>;
  /** Writes all of its specs. */
  readonly replace: (asked: Asked, change: WithSpecs) => Promise<unknown>;
  /** How this service answers that one was removed. */
  readonly removed: 200 | 202;
}

const newSpecs = z.strictObject({ extra_specs: notes });

/** The extra specs of flavors and of volume types, which Nova and Cinder list, add, show, set and remove alike. */
export function extraSpecRoutes(door: SpecsDoor): readonly Route[] {
  const { path, find } = door;
  return [
    {
      method: 'GET',
      path,
      answer: async (asked) => ({ status: 200, body: { extra_specs: (await find(asked)).extraSpecs } }),
    },
    { method: 'POST', path, answer: (asked) => add(asked, door) },
    { method: 'GET', path: `${path}/:key`, answer: (asked) => show(asked, door) },
    { method: 'PUT', path: `${path}/:key`, answer: (asked) => set(asked, door) },
    { method: 'DELETE', path: `${path}/:key`, answer: (asked) => remove(asked, door) },
  ];
}

async function add(asked: Asked, { find, replace }: SpecsDoor): Promise<Answer> {
  const { extra_specs: added } = await asked.body(newSpecs);
  const { id, extraSpecs } = await find(asked);
  await replace(asked, { id, extraSpecs: { ...extraSpecs, ...added } });
  return { status: 200, body: { extra_specs: added } };
}

async function show(asked: Asked, { find }: SpecsDoor): Promise<Answer> {
  const key = asked.param('key');
  const value = (await find(asked)).extraSpecs[key];
  if (value === undefined) throw notFound('extra spec', key);
  return { status: 200, body: { [key]: value } };
}

async function set(asked: Asked, { find, replace }: SpecsDoor): Promise<Answer> {
  const key = asked.param('key');
  const given = await asked.body(notes);
  const value = given[key];
  if (value === undefined || Object.keys(given).length !== 1)
    throw refuseField(key, 'must be the one key of the body', 'Send one entry, whose key is the one of the path.');
  const { id, extraSpecs } = await find(asked);
  await replace(asked, { id, extraSpecs: { ...extraSpecs, [key]: value } });
  return { status: 200, body: { [key]: value } };
}

async function remove(asked: Asked, { find, replace, removed }: SpecsDoor): Promise<Answer> {
  const key = asked.param('key');
  const { id, extraSpecs } = await find(asked);
  const { [key]: gone, ...rest } = extraSpecs;
  if (gone === undefined) throw notFound('extra spec', key);
  await replace(asked, { id, extraSpecs: rest });
  return { status: removed };
}
