import { z } from 'zod';
import { failure } from '../errors.ts';
import { hostFacts, hostRole } from '../host/facts.ts';
import { description, id, isoTime, namePart, pageQuery } from '../primitives.ts';
import { zoneName } from './availability-zone.ts';
import { serverState } from './server.ts';

/** An operator takes a host out of placement or back in, or says in which zone it stands; what runs there stays. */
export const hostUpdate = z.strictObject({
  isEnabled: z.boolean().optional(),
  disabledReason: description.optional(),
  availabilityZone: zoneName.optional(),
  /** How many vCPUs are promised for each that is there. */
  vcpuRatio: z.number().int().min(1).max(64).optional(),
  /** Says that the machine is off, whatever it says itself: its servers may go to other hosts at once. */
  isForcedDown: z.boolean().optional(),
});

export const hostQuery = pageQuery.extend({
  nameContains: namePart.optional(),
  availabilityZone: zoneName.optional(),
});

/** As much of a host as servers take. */
export const hostSize = z.object({ vcpus: z.number().int(), memoryMib: z.number().int(), diskGib: z.number().int() });

export const host = z.object({
  id,
  name: z.string(),
  availabilityZone: z.string(),
  isEnabled: z.boolean(),
  disabledReason: z.string().nullable(),
  /** Whether its heartbeat is in time. */
  isUp: z.boolean(),
  isForcedDown: z.boolean(),
  /** Its servers were given to other hosts, and it has not come back to let go of them. */
  isFenced: z.boolean(),
  vcpuRatio: z.number().int(),
  /** What it is good for, by what is there. */
  roles: z.array(hostRole),
  facts: hostFacts,
  capacity: hostSize,
  /** What its servers take; vCPU may be promised several times over, memory and disk never. */
  allocated: hostSize,
  serverCount: z.number().int(),
  lastHeartbeatAt: isoTime,
  createdAt: isoTime,
});
export type Host = z.infer<typeof host>;

/** A server that is on a host. */
export const hostServer = z.object({
  id,
  name: z.string(),
  projectId: id,
  projectName: z.string(),
  state: serverState,
  /** Why its last operation failed. */
  failure: failure.nullable(),
  /** What changes it at this moment: the operation, the step that it is at, and how far that is. */
  underWay: z
    .object({ operationId: id, title: z.string(), step: z.string().nullable(), progress: z.string().nullable() })
    .nullable(),
});
export type HostServer = z.infer<typeof hostServer>;

/** What becomes of each server of a dead host: the operation that makes it anew elsewhere. */
export const hostEvacuation = z.object({
  operations: z.array(z.object({ serverId: id, serverName: z.string(), operationId: id })),
});

/** Takes a host out of placement and begins to move each of its servers; the reason is shown to operators. */
export const hostDrain = z.strictObject({ reason: description.optional() });

/** What becomes of each server of a host that is drained: the operation that moves it, or why it stays. */
export const hostDraining = z.object({
  operations: z.array(z.object({ serverId: id, serverName: z.string(), operationId: id })),
  staying: z.array(z.object({ serverId: id, serverName: z.string(), reason: z.string() })),
});
export type HostDraining = z.infer<typeof hostDraining>;

/** Where a server is moved with its disk; none given: placement chooses. */
export const serverMigrate = z.strictObject({ hostName: z.string().min(1).max(255).optional() });

/** Where a server of a dead host is made anew; none given: placement chooses. */
export const serverEvacuate = z.strictObject({ hostName: z.string().min(1).max(255).optional() });

/** Lets one machine join, once. `token` is shown once, here. Prefix `ukj_`. */
export const joinTokenCreate = z.strictObject({ expiresInHours: z.number().int().min(1).max(720).default(24) });
/** A token as it is known after it was shown: who has it can still join until it ends. */
export const joinToken = z.object({
  id,
  /** The host that joined with it; null while nobody did, and once that host is gone. */
  host: z.object({ id, name: z.string() }).nullable(),
  createdAt: isoTime,
  expiresAt: isoTime,
  usedAt: isoTime.nullable(),
});
export type JoinToken = z.infer<typeof joinToken>;

export const joinTokenCreated = z.object({ id, token: z.string(), expiresAt: isoTime });
