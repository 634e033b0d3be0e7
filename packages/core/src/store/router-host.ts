import { errorCatalog, type Failure } from '@unkai/contracts/errors';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Core } from '../call.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { leaseEndedBefore } from '../host/lease.ts';
import { addressesOfRouter, settleHolders } from './floating-ip-holder.ts';
import { leaveNetwork, touchNetwork } from './host-network.ts';
import { deviceOwners } from './router.ts';
import { hintBranches, hintRouter } from './router-touch.ts';

// Theory. A router lives on one host: one that reaches the physical network of its gateway, with the fewest routers. Its
// networks are that host's business as those of servers are. Whoever changes a router's ports settles it: the networks are
// touched first, in the one order that all follow, then the router's row, then what its old host keeps for nobody goes.

/** Of a row of `host`: it does not answer, and may count on what it has for a while yet. */
export function isSilentButLeased(host: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(NOT ${host}.is_up AND NOT ${host}.is_forced_down AND ${host}.last_heartbeat_at >= ${leaseEndedBefore()})`;
}

const routerHost = z.tuple([
  z.object({
    host_id: z.string().nullable(),
    fits: z.boolean(),
    may_be_there: z.boolean(),
    is_enabled: z.boolean().nullable(),
    physical_network: z.string().nullable(),
  }),
]);
const ids = z.array(z.object({ id: z.string() }));

export interface RouterChange {
  readonly routerId: string;
  readonly requestId: string;
  /** Networks that it has left in this transaction. */
  readonly left?: readonly string[];
}

/**
 * Chooses the host of a router, or leaves it where it is when that does, and tells all hosts concerned after the commit.
 * With no host to be had the router keeps what it has, and the reason; the reconciler tries again.
 */
export async function settleRouter(unit: Unit, core: Core, change: RouterChange): Promise<void> {
  const { tx } = unit;
  const { routerId, requestId, left = [] } = change;
  const own = await networksOf(tx, routerId);
  for (const networkId of [...new Set([...own, ...left])].toSorted()) {
    await touchNetwork(unit, core, networkId, requestId);
  }
  const { from, to, failure } = await chooseHost(tx, routerId);
  const hasMoved = from !== to;
  await tx.$executeRaw`
    UPDATE router SET generation = generation + 1, host_id = ${to}::uuid,
      failure = nullif(${JSON.stringify(failure)}::jsonb, 'null'),
      observed_state = CASE WHEN ${hasMoved} THEN NULL ELSE observed_state END
    WHERE id = ${routerId}::uuid`;
  for (const networkId of to === null ? [] : own) {
    await tx.$executeRaw`
      INSERT INTO host_network (host_id, network_id) VALUES (${to}::uuid, ${networkId}::uuid) ON CONFLICT DO NOTHING`;
  }
  if (from !== null) {
    for (const networkId of new Set([...left, ...(hasMoved ? own : [])])) {
      await leaveNetwork(unit, core, { hostId: from, networkId, requestId });
    }
  }
  for (const hostId of new Set([from, to])) hintRouter(unit, core, hostId, change);
  hintBranches(unit, core, change);
  await settleHolders(unit, core, { concerned: addressesOfRouter(routerId), requestId });
}

/** Removes a router that has no interface any more, with its gateway. Its host purges it. */
export async function removeRouter(unit: Unit, core: Core, { routerId, requestId }: RouterChange): Promise<void> {
  const { tx } = unit;
  const own = await networksOf(tx, routerId);
  for (const networkId of own) await touchNetwork(unit, core, networkId, requestId);
  await tx.port.deleteMany({ where: { routerId } });
  const { hostId } = await tx.router.delete({ where: { id: routerId }, select: { hostId: true } });
  if (hostId !== null) {
    for (const networkId of own) await leaveNetwork(unit, core, { hostId, networkId, requestId });
  }
  hintRouter(unit, core, hostId, { routerId, requestId });
}

async function networksOf(tx: Transaction, routerId: string): Promise<string[]> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT DISTINCT network_id AS id FROM port WHERE router_id = ${routerId}::uuid ORDER BY network_id`;
  return ids.parse(found).map(({ id }) => id);
}

interface Choice {
  readonly from: string | null;
  readonly to: string | null;
  readonly failure: Failure | null;
}

/**
 * One that is not heard keeps its routers until its lease is over: it may be there all the same, and two hosts that answer
 * for one address make one that reaches nobody. One that is to take nothing new gives its routers to another, and keeps
 * them while there is none; so does one that is dead, or that lost the network which the gateway needs.
 */
async function chooseHost(tx: Transaction, routerId: string): Promise<Choice> {
  const [{ host_id: from, fits, may_be_there: mayBeThere, is_enabled: isEnabled, physical_network: physical }] =
    routerHost.parse(
      await tx.$queryRaw`
      SELECT router.host_id, network.physical_network, host.is_enabled,
        coalesce(host.is_up AND can_carry_router(host.facts, network.physical_network), false) AS fits,
        coalesce(${isSilentButLeased(Prisma.sql`host`)}, false) AS may_be_there
      FROM router LEFT JOIN host ON host.id = router.host_id
      LEFT JOIN port ON port.router_id = router.id AND port.device_owner = ${deviceOwners.gateway}
      LEFT JOIN network ON network.id = port.network_id
      WHERE router.id = ${routerId}::uuid`,
    );
  if (mayBeThere || (fits && isEnabled === true)) return { from, to: from, failure: null };
  // One that has a way out is as good as any for a router without, which may get a gateway later.
  const [best] = ids.parse(
    await tx.$queryRaw`
      SELECT id FROM host WHERE is_up AND is_enabled AND can_carry_router(facts, ${physical}::text)
      ORDER BY coalesce(jsonb_array_length(facts -> 'physicalNetworks'), 0) = 0,
        (SELECT count(*) FROM router WHERE router.host_id = host.id), name LIMIT 1`,
  );
  if (best !== undefined) return { from, to: best.id, failure: null };
  return { from, to: from, failure: fits ? null : noHost(physical) };
}

function noHost(physical: string | null): Failure {
  const which = physical === null ? '' : ` that reaches the physical network ${physical}`;
  const message = `No host${which} is up to carry this router.`;
  return { code: 'no_capacity', message, next: `${errorCatalog.host_unreachable.next}` };
}
