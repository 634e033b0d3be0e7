import { z } from 'zod';
import { fieldRule } from '../field-rule.ts';
import { id } from '../primitives.ts';
import { hostFacts } from './facts.ts';

/** `POST /agent/join`: a single-use token becomes a credential of the host's own. */
export const joinRequest = z.strictObject({
  token: z.string().min(16).max(200),
  facts: hostFacts,
  /**
   * The credential that the host is to have: 256 random bits that it made itself and keeps before it asks, so that an
   * answer that is lost can be asked for again. Agents of before get one that is made for them.
   */
  credential: z
    .string()
    .regex(
      /^ukh_[\w-]{43}$/,
      fieldRule('must be ukh_ and 43 characters of base64url', 'Send ukh_ and 32 random bytes as base64url.'),
    )
    .optional(),
});

export const joinReply = z.object({
  hostId: id,
  /** Bearer credential for /agent, prefix `ukh_`; the host keeps it in a file only root reads. */
  credential: z.string(),
  redis: z.object({ url: z.string(), username: z.string(), password: z.string() }),
});
export type JoinReply = z.infer<typeof joinReply>;

/** `POST /agent/heartbeat`, every 5 s and once at start-up. */
export const heartbeat = z.strictObject({
  facts: hostFacts,
  /** The lease that it holds its servers under; agents of before do not say it, nor one that has just joined. */
  leaseGeneration: z.number().int().min(1).optional(),
});

/**
 * What lets a host run its servers. When the generation is another than the one it has, servers of its were given to
 * other hosts meanwhile: it lets go of them before it does anything else. Beyond `seconds` without an answer it starts
 * no guest by itself.
 */
export const hostLease = z.object({ generation: z.number().int().min(1), seconds: z.number() });
export type HostLease = z.infer<typeof hostLease>;
export const heartbeatReply = z.object({
  intervalSeconds: z.number(),
  redis: joinReply.shape.redis,
  /** None from a control plane of before. */
  lease: hostLease.optional(),
});
