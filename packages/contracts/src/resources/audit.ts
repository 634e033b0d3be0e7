import { z } from 'zod';
import { id, isoTime, pageQuery } from '../primitives.ts';

/** Values by field, as JSON has them. */
const values = z.record(z.string(), z.unknown()).nullable();

/** One line of the audit log: every change and every refused attempt. Never holds a secret. */
export const auditLine = z.object({
  id,
  at: isoTime,
  projectId: id.nullable(),
  /** As the project is called now; null when it is gone. */
  projectName: z.string().nullable(),
  /** Of the project, the user, the group or the role; null for what belongs to the installation. */
  domainId: id.nullable(),
  /** Null for whoever did not show who they are, and for the system. */
  actorId: id.nullable(),
  actorName: z.string(),
  /** How the actor was known: a browser session, an API token, a host, or the system itself. */
  actorKind: z.enum(['session', 'api-token', 'token', 'host', 'system', 'anonymous']),
  /** The API token's name, where one was used. */
  tokenName: z.string().nullable(),
  /** Id of the session or API token; of a token the id that it is revoked by. */
  credentialId: z.string().nullable(),
  address: z.string().nullable(),
  requestId: z.string(),
  action: z.string(),
  noun: z.string(),
  resourceId: z.string().nullable(),
  resourceName: z.string().nullable(),
  outcome: z.enum(['done', 'refused']),
  detail: z.string().nullable(),
  /** The fields that changed, as they were; all that the log keeps of what was removed. */
  before: values,
  /** The fields that changed, as they are since; all that the log keeps of what was made. */
  after: values,
});
export type AuditLine = z.infer<typeof auditLine>;

const text = z.string().trim().min(1).max(255);

/** Narrows a list of audit lines; what is given together must all hold. */
export const auditFilter = z.strictObject({
  /**
   * Words, or beginnings of words, in who did it, with which token, what it was and what changed; or a whole id, request
   * id or address. All must be there, in whatever order.
   */
  text: text.optional(),
  /** `<noun>:<verb>` */
  action: text.optional(),
  noun: text.optional(),
  outcome: auditLine.shape.outcome.optional(),
  actorId: id.optional(),
  /** A session, an API token, or a token by the id that it is revoked by. */
  credentialId: text.optional(),
  resourceId: id.optional(),
  requestId: text.optional(),
  address: text.optional(),
  /** From this moment on. */
  from: isoTime.optional(),
  /** Until just before this moment. */
  to: isoTime.optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

const filters = auditFilter.shape;
export const projectAuditQuery = pageQuery.extend({ projectId: id, ...filters });
export const domainAuditQuery = pageQuery.extend({ domainId: id, ...filters });
const { actorId: _actor, outcome: _outcome, ...ownFilters } = filters;
/** Of what the caller did themselves, wherever it was. */
export const ownAuditQuery = pageQuery.extend(ownFilters);
export const auditQuery = pageQuery.extend({ projectId: id.optional(), domainId: id.optional(), ...filters });
