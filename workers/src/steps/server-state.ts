import type { Failure } from '@unkai/contracts/errors';
import type { ServerState } from '@unkai/contracts/resources/server';
import type { Unit } from '@unkai/core/database/database';
import { settleServer } from '@unkai/core/store/server-lifecycle';
import type { RunFacts, StepContext } from '@unkai/core/workflow/definition';

/** A step that shows what the operation has led to, unless a later request has taken the server elsewhere. */
export function settle(from: ServerState, to: ServerState) {
  return async ({ commit, run }: StepContext): Promise<void> => {
    const { resourceId: serverId, projectId } = run;
    await commit((unit) => settleServer(unit, { serverId, projectId, from: [from], to, isLaunched: to === 'running' }));
  };
}

/** Shows on the server why its operation failed. A server that is being deleted meanwhile stays so. */
export function failTo(from: readonly ServerState[], to: ServerState) {
  return async (unit: Unit, { resourceId: serverId, projectId }: RunFacts, failure: Failure): Promise<void> => {
    await settleServer(unit, { serverId, projectId, from, to, failure });
  };
}
