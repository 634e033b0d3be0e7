import type { TaggedPageQuery } from '@unkai/contracts/primitives';
import { allowedAddressPairs, dhcpOption, type Port } from '@unkai/contracts/resources/port';
import type { Port as PortRow } from '@unkai/prisma/client';
import { z } from 'zod';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import type { Transaction } from '../database/database.ts';
import { type ListAsk, type Searched, search } from './list/search.ts';
import { portList } from './list/tables.ts';
import { type Page, pageOf, pageRows, tagged } from './page.ts';
import { readPorts, type ShownPort } from './port-read.ts';

// In one order whenever they are asked for: without it an update would move them.
export const withAddresses = {
  addresses: { select: { subnetId: true, address: true }, orderBy: { address: 'asc' } },
  securityGroups: { select: { securityGroupId: true }, orderBy: { securityGroupId: 'asc' } },
} as const;
export type FoundPort = PortRow & {
  addresses: Array<{ subnetId: string; address: string }>;
  securityGroups: Array<{ securityGroupId: string }>;
};

/** Looks a port up for an action. */
export async function findPort(call: Call, wanted: `port:${'read' | 'update' | 'delete'}`, id: string) {
  const row: FoundPort | null = await call.core.database.prisma.port.findUnique({
    where: { id },
    include: withAddresses,
  });
  return granted(call, wanted, row, { noun: 'port', id, projectId: row?.projectId ?? null });
}

export interface PortFilter {
  /** Null for those of all projects. */
  readonly projectId: string | null;
  readonly networkId?: string | undefined;
  readonly serverId?: string | undefined;
  readonly securityGroupId?: string | undefined;
}

/** The ports of a project that the caller was let into by `findPlace`, or of all by `findEverywhere`. */
export async function listPorts(call: Call, query: TaggedPageQuery & PortFilter): Promise<Page<Port>> {
  const { projectId, networkId, serverId, securityGroupId } = query;
  const { after, orderBy, take } = pageRows(query);
  const filter = {
    ...(projectId !== null && { projectId }),
    ...(networkId !== undefined && { networkId }),
    ...(serverId !== undefined && { serverId }),
    ...(securityGroupId !== undefined && { securityGroups: { some: { securityGroupId } } }),
  };
  const where = { AND: [filter, tagged(query), after] };
  const rows = await call.core.database.prisma.port.findMany({ where, orderBy, take, include: withAddresses });
  return pageOf(rows, query, viewPort);
}

/** As `listPorts`, narrowed and sorted by any of the fields of `portList`. */
export function searchPorts(call: Call, ask: ListAsk<keyof typeof portList.fields>): Promise<Searched<Port>> {
  return search(call, portList, ask, async (ids) => (await readPorts(call.core.database, ids)).map(viewPort));
}

const storedOptions = z.array(dhcpOption);

export function viewPort(row: ShownPort): Port {
  const { id, projectId, networkId, serverId, routerId, deviceOwner, name, description, tags } = row;
  const { macAddress, addresses, isKept } = row;
  return {
    id,
    projectId,
    networkId,
    serverId,
    routerId,
    deviceOwner,
    name,
    description,
    tags,
    macAddress,
    addresses,
    isKept,
    isEnabled: row.isEnabled,
    hasPortSecurity: row.hasPortSecurity,
    allowedAddressPairs: allowedAddressPairs.parse(row.allowedAddressPairs),
    dhcpOptions: storedOptions.parse(row.dhcpOptions),
    dnsName: row.dnsName,
    qosPolicyId: row.qosPolicyId,
    securityGroupIds: row.securityGroups.map(({ securityGroupId }) => securityGroupId),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    revision: row.revision,
  };
}

const mostUsersNamed = 20;

/** The ports that keep something from being deleted, in words. */
export async function portUsers(
  tx: Transaction,
  of:
    | { networkId: string }
    | { addresses: { some: { subnetId: string } } }
    | { projectId: string; securityGroups: { some: { securityGroupId: string } } },
) {
  const ports = await tx.port.findMany({
    where: of,
    select: { id: true, server: { select: { name: true } }, router: { select: { name: true } }, keptFor: true },
    take: mostUsersNamed,
  });
  return ports.map(({ id, server, router, keptFor }) => {
    if (server) return { field: id, message: `the server ${server.name} has a port on it` };
    if (router) return { field: id, message: `the router ${router.name} has a port on it` };
    const what = keptFor ? `the floating IP ${keptFor.address}` : 'a port without a server';
    return { field: id, message: `${what} is on it` };
  });
}
