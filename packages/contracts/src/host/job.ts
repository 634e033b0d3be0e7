import { z } from 'zod';
import { id } from '../primitives.ts';

/** What a host keeps in its desired state, each known by id. */
export const hostNoun = z.enum([
  'network',
  'router',
  'router-branch',
  'image',
  'server',
  'server-migration',
  'console-session',
]);
export type HostNoun = z.infer<typeof hostNoun>;

/** What agents know that do not say it: those of the release before there were routers. */
export const nounsOfBefore = ['network', 'image', 'server', 'console-session'] as const satisfies readonly HostNoun[];

/** `server-log` asks the host to read: it sends the end of that server's serial log. All others mean ensure or purge. */
export const hostJobNoun = z.enum([...hostNoun.options, 'server-log']);

/**
 * A hint to a host: this noun changed, go and ask what it should be. It carries no specification and no secret, so a
 * lost or doubled job, or a reader of Redis, gains nothing (A60).
 */
export const hostJob = z.strictObject({ noun: hostJobNoun, id, requestId: z.string().max(64) });
export type HostJob = z.infer<typeof hostJob>;

/** The BullMQ queue of one host. Its Redis user can touch these keys only. */
export const hostQueueName = (hostId: string) => `host-${hostId}`;
export const queuePrefix = 'unkai';

/** Where hints go that a host hears by `GET /agent/hints`. */
export const hintChannel = (hostId: string) => `${queuePrefix}:hints:${hostId}`;
