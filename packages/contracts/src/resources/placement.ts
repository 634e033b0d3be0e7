import { z } from 'zod';
import { id } from '../primitives.ts';
import { quotaName } from '../quota.ts';
import { zoneName } from './availability-zone.ts';
import { hostSize } from './host.ts';

/** What is to be tried out: nothing is made, nothing is reserved. */
export const placementQuery = z.strictObject({
  flavorId: id,
  /** None given: an image that every host could run, with a disk no larger than the flavor's. */
  imageId: id.optional(),
  /** For whose project: its quota and what it may use are looked at too. */
  projectId: id.optional(),
  availabilityZone: zoneName.optional(),
  hostId: id.optional(),
});

/** One host as placement sees it now. */
export const placementHost = z.object({
  id,
  name: z.string(),
  availabilityZone: z.string(),
  /** Everything that speaks against it, in words; none: it could take the server. */
  reasons: z.array(z.string()),
  /** What it can still promise. */
  room: hostSize,
  hasImage: z.boolean(),
  /** 1 for the one that would be chosen, 2 for the next; null for one that could not take it. */
  rank: z.number().int().nullable(),
});
export type PlacementHost = z.infer<typeof placementHost>;

export const placement = z.object({
  needs: hostSize.extend({ architecture: z.string() }),
  /** What the owner of a server would read at this moment; null when a host can take it. */
  refusal: z.string().nullable(),
  /** Each thing that speaks against any host, with the hosts it is true of; what most hosts lack comes first. */
  reasons: z.array(z.object({ reason: z.string(), hosts: z.array(z.string()) })),
  /** The best first, then those that cannot take it by name. */
  hosts: z.array(placementHost),
  /** What stands in the way of the project itself, before any host is looked at. */
  project: z.object({
    /** Such as a flavor or an image that it may not use. */
    denials: z.array(z.string()),
    quotas: z.array(
      z.object({
        name: quotaName,
        label: z.string(),
        unit: z.string(),
        needed: z.number(),
        used: z.number(),
        limit: z.number(),
        isEnough: z.boolean(),
      }),
    ),
  }),
});
export type Placement = z.infer<typeof placement>;
