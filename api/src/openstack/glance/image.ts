import { UnkaiError } from '@unkai/contracts/errors';
import { fieldRule } from '@unkai/contracts/field-rule';
import { notes } from '@unkai/contracts/primitives';
import { diskFormat, type Image, imageVisibility } from '@unkai/contracts/resources/image';
import { notFound } from '@unkai/core/access';
import { z } from 'zod';
import { projectOf } from '../call.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { listImages } from './image-list.ts';
import { updateImage } from './image-patch.ts';
import { imageView, ownNames, toldNames } from './image-view.ts';

const newImage = z.looseObject({
  name: z.string().nullish(),
  disk_format: diskFormat,
  container_format: z
    .literal('bare', fieldRule('must be bare: images are plain disks', 'Leave it out, or send "bare".'))
    .nullish(),
  visibility: imageVisibility.default('private'),
  min_disk: z.number().int().default(0),
  min_ram: z.number().int().default(0),
  tags: z.array(z.string()).default([]),
  protected: z.boolean().default(false),
  os_hidden: z.literal(false, fieldRule('must be false: there are no hidden images', 'Leave it out.')).optional(),
  owner: z.string().optional(),
  description: z.string().default(''),
});

async function create(asked: Asked): Promise<Answer> {
  const wanted = await asked.body(newImage);
  const projectId = projectOf(asked.call);
  if (wanted.owner !== undefined && wanted.owner !== projectId) {
    throw new UnkaiError('forbidden', 'owner: must be the project of the token.');
  }
  const told = Object.keys(wanted).find((name) => toldNames.includes(name));
  if (told !== undefined) throw new UnkaiError('forbidden', `Attribute '${told}' is read-only.`);
  const made = await asked.operations.image.create({
    projectId,
    name: wanted.name || 'unnamed',
    description: wanted.description,
    diskFormat: wanted.disk_format,
    visibility: wanted.visibility,
    minDiskGib: wanted.min_disk,
    minMemoryMib: wanted.min_ram,
    tags: [...new Set(wanted.tags)],
    isProtected: wanted.protected,
    properties: notesOf(Object.entries(wanted).filter(([name]) => !ownNames.includes(name))),
  });
  return { status: 201, body: imageView(made), headers: { location: `${asked.endpoint}/v2/images/${made.id}` } };
}

/** What is not a field of its own is a note. Throws `invalid_input` for one that is no text. */
function notesOf(entries: ReadonlyArray<readonly [string, unknown]>): Record<string, string> {
  const parsed = notes.safeParse(Object.fromEntries(entries));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UnkaiError(
    'invalid_input',
    `${String(issue?.path[0] ?? 'properties')}: ${issue?.message ?? 'does not fit'}.`,
  );
}

async function find(asked: Asked): Promise<Image> {
  const image = await asked.operations.image.get({ id: asked.id('image', 'image') });
  // What is being removed is gone for Glance's clients, which wait for exactly that.
  if (image.state === 'deleting') throw notFound('image', image.id);
  return image;
}

async function show(asked: Asked): Promise<Answer> {
  return { status: 200, body: imageView(await find(asked)) };
}

async function update(asked: Asked): Promise<Answer> {
  return { status: 200, body: imageView(await updateImage(asked, await find(asked))) };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.image.delete({ id: (await find(asked)).id });
  return { status: 204 };
}

async function addTag(asked: Asked): Promise<Answer> {
  const { id, tags } = await find(asked);
  const tag = asked.param('tag');
  if (!tags.includes(tag)) await asked.operations.image.update({ id, tags: [...tags, tag] });
  return { status: 204 };
}

async function removeTag(asked: Asked): Promise<Answer> {
  const { id, tags } = await find(asked);
  const tag = asked.param('tag');
  if (!tags.includes(tag)) throw notFound('tag', tag);
  await asked.operations.image.update({ id, tags: tags.filter((each) => each !== tag) });
  return { status: 204 };
}

export const imageRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2/images', answer: listImages },
  { method: 'POST', path: '/v2/images', answer: create },
  { method: 'GET', path: '/v2/images/:image', answer: show },
  { method: 'PATCH', path: '/v2/images/:image', answer: update },
  { method: 'DELETE', path: '/v2/images/:image', answer: remove },
  { method: 'PUT', path: '/v2/images/:image/tags/:tag', answer: addTag },
  { method: 'DELETE', path: '/v2/images/:image/tags/:tag', answer: removeTag },
];
