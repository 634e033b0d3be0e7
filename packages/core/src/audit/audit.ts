import type { UnkaiError } from '@unkai/contracts/errors';
import { permissions } from '@unkai/contracts/permissions';
import { Prisma } from '@unkai/prisma/client';
import type { Target } from '../access.ts';
import type { Call } from '../call.ts';
import type { Transaction } from '../database/database.ts';
import { changedValues, type Kept } from './audit-values.ts';

export interface AuditEntry {
  /** `<noun>:<verb>` */
  readonly action: `${string}:${string}`;
  /** Null for what never was, or has no id. */
  readonly id: string | null;
  readonly name: string | null;
  readonly projectId: string | null;
  /** Of what is in no project: the domain that it is in. The domain of a project, and of a user's own things, is found. */
  readonly domainId?: string | null | undefined;
  readonly outcome: 'done' | 'refused';
  /** In words; never a secret. */
  readonly detail?: string | null | undefined;
  /** Other than the noun of the action. */
  readonly noun?: string;
  /** The row as it was, and as it is; of them only what `audit-values.ts` lists is kept. */
  readonly before?: Kept;
  readonly after?: Kept;
}

const written = new WeakSet<Error>();

const disguised = new WeakSet<Error>();

/** Says of a `not_found` that what it names may be there, and only not for the caller: the door writes it as a refusal. */
export function asRefusal<Refusal extends Error>(refusal: Refusal): Refusal {
  disguised.add(refusal);
  return refusal;
}

/** Whether what is thrown refuses somebody something, whatever it says. */
export function isRefusal(error: UnkaiError): boolean {
  return error.code === 'forbidden' || disguised.has(error);
}

/** Says of a refusal that is about to be thrown that its line is written. */
export function withLine<Refusal extends Error>(refusal: Refusal): Refusal {
  written.add(refusal);
  return refusal;
}

/** Whether the line of a refusal is written; the door writes those of which it is not. */
export function hasLine(refusal: Error): boolean {
  return written.has(refusal);
}

/** Writes a refused attempt. It has no transaction to join: nothing else happened. */
export async function auditRefused(
  call: Call,
  wanted: `${string}:${string}`,
  { noun, id, name, projectId, domainId }: Target,
): Promise<void> {
  const about = { action: wanted, noun, id: id === '' ? null : id, name: name ?? null, projectId, domainId };
  await writeAuditLine(call.core.database.prisma, call, { ...about, outcome: 'refused' });
}

/** Writes a line by itself, for what is no event for pages. */
export async function writeAuditLine(
  tx: Pick<Transaction, '$executeRaw'>,
  call: Call,
  entry: AuditEntry,
): Promise<void> {
  await tx.$executeRaw(auditInsert(call, entry));
}

/** The statement that adds a line, which may be part of another one. */
export function auditInsert(call: Call, entry: AuditEntry): Prisma.Sql {
  const { actorId, actorName, actorKind, tokenName, credentialId, address, requestId } = actorColumns(call);
  const { action, id, name, projectId, outcome, domainId = null, detail = null } = entry;
  const noun = entry.noun ?? nounOf(action);
  const { before, after } = changedValues(noun, entry);
  const owner = isOwn(action) ? actorId : null;
  const domain = domainId ?? domainOf(noun, id, entry.after ?? entry.before);
  return Prisma.sql`
    INSERT INTO audit_line
      (actor_id, actor_name, actor_kind, token_name, credential_id, address, request_id, action, noun, resource_id,
       resource_name, project_id, domain_id, detail, outcome, before, after)
    VALUES
      (${actorId}::uuid, ${actorName}, ${actorKind}, ${tokenName}, ${credentialId}, ${address}, ${requestId}, ${action},
       ${noun}, ${id}, ${name}, ${projectId}::uuid,
       COALESCE(${domain}::uuid, (SELECT domain_id FROM project WHERE id = ${projectId}::uuid),
         (SELECT domain_id FROM "user" WHERE id = ${owner}::uuid)),
       ${detail}, ${outcome}, ${before}::jsonb, ${after}::jsonb)`;
}

/** Users, groups, roles and assignments say whose they are; a domain is its own. */
function domainOf(noun: string, id: string | null, row: Kept): string | null {
  if (noun === 'domain') return id;
  const named = row && 'domainId' in row ? row.domainId : null;
  return typeof named === 'string' ? named : null;
}

export function nounOf(action: string): string {
  return action.slice(0, action.indexOf(':'));
}

/** What users do with their own things, such as their sessions and keys, happened in the domain that they are in. */
function isOwn(action: string): boolean {
  return nounOf(action) === 'session' || (action in permissions && scopes.get(action) === 'self');
}
const scopes: ReadonlyMap<string, string> = new Map(
  Object.entries(permissions).map(([name, { scope }]) => [name, scope]),
);

/** Who did it, as the log keeps it. */
function actorColumns({ actor, address, requestId }: Call) {
  return {
    actorId: actor.userId,
    actorName: actor.name,
    actorKind: actor.kind,
    tokenName: actor.tokenName,
    // A token has an id of its own; the credential that it was made with is in the line that tells of its making.
    credentialId: actor.kind === 'token' ? (actor.auditIds[0] ?? null) : actor.credentialId,
    address,
    requestId,
  };
}
