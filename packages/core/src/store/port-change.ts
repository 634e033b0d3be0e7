import { UnkaiError } from '@unkai/contracts/errors';
import type { Port, PortCreate, PortUpdate } from '@unkai/contracts/resources/port';
import { z } from 'zod';
import { grantedFields } from '../access.ts';
import { chooseAddresses, isSelfMade, lockAddresses } from '../address/address-choice.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { lockProject, spend } from '../quota/quota.ts';
import { hintRouters } from './floating-ip-hint.ts';
import { settleHolders, theseAddresses } from './floating-ip-holder.ts';
import { touchNetwork } from './host-network.ts';
import type { PortNetwork } from './network-read.ts';
import { type FoundPort, viewPort, withAddresses } from './port.ts';
import { requireFreeName, takenDnsName } from './port-dns-name.ts';
import { insertPort, type ShownPort } from './port-read.ts';
import { attach, newMacAddress } from './port-rows.ts';
import { requireQosPolicy } from './qos-policy-use.ts';
import { refuseDuplicate, refuseField, refuseInUse } from './refusal.ts';
import { groupsChanged } from './security-group-members.ts';

interface PortPlace {
  readonly network: Omit<PortNetwork, 'rbacPolicies'>;
  /** Whose port it is to be. */
  readonly projectId: string;
}

const duplicateMac = <Result>(work: Promise<Result>) =>
  refuseDuplicate(work, {
    field: 'macAddress',
    message: 'Another port of the network has this MAC address.',
    fix: 'Choose another one, or leave it out.',
  });
const duplicateName = <Result>(work: Promise<Result>) => refuseDuplicate(work, takenDnsName);

/**
 * Writes a port that no server has yet; on a network without subnets it has no address. Throws `quota_exceeded`, `addresses_exhausted`, `invalid_input` for an address or
 * a group that it cannot have, `conflict` for an address or a MAC address that is taken, `forbidden` for what only the
 * network's own project says.
 */
export async function createPort(unit: Unit, call: Call, place: PortPlace, input: PortCreate): Promise<Port> {
  const { tx } = unit;
  const { network, projectId } = place;
  const { id: networkId } = network;
  await grantedOnNetwork(call, place, input);
  await spend(tx, projectId, { ports: 1 });
  const { macAddress = newMacAddress(), hasPortSecurity = network.hasPortSecurity } = input;
  // Without port security the default group would be refused, and nobody asked for it.
  const wantedGroups = input.securityGroupIds ?? (hasPortSecurity ? undefined : []);
  const groupIds = await groupIdsOf(tx, projectId, wantedGroups);
  await requireQosPolicy(tx, call, { projectId, qosPolicyId: input.qosPolicyId });
  refuseUnchecked({ hasPortSecurity, groups: groupIds.length, pairs: input.allowedAddressPairs?.length ?? 0 });
  await lockAddresses(tx, [networkId]);
  const addresses = await chooseAddresses(tx, network, { wanted: input.addresses, macAddress, fieldOf });
  await requireFreeName(tx, { networkId, portId: null, dnsName: input.dnsName });
  const { name = '', description = '', tags = [], isEnabled = true, dnsName = null, qosPolicyId = null } = input;
  const { allowedAddressPairs = [], dhcpOptions = [] } = input;
  const port = {
    projectId,
    networkId,
    macAddress,
    name,
    description,
    tags,
    isEnabled,
    hasPortSecurity,
    dnsName,
    qosPolicyId,
  };
  const row = await duplicateMac(
    duplicateName(insertPort(tx, { ...port, allowedAddressPairs, dhcpOptions, addresses, groupIds })),
  );
  await groupsChanged(unit, call.core, { groupIds, serverId: null, requestId: call.requestId });
  await record(unit, call, 'created', { row });
  return viewPort(row);
}

const fieldOf = (index: number) => `addresses.${index}`;

/** What is said of a port, as columns. */
function columnsOf(input: PortUpdate) {
  const { name, description, tags, macAddress, isEnabled, hasPortSecurity, allowedAddressPairs, dhcpOptions } = input;
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags }),
    ...(macAddress !== undefined && { macAddress }),
    ...(isEnabled !== undefined && { isEnabled }),
    ...(hasPortSecurity !== undefined && { hasPortSecurity }),
    ...(allowedAddressPairs !== undefined && { allowedAddressPairs }),
    ...(dhcpOptions !== undefined && { dhcpOptions }),
    ...(input.dnsName !== undefined && { dnsName: input.dnsName }),
    ...(input.qosPolicyId !== undefined && { qosPolicyId: input.qosPolicyId }),
  };
}

/** On a network that others own, what could take from them is for that project, and for operators, to say. */
async function grantedOnNetwork(call: Call, { network, projectId }: PortPlace, input: PortUpdate): Promise<void> {
  if (network.projectId === projectId) return;
  const fields = [
    ...(['macAddress', 'hasPortSecurity', 'allowedAddressPairs'] as const).filter((name) => input[name] !== undefined),
    ...(input.addresses?.some(({ address }) => address !== undefined) ? ['addresses'] : []),
  ];
  await grantedFields(call, 'network:provide', { noun: 'port', id: '', projectId }, fields);
}

/** Throws `invalid_input` for groups or address pairs of a port that nothing is checked of. */
function refuseUnchecked(port: { readonly hasPortSecurity: boolean; readonly groups: number; readonly pairs: number }) {
  if (port.hasPortSecurity) return;
  const fix = 'Take them away, or leave port security on.';
  if (port.groups > 0) throw refuseField('securityGroupIds', 'a port without port security has no groups', fix);
  if (port.pairs > 0) throw refuseField('allowedAddressPairs', 'a port without port security may send anything', fix);
}

/**
 * Throws `wrong_state` for a new address or MAC address of a port that a server has, and what `createPort` throws of the
 * rest. The hosts concerned hear of it after the commit.
 */
export async function updatePort(unit: Unit, call: Call, found: FoundPort, input: PortUpdate): Promise<Port> {
  const { tx } = unit;
  const { id, projectId, networkId } = found;
  const { macAddress, addresses, securityGroupIds, ...told } = input;
  const select = { id: true, name: true, projectId: true, hasPortSecurity: true } as const;
  const network = await tx.network.findUniqueOrThrow({ where: { id: networkId }, select });
  await grantedOnNetwork(call, { network, projectId }, input);
  await lockProject(tx, projectId);
  // As it is by now: another request may have changed it since it was found.
  const row = await tx.port.findUniqueOrThrow({ where: { id }, include: withAddresses });
  await requireTenants(tx, id);
  if (macAddress !== undefined || addresses !== undefined) await requireUnused(tx, id);
  await requireQosPolicy(tx, call, { projectId, qosPolicyId: input.qosPolicyId, present: row.qosPolicyId });
  await requireFreeName(tx, { networkId, portId: id, dnsName: input.dnsName });
  const changed = tx.port.update({ where: { id }, data: columnsOf(input), select: { id: true } });
  await (macAddress === undefined ? duplicateName(changed) : duplicateMac(changed));
  if (macAddress !== undefined || addresses !== undefined) await readdress(tx, row, network, input);
  const before = row.securityGroups.map(({ securityGroupId }) => securityGroupId);
  const { hasPortSecurity = row.hasPortSecurity, allowedAddressPairs: pairs = viewPort(row).allowedAddressPairs } =
    told;
  refuseUnchecked({ hasPortSecurity, groups: (securityGroupIds ?? before).length, pairs: pairs.length });
  if (securityGroupIds !== undefined) await setGroups(tx, row, securityGroupIds);
  if (Object.keys(input).some((field) => !unheard.has(field))) {
    const isOther = securityGroupIds !== undefined || addresses !== undefined;
    const groupIds = isOther ? [...before, ...(securityGroupIds ?? [])] : [];
    await groupsChanged(unit, call.core, { groupIds, serverId: row.serverId, requestId: call.requestId });
  }
  const isRenamed = input.dnsName !== undefined && input.dnsName !== row.dnsName;
  if (isRenamed) await touchNetwork(unit, call.core, networkId, call.requestId);
  return written(unit, call, id, row);
}

/** What no host needs to hear of. */
const unheard: ReadonlySet<string> = new Set(['name', 'description', 'tags']);

/** Other addresses instead of those there are; what is asked for again stays. With a new MAC address go those made of it. */
async function readdress(
  tx: Transaction,
  row: FoundPort,
  network: PortPlace['network'],
  input: PortUpdate,
): Promise<void> {
  await lockAddresses(tx, [row.networkId]);
  const { macAddress = row.macAddress, addresses: wanted = await chosenOf(tx, row) } = input;
  const chosen = await chooseAddresses(tx, network, { wanted, macAddress, fieldOf, kept: row.addresses });
  await tx.portAddress.deleteMany({
    where: { portId: row.id, address: { notIn: chosen.map(({ address }) => address) } },
  });
  const had = new Set(row.addresses.map(({ address }) => address));
  await attach(
    tx,
    row,
    chosen.filter(({ address }) => !had.has(address)),
    [],
  );
}

/** Its addresses but those that it made itself. */
async function chosenOf(tx: Transaction, { addresses }: FoundPort) {
  const subnets = await tx.subnet.findMany({ where: { id: { in: addresses.map(({ subnetId }) => subnetId) } } });
  const own = new Set(subnets.filter(isSelfMade).map(({ id }) => id));
  return addresses.filter(({ subnetId }) => !own.has(subnetId));
}

async function setGroups(tx: Transaction, { id, projectId }: FoundPort, wanted: readonly string[]): Promise<void> {
  const groupIds = await groupIdsOf(tx, projectId, wanted);
  await tx.portSecurityGroup.deleteMany({ where: { portId: id } });
  await tx.portSecurityGroup.createMany({
    data: groupIds.map((securityGroupId) => ({ portId: id, securityGroupId })),
  });
}

const foundIds = z.array(z.object({ id: z.string() }));

/** The groups that a port is to have: the project's default one unless others are named. */
async function groupIdsOf(tx: Transaction, projectId: string, wanted?: readonly string[]): Promise<string[]> {
  if (wanted?.length === 0) return [];
  const rows = await tx.$queryRaw`
    SELECT id FROM security_group
    WHERE CASE
      WHEN ${wanted === undefined} THEN project_id = ${projectId}::uuid AND is_default
      ELSE id = ANY(${[...(wanted ?? [])]}::uuid[]) AND (project_id = ${projectId}::uuid OR EXISTS (
        SELECT 1 FROM rbac_policy AS policy WHERE policy.security_group_id = security_group.id
          AND (policy.target_project_id IS NULL OR policy.target_project_id = ${projectId}::uuid)))
      END
    FOR KEY SHARE`;
  const ids = foundIds.parse(rows).map(({ id }) => id);
  const missing = wanted?.findIndex((id) => !ids.includes(id)) ?? -1;
  if (missing >= 0)
    throw refuseField(
      `securityGroupIds.${missing}`,
      'names no security group that this project may use',
      'Choose a group of the project, or one that is shared with it.',
    );
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
  const { requestId } = call;
  const reached = await hintRouters(unit, call.core, { portId: row.id, requestId });
  await tx.port.deleteMany({ where: { id: row.id } });
  await settleHolders(unit, call.core, { concerned: theseAddresses(reached), requestId });
  await record(unit, call, 'deleted', { row });
}

async function written(unit: Unit, call: Call, id: string, was: FoundPort): Promise<Port> {
  const row = await unit.tx.port.findUniqueOrThrow({ where: { id }, include: withAddresses });
  await record(unit, call, 'changed', { row, was });
  return viewPort(row);
}

interface Change {
  readonly row: ShownPort;
  readonly was?: ShownPort | undefined;
}

const actions = { created: 'port:create', changed: 'port:update', deleted: 'port:delete' } as const;

function record(unit: Unit, call: Call, kind: keyof typeof actions, { row, was }: Change) {
  const { id, name, projectId, macAddress } = row;
  const rows = rowsOf(kind, valuesOf(row), was && valuesOf(was));
  return recordChange(unit, call, { action: actions[kind], kind, id, name: name || macAddress, projectId, ...rows });
}

function valuesOf(row: ShownPort) {
  const addresses = row.addresses.map(({ address }) => address);
  return { ...row, addresses, securityGroups: row.securityGroups.map(({ securityGroupId }) => securityGroupId) };
}
