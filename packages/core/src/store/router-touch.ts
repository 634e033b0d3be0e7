import { z } from 'zod';
import type { Core } from '../call.ts';
import type { Unit } from '../database/database.ts';

export interface RouterTouch {
  readonly routerId: string;
  readonly requestId: string;
}

const carriers = z.array(z.object({ id: z.string().nullable() }));

/**
 * Tells the hosts of a router of what its networks and its own host are not concerned by, such as its floating IPs, after
 * the commit.
 */
export async function touchRouter(unit: Unit, core: Core, touch: RouterTouch): Promise<void> {
  const found = await unit.tx.$queryRaw<unknown[]>`
    UPDATE router SET generation = generation + 1 WHERE id = ${touch.routerId}::uuid RETURNING host_id AS id`;
  for (const { id } of carriers.parse(found)) hintRouter(unit, core, id, touch);
  hintBranches(unit, core, touch);
}

/** Hints the host that carries a router, after the commit. */
export function hintRouter(unit: Unit, core: Core, hostId: string | null, { routerId, requestId }: RouterTouch): void {
  if (hostId === null) return;
  unit.afterCommit(() => core.queues.hintHost(hostId, { noun: 'router', id: routerId, requestId }));
}

/** Hints the hosts that hold floating IPs of the router's for their guests; those that come and go are told of that itself. */
export function hintBranches({ afterCommit }: Unit, core: Core, { routerId, requestId }: RouterTouch): void {
  afterCommit(async () => {
    const holders = await core.database.kysely
      .selectFrom('floating_ip_holder')
      .where('router_id', '=', routerId)
      .where('noun', '=', 'router-branch')
      .select('host_id')
      .distinct()
      .execute();
    const hint = { noun: 'router-branch', id: routerId, requestId } as const;
    await Promise.all(holders.map((holder) => core.queues.hintHost(holder.host_id, hint)));
  });
}
