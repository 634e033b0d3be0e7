import { randomUUID } from 'node:crypto';
import type { Router } from '@unkai/contracts/resources/router';
import { allows, notFound } from '../access.ts';
import { lockAddresses } from '../address/address-choice.ts';
import { rangesOverlap } from '../address/ipam.ts';
import type { Call } from '../call.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { lockProject, spend } from '../quota/quota.ts';
import { isOpenTo, withPolicies } from './network-access.ts';
import type { FoundPort } from './port.ts';
import { attach, newMacAddress } from './port-rows.ts';
import { refuseField, refuseInUse, refuseTaken } from './refusal.ts';
import {
  deviceOwners,
  type FoundRouter,
  interfacesOf,
  readRouter,
  recordRouter,
  routesOf,
  viewRouter,
} from './router.ts';
import { floatingIpsThrough, holds } from './router-change.ts';
import { settleRouter } from './router-host.ts';
import type { SubnetRow } from './subnet-view.ts';

/** What an interface is made of, looked up for the caller. */
export type InterfaceSource = { readonly subnet: SubnetRow } | { readonly port: FoundPort };

/**
 * Joins a router to a subnet, whose gateway address it takes, or takes a port that nobody has. On a network that is shared
 * with its project it takes a port, or the gateway address where the caller manages the network. Throws `invalid_input`
 * for what is another project's (A45), overlaps or has no gateway address, `conflict` for an address that is taken, `in_use`
 * for a port that somebody has, `quota_exceeded`.
 */
export async function addRouterInterface(
  unit: Unit,
  call: Call,
  found: FoundRouter,
  source: InterfaceSource,
): Promise<Router> {
  const { tx } = unit;
  const { id: routerId, projectId } = found;
  await lockProject(tx, projectId);
  const was = await readRouter(unit, routerId);
  if ('port' in source) await takePort(tx, was, source.port);
  else await makePort(tx, call, was, source.subnet);
  await settleRouter(unit, call.core, { routerId, requestId: call.requestId });
  const row = await readRouter(unit, routerId);
  await recordRouter(unit, call, 'changed', { row, was, detail: 'interface added' });
  return viewRouter(call, row);
}

async function makePort(tx: Transaction, call: Call, router: FoundRouter, subnet: SubnetRow): Promise<void> {
  const { networkId, gatewayAddress: address } = subnet;
  const { projectId } = router;
  if (subnet.projectId !== projectId) await requireLent(tx, call, router, subnet);
  if (address === null)
    throw refuseField('subnetId', `names ${subnet.name}, which has no gateway address`, 'Give it one.');
  await refuseOverlap(tx, router, [subnet]);
  await spend(tx, projectId, { ports: 1 });
  await lockAddresses(tx, [networkId]);
  const user = await tx.portAddress.count({ where: { networkId, address } });
  if (user > 0) {
    const message = `${address}, the gateway address of ${subnet.name}, is already in use`;
    throw refuseTaken('subnetId', message, 'Send the id of a port on the subnet as portId.');
  }
  const id = randomUUID();
  const made = { id, projectId, networkId, routerId: router.id, deviceOwner: deviceOwners.interface, isKept: true };
  await tx.port.create({ data: { ...made, macAddress: newMacAddress() }, select: { id: true } });
  await attach(tx, { id, networkId }, [{ subnetId: subnet.id, address }], []);
}

/**
 * Lets a router take the gateway address of a network that is shared with its project where the caller manages that
 * network, as Neutron does: a tenant who took it would be everybody's way out there.
 */
async function requireLent(tx: Transaction, call: Call, router: FoundRouter, subnet: SubnetRow): Promise<void> {
  const network = await tx.network.findUniqueOrThrow({ where: { id: subnet.networkId }, include: withPolicies });
  if (!isOpenTo(network, router.projectId, 'access_as_shared')) {
    throw refuseField(
      'subnetId',
      'names no subnet of the router’s project',
      'Choose a subnet of that project, or send a port on the subnet.',
    );
  }
  if (allows(call.actor, 'subnet:update', subnet.projectId)) return;
  const message = `names ${subnet.name} of a shared network, whose gateway address is for who manages it`;
  throw refuseField('subnetId', message, 'Make a port there and add the interface by its portId.');
}

async function takePort(tx: Transaction, router: FoundRouter, { id, projectId }: FoundPort): Promise<void> {
  if (projectId !== router.projectId)
    throw refuseField('portId', 'names no port of the router’s project', 'Choose a port of that project.');
  const port = await tx.port.findUniqueOrThrow({
    where: { id },
    select: { serverId: true, deviceOwner: true, addresses: { select: { subnet: true } } },
  });
  const isTaken = port.serverId !== null || port.deviceOwner !== '';
  refuseInUse('The port', isTaken ? [{ field: 'portId', message: 'a server or a router has it' }] : []);
  if (port.addresses.length === 0)
    throw refuseField('portId', 'names a port without an address', 'Choose a port that has an address.');
  await refuseOverlap(
    tx,
    router,
    port.addresses.map(({ subnet }) => subnet),
  );
  const data = { routerId: router.id, deviceOwner: deviceOwners.interface, isKept: true };
  await tx.port.update({ where: { id }, data, select: { id: true } });
  await tx.portSecurityGroup.deleteMany({ where: { portId: id } });
}

/** Throws `invalid_input` for a subnet that overlaps one the router has: a packet could not tell which it is for. */
async function refuseOverlap(
  tx: Transaction,
  router: FoundRouter,
  subnets: ReadonlyArray<Pick<SubnetRow, 'name' | 'cidr' | 'networkId'>>,
): Promise<void> {
  const present = router.ports.flatMap(({ addresses }) => addresses.map(({ subnet }) => subnet));
  for (const { name, cidr, networkId } of subnets) {
    const clash = present.find((each) => rangesOverlap(each.cidr, cidr));
    if (clash)
      throw refuseField(
        'subnetId',
        `names ${name} (${cidr}), which overlaps ${clash.name} (${clash.cidr}) of this router`,
        'Choose a subnet whose range is free on this router.',
      );
    const outside = await tx.network.count({ where: { id: networkId, isExternal: true } });
    if (outside > 0) throw refuseField('subnetId', `names ${name} of an external network`, 'Set it as the gateway.');
  }
}

/**
 * Takes an interface away; its port is deleted. Throws `not_found` for one that is not there, `in_use` while floating IPs
 * or routes of the router need it.
 */
export async function removeRouterInterface(
  unit: Unit,
  call: Call,
  found: FoundRouter,
  portId: string,
): Promise<Router> {
  const { tx } = unit;
  const { id: routerId } = found;
  await lockProject(tx, found.projectId);
  const was = await readRouter(unit, routerId);
  const port = interfacesOf(was).find(({ id }) => id === portId);
  if (port === undefined) throw notFound('router-interface', portId);
  const users = [];
  for (const { subnet } of port.addresses) {
    users.push(...(await floatingIpsThrough(tx, { routerId, subnetId: subnet.id })));
    const routes = routesOf(was).filter(({ nextHop }) => holds(subnet.cidr, nextHop));
    users.push(
      ...routes.map(({ destination }) => ({ field: 'routes', message: `the route to ${destination} goes there` })),
    );
  }
  refuseInUse('The interface', users);
  await tx.port.delete({ where: { id: portId } });
  await settleRouter(unit, call.core, { routerId, requestId: call.requestId, left: [port.networkId] });
  const row = await readRouter(unit, routerId);
  await recordRouter(unit, call, 'changed', { row, was, detail: 'interface removed' });
  return viewRouter(call, row);
}
