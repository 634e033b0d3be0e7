import { cidr, description, flag } from '@unkai/contracts/primitives';
import type { SubnetPool } from '@unkai/contracts/resources/subnet-pool';
import { findPlace } from '@unkai/core/store/project';
import { refuseField } from '@unkai/core/store/refusal';
import { searchSubnetPools } from '@unkai/core/store/subnet-pool';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { onlyFields, placeOf } from './collection.ts';
import { listRoute, standardFields } from './list.ts';
import { nameOf } from './network.ts';
import { owned } from './view.ts';

/** A number, also as clients that take it from a command line send it. */
const wholeNumber = z.coerce.number().int();
const common = {
  name: z.string().optional(),
  description: description.optional(),
  prefixes: z.array(cidr).optional(),
  min_prefixlen: wholeNumber.optional(),
  max_prefixlen: wholeNumber.optional(),
  default_prefixlen: wholeNumber.optional(),
  default_quota: z.union([z.null(), wholeNumber]).optional(),
  address_scope_id: z.string().nullable().optional(),
  shared: flag.optional(),
  is_default: flag.optional(),
};
const newPool = z.strictObject({
  subnetpool: z.strictObject({
    ...common,
    prefixes: z.array(cidr),
    tenant_id: z.string().optional(),
    project_id: z.string().optional(),
  }),
});
const poolChange = z.strictObject({ subnetpool: z.strictObject(common) });
type Said = z.output<typeof poolChange>['subnetpool'];

/** What both a new pool and a change may say, in our words. */
function saidOf(said: Said) {
  const { min_prefixlen: least, max_prefixlen: most, default_prefixlen: usual, default_quota: quota } = said;
  return {
    ...(said.description !== undefined && { description: said.description }),
    ...(least !== undefined && { minPrefixLength: least }),
    ...(most !== undefined && { maxPrefixLength: most }),
    ...(usual !== undefined && { defaultPrefixLength: usual }),
    ...(quota !== undefined && { quota }),
    ...(said.address_scope_id !== undefined && { addressScopeId: said.address_scope_id }),
    ...(said.shared !== undefined && { isShared: said.shared }),
    ...(said.is_default !== undefined && { isDefault: said.is_default }),
  };
}

function poolView(pool: SubnetPool) {
  const { id, name, description: words, tags, family, prefixes, quota, isDefault, isShared } = pool;
  return {
    id,
    name,
    description: words,
    tags,
    prefixes,
    ...owned(pool),
    ip_version: family,
    // As Neutron has it: text of numbers.
    min_prefixlen: String(pool.minPrefixLength),
    max_prefixlen: String(pool.maxPrefixLength),
    default_prefixlen: String(pool.defaultPrefixLength),
    default_quota: quota,
    address_scope_id: pool.addressScopeId,
    is_default: isDefault,
    shared: isShared,
  };
}

const poolId = (asked: Asked) => asked.id('pool', 'subnet-pool');

const list = listRoute({
  plural: 'subnetpools',
  permission: 'subnet-pool:read',
  fields: {
    ...standardFields,
    name: 'name',
    ip_version: 'family',
    prefixes: 'prefix',
    min_prefixlen: 'minPrefixLength',
    max_prefixlen: 'maxPrefixLength',
    default_prefixlen: 'defaultPrefixLength',
    default_quota: 'quota',
    address_scope_id: 'addressScopeId',
    is_default: 'isDefault',
    shared: 'isShared',
  },
  search: searchSubnetPools,
  view: poolView,
});

async function show(asked: Asked): Promise<Answer> {
  const view = poolView(await asked.operations.subnetPool.get({ id: poolId(asked) }));
  return { status: 200, body: { subnetpool: onlyFields(view, asked.query) } };
}

async function create(asked: Asked): Promise<Answer> {
  const { subnetpool: pool } = await asked.body(newPool);
  const place = { projectId: placeOf(asked, pool), name: nameOf(pool.name), prefixes: pool.prefixes };
  const made = await asked.operations.subnetPool.create({ ...place, ...saidOf(pool) });
  return { status: 201, body: { subnetpool: poolView(made) } };
}

/** Prefixes are added to those there are: nothing that was given is taken back. */
async function update(asked: Asked): Promise<Answer> {
  const id = poolId(asked);
  const { subnetpool: pool } = await asked.body(poolChange);
  const present = pool.prefixes === undefined ? [] : (await asked.operations.subnetPool.get({ id })).prefixes;
  const changed = await asked.operations.subnetPool.update({
    id,
    ...(pool.name !== undefined && { name: nameOf(pool.name) }),
    ...(pool.prefixes !== undefined && { prefixes: [...new Set([...present, ...pool.prefixes])] }),
    ...saidOf(pool),
  });
  return { status: 200, body: { subnetpool: poolView(changed) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.subnetPool.delete({ id: poolId(asked) });
  return { status: 204 };
}

/** The pool that a subnet gets which asks for the default one. Throws `invalid_input` where there is none. */
export async function defaultPool({ call }: Asked, projectId: string, family: 4 | 6): Promise<string> {
  await findPlace(call, 'subnet-pool:read', projectId);
  const filters = [
    { field: 'isDefault', values: ['true'] },
    { field: 'family', values: [String(family)] },
  ] as const;
  const first = { order: [], marker: null, isReverse: false, limit: 1 };
  const [found] = (await searchSubnetPools(call, { ...first, projectId, filters })).items;
  if (found === undefined)
    throw refuseField(
      'use_default_subnetpool',
      `no subnet pool is the default one of IPv${family}`,
      'Name a pool as subnetpool_id, or a range as cidr.',
    );
  return found.id;
}

/** Ranges that subnets are cut out of. */
export const subnetPoolRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/subnetpools', answer: list },
  { method: 'POST', path: '/v2.0/subnetpools', answer: create },
  { method: 'GET', path: '/v2.0/subnetpools/:pool', answer: show },
  { method: 'PUT', path: '/v2.0/subnetpools/:pool', answer: update },
  { method: 'DELETE', path: '/v2.0/subnetpools/:pool', answer: remove },
];
