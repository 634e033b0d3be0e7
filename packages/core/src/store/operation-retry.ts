import { UnkaiError } from '@unkai/contracts/errors';
import { type Operation, operationAfter } from '@unkai/contracts/resources/operation';
import { z } from 'zod';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit, type Transaction, type Unit } from '../database/database.ts';
import { type WorkflowName, workflowCatalog, workflowName } from '../workflow/catalog.ts';
import { beginImageDelete, findImage } from './image.ts';
import { type FoundRun, seesHosts, viewOperation, withSteps } from './operation.ts';
import { findServer } from './server.ts';
import { beginServerAction, beginServerDelete } from './server-action.ts';
import { evacuateServer, findServerToEvacuate } from './server-evacuate.ts';
import { attachInterface, detachInterface, findAttachPart } from './server-interface-change.ts';
import { findServerToMigrate, migrateServer } from './server-migrate.ts';
import { findRebuildParts, rebuildServer } from './server-rebuild.ts';

type Begin = (unit: Unit) => Promise<void>;

const again = (verb: 'start' | 'stop' | 'reboot') => async (call: Call, run: FoundRun) => {
  const row = await findServer(call, `server:${verb}`, run.resourceId);
  const input = z.record(z.string(), z.string()).catch({}).parse(run.input);
  return (unit: Unit) => beginServerAction(unit, call, row, { verb, input });
};

/** The port; and the network that it was made on, and the address that was chosen, for one that a failure took away. */
const interfaceInput = z.object({
  portId: z.string(),
  networkId: z.string().optional(),
  address: z.string().optional(),
});

/** How each operation is begun once more: what it needs is looked up for the action itself, then the change is made. */
const retries: Record<WorkflowName, (call: Call, run: FoundRun) => Promise<Begin>> = {
  'server.create': async (call, run) => {
    const row = await findServer(call, 'server:start', run.resourceId);
    const parts = await findRebuildParts(call, row, run.input);
    return (unit) => rebuildServer(unit, call, row, parts);
  },
  'server.start': again('start'),
  'server.stop': again('stop'),
  'server.reboot': again('reboot'),
  'server.attach': async (call, run) => {
    const row = await findServer(call, 'server:update', run.resourceId);
    const { portId, ...made } = interfaceInput.parse(run.input);
    const part = await findAttachPart(call, row, made.networkId === undefined ? { portId } : made);
    return async (unit) => {
      await attachInterface(unit, call, row, part);
    };
  },
  'server.detach': async (call, run) => {
    const row = await findServer(call, 'server:update', run.resourceId);
    const { portId } = interfaceInput.parse(run.input);
    return (unit) => detachInterface(unit, call, row, portId);
  },
  'server.migrate': async (call, run) => {
    const row = await findServerToMigrate(call, run.resourceId);
    return async (unit) => {
      await migrateServer(unit, call, row, undefined);
    };
  },
  'server.evacuate': async (call, run) => {
    const row = await findServerToEvacuate(call, run.resourceId);
    return async (unit) => {
      await evacuateServer(unit, call, row, undefined);
    };
  },
  'server.delete': async (call, run) => {
    const row = await findServer(call, 'server:delete', run.resourceId);
    return (unit) => beginServerDelete(unit, call, row);
  },
  'image.import': async () => {
    throw new UnkaiError('wrong_state', 'The bytes of an image that failed are gone.', {
      next: 'Send them again, or delete the image.',
    });
  },
  'image.delete': async (call, run) => {
    const row = await findImage(call, 'image:delete', run.resourceId);
    return (unit) => beginImageDelete(unit, call, row);
  },
};

/**
 * Begins a failed operation once more, as whoever asks; one that is under way is looked at again at once. Gives
 * the operation that goes on. Throws `wrong_state` for one that succeeded or that a later one followed, and what beginning
 * it throws.
 */
export async function retryOperation(call: Call, id: string): Promise<Operation> {
  const found = await findRun(call, id);
  const goingOn = found.endedAt === null ? await wake(call, found) : await beginAgain(call, found);
  const row = await call.core.database.prisma.workflowRun.findUnique({ where: { id: goingOn }, include: withSteps });
  return viewOperation(row ?? found, seesHosts(call));
}

async function findRun(call: Call, id: string): Promise<FoundRun> {
  const row = await call.core.database.prisma.workflowRun.findUnique({ where: { id }, include: withSteps });
  const target = { noun: 'operation', id, projectId: row?.projectId ?? null };
  return granted(call, 'operation:retry', row, target);
}

async function beginAgain(call: Call, run: FoundRun): Promise<string> {
  if (run.state === operationAfter.success) {
    throw new UnkaiError('wrong_state', 'It succeeded: there is nothing to do again.');
  }
  const name = workflowName.safeParse(run.name);
  if (!name.success) throw new UnkaiError('wrong_state', 'This version knows no operation of that kind.');
  await refuseFollowed(call.core.database.prisma, run);
  const begin = await retries[name.data](call, run);
  return commit(call.core.database, async (unit) => {
    await refuseFollowed(unit.tx, run);
    await begin(unit);
    await record(unit, call, run);
    const where = { key: run.key, sequence: { gt: run.sequence } };
    const begun = await unit.tx.workflowRun.findFirst({ where, orderBy: { sequence: 'desc' }, select: { id: true } });
    return begun?.id ?? run.id;
  });
}

/** Ends its nap; what it waits for in vain it will wait for again. */
async function wake(call: Call, run: FoundRun): Promise<string> {
  return commit(call.core.database, async (unit) => {
    await unit.tx.$executeRaw`
      UPDATE workflow_run SET wake_at = LEAST(now(), lease_until - interval '1 millisecond')
      WHERE id = ${run.id}::uuid AND ended_at IS NULL`;
    unit.afterCommit(() => call.core.queues.wakeRun(run.id));
    await record(unit, call, run);
    return run.id;
  });
}

async function refuseFollowed(tx: Transaction, { key, sequence }: FoundRun): Promise<void> {
  const later = await tx.workflowRun.count({ where: { key, sequence: { gt: sequence } } });
  if (later === 0) return;
  throw new UnkaiError('wrong_state', 'A later operation on the same thing followed it.', {
    next: 'Look at the latest operation of it.',
  });
}

function record(unit: Unit, call: Call, { id, name, projectId, resourceName }: FoundRun): Promise<void> {
  const known = workflowName.safeParse(name);
  const detail = `${known.success ? workflowCatalog[known.data].title : name}: ${resourceName}`;
  return recordChange(unit, call, {
    action: 'operation:retry',
    kind: 'changed',
    id,
    name: resourceName,
    projectId,
    detail,
  });
}
