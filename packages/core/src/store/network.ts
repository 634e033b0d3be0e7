import { UnkaiError } from '@unkai/contracts/errors';
import type { Permission } from '@unkai/contracts/permissions';
import type { TaggedPageQuery } from '@unkai/contracts/primitives';
import {
  type Network,
  type NetworkProvider,
  networkType,
  type networkUpdate,
} from '@unkai/contracts/resources/network';
import { type Network as NetworkRow, Prisma } from '@unkai/prisma/client';
import type { z } from 'zod';
import { allows, granted, grantedFields, grantedOnProject } from '../access.ts';
import { noVlanRanges, type VlanRanges } from '../address/vlan-ranges.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { lockProject, spend } from '../quota/quota.ts';
import { touchNetwork } from './host-network.ts';
import { type ListAsk, type Searched, search } from './list/search.ts';
import { networkList } from './list/tables.ts';
import {
  isOpenToCaller,
  isSharedWithCaller,
  type Openness,
  requirePortsOf,
  type Shareable,
  seenBy,
  setOpenness,
  withPolicies,
} from './network-access.ts';
import { type ListedNetwork, readNetworks, readPortNetwork } from './network-read.ts';
import { fittingMtu, takeSegment } from './network-segment.ts';
import { type Page, pageOf, pageRows, tagged } from './page.ts';
import { portUsers } from './port.ts';
import { defaultQosPolicy, requireQosPolicy } from './qos-policy-use.ts';
import { refuseInUse } from './refusal.ts';
import { tellHosts } from './security-group-members.ts';
import { type SubnetRow, viewSubnet, withPools } from './subnet-view.ts';

type FoundNetwork = NetworkRow & Shareable & { subnets: SubnetRow[]; _count: { ports: number } };
const withSubnets = {
  ...withPolicies,
  subnets: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], include: withPools },
  _count: { select: { ports: true } },
} satisfies Prisma.NetworkInclude;

/** Looks a network up for an action. Those that are shared or external may be read by all whom a policy names. */
export async function findNetwork(
  call: Call,
  wanted: `network:${'read' | 'update' | 'delete'}` | 'subnet:create',
  id: string,
): Promise<FoundNetwork> {
  const row = await call.core.database.prisma.network.findUnique({ where: { id }, include: withSubnets });
  return grantedNetwork(call, wanted, id, row);
}

function grantedNetwork<Row extends Shareable>(
  call: Call,
  wanted: Permission,
  id: string,
  row: Row | null,
): Promise<Row> {
  return granted(call, wanted, row, {
    noun: 'network',
    id,
    projectId: row?.projectId ?? null,
    ...(row && { name: row.name, isShared: isOpenToCaller(call, row) }),
  });
}

/**
 * Looks a network up for a port of a project, its own where none is named: the caller may make ports there, and the
 * network is the project's own or shared with it.
 */
export async function findPortPlace(call: Call, id: string, wantedProjectId: string | undefined) {
  const row = await readPortNetwork(call.core.database, id);
  const projectId = wantedProjectId ?? row?.projectId;
  if (row === null || projectId === undefined || projectId === row.projectId) {
    const network = await grantedNetwork(call, 'port:create', id, row);
    return { network, projectId: network.projectId };
  }
  const network = await grantedNetwork(call, 'network:read', id, row);
  await grantedOnProject(call, 'port:create', projectId);
  requirePortsOf(call, network, projectId);
  return { network, projectId };
}

/**
 * The networks that a project sees which the caller was let into by `findPlace`: its own, shared and external ones. Or
 * those of all by `findEverywhere`.
 */
export async function listNetworks(
  call: Call,
  query: TaggedPageQuery & { readonly projectId: string | null },
): Promise<Page<Network>> {
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [query.projectId === null ? {} : seenBy(query.projectId), tagged(query), after] };
  const rows = await call.core.database.prisma.network.findMany({ where, orderBy, take, include: withSubnets });
  return pageOf(rows, query, (row) => viewNetwork(call, row));
}

/** A network without its ports, and with no more of its subnets than which they are. */
export type NetworkInList = Omit<Network, 'subnets' | 'portCount'> & Pick<ListedNetwork, 'subnets'>;

/** As `listNetworks`, narrowed and sorted by any of the fields of `networkList`. */
export function searchNetworks(
  call: Call,
  ask: ListAsk<keyof typeof networkList.fields>,
): Promise<Searched<NetworkInList>> {
  return search(call, networkList, ask, async (ids) => {
    const rows = await readNetworks(call.core.database, ids);
    return rows.map((row) => ({ ...viewListed(call, row), subnets: row.subnets }));
  });
}

export interface NewNetwork {
  readonly projectId: string;
  readonly name: string;
  readonly description?: string;
  readonly isDefault?: boolean;
  readonly isEnabled?: boolean;
  readonly hasPortSecurity?: boolean;
  readonly mtu?: number | undefined;
  readonly tags?: string[];
  readonly provider?: NetworkProvider | undefined;
  readonly isExternal?: boolean;
  readonly isShared?: boolean;
  readonly qosPolicyId?: string | null;
}

/** Writes a network without subnets, in a segment of its own. Its MTU is what every host on its way carries. */
export async function createNetworkRow(
  { tx }: Unit,
  { provider = { type: 'vxlan' }, mtu: wantedMtu, ...input }: NewNetwork,
  ranges: VlanRanges = noVlanRanges,
): Promise<FoundNetwork> {
  const segment = await takeSegment(tx, provider, ranges);
  const mtu = wantedMtu === undefined ? segment.mtu : await fittingMtu(tx, segment, wantedMtu);
  const { id } = await tx.network.create({ data: { ...input, ...segment, mtu }, select: { id: true } });
  const { isShared, isExternal } = input;
  const policies = { id, name: input.name, projectId: input.projectId, rbacPolicies: [] };
  if (isShared || isExternal)
    await setOpenness(tx, policies, { ...(isShared && { isShared }), ...(isExternal && { isExternal }) });
  return tx.network.findUniqueOrThrow({ where: { id }, include: withSubnets });
}

/** Throws `forbidden` for what only operators say of a network, `conflict` for a segment that is taken. */
export async function createNetwork(
  unit: Unit,
  call: Call,
  input: Omit<NewNetwork, 'qosPolicyId'> & { readonly qosPolicyId?: string | null | undefined },
): Promise<Network> {
  const { projectId, name } = input;
  const operators = [
    ...(input.provider === undefined ? [] : ['provider']),
    ...(input.isExternal ? ['isExternal'] : []),
    ...(input.isShared ? ['isShared'] : []),
  ];
  await grantedFields(call, 'network:provide', { noun: 'network', id: '', name, projectId }, operators);
  await spend(unit.tx, projectId, { networks: 1 });
  await requireQosPolicy(unit.tx, call, input);
  const { qosPolicyId = await defaultQosPolicy(unit.tx, projectId) } = input;
  const row = await createNetworkRow(unit, { ...input, qosPolicyId }, call.core.vlanRanges);
  await record(unit, call, 'created', { row });
  return viewNetwork(call, row);
}

/**
 * Servers hear of one that is switched on or off through their ports. Throws `forbidden` for what only operators say,
 * `in_use` where others have ports on a network that is no longer theirs to use.
 */
export async function updateNetwork(
  unit: Unit,
  call: Call,
  row: FoundNetwork,
  { isShared, isExternal, ...columns }: z.infer<typeof networkUpdate>,
): Promise<Network> {
  const { tx } = unit;
  const { id } = row;
  const openness: Openness = { isShared, isExternal };
  const operators = Object.entries(openness).flatMap(([field, value]) => (value === undefined ? [] : [field]));
  await grantedFields(call, 'network:provide', { ...row, noun: 'network' }, operators);
  const { isEnabled = row.isEnabled, qosPolicyId = row.qosPolicyId, mtu = row.mtu } = columns;
  await requireQosPolicy(tx, call, { projectId: row.projectId, qosPolicyId, present: row.qosPolicyId });
  if (mtu !== row.mtu) await fittingMtu(tx, row, mtu);
  const isHeard = isEnabled !== row.isEnabled || qosPolicyId !== row.qosPolicyId || mtu !== row.mtu;
  if (isHeard) await tellServers(unit, call, id);
  if (mtu !== row.mtu) await touchNetwork(unit, call.core, id, call.requestId);
  const data = {
    ...definedOf(columns),
    ...(isShared !== undefined && { isShared }),
    ...(isExternal !== undefined && { isExternal }),
  };
  await tx.network.update({ where: { id }, data, select: { id: true } });
  if (operators.length > 0) await setOpenness(tx, row, openness);
  const changed = await tx.network.findUniqueOrThrow({ where: { id }, include: withSubnets });
  await record(unit, call, 'changed', { row: changed, was: row });
  return viewNetwork(call, changed);
}

function definedOf(said: Omit<z.infer<typeof networkUpdate>, 'isShared' | 'isExternal'>) {
  const { name, description, tags, isEnabled, hasPortSecurity, qosPolicyId, mtu } = said;
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags }),
    ...(isEnabled !== undefined && { isEnabled }),
    ...(hasPortSecurity !== undefined && { hasPortSecurity }),
    ...(qosPolicyId !== undefined && { qosPolicyId }),
    ...(mtu !== undefined && { mtu }),
  };
}

function tellServers(unit: Unit, { core, requestId }: Call, networkId: string): Promise<void> {
  const concerned = Prisma.sql`SELECT server_id FROM port WHERE network_id = ${networkId}::uuid AND server_id IS NOT NULL`;
  return tellHosts(unit, core, concerned, requestId);
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

export function viewNetwork(call: Call, row: FoundNetwork): Network {
  return { ...viewListed(call, row), subnets: row.subnets.map(viewSubnet), portCount: row._count.ports };
}

type Listed = Omit<ListedNetwork, 'subnets'>;

function viewListed(call: Call, row: Listed): Omit<Network, 'subnets' | 'portCount'> {
  const { id, projectId, name, description, isDefault, mtu, tags, createdAt } = row;
  const { isEnabled, isExternal, hasPortSecurity, qosPolicyId } = row;
  return {
    id,
    projectId,
    name,
    description,
    isDefault,
    isEnabled,
    isExternal,
    hasPortSecurity,
    isShared: isSharedWithCaller(call, row),
    provider: allows(call.actor, 'host:read', null) ? providerOf(row) : null,
    mtu,
    qosPolicyId,
    tags,
    createdAt: createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    revision: row.revision,
  };
}

function providerOf({ networkType: stored, physicalNetwork, segmentationId, tunnelKey }: Listed) {
  const type = networkType.parse(stored);
  const isTunnel = type === 'vxlan' || type === 'gre';
  return { type, physicalNetwork, segmentationId: isTunnel ? tunnelKey : segmentationId };
}
