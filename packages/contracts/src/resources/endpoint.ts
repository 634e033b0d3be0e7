import { z } from 'zod';
import { fieldRule } from '../field-rule.ts';
import { id, isoTime, pageQuery } from '../primitives.ts';
import { regionId } from './region.ts';

const audience = z.enum(['public', 'internal', 'admin']);

/** `$(origin)s` stands for the public origin, `$(project_id)s` for the project of the token. */
const url = z
  .string()
  .min(1)
  .max(2_000)
  .regex(
    /^(https?:\/\/|\$\(origin\)s)[\x21-\x7e]*$/,
    fieldRule(
      'must begin with http://, https:// or $(origin)s',
      'Send an address without spaces that begins with http://, https:// or $(origin)s.',
    ),
  );

export const endpointCreate = z.strictObject({
  serviceId: id,
  regionId: regionId.optional(),
  interface: audience,
  url,
  isEnabled: z.boolean().default(true),
});
export const endpointUpdate = z.strictObject({
  serviceId: id.optional(),
  regionId: regionId.nullable().optional(),
  interface: audience.optional(),
  url: url.optional(),
  isEnabled: z.boolean().optional(),
});
export const endpointQuery = pageQuery.extend({
  serviceId: id.optional(),
  regionId: regionId.optional(),
  interface: audience.optional(),
});

export const endpoint = z.object({
  id,
  serviceId: id,
  regionId: z.string().nullable(),
  interface: audience,
  url: z.string(),
  isEnabled: z.boolean(),
  createdAt: isoTime,
});
export type Endpoint = z.infer<typeof endpoint>;
