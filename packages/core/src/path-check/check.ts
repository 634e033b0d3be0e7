import { prefixHolds } from '@unkai/contracts/ip-address';
import type { PathCheck, PathEnd, PathStep } from '@unkai/contracts/resources/path-check';
import { type End, findEnds, type InsideEnd, type OutsideEnd, type Traffic, targetOf } from './ends.ts';
import { portSteps, rulesStep, trafficWords } from './port-steps.ts';
import type { PathSnapshot } from './snapshot.ts';
import { passes, stops } from './step.ts';
import { routerStep, walkFrom } from './way.ts';

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly traffic: Traffic;
}

/**
 * Walks the way of a packet through what is known of a project's networks and says, in its order, what it meets. Nothing
 * is left out behind the first obstacle: whoever mends that one sees what would come next. Throws UnknownEnd.
 */
export function checkPath(snapshot: PathSnapshot, asked: Asked): PathCheck {
  const { from, to } = findEnds(snapshot, asked);
  const steps = stepsOf(snapshot, { from, to, traffic: asked.traffic });
  return { from: shown(from), to: shown(to), isOpen: steps.every(({ verdict }) => verdict === 'passes'), steps };
}

function shown(end: End): PathEnd {
  if (end.kind === 'outside') return { label: end.address ?? 'the internet', address: end.address };
  return { label: end.port.server?.name ?? end.port.name, address: end.via?.address ?? end.address ?? null };
}

interface Path {
  readonly from: End;
  readonly to: End;
  readonly traffic: Traffic;
}

function stepsOf(snapshot: PathSnapshot, { from, to, traffic }: Path): PathStep[] {
  if (from.kind === 'outside') return to.kind === 'inside' ? entering(snapshot, { from, to, traffic }) : [];
  const begun = portSteps(snapshot, from);
  if (to.kind === 'outside') return [...begun, ...leaving(snapshot, { from, to, traffic })];
  const isNear = from.port.networkId === to.port.networkId;
  const peer = { address: to.via?.address ?? to.address ?? null, neighbour: isNear && !to.via ? to.port : null };
  const out = rulesStep(snapshot, { direction: 'egress', port: from.port, peer, traffic });
  if (to.via) {
    // Out by the router and in again by the floating IP: what comes in has the router's address.
    const outside = { kind: 'outside', address: outsideAddress(snapshot, from) } as const;
    const way = walkFrom(snapshot, from, to.via.address).steps;
    return [...begun, out, ...way, ...entering(snapshot, { from: outside, to, traffic })];
  }
  const came = { address: from.address ?? null, neighbour: isNear ? from.port : null };
  const letIn = rulesStep(snapshot, { direction: 'ingress', port: to.port, peer: came, traffic });
  return [...begun, out, ...across(snapshot, from, to), ...portSteps(snapshot, to), letIn];
}

/** Between two ports of the cloud. */
function across(snapshot: PathSnapshot, from: InsideEnd, to: InsideEnd): PathStep[] {
  // Of an end without an address its own steps say so.
  if (from.subnetId === undefined || to.subnetId === undefined) return [];
  if (from.subnetId === to.subnetId) {
    const network = snapshot.networks.find(({ id }) => id === from.port.networkId);
    const name = network?.name ?? '';
    const concerned = { noun: 'network', id: from.port.networkId, name } as const;
    return [passes({ title: `Network ${name}`, detail: 'Both are on the same subnet.', concerned })];
  }
  const there = oneWay(snapshot, from, to);
  if (there.some(({ verdict }) => verdict !== 'passes')) return there;
  const back = oneWay(snapshot, to, from).find(({ verdict }) => verdict !== 'passes');
  return back === undefined ? there : [...there, { ...back, title: `The way back: ${back.title}` }];
}

function oneWay(snapshot: PathSnapshot, from: InsideEnd, to: InsideEnd): PathStep[] {
  const { steps, outcome } = walkFrom(snapshot, from, to.address ?? null);
  if (outcome.at === 'unknown' || outcome.at === 'nowhere') return [...steps];
  if (outcome.at === 'subnet' && outcome.networkId === to.port.networkId) return [...steps];
  const network = snapshot.networks.find(({ id }) => id === to.port.networkId);
  const last = steps.at(-1);
  const detail = `It does not join ${network?.name ?? 'the network'}, where ${to.address ?? 'the other end'} is.`;
  const next = 'Give the router an interface on that network, or a static route to it.';
  const told = { title: last?.title ?? 'The way', detail, next };
  return [...steps.slice(0, -1), stops({ ...told, ...(last?.concerned && { concerned: last.concerned }) })];
}

/** From a port to somewhere outside. */
function leaving(snapshot: PathSnapshot, path: { from: InsideEnd; to: OutsideEnd; traffic: Traffic }): PathStep[] {
  const { from, to, traffic } = path;
  const peer = { address: to.address, neighbour: null };
  const out = rulesStep(snapshot, { direction: 'egress', port: from.port, peer, traffic });
  const near = ofOwnSubnet(snapshot, from, to);
  if (near) return [out, near];
  const { steps, outcome } = walkFrom(snapshot, from, to.address);
  if (outcome.at === 'subnet') return [out, ...steps.slice(0, -1), nobodyThere(outcome, to, snapshot)];
  if (outcome.at !== 'outside' || outcome.router === null) return [out, ...steps];
  const { id, name, gateway } = outcome.router;
  const title = 'Address translation';
  const floating = snapshot.floatingIps.find(({ target }) => target?.portId === from.port.id);
  if (floating) {
    const concerned = { noun: 'floating-ip', id: floating.id, name: floating.address } as const;
    return [out, ...steps, passes({ title, detail: `It leaves as its floating IP ${floating.address}.`, concerned })];
  }
  const concerned = { noun: 'router', id, name } as const;
  if (gateway?.hasSnat)
    return [out, ...steps, passes({ title, detail: `It leaves as ${gateway.address}.`, concerned })];
  const detail = `${name} translates no addresses, and outside nobody knows ${from.address ?? 'this one'}.`;
  const next = 'Switch the source translation of the router on, or give the port a floating IP.';
  return [out, ...steps, stops({ title, detail, concerned, next })];
}

/** An address of the port's own subnet that no port has; undefined for one that is elsewhere. */
function ofOwnSubnet(snapshot: PathSnapshot, from: InsideEnd, to: OutsideEnd): PathStep | undefined {
  const own = snapshot.subnets.find(({ id }) => id === from.subnetId);
  if (own === undefined || to.address === null || !prefixHolds(own.cidr, to.address)) return undefined;
  return nobodyThere({ subnetId: own.id, networkId: own.networkId }, to, snapshot);
}

function nobodyThere(
  { subnetId, networkId }: { subnetId: string; networkId: string },
  { address }: OutsideEnd,
  { subnets, networks }: PathSnapshot,
): PathStep {
  const subnet = subnets.find(({ id }) => id === subnetId)?.name ?? '';
  const name = networks.find(({ id }) => id === networkId)?.name ?? '';
  const next = 'Ask for the address of a port; the list of ports has them.';
  const detail = `${address} belongs to this subnet, and no port has it.`;
  return stops({ title: `Subnet ${subnet}`, detail, concerned: { noun: 'network', id: networkId, name }, next });
}

/** From somewhere outside to a port. */
function entering(snapshot: PathSnapshot, path: { from: OutsideEnd; to: InsideEnd; traffic: Traffic }): PathStep[] {
  const { from, to, traffic } = path;
  const inside = { ...traffic, port: to.insidePort ?? traffic.port };
  const peer = { address: from.address, neighbour: null };
  const letIn = rulesStep(snapshot, { direction: 'ingress', port: to.port, peer, traffic: inside });
  return [...wayIn(snapshot, to, traffic), ...portSteps(snapshot, to), letIn];
}

function wayIn(snapshot: PathSnapshot, to: InsideEnd, traffic: Traffic): PathStep[] {
  const { port } = to;
  const network = snapshot.networks.find(({ id }) => id === port.networkId);
  if (network?.isPhysical && !to.via) {
    const concerned = { noun: 'network', id: network.id, name: network.name } as const;
    return [passes({ title: `Network ${network.name}`, detail: 'It is a network of the data centre.', concerned })];
  }
  const floating = to.via ?? snapshot.floatingIps.find((each) => targetOf(each, traffic)?.portId === port.id);
  const concerned = { noun: 'port', id: port.id, name: port.name } as const;
  if (floating === undefined) {
    const detail = `Nothing outside leads to ${to.address ?? 'it'}: it is known inside its network only.`;
    const next = `Give it a floating IP, or forward ${trafficWords(traffic)} of one to it.`;
    return [stops({ title: 'From outside', detail, concerned, next })];
  }
  const about = { noun: 'floating-ip', id: floating.id, name: floating.address } as const;
  const reached = passes({
    title: `Floating IP ${floating.address}`,
    detail: `It leads to ${to.address}.`,
    concerned: about,
  });
  const router = snapshot.routers.find(
    ({ gateway, interfaces }) => gateway !== null && interfaces.some(({ subnetId }) => subnetId === to.subnetId),
  );
  if (router === undefined) {
    const detail = 'No router with an external gateway joins the subnet of the port.';
    const next = 'Give a router an external gateway and an interface on that subnet.';
    return [reached, stops({ title: 'Router', detail, concerned, next })];
  }
  const broken = routerStep(router);
  const by = { noun: 'router', id: router.id, name: router.name } as const;
  return [reached, broken ?? passes({ title: `Router ${router.name}`, detail: 'It leads it in.', concerned: by })];
}

function outsideAddress({ floatingIps, routers }: PathSnapshot, { port, subnetId }: InsideEnd): string | null {
  const own = floatingIps.find(({ target }) => target?.portId === port.id)?.address;
  const router = routers.find(({ interfaces }) => interfaces.some((each) => each.subnetId === subnetId));
  return own ?? router?.gateway?.address ?? null;
}
