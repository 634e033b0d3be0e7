import { z } from 'zod';
import { displayName, id } from '../primitives.ts';

export const flavorCreate = z.strictObject({
  name: displayName,
  vcpus: z.number().int().min(1).max(256),
  memoryMib: z.number().int().min(64).max(8_388_608),
  /** 0 = the image's own size. */
  diskGib: z.number().int().min(0).max(65_536),
  isPublic: z.boolean().default(true),
});

export const flavor = z.object({
  id,
  name: z.string(),
  vcpus: z.number().int(),
  memoryMib: z.number().int(),
  diskGib: z.number().int(),
  isPublic: z.boolean(),
});
export type Flavor = z.infer<typeof flavor>;
