import { type Failure, publicFailure, UnkaiError } from '@unkai/contracts/errors';
import type { DesiredAction, DesiredServerSpec } from '@unkai/contracts/host/desired';
import type { HostReport } from '@unkai/contracts/host/report';
import type { ResourceContext } from '../context.ts';
import { shutDown } from './server-power.ts';
import { changeRecord, readRecord } from './server-record.ts';

type ActionsDone = NonNullable<HostReport['actionsDone']>;
type Outcome = { state: 'begun' | 'done'; failure: Failure | null };

/**
 * Carries out what is asked for, each act at most once: it is written down before and after. An act that an agent began
 * and did not finish is reported as failed, since doing it again could restart a guest twice. Gives all acts of the spec
 * that are over, so that a report that was lost is made good by the next one.
 */
export async function ensureActions(context: ResourceContext, spec: DesiredServerSpec): Promise<ActionsDone> {
  const known = (await readRecord(context, spec.id)).actions;
  // What the control plane no longer lists, it knows to be done.
  const actions: Record<string, Outcome> = {};
  for (const { id } of spec.actions) if (known[id] !== undefined) actions[id] = known[id];
  const note = async (actionId: string, outcome: Outcome) => {
    actions[actionId] = outcome;
    await changeRecord(context, spec.id, { actions });
  };
  for (const action of spec.actions) {
    if (context.signal.aborted) break;
    if (actions[action.id]?.state === 'done') continue;
    if (actions[action.id] === undefined) {
      await note(action.id, { state: 'begun', failure: null });
      await note(action.id, { state: 'done', failure: await carryOut(context, spec.id, action) });
    } else {
      await note(action.id, { state: 'done', failure: interrupted });
    }
  }
  return Object.entries(actions).flatMap(([id, { state, failure }]) => (state === 'done' ? [{ id, failure }] : []));
}

const interrupted = publicFailure(
  new UnkaiError('host_failed', 'The host agent was stopped in the middle of this act, and does not do it twice.'),
);

async function carryOut(context: ResourceContext, serverId: string, action: DesiredAction): Promise<Failure | null> {
  try {
    const guest = await context.guests.find(serverId);
    if (guest === undefined) throw new UnkaiError('wrong_state', 'The server does not run, so it cannot be rebooted.');
    if (action.kind === 'reboot-soft') {
      context.progress('Asking the guest to shut down, to start it again');
      await shutDown(context, guest);
    }
    context.progress('Restarting the virtual machine');
    await guest.reset();
    return null;
  } catch (error) {
    context.log.error({ err: error, serverId, actionId: action.id }, 'an act failed');
    return publicFailure(
      error instanceof UnkaiError
        ? error
        : new UnkaiError('host_failed', 'The virtual machine could not be restarted.'),
    );
  }
}
