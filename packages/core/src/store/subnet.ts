import type { PageQuery } from '@unkai/contracts/primitives';
import type { Subnet } from '@unkai/contracts/resources/network';
import type { Subnet as SubnetRow } from '@unkai/prisma/client';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database.ts';
import { planSubnet, rangesOverlap } from '../ipam.ts';
import { lockProject, spend } from '../quota.ts';
import { touchNetwork } from './host-network.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { portUsers } from './port.ts';
import { refuseField, refuseInUse } from './refusal.ts';

/** Looks a subnet up for an action. */
export async function findSubnet(call: Call, wanted: `subnet:${'read' | 'delete'}`, id: string): Promise<SubnetRow> {
  const row = await call.core.database.prisma.subnet.findUnique({ where: { id } });
  return granted(call, wanted, row, {
    noun: 'subnet',
    id,
    projectId: row?.projectId ?? null,
    ...(row && { name: row.name }),
  });
}

export interface SubnetFilter {
  readonly projectId: string;
  readonly networkId?: string | undefined;
}

/** The subnets of a project that the caller was let into by `findPlace`. */
export async function listSubnets(call: Call, query: PageQuery & SubnetFilter): Promise<Page<Subnet>> {
  const { projectId, networkId } = query;
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [{ projectId, ...(networkId !== undefined && { networkId }) }, after] };
  return pageOf(await call.core.database.prisma.subnet.findMany({ where, orderBy, take }), query, viewSubnet);
}

export interface NewSubnet {
  readonly projectId: string;
  readonly networkId: string;
  readonly name: string;
  readonly cidr: string;
  readonly gatewayAddress?: string | undefined;
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
  await record(unit, call, 'created', row);
  return viewSubnet(row);
}

/** Throws `in_use` while a port has an address of it. */
export async function deleteSubnet(unit: Unit, call: Call, row: SubnetRow): Promise<void> {
  const { tx } = unit;
  await lockProject(tx, row.projectId);
  refuseInUse('The subnet', await portUsers(tx, { addresses: { some: { subnetId: row.id } } }));
  await tx.subnet.delete({ where: { id: row.id } });
  await touchNetwork(unit, call.core, row.networkId, call.requestId);
  await record(unit, call, 'deleted', row);
}

function record(unit: Unit, call: Call, kind: 'created' | 'deleted', { id, name, cidr, projectId }: SubnetRow) {
  const action = kind === 'created' ? 'subnet:create' : 'subnet:delete';
  return recordChange(unit, call, { action, kind, id, name, projectId, detail: cidr });
}

export function viewSubnet(row: SubnetRow): Subnet {
  const { id, networkId, projectId, name, cidr, gatewayAddress, dhcpAddress, dnsServers, createdAt } = row;
  return {
    id,
    networkId,
    projectId,
    name,
    cidr,
    gatewayAddress,
    dhcpAddress,
    dnsServers,
    createdAt: createdAt.toISOString(),
  };
}
