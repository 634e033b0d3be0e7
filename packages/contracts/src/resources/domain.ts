import { z } from 'zod';
import { description, displayName, flag, id, isoTime, namePart, options, pageQuery } from '../primitives.ts';

/** The domain that every installation begins with. OpenStack's clients call it `default`. */
export const defaultDomainId = '00000000-0000-4000-8000-00000000da7a';

export const domainCreate = z.strictObject({
  name: displayName,
  description: description.default(''),
  isEnabled: z.boolean().default(true),
  options: options.default({}),
});
export const domainUpdate = z.strictObject({
  name: displayName.optional(),
  description: description.optional(),
  isEnabled: z.boolean().optional(),
  options: options.optional(),
});
export const domainQuery = pageQuery.extend({
  name: displayName.optional(),
  nameContains: namePart.optional(),
  isEnabled: flag.optional(),
});
export const domainDelete = z.strictObject({
  id,
  /** Its users, groups and empty projects go with it; without this it must be empty. */
  withContent: z.boolean().default(false),
});

export const domain = z.object({
  id,
  name: z.string(),
  description: z.string(),
  isEnabled: z.boolean(),
  options,
  createdAt: isoTime,
});
export type Domain = z.infer<typeof domain>;
