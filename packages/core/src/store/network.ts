import { UnkaiError } from '@unkai/contracts/errors';
import type { PageQuery } from '@unkai/contracts/primitives';
import type { Network, networkUpdate } from '@unkai/contracts/resources/network';
import type { Network as NetworkRow, Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Transaction, Unit } from '../database.ts';
import { lockProject, spend } from '../quota.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { portUsers } from './port.ts';
import { refuseInUse } from './refusal.ts';
import { type SubnetRow, viewSubnet, withPools } from './subnet.ts';

type FoundNetwork = NetworkRow & { subnets: SubnetRow[]; _count: { ports: number } };
const withSubnets = {
  subnets: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], include: withPools },
  _count: { select: { ports: true } },
} satisfies Prisma.NetworkInclude;

/** Looks a network up for an action. */
export async function findNetwork(
  call: Call,
  wanted: `network:${'read' | 'update' | 'delete'}` | 'subnet:create' | 'port:create',
  id: string,
): Promise<FoundNetwork> {
  const row = await call.core.database.prisma.network.findUnique({ where: { id }, include: withSubnets });
  return granted(call, wanted, row, {
    noun: 'network',
    id,
    projectId: row?.projectId ?? null,
    ...(row && { name: row.name }),
  });
}

/** The networks of a project that the caller was let into by `findPlace`, or of all by `findEverywhere`. */
export async function listNetworks(
  call: Call,
  query: PageQuery & { readonly projectId: string | null },
): Promise<Page<Network>> {
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [query.projectId === null ? {} : { projectId: query.projectId }, after] };
  const rows = await call.core.database.prisma.network.findMany({ where, orderBy, take, include: withSubnets });
  return pageOf(rows, query, viewNetwork);
}

export interface NewNetwork {
  readonly projectId: string;
  readonly name: string;
  readonly description?: string;
  readonly isDefault?: boolean;
}

/** Writes a network without subnets. Its tunnel key is the next in turn, its MTU what every underlay carries. */
export async function createNetworkRow({ tx }: Unit, input: NewNetwork): Promise<FoundNetwork> {
  const tunnelKey = await nextTunnelKey(tx);
  const mtu = await tunnelMtu(tx);
  return tx.network.create({ data: { ...input, tunnelKey, mtu }, include: withSubnets });
}

export async function createNetwork(unit: Unit, call: Call, input: NewNetwork): Promise<Network> {
  await spend(unit.tx, input.projectId, { networks: 1 });
  const row = await createNetworkRow(unit, input);
  await record(unit, call, 'created', { row });
  return viewNetwork(row);
}

const tunnelKeyRow = z.tuple([z.object({ key: z.coerce.number().int() })]);

// Keys are dealt out in turn, so one that was just freed is not used again while a host may still hold its flows. After
// 2^24 networks the turn begins anew; those that still exist are stepped over.
async function nextTunnelKey(tx: Transaction): Promise<number> {
  for (;;) {
    const [{ key }] = tunnelKeyRow.parse(await tx.$queryRaw`SELECT nextval('network_tunnel_key') AS key`);
    if ((await tx.network.count({ where: { tunnelKey: key } })) === 0) return key;
  }
}

const mtuRow = z.tuple([z.object({ mtu: z.coerce.number().int() })]);

/** Bytes that VXLAN over IPv4 adds to a guest's packet: outer IP 20, UDP 8, VXLAN 8, inner Ethernet 14. */
const tunnelOverhead = 50;
const ethernetMtu = 1500;

async function tunnelMtu(tx: Transaction): Promise<number> {
  const [{ mtu }] = mtuRow.parse(
    await tx.$queryRaw`
    SELECT coalesce(min((facts ->> 'underlayMtu')::integer), ${ethernetMtu}::integer) AS mtu FROM host`,
  );
  return Math.min(mtu, ethernetMtu) - tunnelOverhead;
}

export async function updateNetwork(
  unit: Unit,
  call: Call,
  row: FoundNetwork,
  { name = row.name, description = row.description, tags = row.tags }: z.infer<typeof networkUpdate>,
): Promise<Network> {
  const data = { name, description, tags };
  const changed = await unit.tx.network.update({ where: { id: row.id }, data, include: withSubnets });
  await record(unit, call, 'changed', { row: changed, was: row });
  return viewNetwork(changed);
}

/** Its subnets go with it. Throws `in_use` while it has ports, `wrong_state` for the project's default network. */
export async function deleteNetwork(unit: Unit, call: Call, row: FoundNetwork): Promise<void> {
  const { tx } = unit;
  if (row.isDefault) {
    throw new UnkaiError('wrong_state', 'The default network of a project stays.', { next: 'Leave it unused.' });
  }
  await lockProject(tx, row.projectId);
  refuseInUse('The network', await portUsers(tx, { networkId: row.id }));
  await hintHosts(unit, call, row.id);
  await tx.network.delete({ where: { id: row.id } });
  await record(unit, call, 'deleted', { row });
}

/** For a network that is about to go: afterwards nothing tells which hosts had it. */
async function hintHosts({ tx, afterCommit }: Unit, { core, requestId }: Call, networkId: string): Promise<void> {
  const hosts = await tx.hostNetwork.findMany({ where: { networkId }, select: { hostId: true } });
  afterCommit(async () => {
    for (const { hostId } of hosts) await core.queues.hintHost(hostId, { noun: 'network', id: networkId, requestId });
  });
}

interface Change {
  readonly row: NetworkRow;
  readonly was?: NetworkRow | undefined;
}

const actions = { created: 'network:create', changed: 'network:update', deleted: 'network:delete' } as const;

function record(unit: Unit, call: Call, kind: keyof typeof actions, { row, was }: Change) {
  const { id, name, projectId } = row;
  return recordChange(unit, call, { action: actions[kind], kind, id, name, projectId, ...rowsOf(kind, row, was) });
}

export function viewNetwork(row: FoundNetwork): Network {
  const { id, projectId, name, description, isDefault, mtu, tags, subnets, createdAt } = row;
  return {
    id,
    projectId,
    name,
    description,
    isDefault,
    mtu,
    subnets: subnets.map(viewSubnet),
    portCount: row._count.ports,
    tags,
    createdAt: createdAt.toISOString(),
  };
}
