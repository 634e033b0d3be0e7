import { z } from 'zod';
import { fieldRule } from '../field-rule.ts';
import { id, sha256 } from '../primitives.ts';
import { desiredImageSpec } from './desired-image.ts';

/** Where the interfaces of a guest are on its bus, by port: it knows them by that. A server has eight at most. */
export const interfaceSlots = z
  .record(id, z.number().int().min(0).max(63))
  .refine(
    (slots) => Object.keys(slots).length <= 64,
    fieldRule('must be at most 64 ports', 'Send those of this server.'),
  );
export type InterfaceSlots = z.infer<typeof interfaceSlots>;
/** The header of `PUT /agent/server-migrations/<id>/disk` that says them, as JSON. */
export const interfaceSlotsHeader = 'unkai-interface-slots';

const moving = z.object({
  id,
  serverId: id,
  /** The image below its disk. */
  image: desiredImageSpec,
  /** Virtual size of the disk in bytes, from the database. */
  rootDiskBytes: z.number().int(),
});

/**
 * The part of one host in a server's move to another one with its disk. The host of before sends what the guest has
 * written, the one that was chosen fetches it and keeps it for the server; both by `/agent/server-migrations/<id>/disk`.
 */
export const desiredServerMigrationSpec = z.discriminatedUnion('role', [
  moving.extend({
    role: z.literal('source'),
    /** All bytes are with the control plane: nothing is left to do. */
    isSent: z.boolean(),
  }),
  moving.extend({
    role: z.literal('target'),
    sizeBytes: z.number().int(),
    sha256,
    slots: interfaceSlots.default({}),
    /** The server is this host's by now and takes the disk for its own. */
    hasSwitched: z.boolean(),
  }),
]);
export type DesiredServerMigrationSpec = z.infer<typeof desiredServerMigrationSpec>;

/** The answer to `PUT /agent/server-migrations/<id>/disk`: what arrived, for the sender to compare. */
export const serverDiskReceived = z.object({ sizeBytes: z.number().int(), sha256 });
