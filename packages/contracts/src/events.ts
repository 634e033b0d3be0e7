import { z } from 'zod';
import { id, isoTime } from './primitives.ts';

/**
 * What live pages listen to. An event says that something changed, never what it holds: the reader asks again through
 * its own door, so an event cannot tell more than the reader may know.
 */
export const eventNoun = z.enum([
  'server',
  'image',
  'network',
  'subnet',
  'port',
  'router',
  'floating-ip',
  'security-group',
  'qos-policy',
  'subnet-pool',
  'address-scope',
  'rbac-policy',
  'key-pair',
  'operation',
  'notification',
  'webhook',
  'project',
  'role-assignment',
  'invite',
  'quota-request',
  'budget',
  'host',
  'aggregate',
  'server-group',
]);
export type EventNoun = z.infer<typeof eventNoun>;

export const event = z.object({
  /** Rises within the installation; a reader that reconnects sends its last one as Last-Event-ID. */
  id: z.string(),
  projectId: id.nullable(),
  noun: eventNoun,
  resourceId: id,
  kind: z.enum(['created', 'changed', 'deleted']),
  at: isoTime,
});
export type Event = z.infer<typeof event>;
