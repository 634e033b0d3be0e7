import { z } from 'zod';
import { description, displayName, id, notes } from '../primitives.ts';

/** A kind of storage that volumes are made of; limits and prices name it. */
export const volumeTypeCreate = z.strictObject({
  name: displayName,
  description: description.default(''),
  /** Others than public ones are for the projects that they are given to. */
  isPublic: z.boolean().default(true),
  /** What a volume is made of whose maker names no type. One type at most is it, and it is public. */
  isDefault: z.boolean().default(false),
  /** What operators ask of the storage, as text by key. */
  extraSpecs: notes.default({}),
});

/** `extraSpecs` replaces all of them. Limits follow a new name; a name that a price list of now or later has stays. */
export const volumeTypeUpdate = z.strictObject({
  name: displayName.optional(),
  description: description.optional(),
  isPublic: z.boolean().optional(),
  isDefault: z.boolean().optional(),
  extraSpecs: notes.optional(),
});

/** Projects that may use a volume type that is not public. */
export const volumeTypeAccess = z.object({ volumeTypeId: id, projectIds: z.array(id) });

export const volumeType = z.object({
  id,
  name: z.string(),
  description: z.string(),
  isPublic: z.boolean(),
  isDefault: z.boolean(),
  extraSpecs: notes,
});
export type VolumeType = z.infer<typeof volumeType>;
