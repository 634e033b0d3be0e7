import { sql } from 'kysely';
import { z } from 'zod';
import type { Core } from '../call.ts';
import type { Unit } from '../database.ts';
import { deviceOwners } from './router.ts';

export interface RouterTouch {
  readonly routerId: string;
  readonly requestId: string;
  /** A host whose guests a floating IP of the router has just left. */
  readonly leftHostId?: string;
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

/**
 * Hints every host that may have floating IPs of the router's, or may have had some: those of its networks that have a way
 * outside. What they ask for then says which.
 */
export function hintBranches(
  { afterCommit }: Unit,
  core: Core,
  { routerId, requestId, leftHostId }: RouterTouch,
): void {
  afterCommit(async () => {
    const hosts = await core.database.kysely
      .selectFrom('host')
      .where('id', 'in', (query) =>
        query
          .selectFrom('host_network')
          .innerJoin('port', 'port.network_id', 'host_network.network_id')
          .where('port.router_id', '=', routerId)
          .where('port.device_owner', '=', deviceOwners.interface)
          .select('host_network.host_id'),
      )
      .where(sql<boolean>`facts -> 'nouns' @> '"router-branch"'`)
      .where(sql<boolean>`jsonb_array_length(facts -> 'physicalNetworks') > 0`)
      .select('id')
      .execute();
    const hint = { noun: 'router-branch', id: routerId, requestId } as const;
    const told = new Set([...hosts.map(({ id }) => id), ...(leftHostId === undefined ? [] : [leftHostId])]);
    await Promise.all([...told].map((hostId) => core.queues.hintHost(hostId, hint)));
  });
}
