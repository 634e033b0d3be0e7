import { familyOf } from '@unkai/contracts/address-form';
import type { TaggedPageQuery } from '@unkai/contracts/primitives';
import {
  addressesOf,
  type HostRoute,
  type Subnet,
  subnetFaults,
  type subnetUpdate,
} from '@unkai/contracts/resources/subnet';
import { Prisma } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted } from '../access.ts';
import { isSelfMade, lockAddresses } from '../address/address-choice.ts';
import { type AddressRange, checkGateway, checkPools, planSubnet, rangesOverlap } from '../address/ipam.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { lockProject, spend } from '../quota/quota.ts';
import { touchNetwork } from './host-network.ts';
import { type ListAsk, type Searched, search } from './list/search.ts';
import { subnetList } from './list/tables.ts';
import { isOpenToCaller, seenBy, withPolicies } from './network-access.ts';
import { type Page, pageOf, pageRows, tagged } from './page.ts';
import { portUsers } from './port.ts';
import { refuseField, refuseInUse } from './refusal.ts';
import { tellHosts } from './security-group-members.ts';
import { addressPorts } from './subnet-address.ts';
import { takeFromPool } from './subnet-pool-take.ts';
import { checkRoutes } from './subnet-route.ts';
import { type SubnetRow, scopeOf, viewSubnet, withPools } from './subnet-view.ts';

/** Looks a subnet up for an action. Whoever may see its network may read it. */
export async function findSubnet(
  call: Call,
  wanted: `subnet:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<SubnetRow> {
  const row = await call.core.database.prisma.subnet.findUnique({
    where: { id },
    include: { ...withPools, network: { include: withPolicies } },
  });
  return granted(call, wanted, row, {
    noun: 'subnet',
    id,
    projectId: row?.projectId ?? null,
    ...(row && { name: row.name, isShared: isOpenToCaller(call, row.network) }),
  });
}

export interface SubnetFilter {
  /** Null for those of all projects. */
  readonly projectId: string | null;
  readonly networkId?: string | undefined;
}

/**
 * The subnets of the networks that a project sees which the caller was let into by `findPlace`, or of all by
 * `findEverywhere`.
 */
export async function listSubnets(call: Call, query: TaggedPageQuery & SubnetFilter): Promise<Page<Subnet>> {
  const { projectId, networkId } = query;
  const { after, orderBy, take } = pageRows(query);
  const where = {
    AND: [
      { ...(projectId !== null && { network: seenBy(projectId) }), ...(networkId !== undefined && { networkId }) },
      tagged(query),
      after,
    ],
  };
  const rows = await call.core.database.prisma.subnet.findMany({ where, orderBy, take, include: withPools });
  return pageOf(rows, query, viewSubnet);
}

/** As `listSubnets`, narrowed and sorted by any of the fields of `subnetList`. */
export function searchSubnets(call: Call, ask: ListAsk<keyof typeof subnetList.fields>): Promise<Searched<Subnet>> {
  return search(call, subnetList, ask, async (ids) => {
    const rows = await call.core.database.prisma.subnet.findMany({ where: { id: { in: ids } }, include: withPools });
    return rows.map(viewSubnet);
  });
}

export interface NewSubnet {
  readonly projectId: string;
  readonly networkId: string;
  readonly name: string;
  readonly cidr: string;
  readonly gatewayAddress?: string | null | undefined;
  readonly dnsServers: string[];
  readonly allocationPools?: readonly AddressRange[];
  readonly hostRoutes?: readonly HostRoute[];
  readonly hasDhcp?: boolean;
  readonly ipv6Mode?: string | null;
  readonly subnetPoolId?: string | undefined;
}

/** Writes a subnet. Throws `invalid_input` for a range that cannot be, or that overlaps another of the network. */
export async function createSubnetRow({ tx }: Unit, input: NewSubnet): Promise<SubnetRow> {
  const { projectId, networkId, name, dnsServers, allocationPools = [], hostRoutes = [] } = input;
  const { hasDhcp = true, ipv6Mode = null, subnetPoolId = null } = input;
  const plan = planSubnet(input);
  const others = await tx.subnet.findMany({ where: { networkId }, select: { name: true, cidr: true } });
  const clash = others.find(({ cidr }) => rangesOverlap(cidr, plan.cidr));
  if (clash)
    throw refuseField(
      'cidr',
      `overlaps the subnet ${clash.name} (${clash.cidr}) of this network`,
      'Choose a range that no subnet of the network has.',
    );
  checkRoutes(hostRoutes);
  const pools = { create: allocationPools.map(({ first, last }) => ({ first, last })) };
  const told = {
    dnsServers,
    hasDhcp,
    ipv6Mode,
    hostRoutes: hostRoutes.map(({ destination, nextHop }) => ({ destination, nextHop })),
  };
  const data = { projectId, networkId, name, subnetPoolId, ...told, ...plan, allocationPools: pools };
  return tx.subnet.create({ data, include: withPools });
}

export type SubnetWish = Omit<NewSubnet, 'cidr'> & {
  readonly cidr?: string | undefined;
  /** How large a range of the pool is wanted. */
  readonly prefixLength?: number | undefined;
};

/** Throws `quota_exceeded`, `invalid_input` for a range that cannot be, and what `takeFromPool` throws. */
export async function createSubnet(unit: Unit, call: Call, wish: SubnetWish): Promise<Subnet> {
  const { prefixLength, ...input } = wish;
  await spend(unit.tx, input.projectId, { subnets: 1 });
  await lockAddresses(unit.tx, [input.networkId]);
  const cidr = await rangeOf(unit, call, wish);
  const row = await createSubnetRow(unit, { ...input, cidr });
  await requireOneScope(unit, row);
  if (await addressPorts(unit.tx, row)) await tellOf(unit, call, row);
  await touchNetwork(unit, call.core, row.networkId, call.requestId);
  await record(unit, call, 'created', { row });
  return viewSubnet(row);
}

/** The range that was named, or one of the pool. */
async function rangeOf({ tx }: Unit, call: Call, { subnetPoolId, ...wish }: SubnetWish): Promise<string> {
  if (subnetPoolId === undefined) return wish.cidr ?? '';
  const cidr = await takeFromPool(tx, call, { ...wish, subnetPoolId });
  const [fault] = subnetFaults({ ...wish, cidr });
  if (fault !== undefined) throw refuseField(fault.field, fault.message, fault.fix);
  return cidr;
}

/** The subnets of a family on one network are of one scope, or of none. */
async function requireOneScope({ tx }: Unit, { id, networkId, cidr, subnetPool }: SubnetRow): Promise<void> {
  const others = await tx.subnet.findMany({ where: { networkId, id: { not: id } }, include: withPools });
  const isOther = (other: SubnetRow) =>
    familyOf(other.cidr) === familyOf(cidr) && scopeOf(other) !== scopeOf({ subnetPool });
  const other = others.find(isOther);
  if (other !== undefined)
    throw refuseField(
      'subnetPoolId',
      `the subnet ${other.name} is of another address scope`,
      'Choose a pool of the same scope, or another network.',
    );
}

/**
 * What guests are told changes with it; hosts hear of that after the commit. Ports keep addresses that are in no pool any
 * more. Throws `invalid_input` for the gateway, pools or routes.
 */
export async function updateSubnet(
  unit: Unit,
  call: Call,
  found: SubnetRow,
  { name, tags, ...told }: z.infer<typeof subnetUpdate>,
): Promise<Subnet> {
  const { tx } = unit;
  await lockProject(tx, found.projectId);
  const row = await tx.subnet.findUniqueOrThrow({ where: { id: found.id }, include: withPools });
  const { gatewayAddress = row.gatewayAddress, dnsServers = row.dnsServers, hasDhcp = row.hasDhcp } = told;
  refuseOtherFamily(row, told);
  await lockAddresses(tx, [row.networkId]);
  if (gatewayAddress !== row.gatewayAddress) await checkNewGateway(tx, row, gatewayAddress);
  const pools = checkPools({ cidr: row.cidr, gatewayAddress }, told.allocationPools ?? row.allocationPools);
  checkRoutes(told.hostRoutes ?? []);
  const data = {
    name: name ?? row.name,
    tags: tags ?? row.tags,
    gatewayAddress,
    dnsServers,
    hasDhcp,
    ...(told.hostRoutes !== undefined && { hostRoutes: told.hostRoutes }),
    ...(told.allocationPools !== undefined && { allocationPools: { deleteMany: {}, create: pools } }),
  };
  const changed = await tx.subnet.update({ where: { id: row.id }, data, include: withPools });
  if (Object.keys(told).some((field) => field !== 'allocationPools')) await tellOf(unit, call, row);
  await record(unit, call, 'changed', { row: changed, was: row });
  return viewSubnet(changed);
}

function refuseOtherFamily(row: SubnetRow, told: Parameters<typeof addressesOf>[0]): void {
  const family = familyOf(row.cidr);
  for (const [field, addresses] of Object.entries(addressesOf(told))) {
    const other = addresses.find((address) => familyOf(address) !== family);
    if (other !== undefined)
      throw refuseField(
        field,
        `${other} is not IPv${family}, as ${row.cidr} is`,
        `Send addresses of IPv${family}, the family of the range.`,
      );
  }
}

async function checkNewGateway(tx: Unit['tx'], row: SubnetRow, gatewayAddress: string | null): Promise<void> {
  const held = await tx.portAddress.findFirst({
    where: { subnetId: row.id, address: row.gatewayAddress ?? '', port: { routerId: { not: null } } },
    select: { port: { select: { router: { select: { name: true } } } } },
  });
  if (held)
    throw refuseField(
      'gatewayAddress',
      `is what the router ${held.port.router?.name ?? ''} has`,
      'Remove its interface first.',
    );
  if (gatewayAddress === null) return;
  checkGateway(row, gatewayAddress);
  const user = await tx.portAddress.count({ where: { networkId: row.networkId, address: gatewayAddress } });
  if (user > 0)
    throw refuseField(
      'gatewayAddress',
      `${gatewayAddress} is the address of a port`,
      'Choose another address, or delete that port first.',
    );
}

/** Servers hear of it with their ports, hosts with the network. */
async function tellOf(unit: Unit, call: Call, row: SubnetRow): Promise<void> {
  const concerned = Prisma.sql`
    SELECT port.server_id FROM port JOIN port_address ON port_address.port_id = port.id
    WHERE port_address.subnet_id = ${row.id}::uuid AND port.server_id IS NOT NULL`;
  await tellHosts(unit, call.core, concerned, call.requestId);
  await touchNetwork(unit, call.core, row.networkId, call.requestId);
}

/** What guests made themselves keeps no subnet. */
async function takeBack(unit: Unit, call: Call, row: SubnetRow): Promise<void> {
  await tellOf(unit, call, row);
  await unit.tx.portAddress.deleteMany({ where: { subnetId: row.id, port: { deviceOwner: '' } } });
}

/** Throws `in_use` while a port has an address of it that somebody chose for it. */
export async function deleteSubnet(unit: Unit, call: Call, row: SubnetRow): Promise<void> {
  const { tx } = unit;
  await lockProject(tx, row.projectId);
  await lockAddresses(tx, [row.networkId]);
  if (isSelfMade(row)) await takeBack(unit, call, row);
  refuseInUse('The subnet', await portUsers(tx, { addresses: { some: { subnetId: row.id } } }));
  await tx.subnet.delete({ where: { id: row.id } });
  await touchNetwork(unit, call.core, row.networkId, call.requestId);
  await record(unit, call, 'deleted', { row });
}

interface Change {
  readonly row: SubnetRow;
  readonly was?: SubnetRow | undefined;
}

const actions = { created: 'subnet:create', changed: 'subnet:update', deleted: 'subnet:delete' } as const;

function record(unit: Unit, call: Call, kind: keyof typeof actions, { row, was }: Change) {
  const { id, name, cidr, projectId } = row;
  const about = { id, name, projectId, detail: cidr, ...rowsOf(kind, row, was) };
  return recordChange(unit, call, { action: actions[kind], kind, ...about });
}
