import { type Failure, failure } from '@unkai/contracts/errors';
import type { TaggedPageQuery } from '@unkai/contracts/primitives';
import { type FloatingIp, type PortForwarding, portForwarding } from '@unkai/contracts/resources/floating-ip';
import type { PortForwarding as ForwardingRow, Prisma } from '@unkai/prisma/client';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { type ListAsk, type Searched, search } from './list/search.ts';
import { floatingIpList } from './list/tables.ts';
import { type Page, pageOf, pageRows, tagged } from './page.ts';

const withTarget = {
  port: { select: { server: { select: { id: true, name: true, hostId: true } } } },
  router: { select: { branches: { select: { hostId: true, observedFailure: true } } } },
  holder: { select: { hostId: true, noun: true, leavingSince: true } },
  forwardings: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.FloatingIpInclude;
export type FoundFloatingIp = Prisma.FloatingIpGetPayload<{ include: typeof withTarget }>;

/** Looks a floating IP up for an action. */
export async function findFloatingIp(
  call: Call,
  wanted: `floating-ip:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundFloatingIp> {
  const row = await call.core.database.prisma.floatingIp.findUnique({ where: { id }, include: withTarget });
  return granted(call, wanted, row, {
    noun: 'floating-ip',
    id,
    projectId: row?.projectId ?? null,
    ...(row && { name: row.address }),
  });
}

/** The floating IPs of a project that the caller was let into by `findPlace`, or of all by `findEverywhere`. */
export async function listFloatingIps(
  call: Call,
  query: TaggedPageQuery & { readonly projectId: string | null; readonly portId?: string | undefined },
): Promise<Page<FloatingIp>> {
  const { projectId, portId } = query;
  const { after, orderBy, take } = pageRows(query);
  const filter = { ...(projectId !== null && { projectId }), ...(portId !== undefined && { portId }) };
  const where = { AND: [filter, tagged(query), after] };
  const rows = await call.core.database.prisma.floatingIp.findMany({ where, orderBy, take, include: withTarget });
  return pageOf(rows, query, viewFloatingIp);
}

/** As `listFloatingIps`, narrowed and sorted by any of the fields of `floatingIpList`. */
export function searchFloatingIps(
  call: Call,
  ask: ListAsk<keyof typeof floatingIpList.fields>,
): Promise<Searched<FloatingIp>> {
  return search(call, floatingIpList, ask, async (ids) => {
    const rows = await call.core.database.prisma.floatingIp.findMany({
      where: { id: { in: ids } },
      include: withTarget,
    });
    return rows.map(viewFloatingIp);
  });
}

/** As it is now, inside a transaction that has changed it, or is about to. */
export function readFloatingIp({ tx }: Unit, id: string): Promise<FoundFloatingIp> {
  return tx.floatingIp.findUniqueOrThrow({ where: { id }, include: withTarget });
}

export function viewFloatingIp(row: FoundFloatingIp): FloatingIp {
  const { id, projectId, networkId, address, description, tags, portId, fixedAddress, routerId } = row;
  const server = row.port?.server ?? null;
  const standing = standingOf(row);
  return {
    id,
    projectId,
    networkId,
    address,
    description,
    tags,
    portId,
    fixedAddress,
    routerId,
    server: server && { id: server.id, name: server.name },
    ...standing,
    forwardings: row.forwardings.map(viewForwarding),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    revision: row.revision,
  };
}

const handover: Failure = {
  code: 'wrong_state',
  message: 'The host that had this floating IP before has not let go of it yet: until then no other gets it.',
  next: 'This takes a moment. If it lasts, ask the operators to look at the host, or to say that it is off when it is.',
};
const homeless: Failure = {
  code: 'no_capacity',
  message: 'No host has this floating IP: its router is on none.',
  next: 'See what the router says; it gets a host as soon as one can carry it.',
};

function standingOf({ router, holder }: FoundFloatingIp): Pick<FloatingIp, 'state' | 'failure'> {
  if (router === null) return { state: 'down', failure: null };
  if (holder === null) return { state: 'waiting', failure: homeless };
  if (holder.leavingSince !== null) return { state: 'waiting', failure: handover };
  if (holder.noun === 'router') return { state: 'active', failure: null };
  const branch = router.branches.find(({ hostId }) => hostId === holder.hostId);
  const known = failure.safeParse(branch?.observedFailure).data ?? null;
  return { state: known === null ? 'active' : 'error', failure: known };
}

export function viewForwarding(row: ForwardingRow): PortForwarding {
  return portForwarding.parse({ ...row, createdAt: row.createdAt.toISOString() });
}

interface Change {
  readonly row: FoundFloatingIp;
  readonly was?: FoundFloatingIp | undefined;
  readonly detail?: string;
}

const actions = {
  created: 'floating-ip:create',
  changed: 'floating-ip:update',
  deleted: 'floating-ip:delete',
} as const;

/** The audit line and the event of a change. */
export function recordFloatingIp(
  unit: Unit,
  call: Call,
  kind: keyof typeof actions,
  { row, was, detail = '' }: Change,
) {
  const { id, address, projectId } = row;
  const rows = rowsOf(kind, row, was);
  return recordChange(unit, call, { action: actions[kind], kind, id, name: address, projectId, detail, ...rows });
}
