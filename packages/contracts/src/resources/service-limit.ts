import { z } from 'zod';
import { namesOnePlace, onePlaceRule } from '../place.ts';
import { description, displayName, id, isoTime, pageQuery } from '../primitives.ts';
import { regionId } from './region.ts';

/** -1 stands for any number. */
const limitNumber = z.number().int().min(-1).max(2_147_483_647);

/** What a service of the catalog says that each project may use of something; the service itself counts. */
export const registeredLimitCreate = z.strictObject({
  serviceId: id,
  regionId: regionId.optional(),
  resourceName: displayName,
  defaultLimit: limitNumber,
  description: description.default(''),
});
export const registeredLimitUpdate = z.strictObject({
  serviceId: id.optional(),
  regionId: regionId.nullable().optional(),
  resourceName: displayName.optional(),
  defaultLimit: limitNumber.optional(),
  description: description.optional(),
});
export const registeredLimitQuery = pageQuery.extend({
  serviceId: id.optional(),
  regionId: regionId.optional(),
  resourceName: displayName.optional(),
});
export const registeredLimit = z.object({
  id,
  serviceId: id,
  regionId: z.string().nullable(),
  resourceName: z.string(),
  defaultLimit: z.number().int(),
  description: z.string(),
  createdAt: isoTime,
});
export type RegisteredLimit = z.infer<typeof registeredLimit>;

/** What one project or one domain may use instead of what is registered. */
export const serviceLimitCreate = z
  .strictObject({
    serviceId: id,
    regionId: regionId.optional(),
    resourceName: displayName,
    projectId: id.optional(),
    domainId: id.optional(),
    resourceLimit: limitNumber,
    description: description.default(''),
  })
  .refine(namesOnePlace, onePlaceRule);
export const serviceLimitUpdate = z.strictObject({
  resourceLimit: limitNumber.optional(),
  description: description.optional(),
});
export const serviceLimitQuery = registeredLimitQuery.extend({ projectId: id.optional(), domainId: id.optional() });
export const serviceLimit = z.object({
  id,
  serviceId: id,
  regionId: z.string().nullable(),
  resourceName: z.string(),
  projectId: id.nullable(),
  domainId: id.nullable(),
  resourceLimit: z.number().int(),
  description: z.string(),
  createdAt: isoTime,
});
export type ServiceLimit = z.infer<typeof serviceLimit>;
