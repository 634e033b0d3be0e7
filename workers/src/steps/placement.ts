import { UnkaiError } from '@unkai/contracts/errors';
import { overviewOf } from '@unkai/core/placement/overview';
import { releaseHost as release, reserveHost as reserve } from '@unkai/core/placement/reserve';
import { assignHost, readPlacementRequest } from '@unkai/core/store/server-lifecycle';
import type { StepContext } from '@unkai/core/workflow/definition';

/** Chooses a host and takes its room there. */
export async function reserveHost({ commit, core, run }: StepContext): Promise<void> {
  await commit(async (unit) => {
    const request = await readPlacementRequest(unit, run.resourceId);
    if (request === null) throw new UnkaiError('not_found', `The server ${run.resourceName} is gone.`);
    const { hostId } = await reserve(unit.tx, run.resourceId, request, overviewOf(core.database));
    await assignHost(unit, run.resourceId, hostId);
  });
}

/** Gives the room back. By now the host has confirmed that nothing of the server is left there (A56). */
export async function releaseHost({ commit, run }: StepContext): Promise<void> {
  await commit(async (unit) => {
    await release(unit.tx, run.resourceId);
    await assignHost(unit, run.resourceId, null);
  });
}
