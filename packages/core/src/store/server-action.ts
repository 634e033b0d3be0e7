import { UnkaiError } from '@unkai/contracts/errors';
import { type ServerState, serverCan, serverState } from '@unkai/contracts/resources/server';
import { Prisma } from '@unkai/prisma/client';
import { notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import type { WorkflowName } from '../workflow/catalog.ts';
import { startRun } from '../workflow/start.ts';
import { type ServerRow, serverValues } from './server.ts';

type Verb = 'start' | 'stop' | 'reboot';
const underWay = { start: 'starting', stop: 'stopping', reboot: 'rebooting' } as const satisfies Record<
  Verb,
  ServerState
>;
const workflows = {
  start: 'server.start',
  stop: 'server.stop',
  reboot: 'server.reboot',
} as const satisfies Record<Verb, WorkflowName>;

/**
 * Begins an action: the state by a guarded update, so that of two at once only one begins, and the run that does it.
 * Throws `wrong_state`.
 */
export async function beginServerAction(
  unit: Unit,
  call: Call,
  row: ServerRow,
  { verb, input = {} }: { readonly verb: Verb; readonly input?: Record<string, string> },
): Promise<void> {
  const { count } = await unit.tx.server.updateMany({
    where: { id: row.id, state: { in: [...serverCan[verb].states] } },
    data: { state: underWay[verb], failure: Prisma.DbNull },
  });
  if (count === 0) {
    const reason = serverCan[verb].reason({ state: serverState.parse(row.state) });
    throw new UnkaiError('wrong_state', reason ?? 'Another operation has just begun.');
  }
  await begin(unit, call, row, { workflow: workflows[verb], action: `server:${verb}`, input });
}

/**
 * Begins to remove a server, from any state; whatever is under way for it is given up. Asking again is harmless: while
 * a removal is under way nothing new begins, and when one was lost or failed another one does (H5, H6).
 */
export async function beginServerDelete(unit: Unit, call: Call, row: ServerRow): Promise<void> {
  const { tx } = unit;
  // The update also locks the row: two requests at once come here one after the other.
  const { count } = await tx.server.updateMany({ where: { id: row.id }, data: { state: 'deleting' } });
  if (count === 0) throw notFound('server', row.id);
  const isUnderWay = await tx.workflowRun.count({
    where: { resourceId: row.id, name: 'server.delete', endedAt: null },
  });
  if (isUnderWay > 0) return;
  await begin(unit, call, row, { workflow: 'server.delete', action: 'server:delete', cancelsOthers: true });
}

interface Beginning {
  readonly workflow: WorkflowName;
  readonly action: `server:${string}`;
  readonly input?: Record<string, string>;
  readonly cancelsOthers?: boolean;
}

async function begin(
  unit: Unit,
  call: Call,
  row: ServerRow,
  { workflow, action, ...options }: Beginning,
): Promise<void> {
  const { id, name, project_id: projectId } = row;
  const { core, requestId, actor } = call;
  const asked = { requestId, userId: actor.userId };
  await startRun(unit, core, workflow, { resourceId: id, resourceName: name, projectId, ...asked, ...options });
  // What comes of it the run tells; of a server that goes, this is the last that is known.
  const before = action === 'server:delete' ? serverValues(row) : { state: row.state };
  await recordChange(unit, call, { action, kind: 'changed', id, name, projectId, before });
}
