import type { Event, EventNoun } from '@unkai/contracts/events';
import { eventNoun } from '@unkai/contracts/events';
import { audit } from './audit.ts';
import type { Call } from './call.ts';
import type { Unit } from './database.ts';
import { emit } from './events.ts';

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

/** What goes with every change, in the transaction that makes it: the line of the audit log, and the event for live pages. */
export async function recordChange(unit: Unit, call: Call, change: ChangeEntry): Promise<void> {
  const { action, kind, id, name, projectId, detail } = change;
  const noun = action.slice(0, action.indexOf(':'));
  await audit(unit.tx, call, {
    action,
    noun,
    resourceId: id,
    resourceName: name,
    projectId,
    ...(detail === undefined ? {} : { detail }),
  });
  const heard = eventNoun.safeParse(noun);
  if (heard.success) await emitChange(unit, heard.data, { kind, id, projectId });
}

function emitChange({ tx }: Unit, noun: EventNoun, change: Pick<ChangeEntry, 'kind' | 'id' | 'projectId'>) {
  return emit(tx, { noun, kind: change.kind, resourceId: change.id, projectId: change.projectId });
}
