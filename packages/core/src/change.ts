import { type Event, eventNoun } from '@unkai/contracts/events';
import { auditInsert, nounOf, writeAuditLine } from './audit/audit.ts';
import type { Kept } from './audit/audit-values.ts';
import type { Call } from './call.ts';
import type { Unit } from './database/database.ts';

export interface ChangeEntry {
  /** `<noun>:<verb>` */
  readonly action: `${string}:${string}`;
  readonly kind: Event['kind'];
  readonly id: string;
  readonly name: string;
  readonly projectId: string | null;
  /** Of what is in no project, where its row does not say it. */
  readonly domainId?: string | null;
  /** What changed, in words; never a secret. */
  readonly detail?: string;
  /** The row as it was and as it is, for the fields that the log keeps of such a row; see `audit-values.ts`. */
  readonly before?: Kept;
  readonly after?: Kept;
}

/**
 * What goes with every change, in the transaction that makes it: the line of the audit log, and the event for live pages
 * of those nouns that they show. One statement for both, since every change pays for it.
 */
export async function recordChange({ tx, afterCommit }: Unit, call: Call, change: ChangeEntry): Promise<void> {
  const { action, kind, id, projectId } = change;
  const noun = nounOf(action);
  // Other processes hear of it from the database; this one has forgotten before it answers.
  if (changesActors(noun, kind)) afterCommit(async () => call.core.actors?.drop());
  const isHeard = eventNoun.safeParse(noun).success;
  await tx.$executeRaw`
    WITH told AS (
      INSERT INTO event (project_id, noun, resource_id, kind)
      SELECT ${projectId}::uuid, ${noun}, ${id}::uuid, ${kind} WHERE ${isHeard}
    ) ${auditInsert(call, { ...change, outcome: 'done' })}`;
}

/** What the log is given of a row that was made, was changed from what it was, or was removed. */
export function rowsOf(kind: Event['kind'], row: object, was?: Kept): Pick<ChangeEntry, 'before' | 'after'> {
  if (kind === 'created') return { after: row };
  if (kind === 'deleted') return { before: row };
  return was ? { before: was, after: row } : {};
}

/** What became of a group or a role, in a domain or (null) in none. */
export interface DomainRowChange {
  readonly kind: 'created' | 'changed' | 'deleted';
  readonly detail?: string;
  readonly was?: object;
}

interface DomainRow {
  readonly id: string;
  readonly name: string;
  readonly domainId: string | null;
}

const verbs = { created: 'create', changed: 'update', deleted: 'delete' } as const;

/** As `recordChange`, for a row that says itself which domain it is of. */
export function recordDomainRow(
  unit: Unit,
  call: Call,
  row: DomainRow,
  { noun, kind, detail = '', was }: DomainRowChange & { readonly noun: 'group' | 'role' },
): Promise<void> {
  const { id, name, domainId } = row;
  const about = { id, name, projectId: null, domainId, detail, ...rowsOf(kind, row, was) };
  return recordChange(unit, call, { action: `${noun}:${verbs[kind]}`, kind, ...about });
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
  readonly before?: Kept;
  readonly after?: Kept;
}

/** The line of the audit log that goes with a change of the catalog. */
export async function recordCatalogChange(
  { tx, afterCommit }: Unit,
  call: Call,
  { action, name, id, detail, before, after }: CatalogChange,
): Promise<void> {
  // The catalog is kept in memory beside the actors.
  afterCommit(async () => call.core.actors?.drop());
  const about = { action, id: id ?? null, name, projectId: null, detail, before, after };
  await writeAuditLine(tx, call, { ...about, outcome: 'done' });
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
