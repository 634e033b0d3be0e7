import { type Failure, failure } from '@unkai/contracts/errors';
import type { TaggedPageQuery } from '@unkai/contracts/primitives';
import type { Router, RouterState } from '@unkai/contracts/resources/router';
import { hostRoute } from '@unkai/contracts/resources/subnet';
import type { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { allows, granted } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { type ListAsk, type Searched, search } from './list/search.ts';
import { routerList } from './list/tables.ts';
import { type Page, pageOf, pageRows, tagged } from './page.ts';

/** What the ports of routers are for, as OpenStack names it. */
export const deviceOwners = {
  interface: 'network:router_interface',
  gateway: 'network:router_gateway',
  floatingIp: 'network:floatingip',
} as const;

export const withRouterParts = {
  host: { select: { name: true } },
  ports: {
    select: {
      id: true,
      networkId: true,
      macAddress: true,
      deviceOwner: true,
      addresses: {
        select: { address: true, subnet: { select: { id: true, name: true, cidr: true, ipv6Mode: true } } },
        orderBy: { address: 'asc' },
      },
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  },
} as const satisfies Prisma.RouterInclude;
export type FoundRouter = Prisma.RouterGetPayload<{ include: typeof withRouterParts }>;
export type RouterPort = FoundRouter['ports'][number];

/** Looks a router up for an action. */
export async function findRouter(
  call: Call,
  wanted: `router:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundRouter> {
  const row = await call.core.database.prisma.router.findUnique({ where: { id }, include: withRouterParts });
  return granted(call, wanted, row, {
    noun: 'router',
    id,
    projectId: row?.projectId ?? null,
    ...(row && { name: row.name }),
  });
}

/** The routers of a project that the caller was let into by `findPlace`, or of all by `findEverywhere`. */
export async function listRouters(
  call: Call,
  query: TaggedPageQuery & { readonly projectId: string | null },
): Promise<Page<Router>> {
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [query.projectId === null ? {} : { projectId: query.projectId }, tagged(query), after] };
  const rows = await call.core.database.prisma.router.findMany({ where, orderBy, take, include: withRouterParts });
  return pageOf(rows, query, (row) => viewRouter(call, row));
}

/** As `listRouters`, narrowed and sorted by any of the fields of `routerList`. */
export function searchRouters(call: Call, ask: ListAsk<keyof typeof routerList.fields>): Promise<Searched<Router>> {
  return search(call, routerList, ask, async (ids) => {
    const rows = await call.core.database.prisma.router.findMany({
      where: { id: { in: ids } },
      include: withRouterParts,
    });
    return rows.map((row) => viewRouter(call, row));
  });
}

/** As it is now, inside a transaction that has changed it, or is about to. */
export function readRouter({ tx }: Unit, id: string): Promise<FoundRouter> {
  return tx.router.findUniqueOrThrow({ where: { id }, include: withRouterParts });
}

export function gatewayOf({ ports }: Pick<FoundRouter, 'ports'>): RouterPort | undefined {
  return ports.find(({ deviceOwner }) => deviceOwner === deviceOwners.gateway);
}

export function interfacesOf({ ports }: Pick<FoundRouter, 'ports'>): RouterPort[] {
  return ports.filter(({ deviceOwner }) => deviceOwner === deviceOwners.interface);
}

const storedRoutes = z.array(hostRoute);

/** The ways of a router beyond its own networks. */
export function routesOf({ routes }: Pick<FoundRouter, 'routes'>) {
  return storedRoutes.parse(routes);
}

/** A router is what its host last said of it, once that is about what is asked of it now. */
function standing(row: FoundRouter): { readonly state: RouterState; readonly failure: Failure | null } {
  const unplaced = failure.safeParse(row.failure).data ?? null;
  if (unplaced !== null) return { state: 'error', failure: unplaced };
  if (row.hostId === null || row.observedGeneration < row.generation) return { state: 'building', failure: null };
  if (row.observedState === 'failed') {
    return { state: 'error', failure: failure.safeParse(row.observedFailure).data ?? null };
  }
  if (row.observedState !== 'present') return { state: 'building', failure: null };
  return { state: row.isEnabled ? 'active' : 'down', failure: null };
}

/** Which host carries it is for operators. */
export function viewRouter(call: Call, row: FoundRouter): Router {
  const { id, projectId, name, description, tags, isEnabled, hasSnat } = row;
  const gateway = gatewayOf(row);
  return {
    id,
    projectId,
    name,
    description,
    tags,
    isEnabled,
    ...standing(row),
    interfaces: interfacesOf(row).map(viewInterface),
    gateway: gateway ? { ...viewInterface(gateway), hasSnat } : null,
    routes: routesOf(row),
    hostName: allows(call.actor, 'host:read', null) ? (row.host?.name ?? null) : null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    revision: row.revision,
  };
}

function viewInterface({ id, networkId, macAddress, addresses }: RouterPort) {
  const shown = addresses.map(({ address, subnet }) => ({ subnetId: subnet.id, address }));
  return { portId: id, networkId, macAddress, addresses: shown };
}

interface Change {
  readonly row: FoundRouter;
  readonly was?: FoundRouter | undefined;
  readonly detail?: string;
}

const actions = { created: 'router:create', changed: 'router:update', deleted: 'router:delete' } as const;

/** The audit line and the event of a change. */
export function recordRouter(unit: Unit, call: Call, kind: keyof typeof actions, { row, was, detail = '' }: Change) {
  const { id, name, projectId } = row;
  const rows = rowsOf(kind, valuesOf(row), was && valuesOf(was));
  return recordChange(unit, call, { action: actions[kind], kind, id, name, projectId, detail, ...rows });
}

function valuesOf(row: FoundRouter) {
  const addressesOf = ({ addresses }: RouterPort) => addresses.map(({ address }) => address);
  const gateway = gatewayOf(row);
  return { ...row, interfaces: interfacesOf(row).flatMap(addressesOf), gateway: gateway ? addressesOf(gateway) : null };
}
