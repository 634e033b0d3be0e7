import type { Router, routerCreate, routerGatewayWanted, routerUpdate } from '@unkai/contracts/resources/router';
import type { HostRoute } from '@unkai/contracts/resources/subnet';
import type { z } from 'zod';
import { isSelfMade, type WantedAddress } from '../address/address-choice.ts';
import { canonicalPrefix, isWithin, rangesOverlap } from '../address/ipam.ts';
import type { Call } from '../call.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { lockProject, spend } from '../quota/quota.ts';
import { createGatewayPort, type ExternalNetwork, findExternalNetwork, refuseChosen } from './external-network.ts';
import { addressesOfRouter, settleHolders } from './floating-ip-holder.ts';
import { refuseField, refuseInUse, type Use } from './refusal.ts';
import { type FoundRouter, gatewayOf, interfacesOf, readRouter, recordRouter, routesOf, viewRouter } from './router.ts';
import { removeRouter, settleRouter } from './router-host.ts';
import { touchRouter } from './router-touch.ts';

/** The gateway that a router is to have, its network looked up for the caller. */
export interface WantedGateway {
  readonly network: ExternalNetwork;
  /** None: those that are free. */
  readonly addresses: readonly WantedAddress[] | undefined;
  readonly hasSnat: boolean | undefined;
}

/** Looks up what the caller names as a gateway. Throws `invalid_input` for a network that is no external one. */
export async function findGateway(
  call: Call,
  projectId: string,
  { networkId, addresses, hasSnat }: z.infer<typeof routerGatewayWanted>,
): Promise<WantedGateway> {
  const network = await findExternalNetwork(call, networkId, { projectId, field: 'gateway.networkId' });
  for (const [index, wanted] of (addresses ?? []).entries()) {
    refuseChosen(call, network, wanted, `gateway.addresses.${index}.address`);
  }
  return { network, addresses, hasSnat };
}

type NewRouter = Omit<z.infer<typeof routerCreate>, 'gateway'> & {
  readonly projectId: string;
  readonly gateway: WantedGateway | null;
};

/** Makes a router and chooses its host. Throws `quota_exceeded`, `addresses_exhausted`, and `invalid_input` for an address. */
export async function createRouter(
  unit: Unit,
  call: Call,
  { gateway, projectId, ...columns }: NewRouter,
): Promise<Router> {
  const { tx } = unit;
  await lockProject(tx, projectId);
  await spend(tx, projectId, { routers: 1 });
  const data = { projectId, ...columns, hasSnat: gateway?.hasSnat ?? true };
  const { id } = await tx.router.create({ data, select: { id: true } });
  if (gateway !== null) await addGateway(tx, id, gateway);
  await settleRouter(unit, call.core, { routerId: id, requestId: call.requestId });
  const row = await readRouter(unit, id);
  await recordRouter(unit, call, 'created', { row });
  return viewRouter(call, row);
}

function addGateway(tx: Transaction, routerId: string, { network, addresses }: WantedGateway): Promise<void> {
  return createGatewayPort(tx, { network, wanted: addresses, routerId });
}

type RouterUpdate = Omit<z.infer<typeof routerUpdate>, 'gateway'> & {
  readonly gateway?: WantedGateway | null | undefined;
};

/**
 * Changes a router. Throws `in_use`, naming them, for a gateway that floating IPs need, `invalid_input` for a route whose
 * next hop is on none of its networks, and what `createRouter` throws of the gateway.
 */
export async function updateRouter(unit: Unit, call: Call, found: FoundRouter, input: RouterUpdate): Promise<Router> {
  const { tx } = unit;
  const { gateway, routes, name, description, tags, isEnabled } = input;
  await lockProject(tx, found.projectId);
  const was = await readRouter(unit, found.id);
  const left = gateway === undefined ? null : await changeGateway(unit, was, gateway);
  const now = await readRouter(unit, was.id);
  const ways = checkRoutes(now, routes ?? routesOf(was));
  const columns = {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags }),
    ...(isEnabled !== undefined && { isEnabled }),
    ...(routes !== undefined && { routes: ways }),
    ...(gateway && { hasSnat: gateway.hasSnat ?? was.hasSnat }),
  };
  const change = { routerId: was.id, requestId: call.requestId };
  if (left !== null) await settleRouter(unit, call.core, { ...change, left });
  else await touchRouter(unit, call.core, change);
  await tx.router.update({ where: { id: was.id }, data: columns, select: { id: true } });
  // A route to everywhere, and whether it is on, decide where its floating IPs pass.
  await settleHolders(unit, call.core, { concerned: addressesOfRouter(was.id), requestId: call.requestId });
  const row = await readRouter(unit, was.id);
  await recordRouter(unit, call, 'changed', { row, was });
  return viewRouter(call, row);
}

/** Gives the networks that the router has left, or null when its ports are as they were. */
async function changeGateway(
  { tx }: Unit,
  router: FoundRouter,
  wanted: WantedGateway | null,
): Promise<readonly string[] | null> {
  const present = gatewayOf(router);
  const isSameNetwork = present !== undefined && present.networkId === wanted?.network.id;
  const isSameAddress = wanted?.addresses === undefined || areThese(wanted.addresses, present?.addresses ?? []);
  if (isSameNetwork && isSameAddress) return null;
  if (present === undefined && wanted === null) return null;
  if (present !== undefined && !isSameNetwork) {
    refuseInUse('The gateway', await floatingIpsThrough(tx, { routerId: router.id }));
  }
  if (present !== undefined) await tx.port.delete({ where: { id: present.id } });
  if (wanted !== null) {
    await refuseOverlap(tx, router, wanted.network);
    await addGateway(tx, router.id, wanted);
  }
  return present === undefined || isSameNetwork ? [] : [present.networkId];
}

type Present = FoundRouter['ports'][number]['addresses'];

/**
 * Whether the addresses that are asked for are those that are there: each of them, and none besides but those that follow
 * from a MAC address, which are there without being asked for.
 */
function areThese(wanted: readonly WantedAddress[], present: Present): boolean {
  const isAsked = ({ subnet, address }: Present[number]) =>
    wanted.some((ask) => (ask.subnetId ?? subnet.id) === subnet.id && (ask.address ?? address) === address);
  const chosen = present.filter((each) => isAsked(each) || !isSelfMade(each.subnet));
  return wanted.length === chosen.length && chosen.every(isAsked);
}

/** A packet could not tell which of two overlapping networks it is for. */
async function refuseOverlap(tx: Transaction, router: FoundRouter, network: ExternalNetwork): Promise<void> {
  const outside = await tx.subnet.findMany({ where: { networkId: network.id }, select: { cidr: true } });
  for (const { addresses } of interfacesOf(router)) {
    for (const { subnet } of addresses) {
      const clash = outside.find(({ cidr }) => rangesOverlap(cidr, subnet.cidr));
      if (clash === undefined) continue;
      throw refuseField(
        'gateway.networkId',
        `${clash.cidr} of ${network.name} overlaps the subnet ${subnet.name} (${subnet.cidr})`,
        'Choose another external network, or take that subnet off the router.',
      );
    }
  }
}

/** Floating IPs that need the router, in words. */
export async function floatingIpsThrough(
  tx: Transaction,
  through: { readonly routerId: string; readonly subnetId?: string },
): Promise<Use[]> {
  const { routerId, subnetId } = through;
  const onSubnet = { addresses: { some: { subnetId: subnetId ?? '' } } };
  const reaches = { OR: [{ port: onSubnet }, { forwardings: { some: { port: onSubnet } } }] };
  const found = await tx.floatingIp.findMany({
    where: { routerId, ...(subnetId !== undefined && reaches) },
    select: { id: true, address: true },
    take: 20,
  });
  return found.map(({ id, address }) => ({ field: id, message: `the floating IP ${address} goes through it` }));
}

/** Throws `invalid_input` for a route that is there twice, or that leads nowhere. */
function checkRoutes(router: FoundRouter, routes: readonly HostRoute[]): HostRoute[] {
  const addresses = router.ports.flatMap((port) => port.addresses);
  const seen = new Set<string>();
  for (const { destination, nextHop } of routes) {
    if (canonicalPrefix(destination) !== destination)
      throw refuseField(
        'routes',
        `${destination} has bits set outside its prefix`,
        `Send ${canonicalPrefix(destination)} as the destination.`,
      );
    if (seen.has(destination))
      throw refuseField('routes', `${destination} is there twice`, 'Name each destination once.');
    seen.add(destination);
    if (!addresses.some(({ subnet }) => holds(subnet.cidr, nextHop))) {
      throw refuseField(
        'routes',
        `${nextHop} is on no network of the router`,
        'Add an interface there first, or take the route away.',
      );
    }
    if (addresses.some(({ address }) => address === nextHop))
      throw refuseField(
        'routes',
        `${nextHop} is the router itself`,
        'Choose an address of another router as the next hop.',
      );
  }
  return [...routes];
}

/** Whether an address is in a range. */
export function holds(cidr: string, address: string): boolean {
  return isWithin(cidr, address);
}

/** Throws `in_use`, naming its interfaces and floating IPs (H7). Its gateway goes with it. */
export async function deleteRouter(unit: Unit, call: Call, found: FoundRouter): Promise<void> {
  const { tx } = unit;
  await lockProject(tx, found.projectId);
  const row = await readRouter(unit, found.id);
  const interfaces = interfacesOf(row).map(({ id, addresses }) => {
    const on = addresses.map(({ address, subnet }) => `${address} on the subnet ${subnet.name}`).join(', ');
    return { field: id, message: `it has the interface ${on}` };
  });
  refuseInUse('The router', [...interfaces, ...(await floatingIpsThrough(tx, { routerId: row.id }))]);
  await removeRouter(unit, call.core, { routerId: row.id, requestId: call.requestId });
  await recordRouter(unit, call, 'deleted', { row });
}
