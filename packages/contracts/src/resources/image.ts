import { z } from 'zod';
import { failure } from '../errors.ts';
import { fieldRule } from '../field-rule.ts';
import { description, displayName, id, isoTime, notes, pageQuery, sha256, tags } from '../primitives.ts';
import { defineActions } from '../state-table.ts';
import { mostDiskGib, mostMemoryMib } from './flavor.ts';
import { imageMemberState } from './image-member.ts';

export const imageStates = {
  queued: 'Announced; its bytes have not come yet.',
  importing: 'Its bytes are being read, checked and stored.',
  active: 'Ready to make servers from.',
  error: 'The import failed; the reason is on the image.',
  deleting: 'Being removed.',
} as const satisfies Record<string, string>;
export type ImageState = keyof typeof imageStates;
export const imageState = z.enum(['queued', 'importing', 'active', 'error', 'deleting']);

export const imageCan = defineActions<ImageState, 'upload' | 'boot' | 'update' | 'delete'>({
  upload: { states: ['queued', 'error'], otherwise: 'The bytes of an image never change once they are stored.' },
  boot: { states: ['active'], otherwise: 'The image is not ready yet.' },
  update: { states: ['queued', 'importing', 'active', 'error'], otherwise: 'The image is being deleted.' },
  delete: { states: ['queued', 'importing', 'active', 'error', 'deleting'], otherwise: 'The image is gone.' },
});

/** States that end by themselves: the portal watches these closely. */
export const imageTransitioning: readonly ImageState[] = ['importing', 'deleting'];

export const diskFormat = z.enum(['qcow2', 'raw']);
export type DiskFormat = z.infer<typeof diskFormat>;
/** For its project alone, for the projects that are its members too, or for everybody. */
export const imageVisibility = z.enum(['private', 'shared', 'public']);

/** What a flavor must have at least for a server from this image. */
const minDiskGib = z.number().int().min(0).max(mostDiskGib);
const minMemoryMib = z.number().int().min(0).max(mostMemoryMib);

export const imageCreate = z.strictObject({
  name: displayName,
  description: description.default(''),
  diskFormat,
  visibility: imageVisibility.default('private'),
  minDiskGib: minDiskGib.default(0),
  minMemoryMib: minMemoryMib.default(0),
  /** The user that keys are installed for, shown in the ssh command. */
  loginUser: z
    .string()
    .regex(
      /^[a-z_][a-z0-9_-]{0,31}$/,
      fieldRule(
        'must be a Unix user name',
        'Use at most 32 lower-case letters, digits, "_" and "-", with a letter or "_" first, such as debian.',
      ),
    )
    .optional(),
  /** When given, an upload whose digest differs is refused. */
  sha256: sha256.optional(),
  tags: tags.default([]),
  properties: notes.default({}),
  /** A protected image cannot be deleted. */
  isProtected: z.boolean().default(false),
});

export const imageUpdate = z.strictObject({
  name: displayName.optional(),
  description: description.optional(),
  minDiskGib: minDiskGib.optional(),
  minMemoryMib: minMemoryMib.optional(),
  tags: tags.optional(),
  /** Replaces all of them. */
  properties: notes.optional(),
  isProtected: z.boolean().optional(),
  visibility: imageVisibility.optional(),
  /** The project that it is to belong to from now on; only operators give images away. */
  projectId: id.optional(),
});

/** With `memberState` only images that others share with the project, and of which it has said this. */
export const imageListQuery = pageQuery.extend({ projectId: id, memberState: imageMemberState.optional() });

export const image = z.object({
  id,
  projectId: id.nullable(),
  name: z.string(),
  description: z.string(),
  state: imageState,
  failure: failure.nullable(),
  visibility: imageVisibility,
  diskFormat,
  architecture: z.string(),
  minDiskGib: z.number().int(),
  minMemoryMib: z.number().int(),
  sizeBytes: z.number().int().nullable(),
  virtualSizeBytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  loginUser: z.string().nullable(),
  tags: z.array(z.string()),
  properties: notes,
  isProtected: z.boolean(),
  operationId: id.nullable(),
  createdAt: isoTime,
  updatedAt: isoTime,
});
export type Image = z.infer<typeof image>;
