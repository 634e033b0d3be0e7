import { z } from 'zod';
import { id } from '../primitives.ts';
import { diskFormat } from '../resources/image.ts';

export const desiredImageSpec = z.object({
  id,
  name: z.string(),
  sha256: z.string(),
  sizeBytes: z.number().int(),
  virtualSizeBytes: z.number().int(),
  /** From the database, never from the bytes (A17). */
  diskFormat,
});
export type DesiredImageSpec = z.infer<typeof desiredImageSpec>;
