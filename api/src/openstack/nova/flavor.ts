import { invalidInput, UnkaiError } from '@unkai/contracts/errors';
import { description, displayName } from '@unkai/contracts/primitives';
import { type Flavor, flavorAlias } from '@unkai/contracts/resources/flavor';
import { allows, notFound } from '@unkai/core/access';
import { z } from 'zod';
import { extraSpecRoutes } from '../extra-specs.ts';
import { everything, nextLinks, pageAsk, pageOf, sorted } from '../paging.ts';
import type { Answer, Asked, Operations, Route } from '../service.ts';
import { since } from './version.ts';

/** A flavor's id as Nova's clients see it: the short one where it has one. */
export function flavorRef({ alias, id }: Pick<Flavor, 'alias' | 'id'>): string {
  return alias ?? id;
}

/** All flavors that the caller may use. */
export function usableFlavors(operations: Operations): Promise<Flavor[]> {
  return everything((page) => operations.flavor.list(page));
}

const uuid = z.uuid();

/** The flavor of a short or a long id. Throws `not_found`; that one was asked for which the caller may not use is in the audit log. */
export async function findFlavorByRef(operations: Operations, ref: string): Promise<Flavor> {
  const flavor = (await usableFlavors(operations)).find(({ id, alias }) => id === ref || alias === ref);
  if (flavor !== undefined) return flavor;
  if (uuid.safeParse(ref).success) return operations.flavor.get({ id: ref });
  throw notFound('flavor', ref);
}

function links({ endpoint }: Asked, ref: string) {
  return [
    { rel: 'self', href: `${endpoint}/v2.1/flavors/${encodeURIComponent(ref)}` },
    { rel: 'bookmark', href: `${endpoint}/flavors/${encodeURIComponent(ref)}` },
  ];
}

/** Part of a flavor that a list shows, and of links to it. */
export function flavorLink(asked: Asked, ref: string) {
  return { id: ref, links: links(asked, ref).slice(1) };
}

function brief(asked: Asked, flavor: Flavor) {
  const told = asked.version >= since.flavorDescription ? { description: flavor.description || null } : {};
  return { id: flavorRef(flavor), name: flavor.name, links: links(asked, flavorRef(flavor)), ...told };
}

function detail(asked: Asked, flavor: Flavor) {
  return {
    ...brief(asked, flavor),
    ram: flavor.memoryMib,
    disk: flavor.diskGib,
    vcpus: flavor.vcpus,
    // Servers have one disk: there is neither swap nor an ephemeral disk to speak of.
    swap: '',
    'OS-FLV-EXT-DATA:ephemeral': 0,
    'OS-FLV-DISABLED:disabled': false,
    'os-flavor-access:is_public': flavor.isPublic,
    rxtx_factor: 1,
    ...(asked.version >= since.flavorExtraSpecs && { extra_specs: flavor.extraSpecs }),
  };
}

const sortKeys = new Map<string, (flavor: Flavor) => string | number | boolean>([
  ['flavorid', flavorRef],
  ['id', flavorRef],
  ['name', ({ name }) => name],
  ['memory_mb', ({ memoryMib }) => memoryMib],
  ['vcpus', ({ vcpus }) => vcpus],
  ['root_gb', ({ diskGib }) => diskGib],
  ['is_public', ({ isPublic }) => isPublic],
]);

/** Which are shown: operators choose by `is_public`, everyone else gets what they may use. */
function isWanted({ query, call }: Asked): (flavor: Flavor) => boolean {
  const isPublic = (query.get('is_public') ?? 'true').toLowerCase();
  if (!allows(call.actor, 'flavor:read', null) || isPublic === 'none') return () => true;
  if (truths.includes(isPublic)) return (flavor) => flavor.isPublic;
  if (untruths.includes(isPublic)) return (flavor) => !flavor.isPublic;
  throw new UnkaiError('invalid_input', `Invalid is_public filter [${isPublic}]`);
}

function least(query: URLSearchParams, name: string): number {
  const given = query.get(name);
  if (given === null) return 0;
  if (!/^\d{1,9}$/.test(given)) throw new UnkaiError('invalid_input', `Invalid ${name} filter [${given}]`);
  return Number(given);
}

function list(view: typeof brief) {
  return async (asked: Asked): Promise<Answer> => {
    const { query, operations } = asked;
    const [minDisk, minMemory] = [least(query, 'minDisk'), least(query, 'minRam')];
    const fits = (flavor: Flavor) => flavor.diskGib >= minDisk && flavor.memoryMib >= minMemory;
    const wanted = (await usableFlavors(operations)).filter(isWanted(asked)).filter(fits);
    const order = new URLSearchParams(query.has('sort_key') ? query : { sort_key: 'flavorid' });
    if (query.has('sort_dir') && !query.has('sort_key')) order.set('sort_dir', query.get('sort_dir') ?? '');
    const inOrder = sorted(wanted, order, (flavor, key) => sortKeys.get(key)?.(flavor));
    const { items, next } = pageOf(inOrder, pageAsk(query), flavorRef);
    const body = { flavors: items.map((flavor) => view(asked, flavor)), ...nextLinks(asked, 'flavors_links', next) };
    return { status: 200, body };
  };
}

const truths = ['true', '1', 'yes', 'on', 't', 'y'];
const untruths = ['false', '0', 'no', 'off', 'f', 'n'];
/** Yes or no in any of the words that Nova takes. */
const novaFlag = z.union([
  z.boolean(),
  z
    .string()
    .toLowerCase()
    .pipe(z.enum([...truths, ...untruths]))
    .transform((text) => truths.includes(text)),
]);

const size = (least: number) => z.coerce.number().int().min(least).max(2_147_483_647);
const newFlavor = z.strictObject({
  flavor: z.strictObject({
    name: displayName,
    id: z.union([z.string(), z.number().int()]).nullish(),
    ram: size(1),
    vcpus: size(1),
    disk: size(0),
    swap: z.union([z.literal(''), size(0)]).optional(),
    'OS-FLV-EXT-DATA:ephemeral': size(0).optional(),
    rxtx_factor: z.coerce.number().positive().optional(),
    'os-flavor-access:is_public': novaFlag.default(true),
    description: description.nullish(),
  }),
});

async function create(asked: Asked): Promise<Answer> {
  const { flavor: wanted } = await asked.body(newFlavor);
  if (wanted.description !== undefined && asked.version < since.flavorDescription) throw tooOld('description');
  for (const field of ['swap', 'OS-FLV-EXT-DATA:ephemeral'] as const) {
    if (Number(wanted[field] ?? 0) > 0)
      throw refuse(field, 'must be 0: servers have one disk, which the flavor’s disk sizes', 'Leave it out.');
  }
  const ref = wanted.id === undefined || wanted.id === null || wanted.id === 'auto' ? undefined : String(wanted.id);
  const alias = ref === undefined ? undefined : flavorAlias.safeParse(ref);
  if (alias?.success === false) throw invalidInput(alias.error, 'id');
  const made = await asked.operations.flavor.create({
    name: wanted.name,
    vcpus: wanted.vcpus,
    memoryMib: wanted.ram,
    diskGib: wanted.disk,
    isPublic: wanted['os-flavor-access:is_public'],
    description: wanted.description ?? '',
    ...(alias && { alias: alias.data }),
  });
  return { status: 200, body: { flavor: detail(asked, made) } };
}

export function refuse(field: string, message: string, fix: string): UnkaiError {
  return new UnkaiError('invalid_input', `Invalid input for field/attribute ${field}: ${message}.`, {
    errors: [{ field, message, fix }],
  });
}

/** A field that came with a later microversion than the request speaks. */
export function tooOld(field: string): UnkaiError {
  return refuse(
    field,
    'is not a field of this request at this microversion',
    'Remove it, or ask with a later microversion.',
  );
}

const describing = z.strictObject({ flavor: z.strictObject({ description: description.nullable() }) });

async function update(asked: Asked): Promise<Answer> {
  if (asked.version < since.flavorDescription) throw notFound('resource', 'flavors');
  const { flavor } = await asked.body(describing);
  const { id } = await wanted(asked);
  const changed = await asked.operations.flavor.update({ id, description: flavor.description ?? '' });
  return { status: 200, body: { flavor: detail(asked, changed) } };
}

function wanted(asked: Asked): Promise<Flavor> {
  return findFlavorByRef(asked.operations, asked.param('flavor'));
}

async function showAccess(asked: Asked): Promise<Answer> {
  const flavor = await wanted(asked);
  if (flavor.isPublic) throw notFound('access list of a public flavor', flavorRef(flavor));
  return accessAnswer(asked, flavor);
}

async function accessAnswer({ operations }: Asked, flavor: Flavor): Promise<Answer> {
  const { projectIds } = await operations.flavor.access({ id: flavor.id });
  const flavorId = flavorRef(flavor);
  return {
    status: 200,
    body: { flavor_access: projectIds.map((tenant) => ({ flavor_id: flavorId, tenant_id: tenant })) },
  };
}

const accessChange = z.union([
  z.strictObject({ addTenantAccess: z.strictObject({ tenant: z.string() }) }),
  z.strictObject({ removeTenantAccess: z.strictObject({ tenant: z.string() }) }),
]);

async function changeAccess(asked: Asked): Promise<Answer> {
  const change = await asked.body(accessChange);
  const flavor = await wanted(asked);
  const { operations } = asked;
  if ('addTenantAccess' in change) {
    if (flavor.isPublic) throw new UnkaiError('conflict', 'A public flavor is there for all projects already.');
    await operations.flavor.allow({ id: flavor.id, projectId: change.addTenantAccess.tenant });
  } else {
    await operations.flavor.forbid({ id: flavor.id, projectId: change.removeTenantAccess.tenant });
  }
  return accessAnswer(asked, flavor);
}

const at = '/v2.1/flavors';

export const flavorRoutes: readonly Route[] = [
  { method: 'GET', path: at, answer: list(brief) },
  { method: 'GET', path: `${at}/detail`, answer: list(detail) },
  { method: 'POST', path: at, answer: create },
  {
    method: 'GET',
    path: `${at}/:flavor`,
    answer: async (asked) => ({ status: 200, body: { flavor: detail(asked, await wanted(asked)) } }),
  },
  { method: 'PUT', path: `${at}/:flavor`, answer: update },
  {
    method: 'DELETE',
    path: `${at}/:flavor`,
    answer: async (asked) => {
      await asked.operations.flavor.delete({ id: (await wanted(asked)).id });
      return { status: 202 };
    },
  },
  ...extraSpecRoutes({
    path: `${at}/:flavor/os-extra_specs`,
    find: wanted,
    replace: ({ operations }, change) => operations.flavor.update(change),
    removed: 200,
  }),
  { method: 'GET', path: `${at}/:flavor/os-flavor-access`, answer: showAccess },
  { method: 'POST', path: `${at}/:flavor/action`, answer: changeAccess },
];
