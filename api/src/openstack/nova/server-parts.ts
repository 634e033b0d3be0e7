import { UnkaiError } from '@unkai/contracts/errors';
import { notes, tags } from '@unkai/contracts/primitives';
import { notFound } from '@unkai/core/access';
import type { FoundServer } from '@unkai/core/store/server-search';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { refuse } from './flavor.ts';
import { serverOf } from './server.ts';
import { addressesOf } from './server-view.ts';
import { since } from './version.ts';

const wholeMetadata = z.strictObject({ metadata: notes });
const oneItem = z.strictObject({ meta: notes });

async function showMetadata(asked: Asked): Promise<Answer> {
  return { status: 200, body: { metadata: (await serverOf(asked)).metadata } };
}

/** `POST` adds to what is there, `PUT` replaces it. */
function writeMetadata(isReplacing: boolean) {
  return async (asked: Asked): Promise<Answer> => {
    const { metadata: given } = await asked.body(wholeMetadata);
    const { id, metadata: present } = await serverOf(asked);
    const metadata = isReplacing ? given : { ...present, ...given };
    await asked.operations.server.update({ id, metadata });
    return { status: 200, body: { metadata } };
  };
}

async function showItem(asked: Asked): Promise<Answer> {
  const key = asked.param('key');
  const value = (await serverOf(asked)).metadata[key];
  if (value === undefined) throw notFound('metadata item', key);
  return { status: 200, body: { meta: { [key]: value } } };
}

async function setItem(asked: Asked): Promise<Answer> {
  const { meta } = await asked.body(oneItem);
  const key = asked.param('key');
  if (!(key in meta) || Object.keys(meta).length !== 1)
    throw refuse(
      'meta',
      'must hold the key of the path and no other',
      'Send one entry, whose key is the one of the path.',
    );
  const { id, metadata } = await serverOf(asked);
  await asked.operations.server.update({ id, metadata: { ...metadata, ...meta } });
  return { status: 200, body: { meta } };
}

async function removeItem(asked: Asked): Promise<Answer> {
  const key = asked.param('key');
  const { id, metadata } = await serverOf(asked);
  const { [key]: removed, ...rest } = metadata;
  if (removed === undefined) throw notFound('metadata item', key);
  await asked.operations.server.update({ id, metadata: rest });
  return { status: 204 };
}

/** Looks the server up where tags are there at all. */
async function tagged(asked: Asked): Promise<FoundServer> {
  if (asked.version < since.tags) throw notFound('resource', 'tags');
  return serverOf(asked);
}

async function setTags(asked: Asked): Promise<Answer> {
  const { id } = await tagged(asked);
  const { tags: wanted } = await asked.body(z.strictObject({ tags }));
  await asked.operations.server.update({ id, tags: wanted });
  return { status: 200, body: { tags: wanted } };
}

async function removeTags(asked: Asked): Promise<Answer> {
  const { id } = await tagged(asked);
  await asked.operations.server.update({ id, tags: [] });
  return { status: 204 };
}

async function showTag(asked: Asked): Promise<Answer> {
  await tagIn(asked, await tagged(asked));
  return { status: 204 };
}

function tagIn(asked: Asked, server: FoundServer): string {
  const tag = asked.param('tag');
  if (!server.tags.includes(tag)) throw notFound('tag', tag);
  return tag;
}

async function addTag(asked: Asked): Promise<Answer> {
  const { id, tags: present } = await tagged(asked);
  const tag = asked.param('tag');
  if (present.includes(tag)) return { status: 204 };
  const wanted = tags.safeParse([...present, tag]);
  if (!wanted.success)
    throw new UnkaiError('invalid_input', `Tag '${tag}' is invalid: ${wanted.error.issues[0]?.message}.`);
  await asked.operations.server.update({ id, tags: wanted.data });
  return { status: 201, headers: { location: `${asked.endpoint}/v2.1/servers/${id}/tags/${encodeURIComponent(tag)}` } };
}

async function removeTag(asked: Asked): Promise<Answer> {
  const server = await tagged(asked);
  const tag = tagIn(asked, server);
  await asked.operations.server.update({ id: server.id, tags: server.tags.filter((each) => each !== tag) });
  return { status: 204 };
}

async function listAddresses(asked: Asked): Promise<Answer> {
  return { status: 200, body: { addresses: addressesOf((await serverOf(asked)).ports, { isPlain: true }) } };
}

async function listAddressesOn(asked: Asked): Promise<Answer> {
  const network = asked.param('network');
  const found = addressesOf((await serverOf(asked)).ports, { isPlain: true })[network];
  if (found === undefined) throw notFound('network of this server', network);
  return { status: 200, body: { [network]: found } };
}

const at = '/v2.1/servers/:server';

export const serverPartRoutes: readonly Route[] = [
  { method: 'GET', path: `${at}/metadata`, answer: showMetadata },
  { method: 'POST', path: `${at}/metadata`, answer: writeMetadata(false) },
  { method: 'PUT', path: `${at}/metadata`, answer: writeMetadata(true) },
  { method: 'GET', path: `${at}/metadata/:key`, answer: showItem },
  { method: 'PUT', path: `${at}/metadata/:key`, answer: setItem },
  { method: 'DELETE', path: `${at}/metadata/:key`, answer: removeItem },
  {
    method: 'GET',
    path: `${at}/tags`,
    answer: async (asked) => ({ status: 200, body: { tags: (await tagged(asked)).tags } }),
  },
  { method: 'PUT', path: `${at}/tags`, answer: setTags },
  { method: 'DELETE', path: `${at}/tags`, answer: removeTags },
  { method: 'GET', path: `${at}/tags/:tag`, answer: showTag },
  { method: 'PUT', path: `${at}/tags/:tag`, answer: addTag },
  { method: 'DELETE', path: `${at}/tags/:tag`, answer: removeTag },
  { method: 'GET', path: `${at}/ips`, answer: listAddresses },
  { method: 'GET', path: `${at}/ips/:network`, answer: listAddressesOn },
];
