import { z } from 'zod';
import { hostFacts } from '../host/facts.ts';
import { description, id, isoTime } from '../primitives.ts';
import { zoneName } from './availability-zone.ts';

/** An operator takes a host out of placement or back in, or says in which zone it stands; what runs there stays. */
export const hostUpdate = z.strictObject({
  isEnabled: z.boolean().optional(),
  disabledReason: description.optional(),
  availabilityZone: zoneName.optional(),
});

export const host = z.object({
  id,
  name: z.string(),
  availabilityZone: z.string(),
  isEnabled: z.boolean(),
  disabledReason: z.string().nullable(),
  /** Whether its heartbeat is in time. */
  isUp: z.boolean(),
  facts: hostFacts,
  capacity: z.object({ vcpus: z.number().int(), memoryMib: z.number().int(), diskGib: z.number().int() }),
  /** What its servers take; vCPU may be promised several times over, memory and disk never. */
  allocated: z.object({ vcpus: z.number().int(), memoryMib: z.number().int(), diskGib: z.number().int() }),
  serverCount: z.number().int(),
  lastHeartbeatAt: isoTime,
  createdAt: isoTime,
});
export type Host = z.infer<typeof host>;

/** Lets one machine join, once. `token` is shown once, here. Prefix `ukj_`. */
export const joinTokenCreate = z.strictObject({ expiresInHours: z.number().int().min(1).max(720).default(24) });
export const joinTokenCreated = z.object({ id, token: z.string(), expiresAt: isoTime });
