import { z } from 'zod';
import { fieldRule } from '../field-rule.ts';
import { description, isoTime } from '../primitives.ts';

/** Chosen by who makes it. */
export const regionId = z
  .string()
  .min(1)
  .max(255)
  .regex(
    /^[\w.-]+$/,
    fieldRule(
      'must consist of letters, digits, ".", "_" and "-"',
      'Use nothing but letters without accents, digits, ".", "_" and "-".',
    ),
  );

export const regionCreate = z.strictObject({
  id: regionId,
  description: description.default(''),
  parentRegionId: regionId.optional(),
});
export const regionUpdate = z.strictObject({
  description: description.optional(),
  parentRegionId: regionId.nullable().optional(),
});
export const regionQuery = z.strictObject({ parentRegionId: regionId.optional() });

export const region = z.object({
  id: z.string(),
  description: z.string(),
  parentRegionId: z.string().nullable(),
  createdAt: isoTime,
});
export type Region = z.infer<typeof region>;
