import { z } from 'zod';
import { id, isoTime } from '../primitives.ts';

/** One line of the audit log: every change and every refused attempt. Never holds a secret. */
export const auditLine = z.object({
  id,
  at: isoTime,
  projectId: id.nullable(),
  actorName: z.string(),
  /** How the actor was known: a browser session, an API token, a host, or the system itself. */
  actorKind: z.enum(['session', 'api-token', 'token', 'host', 'system', 'anonymous']),
  /** The API token's name, where one was used. */
  tokenName: z.string().nullable(),
  address: z.string().nullable(),
  requestId: z.string(),
  action: z.string(),
  noun: z.string(),
  resourceId: z.string().nullable(),
  resourceName: z.string().nullable(),
  outcome: z.enum(['done', 'refused']),
  detail: z.string().nullable(),
});
export type AuditLine = z.infer<typeof auditLine>;
