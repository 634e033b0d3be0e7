import { z } from 'zod';
import { displayName, id, isoTime, notes } from '../primitives.ts';
import { zoneName } from './availability-zone.ts';

/** Hosts put together by operators. With a zone, its hosts are in that zone. */
export const aggregateCreate = z.strictObject({
  name: displayName,
  availabilityZone: zoneName.optional(),
  /** Texts by key; flavors ask for them by `aggregate_instance_extra_specs:<key>`. Several values: `ssd, nvme`. */
  metadata: notes.default({}),
});

/** `metadata` replaces all of it; a zone of null takes the zone away. */
export const aggregateUpdate = z.strictObject({
  name: displayName.optional(),
  availabilityZone: zoneName.nullable().optional(),
  metadata: notes.optional(),
});

export const aggregateHost = z.strictObject({ hostId: id });

export const aggregate = z.object({
  id,
  /** A short number by which OpenStack clients know it. */
  number: z.number().int(),
  name: z.string(),
  availabilityZone: z.string().nullable(),
  metadata: notes,
  hosts: z.array(z.object({ id, name: z.string() })),
  createdAt: isoTime,
  updatedAt: isoTime,
});
export type Aggregate = z.infer<typeof aggregate>;
