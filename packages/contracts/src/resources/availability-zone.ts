import { z } from 'zod';
import { fieldRule } from '../field-rule.ts';

/** The name of a zone: a part of the cloud that fails by itself. Operators give each host one. */
export const zoneName = z
  .string()
  .min(1)
  .max(64)
  .regex(
    /^[A-Za-z0-9][\w.-]*$/,
    fieldRule(
      'must consist of letters, digits, ".", "_" and "-", and begin with a letter or digit',
      'Use nothing but letters without accents, digits, ".", "_" and "-", with a letter or digit first, such as zone-1.',
    ),
  );

export const availabilityZone = z.object({
  name: z.string(),
  /** Whether a host in it answers and takes new servers. */
  isAvailable: z.boolean(),
});
export type AvailabilityZone = z.infer<typeof availabilityZone>;
