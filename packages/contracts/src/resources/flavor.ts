import { z } from 'zod';
import { fieldRule } from '../field-rule.ts';
import { description, displayName, id, notes, trimmedRule } from '../primitives.ts';

/** A short id of the operator's choice, beside the real one, for tools that know flavors as "1" or "m1.small". */
export const flavorAlias = z
  .string()
  .min(1)
  .max(255)
  .regex(
    /^[\w. -]+$/,
    fieldRule(
      'may contain letters, digits, space and . _ -',
      'Use nothing but letters without accents, digits, spaces, ".", "_" and "-".',
    ),
  )
  .refine((value) => value.trim() === value, trimmedRule);

/** 8 TiB and 64 TiB: beyond what any host has; anything above is a slip of the keyboard. */
export const mostMemoryMib = 8_388_608;
export const mostDiskGib = 65_536;

export const flavorCreate = z.strictObject({
  name: displayName,
  vcpus: z.number().int().min(1).max(256),
  memoryMib: z.number().int().min(64).max(mostMemoryMib),
  /** 0 = the image's own size. */
  diskGib: z.number().int().min(0).max(mostDiskGib),
  isPublic: z.boolean().default(true),
  description: description.default(''),
  alias: flavorAlias.optional(),
  /** Notes of the operator. `aggregate_instance_extra_specs:<key>` asks for hosts in an aggregate whose metadata has it. */
  extraSpecs: notes.default({}),
});

/** `extraSpecs` replaces all of them. What servers are made of never changes: make another flavor. */
export const flavorUpdate = z.strictObject({ description: description.optional(), extraSpecs: notes.optional() });

/** Projects that may use a flavor that is not public. */
export const flavorAccess = z.object({ flavorId: id, projectIds: z.array(id) });

export const flavor = z.object({
  id,
  name: z.string(),
  vcpus: z.number().int(),
  memoryMib: z.number().int(),
  diskGib: z.number().int(),
  isPublic: z.boolean(),
  description: z.string(),
  alias: z.string().nullable(),
  extraSpecs: notes,
});
export type Flavor = z.infer<typeof flavor>;
