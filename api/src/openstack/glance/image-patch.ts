import { invalidInput, UnkaiError } from '@unkai/contracts/errors';
import { type Image, imageUpdate } from '@unkai/contracts/resources/image';
import { z } from 'zod';
import { readText } from '../../doors/json-body.ts';
import type { Asked } from '../service.ts';
import { ownNames } from './image-view.ts';

const patchType = /^application\/openstack-images-v2\.[01]-json-patch$/;
const limitBytes = 262_144;

const change = z.object({ op: z.enum(['add', 'replace', 'remove']), path: z.string(), value: z.unknown().optional() });
type Change = z.infer<typeof change>;

/** Fields that a patch may replace, and what the operation calls them. */
const fields: Readonly<Record<string, string>> = {
  name: 'name',
  description: 'description',
  min_disk: 'minDiskGib',
  min_ram: 'minMemoryMib',
  visibility: 'visibility',
  protected: 'isProtected',
  tags: 'tags',
  // Which operators may.
  owner: 'projectId',
};

/**
 * Applies a JSON patch (RFC 6902) of one level, whole or not at all: each path names a field or a note. Throws
 * `unsupported_media_type`, `invalid_input`, `forbidden` for a field that nobody sets, `conflict` for a note that is not
 * there.
 */
export async function updateImage(asked: Asked, image: Image): Promise<Image> {
  const properties = { ...image.properties };
  const changed: Record<string, unknown> = {};
  for (const each of await readPatch(asked)) {
    const name = nameOf(each.path);
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field !== undefined) changed[field] = fieldValue(name, each);
    else if (ownNames.includes(name)) throw new UnkaiError('forbidden', `Attribute '${name}' is read-only.`);
    else changeNote(properties, name, each);
  }
  const parsed = imageUpdate.safeParse({ ...changed, properties });
  if (!parsed.success) throw invalidInput(parsed.error);
  return asked.operations.image.update({ id: image.id, ...parsed.data });
}

async function readPatch({ request }: Asked): Promise<Change[]> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!patchType.test(type)) {
    throw new UnkaiError('unsupported_media_type', 'The body must be application/openstack-images-v2.1-json-patch.');
  }
  const parsed = z.array(change).safeParse(parseJson(await readText(request, limitBytes)));
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnkaiError('invalid_input', 'The body is not JSON.', { cause });
  }
}

/** `~1` and `~0` stand for `/` and `~` (RFC 6901). */
function nameOf(path: string): string {
  const [empty, name = '', ...deeper] = path.split('/');
  if (empty !== '' || name === '' || deeper.length > 0) {
    throw new UnkaiError('invalid_input', `path: ${path} does not name one field, such as /name.`);
  }
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}

function fieldValue(name: string, { op, value }: Change): unknown {
  if (op === 'remove') throw new UnkaiError('forbidden', `Property '${name}' may not be removed.`);
  return name === 'tags' && Array.isArray(value) ? [...new Set(value)] : value;
}

function changeNote(properties: Record<string, unknown>, name: string, { op, value }: Change): void {
  if (op !== 'add' && !Object.hasOwn(properties, name)) {
    throw new UnkaiError('conflict', `Property ${name} does not exist.`);
  }
  if (op === 'remove') delete properties[name];
  else properties[name] = value;
}
