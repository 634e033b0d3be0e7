// Theory. The address of a floating IP has one holder: the host that is told to serve it, by the document of a router or of
// a router's branch. Where it should be served is another matter (the view `floating_ip_way`), and changes at once. When
// the two differ, the holder begins to leave: from a generation of the router on its document has the address no more. It
// stays the holder until it reports that generation, or its lease is over; only then the next one is told. There is one row
// for each address, so whatever happens at the same time, no two hosts are told of one.
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Core } from '../call.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { leaseEndedBefore } from '../host/lease.ts';

/** An address of an external network. */
export interface HeldAddress {
  readonly networkId: string;
  readonly address: string;
}

export interface HolderLook {
  /** The addresses to look at: a query of `network_id` and `address`. */
  readonly concerned: Prisma.Sql;
  readonly requestId: string;
}

export function theseAddresses(addresses: readonly HeldAddress[]): Prisma.Sql {
  return Prisma.sql`
    SELECT "networkId" AS network_id, address
    FROM jsonb_to_recordset(${JSON.stringify(addresses)}::jsonb) AS these ("networkId" uuid, address text)`;
}

/** Of a router: those that pass it or its branches, and those that did. */
export function addressesOfRouter(routerId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT network_id, address FROM floating_ip WHERE router_id = ${routerId}::uuid
    UNION SELECT network_id, address FROM floating_ip_holder WHERE router_id = ${routerId}::uuid`;
}

export function addressesOfServer(serverId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT floating_ip.network_id, floating_ip.address FROM floating_ip JOIN port ON port.id = floating_ip.port_id
    WHERE port.server_id = ${serverId}::uuid`;
}

/** Those of the guests of a host, and those that it holds. */
export function addressesOfHost(hostId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT floating_ip.network_id, floating_ip.address FROM floating_ip JOIN port ON port.id = floating_ip.port_id
    JOIN server ON server.id = port.server_id WHERE server.host_id = ${hostId}::uuid
    UNION SELECT network_id, address FROM floating_ip_holder WHERE host_id = ${hostId}::uuid`;
}

/** Of a row of `host`: nobody waits for it any more. Its lease has ended, or an operator says that it is off. */
function isOver(): Prisma.Sql {
  return Prisma.sql`(NOT host.is_up AND (host.is_forced_down OR host.last_heartbeat_at < ${leaseEndedBefore()}))`;
}

/** Those that wait for a host whose lease is over. */
export function addressesOfTheDead(): Prisma.Sql {
  return Prisma.sql`
    SELECT network_id, address FROM floating_ip_holder JOIN host ON host.id = floating_ip_holder.host_id
    WHERE leaving_generation IS NOT NULL AND ${isOver()}`;
}

/** Those whose holder is another than it should be, and is not leaving yet. */
export function addressesAstray(): Prisma.Sql {
  return Prisma.sql`
    SELECT network_id, address FROM floating_ip_way AS way FULL JOIN floating_ip_holder AS holder USING (network_id, address)
    WHERE ((way.host_id, way.router_id, way.noun) IS DISTINCT FROM (holder.host_id, holder.router_id, holder.noun))
      = (holder.leaving_generation IS NULL)`;
}

const noun = z.enum(['router', 'router-branch']);
const place = z.object({ hostId: z.string(), routerId: z.string(), noun });
type Place = z.infer<typeof place>;
const plan = z.object({
  networkId: z.string(),
  address: z.string(),
  /** Null where nobody has the address now. */
  floatingIpId: z.string().nullable(),
  projectId: z.string().nullable(),
  /** `take`: it has no holder. `leave`, `stay`: its holder does. `pass`: its holder is dead. `name`: it is another's now. */
  act: z.enum(['take', 'leave', 'stay', 'pass', 'name']),
  holder: place.nullable(),
  way: place.nullable(),
});
type Plan = z.infer<typeof plan>;

/**
 * Lets those who hold an address that should be served elsewhere begin to leave, and gives one that nobody holds to the
 * host that should serve it; both are told after the commit. To be called in the transaction that changes the way, at its
 * end. One query where all is as it should be.
 */
export async function settleHolders(unit: Unit, core: Core, { concerned, requestId }: HolderLook): Promise<void> {
  const { tx, afterCommit } = unit;
  const plans = await readPlans(tx, concerned);
  if (plans.length === 0) return;
  const generations = await raise(tx, plans);
  const over = await lockDead(tx, plans);
  const acting = plans.filter(({ act, holder }) => act !== 'pass' || (holder !== null && over.has(holder.hostId)));
  await leave(tx, acting, generations);
  await take(tx, acting);
  await tx.$executeRaw`
    INSERT INTO event (noun, kind, resource_id, project_id)
    SELECT 'floating-ip', 'changed', "floatingIpId", "projectId"
    FROM jsonb_to_recordset(${JSON.stringify(acting)}::jsonb) AS seen ("floatingIpId" uuid, "projectId" uuid)
    WHERE "floatingIpId" IS NOT NULL`;
  const told = new Map(acting.flatMap(toTell).map((each) => [`${each.hostId}/${each.noun}/${each.routerId}`, each]));
  afterCommit(async () => {
    const hints = [...told.values()].map(({ hostId, noun: what, routerId }) =>
      core.queues.hintHost(hostId, { noun: what, id: routerId, requestId }),
    );
    await Promise.all(hints);
  });
}

async function readPlans(tx: Transaction, concerned: Prisma.Sql): Promise<Plan[]> {
  const placeOf = (of: Prisma.Sql) => Prisma.sql`CASE WHEN ${of}.host_id IS NOT NULL THEN
    json_build_object('hostId', ${of}.host_id, 'routerId', ${of}.router_id, 'noun', ${of}.noun) END`;
  const rows = await tx.$queryRaw<unknown[]>`
    WITH concerned AS (SELECT DISTINCT network_id, address FROM (${concerned}) AS given),
    seen AS (
      SELECT concerned.network_id AS "networkId", concerned.address, floating_ip.id AS "floatingIpId",
        floating_ip.project_id AS "projectId", ${placeOf(Prisma.sql`holder`)} AS holder, ${placeOf(Prisma.sql`way`)} AS way,
        CASE
          WHEN holder.host_id IS NULL THEN CASE WHEN way.host_id IS NOT NULL THEN 'take' END
          WHEN (holder.host_id, holder.router_id, holder.noun) = (way.host_id, way.router_id, way.noun)
            THEN CASE WHEN holder.leaving_generation IS NOT NULL THEN 'stay' END
          WHEN ${isOver()} THEN 'pass'
          WHEN holder.leaving_generation IS NULL THEN 'leave'
          WHEN holder.floating_ip_id IS DISTINCT FROM floating_ip.id THEN 'name'
        END AS act
      FROM concerned
      LEFT JOIN floating_ip USING (network_id, address)
      LEFT JOIN floating_ip_way AS way USING (network_id, address)
      LEFT JOIN floating_ip_holder AS holder USING (network_id, address)
      LEFT JOIN host ON host.id = holder.host_id)
    SELECT * FROM seen WHERE act IS NOT NULL ORDER BY "networkId", address`;
  return z.array(plan).parse(rows);
}

const raised = z.array(z.object({ id: z.string(), generation: z.number() }));

/** Raises the generation of the routers whose documents become others by it, in the one order. One that is gone has none. */
async function raise(tx: Transaction, plans: readonly Plan[]): Promise<ReadonlyMap<string, number>> {
  const changed = plans.flatMap(({ act, holder, way }) => (act === 'name' ? [] : [holder?.routerId, way?.routerId]));
  const ids = [...new Set(changed.flatMap((id) => (id === undefined ? [] : [id])))];
  const rows = await tx.$queryRaw<unknown[]>`
    UPDATE router SET generation = generation + 1
    WHERE id IN (SELECT id FROM router WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE)
    RETURNING id, generation`;
  return new Map(raised.parse(rows).map(({ id, generation }) => [id, generation]));
}

const ids = z.array(z.object({ id: z.string() }));

/** Of the holders that are to be passed over, those that are still dead; they stay so until the commit. */
async function lockDead(tx: Transaction, plans: readonly Plan[]): Promise<ReadonlySet<string>> {
  const hosts = plans.flatMap(({ act, holder }) => (act === 'pass' && holder !== null ? [holder.hostId] : []));
  if (hosts.length === 0) return new Set();
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT host.id FROM host WHERE host.id = ANY(${hosts}::uuid[]) AND ${isOver()} ORDER BY host.id FOR SHARE`;
  return new Set(ids.parse(rows).map(({ id }) => id));
}

/** What was planned for those who hold an address, of whom it still is true. */
async function leave(tx: Transaction, plans: readonly Plan[], generations: ReadonlyMap<string, number>): Promise<void> {
  const changes = plans.flatMap(({ act, networkId, address, floatingIpId, holder, way }) => {
    if (holder === null || (act === 'pass' && way !== null)) return [];
    const generation = act === 'leave' ? (generations.get(holder.routerId) ?? null) : null;
    return [{ act, networkId, address, floatingIpId, ...holder, generation }];
  });
  if (changes.length === 0) return;
  const them = Prisma.sql`jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS change
    (act text, "networkId" uuid, address text, "floatingIpId" uuid, "hostId" uuid, "routerId" uuid, noun text, generation integer)`;
  const isTheirs = Prisma.sql`
    (held.network_id, held.address, held.host_id, held.router_id, held.noun)
      = (change."networkId", change.address, change."hostId", change."routerId", change.noun)`;
  await tx.$executeRaw`
    UPDATE floating_ip_holder AS held SET
      floating_ip_id = change."floatingIpId",
      leaving_generation = CASE act WHEN 'leave' THEN change.generation WHEN 'name' THEN leaving_generation END,
      leaving_since = CASE act WHEN 'leave' THEN now() WHEN 'name' THEN leaving_since END
    FROM ${them} WHERE ${isTheirs} AND act <> 'pass' AND (act = 'leave') = (leaving_generation IS NULL)
      AND (act <> 'leave' OR change.generation IS NOT NULL)`;
  if (changes.every(({ act }) => act !== 'pass')) return;
  await tx.$executeRaw`DELETE FROM floating_ip_holder AS held USING ${them} WHERE ${isTheirs} AND act = 'pass'`;
}

/** Those who get an address: that nobody has, or whose holder is dead. Of two at once one does. */
async function take(tx: Transaction, plans: readonly Plan[]): Promise<void> {
  const taken = plans.flatMap(({ act, way, networkId, address, floatingIpId, holder }) =>
    way !== null && (act === 'take' || act === 'pass')
      ? [{ networkId, address, floatingIpId, ...way, fromHostId: holder?.hostId ?? null }]
      : [],
  );
  if (taken.length === 0) return;
  const them = Prisma.sql`jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) AS next
    ("networkId" uuid, address text, "floatingIpId" uuid, "hostId" uuid, "routerId" uuid, noun text, "fromHostId" uuid)`;
  if (taken.some(({ fromHostId }) => fromHostId !== null)) {
    await tx.$executeRaw`
      DELETE FROM floating_ip_holder AS held USING ${them}
      WHERE (held.network_id, held.address, held.host_id) = (next."networkId", next.address, next."fromHostId")`;
  }
  await tx.$executeRaw`
    INSERT INTO floating_ip_holder (network_id, address, floating_ip_id, host_id, router_id, noun)
    SELECT "networkId", address, "floatingIpId", "hostId", "routerId", noun FROM ${them}
    ON CONFLICT (network_id, address) DO NOTHING`;
}

function toTell({ act, holder, way }: Plan): Place[] {
  switch (act) {
    case 'take':
    case 'pass':
    case 'stay':
      return way === null ? [] : [way];
    case 'leave':
      return holder === null ? [] : [holder];
    case 'name':
      return [];
    default:
      return act satisfies never;
  }
}
