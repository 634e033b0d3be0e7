import { prefixHolds, prefixLength } from '@unkai/contracts/ip-address';
import type { PathStep } from '@unkai/contracts/resources/path-check';
import type { InsideEnd } from './ends.ts';
import type { PathRoute, PathRouter, PathSnapshot, PathSubnet } from './snapshot.ts';
import { passes, stops, unknown } from './step.ts';

// Theory. A guest sends what is on its own subnet straight to its neighbour, everything else to a next hop: the host route
// with the longest prefix that holds the address, else the gateway. A router does the same with its interfaces, its routes
// and its gateway. So the way is a walk from next hop to next hop until somebody has the address at hand; it ends early at
// whoever knows no next hop, at a next hop that nobody answers at, and at a guest that forwards, which nobody here can see
// into.

/** Where a walk came to. */
export type Outcome =
  | { readonly at: 'subnet'; readonly subnetId: string; readonly networkId: string }
  | { readonly at: 'outside'; readonly router: PathRouter | null }
  | { readonly at: 'unknown' }
  | { readonly at: 'nowhere' };

export interface Walk {
  readonly steps: readonly PathStep[];
  readonly outcome: Outcome;
}

const mostRouters = 8;
const ofRouter = ({ id, name }: PathRouter) => ({ noun: 'router', id, name }) as const;

/** The way of a packet from a port to an address that is not on its own subnet. */
export function walkFrom(snapshot: PathSnapshot, from: InsideEnd, address: string | null): Walk {
  const subnet = snapshot.subnets.find(({ id }) => id === from.subnetId);
  if (subnet === undefined) return { steps: [], outcome: { at: 'unknown' } };
  const nextHop = longest(subnet.hostRoutes, address)?.nextHop ?? subnet.gatewayAddress;
  const network = snapshot.networks.find(({ id }) => id === subnet.networkId);
  const name = network?.name ?? subnet.name;
  const concerned = { noun: 'network', id: subnet.networkId, name } as const;
  if (nextHop === null) {
    const next = `Give the subnet ${subnet.name} a gateway, or a host route.`;
    const detail = `The subnet ${subnet.name} tells its guests of no way to ${address ?? 'the internet'}.`;
    return ended(stops({ title: `Subnet ${subnet.name}`, detail, concerned, next }), 'nowhere');
  }
  if (network?.isPhysical && nextHop === subnet.gatewayAddress) {
    const detail = `${nextHop} is the gateway of the data centre.`;
    const step = passes({ title: `Network ${name}`, detail, concerned });
    return { steps: [step], outcome: { at: 'outside', router: null } };
  }
  return hop(snapshot, { subnet, nextHop, address, routersLeft: mostRouters });
}

function ended(step: PathStep, at: 'unknown' | 'nowhere'): Walk {
  return { steps: [step], outcome: { at } };
}

interface Hop {
  readonly subnet: PathSubnet;
  readonly nextHop: string;
  readonly address: string | null;
  readonly routersLeft: number;
}

/** A packet is handed to a next hop on a subnet. */
function hop(snapshot: PathSnapshot, { subnet, nextHop, address, routersLeft }: Hop): Walk {
  const isThere = (at: { networkId: string; address: string }) =>
    at.networkId === subnet.networkId && at.address === nextHop;
  const router = snapshot.routers.find(({ interfaces }) => interfaces.some(isThere));
  const network = snapshot.networks.find(({ id }) => id === subnet.networkId);
  const concerned = { noun: 'network', id: subnet.networkId, name: network?.name ?? subnet.name } as const;
  if (router === undefined) {
    const guest = snapshot.ports.find(
      (port) => port.networkId === subnet.networkId && port.addresses.some((each) => each.address === nextHop),
    );
    if (guest) {
      const detail = `${nextHop} is a guest's; whether it forwards cannot be seen from here.`;
      const next = 'Look inside that guest.';
      const about = { noun: 'port', id: guest.id, name: guest.name } as const;
      return ended(unknown({ title: `Port ${guest.name}`, detail, concerned: about, next }), 'unknown');
    }
    const detail = `Nobody answers at ${nextHop}, the next hop of the subnet ${subnet.name}: no router joins it.`;
    const next = `Give a router an interface on the subnet ${subnet.name}.`;
    return ended(stops({ title: `Subnet ${subnet.name}`, detail, concerned, next }), 'nowhere');
  }
  if (routersLeft === 0) {
    const next = 'Look at the static routes of these routers: they lead in a circle.';
    const told = { title: `Router ${router.name}`, concerned: ofRouter(router), next };
    return ended(stops({ ...told, detail: 'The packet went by too many routers.' }), 'nowhere');
  }
  return through(snapshot, router, { address, routersLeft: routersLeft - 1 });
}

/** What a router does with a packet. */
function through(snapshot: PathSnapshot, router: PathRouter, packet: Pick<Hop, 'address' | 'routersLeft'>): Walk {
  const { address } = packet;
  const state = routerStep(router);
  const before = state ? [state] : [];
  const concerned = ofRouter(router);
  const title = `Router ${router.name}`;
  const joined = connected(snapshot, router);
  const own = joined.find(({ cidr }) => address !== null && prefixHolds(cidr, address));
  if (own) {
    const step = passes({ title, detail: `It joins the subnet ${own.name}, which has ${address}.`, concerned });
    return { steps: [...before, step], outcome: { at: 'subnet', subnetId: own.id, networkId: own.networkId } };
  }
  const route = longest(router.routes, address);
  const by = route && joined.find(({ cidr }) => prefixHolds(cidr, route.nextHop));
  if (route && by) {
    const step = passes({ title, detail: `Its route ${route.destination} leads to ${route.nextHop}.`, concerned });
    const rest = hop(snapshot, { subnet: by, nextHop: route.nextHop, ...packet });
    return { steps: [...before, step, ...rest.steps], outcome: rest.outcome };
  }
  if (router.gateway) {
    const step = passes({ title, detail: 'It sends it out by its external gateway.', concerned });
    return { steps: [...before, step], outcome: { at: 'outside', router } };
  }
  const next = 'Give the router an interface there, a static route, or an external gateway.';
  const detail = `It knows no way to ${address ?? 'the internet'}.`;
  return { steps: [...before, stops({ title, detail, concerned, next })], outcome: { at: 'nowhere' } };
}

function connected({ subnets }: PathSnapshot, { interfaces }: PathRouter): PathSubnet[] {
  return interfaces.flatMap(({ subnetId }) => subnets.filter(({ id }) => id === subnetId));
}

function longest(routes: readonly PathRoute[], address: string | null): PathRoute | undefined {
  return routes
    .filter(({ destination }) =>
      address === null ? prefixLength(destination) === 0 : prefixHolds(destination, address),
    )
    .toSorted((one, other) => prefixLength(other.destination) - prefixLength(one.destination))[0];
}

/** What is wrong with a router itself; undefined when nothing is. */
export function routerStep(router: PathRouter): PathStep | undefined {
  const told = { title: `Router ${router.name}`, concerned: ofRouter(router) };
  if (!router.isEnabled) {
    return stops({ ...told, detail: 'The router is switched off.', next: 'Switch the router on.' });
  }
  if (router.isHostUp === true) return undefined;
  const detail =
    router.isHostUp === null ? 'No host carries the router yet.' : 'The host of the router does not answer.';
  const next = 'Wait: it is put on another host by itself.';
  return stops({ ...told, detail, next, mend: { kind: 'wait' } });
}
