import type { PageQuery } from '@unkai/contracts/primitives';
import type { Subnet, subnetUpdate } from '@unkai/contracts/resources/network';
import { Prisma, type Subnet as SubnetRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database.ts';
import { checkGateway, planSubnet, rangesOverlap } from '../ipam.ts';
import { lockProject, spend } from '../quota.ts';
import { touchNetwork } from './host-network.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { portUsers } from './port.ts';
import { refuseField, refuseInUse } from './refusal.ts';
import { tellHosts } from './security-group-members.ts';

/** Looks a subnet up for an action. */
export async function findSubnet(
  call: Call,
  wanted: `subnet:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<SubnetRow> {
  const row = await call.core.database.prisma.subnet.findUnique({ where: { id } });
  return granted(call, wanted, row, {
    noun: 'subnet',
    id,
    projectId: row?.projectId ?? null,
    ...(row && { name: row.name }),
  });
}

export interface SubnetFilter {
  /** Null for those of all projects. */
  readonly projectId: string | null;
  readonly networkId?: string | undefined;
}

/** The subnets of a project that the caller was let into by `findPlace`, or of all by `findEverywhere`. */
export async function listSubnets(call: Call, query: PageQuery & SubnetFilter): Promise<Page<Subnet>> {
  const { projectId, networkId } = query;
  const { after, orderBy, take } = pageRows(query);
  const where = {
    AND: [{ ...(projectId !== null && { projectId }), ...(networkId !== undefined && { networkId }) }, after],
  };
  return pageOf(await call.core.database.prisma.subnet.findMany({ where, orderBy, take }), query, viewSubnet);
}

export interface NewSubnet {
  readonly projectId: string;
  readonly networkId: string;
  readonly name: string;
  readonly cidr: string;
  readonly gatewayAddress?: string | null | undefined;
  readonly dnsServers: string[];
}

/** Writes a subnet. Throws `invalid_input` for a range that cannot be, or that overlaps another of the network. */
export async function createSubnetRow({ tx }: Unit, input: NewSubnet): Promise<SubnetRow> {
  const { projectId, networkId, name, dnsServers } = input;
  const plan = planSubnet(input.cidr, input.gatewayAddress);
  const others = await tx.subnet.findMany({ where: { networkId }, select: { name: true, cidr: true } });
  const clash = others.find(({ cidr }) => rangesOverlap(cidr, plan.cidr));
  if (clash) throw refuseField('cidr', `overlaps the subnet ${clash.name} (${clash.cidr}) of this network`);
  return tx.subnet.create({ data: { projectId, networkId, name, dnsServers, ...plan } });
}

export async function createSubnet(unit: Unit, call: Call, input: NewSubnet): Promise<Subnet> {
  await spend(unit.tx, input.projectId, { subnets: 1 });
  const row = await createSubnetRow(unit, input);
  await touchNetwork(unit, call.core, row.networkId, call.requestId);
  await record(unit, call, 'created', { row });
  return viewSubnet(row);
}

/** What guests are told changes with it; hosts hear of that after the commit. Throws `invalid_input` for the gateway. */
export async function updateSubnet(
  unit: Unit,
  call: Call,
  row: SubnetRow,
  { name = row.name, tags = row.tags, ...told }: z.infer<typeof subnetUpdate>,
): Promise<Subnet> {
  const { tx } = unit;
  const { gatewayAddress = row.gatewayAddress, dnsServers = row.dnsServers } = told;
  await lockProject(tx, row.projectId);
  if (gatewayAddress !== null && gatewayAddress !== row.gatewayAddress) {
    checkGateway(row, gatewayAddress);
    const user = await tx.portAddress.count({ where: { networkId: row.networkId, address: gatewayAddress } });
    if (user > 0) throw refuseField('gatewayAddress', `${gatewayAddress} is the address of a port`);
  }
  const data = { name, tags, gatewayAddress, dnsServers };
  const changed = await tx.subnet.update({ where: { id: row.id }, data });
  if (told.gatewayAddress !== undefined || told.dnsServers !== undefined) {
    const concerned = Prisma.sql`
      SELECT port.server_id FROM port JOIN port_address ON port_address.port_id = port.id
      WHERE port_address.subnet_id = ${row.id}::uuid AND port.server_id IS NOT NULL`;
    await tellHosts(unit, call.core, concerned, call.requestId);
    await touchNetwork(unit, call.core, row.networkId, call.requestId);
  }
  await record(unit, call, 'changed', { row: changed, was: row });
  return viewSubnet(changed);
}

/** Throws `in_use` while a port has an address of it. */
export async function deleteSubnet(unit: Unit, call: Call, row: SubnetRow): Promise<void> {
  const { tx } = unit;
  await lockProject(tx, row.projectId);
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

export function viewSubnet(row: SubnetRow): Subnet {
  const { id, networkId, projectId, name, cidr, gatewayAddress, dhcpAddress, dnsServers, tags, createdAt } = row;
  return {
    id,
    networkId,
    projectId,
    name,
    cidr,
    gatewayAddress,
    dhcpAddress,
    dnsServers,
    tags,
    createdAt: createdAt.toISOString(),
  };
}
