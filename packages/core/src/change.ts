import { type Event, eventNoun } from '@unkai/contracts/events';
import { actorColumns } from './audit.ts';
import type { Call } from './call.ts';
import type { Unit } from './database.ts';

export interface ChangeEntry {
  /** `<noun>:<verb>` */
  readonly action: `${string}:${string}`;
  readonly kind: Event['kind'];
  readonly id: string;
  readonly name: string;
  readonly projectId: string | null;
  /** What changed, in words; never a secret. */
  readonly detail?: string;
}

/**
 * What goes with every change, in the transaction that makes it: the line of the audit log, and the event for live pages
 * of those nouns that they show. One statement for both, since every change pays for it.
 */
export async function recordChange({ tx, afterCommit }: Unit, call: Call, change: ChangeEntry): Promise<void> {
  const { action, kind, id, name, projectId, detail = null } = change;
  const { actorId, actorName, actorKind, tokenName, address, requestId } = actorColumns(call);
  const noun = action.slice(0, action.indexOf(':'));
  // Other processes hear of it from the database; this one has forgotten before it answers.
  if (changesActors(noun, kind)) afterCommit(async () => call.core.actors?.drop());
  const isHeard = eventNoun.safeParse(noun).success;
  await tx.$executeRaw`
    WITH told AS (
      INSERT INTO event (project_id, noun, resource_id, kind)
      SELECT ${projectId}::uuid, ${noun}, ${id}::uuid, ${kind} WHERE ${isHeard}
    )
    INSERT INTO audit_line
      (actor_id, actor_name, actor_kind, token_name, address, request_id, action, noun, resource_id, resource_name,
       project_id, detail, outcome)
    VALUES
      (${actorId}::uuid, ${actorName}, ${actorKind}, ${tokenName}, ${address}, ${requestId}, ${action}, ${noun},
       ${id}::uuid, ${name}, ${projectId}::uuid, ${detail}, 'done')`;
}

type CatalogNoun =
  | 'region'
  | 'service'
  | 'endpoint'
  | 'endpoint-group'
  | 'endpoint-filter'
  | 'registered-limit'
  | 'service-limit';

interface CatalogChange {
  readonly action: `${CatalogNoun}:${'create' | 'update' | 'delete'}`;
  readonly name: string;
  /** Regions have none: their name is all there is. */
  readonly id?: string;
  /** What changed, in words. */
  readonly detail?: string;
}

/** The line of the audit log that goes with a change of the catalog. */
export async function recordCatalogChange(
  { tx, afterCommit }: Unit,
  call: Call,
  { action, name, id, detail }: CatalogChange,
): Promise<void> {
  // The catalog is kept in memory beside the actors.
  afterCommit(async () => call.core.actors?.drop());
  const noun = action.slice(0, action.indexOf(':'));
  const about = { action, noun, resourceId: id ?? null, resourceName: name, detail: detail ?? null, outcome: 'done' };
  await tx.auditLine.create({ data: { ...actorColumns(call), ...about } });
}

const newCredentials: ReadonlySet<string> = new Set(['session', 'api-token']);
const identityNouns: ReadonlySet<string> = new Set([
  ...newCredentials,
  'application-credential',
  'credential',
  'domain',
  'group',
  'project',
  'role',
  'role-assignment',
  'token',
  'trust',
  'user',
]);

/** Whether what is known of any credential may be out of date; a new one was not known. */
function changesActors(noun: string, kind: Event['kind']): boolean {
  return identityNouns.has(noun) && !(kind === 'created' && newCredentials.has(noun));
}
