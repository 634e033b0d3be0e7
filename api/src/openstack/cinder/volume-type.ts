import { UnkaiError } from '@unkai/contracts/errors';
import { description, displayName, notes } from '@unkai/contracts/primitives';
import type { VolumeType } from '@unkai/contracts/resources/volume-type';
import { allows } from '@unkai/core/access';
import { refuseField } from '@unkai/core/store/refusal';
import { z } from 'zod';
import { extraSpecRoutes } from '../extra-specs.ts';
import { everything, nextLinks, pageAsk, pageOf, sorted } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';

/** A type as Cinder's clients see it. Sets of QoS rules for volumes there are none. */
function detail({ id, name, description: words, isPublic, extraSpecs }: VolumeType) {
  return {
    id,
    name,
    description: words || null,
    is_public: isPublic,
    'os-volume-type-access:is_public': isPublic,
    extra_specs: extraSpecs,
    qos_specs_id: null,
  };
}

function types({ operations }: Asked): Promise<VolumeType[]> {
  return everything((page) => operations.volumeType.list(page));
}

const truths = ['true', '1', 'yes', 'on', 't', 'y'];
const untruths = ['false', '0', 'no', 'off', 'f', 'n'];

/** Which are shown: operators choose by `is_public`, everyone else gets what they may use. */
function isWanted({ query, call }: Asked): (type: VolumeType) => boolean {
  const isPublic = (query.get('is_public') ?? 'true').toLowerCase();
  if (!allows(call.actor, 'volume-type:read', null) || isPublic === 'none') return () => true;
  if (truths.includes(isPublic)) return (type) => type.isPublic;
  if (untruths.includes(isPublic)) return (type) => !type.isPublic;
  throw new UnkaiError('invalid_input', `Invalid is_public filter [${isPublic}]`);
}

const sortKeys = new Map<string, (type: VolumeType) => string | boolean>([
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['is_public', ({ isPublic }) => isPublic],
  ['description', (type) => type.description],
]);

async function list(asked: Asked): Promise<Answer> {
  const wanted = (await types(asked)).filter(isWanted(asked));
  const inOrder = sorted(wanted, asked.query, (type, key) => sortKeys.get(key)?.(type));
  const { items, next } = pageOf(inOrder, pageAsk(asked.query), ({ id }) => id);
  return { status: 200, body: { volume_types: items.map(detail), ...nextLinks(asked, 'volume_type_links', next) } };
}

function wanted(asked: Asked): Promise<VolumeType> {
  return asked.operations.volumeType.get({ id: asked.id('type', 'volume type') });
}

async function showDefault(asked: Asked): Promise<Answer> {
  const type = (await types(asked)).find(({ isDefault }) => isDefault);
  if (type === undefined) throw new UnkaiError('not_found', 'Default volume type can not be found.');
  return { status: 200, body: { volume_type: detail(type) } };
}

const flag = z.union([
  z.boolean(),
  z
    .string()
    .toLowerCase()
    .pipe(z.enum([...truths, ...untruths]))
    .transform((text) => truths.includes(text)),
]);

const newType = z.strictObject({
  volume_type: z.strictObject({
    name: displayName,
    description: description.nullish(),
    extra_specs: notes.default({}),
    'os-volume-type-access:is_public': flag.default(true),
  }),
});

async function create(asked: Asked): Promise<Answer> {
  const { volume_type: given } = await asked.body(newType);
  const made = await asked.operations.volumeType.create({
    name: given.name,
    description: given.description ?? '',
    isPublic: given['os-volume-type-access:is_public'],
    extraSpecs: given.extra_specs,
  });
  return { status: 200, body: { volume_type: detail(made) } };
}

const change = z.strictObject({
  volume_type: z.strictObject({
    name: displayName.nullish(),
    description: description.nullish(),
    is_public: flag.nullish(),
  }),
});

async function update(asked: Asked): Promise<Answer> {
  const { volume_type: given } = await asked.body(change);
  const { name = null, description: words = null, is_public: isPublic = null } = given;
  if (name === null && words === null && isPublic === null) {
    throw refuseField('volume_type', 'changes nothing', 'Send a name, a description, is_public, or several of them.');
  }
  const changed = await asked.operations.volumeType.update({
    id: asked.id('type', 'volume type'),
    name: name ?? undefined,
    description: words ?? undefined,
    isPublic: isPublic ?? undefined,
  });
  return { status: 200, body: { volume_type: detail(changed) } };
}

async function showAccess(asked: Asked): Promise<Answer> {
  const { id, isPublic } = await wanted(asked);
  const { projectIds } = await asked.operations.volumeType.access({ id });
  if (isPublic) throw new UnkaiError('not_found', 'Access list not available for public volume types.');
  const access = projectIds.map((projectId) => ({ volume_type_id: id, project_id: projectId }));
  return { status: 200, body: { volume_type_access: access } };
}

/** Volumes of no type are encrypted, which clients are told by an empty answer. */
async function showEncryption(asked: Asked): Promise<Answer> {
  await wanted(asked);
  return { status: 200, body: {} };
}

const accessChange = z.union([
  z.strictObject({ addProjectAccess: z.strictObject({ project: z.string() }) }),
  z.strictObject({ removeProjectAccess: z.strictObject({ project: z.string() }) }),
]);

async function changeAccess(asked: Asked): Promise<Answer> {
  const given = await asked.body(accessChange);
  const { id, isPublic } = await wanted(asked);
  if (isPublic) {
    throw new UnkaiError('invalid_input', 'Type access modification is not applicable to public volume type.');
  }
  const { volumeType } = asked.operations;
  if ('addProjectAccess' in given) await volumeType.allow({ id, projectId: given.addProjectAccess.project });
  else await volumeType.forbid({ id, projectId: given.removeProjectAccess.project });
  return { status: 202 };
}

const at = '/v3/:place/types';

/** Below the project that the token is of, as catalogs say it. */
export const volumeTypeRoutes: readonly Route[] = [
  { method: 'GET', path: at, answer: list },
  { method: 'POST', path: at, answer: create },
  { method: 'GET', path: `${at}/default`, answer: showDefault },
  {
    method: 'GET',
    path: `${at}/:type`,
    answer: async (asked) => ({ status: 200, body: { volume_type: detail(await wanted(asked)) } }),
  },
  { method: 'PUT', path: `${at}/:type`, answer: update },
  {
    method: 'DELETE',
    path: `${at}/:type`,
    answer: async (asked) => {
      await asked.operations.volumeType.delete({ id: asked.id('type', 'volume type') });
      return { status: 202 };
    },
  },
  ...extraSpecRoutes({
    path: `${at}/:type/extra_specs`,
    find: wanted,
    replace: ({ operations }, change) => operations.volumeType.update(change),
    removed: 202,
  }),
  { method: 'GET', path: `${at}/:type/encryption`, answer: showEncryption },
  { method: 'GET', path: `${at}/:type/os-volume-type-access`, answer: showAccess },
  { method: 'POST', path: `${at}/:type/action`, answer: changeAccess },
];
