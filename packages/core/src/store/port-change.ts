import { randomUUID } from 'node:crypto';
import { UnkaiError } from '@unkai/contracts/errors';
import type { Port, PortCreate, portUpdate } from '@unkai/contracts/resources/port';
import type { z } from 'zod';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Transaction, Unit } from '../database.ts';
import { lockAddresses, wantedAddress } from '../ipam.ts';
import { lockProject, spend } from '../quota.ts';
import { hintRouters } from './floating-ip-hint.ts';
import { type FoundPort, viewPort, withAddresses } from './port.ts';
import { attach, newMacAddress } from './port-rows.ts';
import { refuseDuplicate, refuseField, refuseInUse } from './refusal.ts';
import { groupsChanged } from './security-group-members.ts';

interface PortPlace {
  readonly network: { readonly id: string; readonly name: string; readonly projectId: string };
  /** Whose port it is to be. */
  readonly projectId: string;
}

const duplicateMac = (work: Promise<unknown>) =>
  refuseDuplicate(work, 'macAddress', 'Another port of the network has this MAC address.');

/**
 * Writes a port that no server has yet. Throws `quota_exceeded`, `addresses_exhausted`, `invalid_input` for an address or
 * a group that it cannot have, `conflict` for an address or a MAC address that is taken.
 */
export async function createPort(
  unit: Unit,
  call: Call,
  { network, projectId }: PortPlace,
  input: PortCreate,
): Promise<Port> {
  const { tx } = unit;
  const { id: networkId } = network;
  await spend(tx, projectId, { ports: 1 });
  if ((await tx.subnet.count({ where: { networkId } })) === 0) {
    throw refuseField('networkId', `${network.name} has no subnet`, 'Make a subnet in it.');
  }
  const groupIds = await groupIdsOf(tx, projectId, input.securityGroupIds);
  await lockAddresses(tx, [networkId]);
  const free = await wantedAddress(tx, network, input.addresses?.[0] ?? {}, 'addresses.0');
  const { name = '', description = '', tags = [], macAddress = newMacAddress() } = input;
  const port = { id: randomUUID(), projectId, networkId, name, description, tags, macAddress, isKept: true };
  await duplicateMac(tx.port.create({ data: port, select: { id: true } }));
  await attach(tx, port, free, groupIds);
  await groupsChanged(unit, call.core, { groupIds, serverId: null, requestId: call.requestId });
  return written(unit, call, port.id);
}

/**
 * Throws `wrong_state` for a new address or MAC address of a port that a server has, and what `createPort` throws of the
 * rest. The hosts concerned hear of other groups after the commit.
 */
export async function updatePort(
  unit: Unit,
  call: Call,
  row: FoundPort,
  input: z.infer<typeof portUpdate>,
): Promise<Port> {
  const { tx } = unit;
  const { id, projectId, networkId } = row;
  const { name, description, tags, macAddress, addresses, securityGroupIds } = input;
  await lockProject(tx, projectId);
  await requireTenants(tx, id);
  if (macAddress !== undefined || addresses !== undefined) await requireUnused(tx, id);
  const columns = {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags }),
    ...(macAddress !== undefined && { macAddress }),
  };
  await duplicateMac(tx.port.update({ where: { id }, data: columns, select: { id: true } }));
  if (addresses?.[0] !== undefined && !hasAlready(row, addresses[0])) {
    await lockAddresses(tx, [networkId]);
    await tx.portAddress.deleteMany({ where: { portId: id } });
    const network = await tx.network.findUniqueOrThrow({ where: { id: networkId }, select: { id: true, name: true } });
    await attach(tx, row, await wantedAddress(tx, network, addresses[0], 'addresses.0'), []);
  }
  const before = row.securityGroups.map(({ securityGroupId }) => securityGroupId);
  if (securityGroupIds !== undefined) await setGroups(tx, row, securityGroupIds);
  if (securityGroupIds !== undefined || addresses !== undefined) {
    const groupIds = [...before, ...(securityGroupIds ?? [])];
    await groupsChanged(unit, call.core, { groupIds, serverId: row.serverId, requestId: call.requestId });
  }
  return written(unit, call, id, row);
}

function hasAlready({ addresses }: FoundPort, wanted: { subnetId?: string | undefined; address?: string | undefined }) {
  return addresses.some(
    ({ subnetId, address }) => (wanted.subnetId ?? subnetId) === subnetId && (wanted.address ?? address) === address,
  );
}

async function setGroups(tx: Transaction, { id, projectId }: FoundPort, wanted: readonly string[]): Promise<void> {
  const groupIds = await groupIdsOf(tx, projectId, wanted);
  await tx.portSecurityGroup.deleteMany({ where: { portId: id } });
  await tx.portSecurityGroup.createMany({
    data: groupIds.map((securityGroupId) => ({ portId: id, securityGroupId })),
  });
}

/** The groups that a port is to have: the project's default one unless others are named. */
async function groupIdsOf(tx: Transaction, projectId: string, wanted?: readonly string[]): Promise<string[]> {
  const of = wanted === undefined ? { isDefault: true } : { id: { in: [...wanted] } };
  const found = await tx.securityGroup.findMany({ where: { projectId, ...of }, select: { id: true } });
  const ids = found.map(({ id }) => id);
  const missing = wanted?.findIndex((id) => !ids.includes(id)) ?? -1;
  if (missing >= 0) throw refuseField(`securityGroupIds.${missing}`, 'names no security group of this project');
  return ids;
}

async function requireUnused(tx: Transaction, id: string): Promise<void> {
  const port = await tx.port.findUnique({ where: { id }, select: { server: { select: { name: true } } } });
  if (port?.server == null) return;
  throw new UnkaiError('wrong_state', `The server ${port.server.name} has this port; its addresses stay until then.`, {
    next: 'Delete the server first.',
  });
}

/**
 * Ports of routers and floating IPs are what these are made of: they change with them alone (A44). Throws `wrong_state`.
 */
async function requireTenants(tx: Transaction, id: string): Promise<void> {
  const port = await tx.port.findUnique({ where: { id }, select: { deviceOwner: true, router: true, keptFor: true } });
  if (port === null || port.deviceOwner === '') return;
  const owner = port.router ? `the router ${port.router.name}` : `the floating IP ${port.keptFor?.address ?? ''}`;
  const next = port.router ? 'Change or remove the router’s interface instead.' : 'Change the floating IP instead.';
  throw new UnkaiError('wrong_state', `This port is part of ${owner}.`, { next });
}

/** Throws `in_use` while a server has it, `wrong_state` for one of a router or a floating IP. */
export async function deletePort(unit: Unit, call: Call, row: FoundPort): Promise<void> {
  const { tx } = unit;
  await lockProject(tx, row.projectId);
  await requireTenants(tx, row.id);
  const now = await tx.port.findUnique({
    where: { id: row.id },
    select: { server: { select: { id: true, name: true } } },
  });
  const server = now?.server;
  refuseInUse('The port', server ? [{ field: server.id, message: `the server ${server.name} has it` }] : []);
  const groupIds = row.securityGroups.map(({ securityGroupId }) => securityGroupId);
  await groupsChanged(unit, call.core, { groupIds, serverId: null, requestId: call.requestId });
  await hintRouters(unit, call.core, { portId: row.id, requestId: call.requestId });
  await tx.port.deleteMany({ where: { id: row.id } });
  await record(unit, call, 'deleted', { row });
}

async function written(unit: Unit, call: Call, id: string, was?: FoundPort): Promise<Port> {
  const row = await unit.tx.port.findUniqueOrThrow({ where: { id }, include: withAddresses });
  await record(unit, call, was === undefined ? 'created' : 'changed', { row, was });
  return viewPort(row);
}

interface Change {
  readonly row: FoundPort;
  readonly was?: FoundPort | undefined;
}

const actions = { created: 'port:create', changed: 'port:update', deleted: 'port:delete' } as const;

function record(unit: Unit, call: Call, kind: keyof typeof actions, { row, was }: Change) {
  const { id, name, projectId, macAddress } = row;
  const rows = rowsOf(kind, valuesOf(row), was && valuesOf(was));
  return recordChange(unit, call, { action: actions[kind], kind, id, name: name || macAddress, projectId, ...rows });
}

function valuesOf(row: FoundPort) {
  const addresses = row.addresses.map(({ address }) => address);
  return { ...row, addresses, securityGroups: row.securityGroups.map(({ securityGroupId }) => securityGroupId) };
}
