import { parseIp } from '@unkai/contracts/ip-address';
import type { PathFloatingIp, PathPort, PathSnapshot } from './snapshot.ts';

/** A packet's end: a port with one of its addresses, or somewhere outside. */
export type End = InsideEnd | OutsideEnd;

export interface InsideEnd {
  readonly kind: 'inside';
  readonly port: PathPort;
  /** Its address on the wire; undefined for a port that has none. */
  readonly address: string | undefined;
  readonly subnetId: string | undefined;
  /** The outside address that it was asked for by, and the port of the guest where that is another. */
  readonly via?: PathFloatingIp;
  readonly insidePort?: number;
}

export interface OutsideEnd {
  readonly kind: 'outside';
  /** Null for `internet`: any address at all. */
  readonly address: string | null;
}

/** What traffic is asked about. */
export interface Traffic {
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  /** Null: any. */
  readonly port: number | null;
}

/** Why an end cannot be understood. */
export class UnknownEnd extends Error {
  readonly field: 'from' | 'to';
  readonly fix: string;
  constructor(field: 'from' | 'to', message: string, fix: string) {
    super(message);
    this.field = field;
    this.fix = fix;
  }
}

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly traffic: Traffic;
}

/**
 * Finds what both ends of a path are. Of a server with several ports those two are taken that share a subnet, for who
 * comes from outside the one that a floating IP leads to, else the first. Throws UnknownEnd for an id that names no port and no server of the snapshot, or two ends that are both outside.
 */
export function findEnds(snapshot: PathSnapshot, { from, to, traffic }: Asked): { from: End; to: End } {
  const sources = endsOf(snapshot, { text: from, field: 'from', traffic });
  const targets = endsOf(snapshot, { text: to, field: 'to', traffic });
  const pairs = sources.flatMap((source) => targets.map((target) => ({ from: source, to: target })));
  const isLedIn = (pair: { from: End; to: End }) => isReached(snapshot, pair, traffic);
  const best = pairs.find(sharesSubnet) ?? pairs.find(isLedIn) ?? pairs.find(isOfOneFamily) ?? pairs[0];
  if (best === undefined)
    throw new UnknownEnd('to', 'has no port', 'Choose a port, a server or an address of the project.');
  if (best.from.kind === 'outside' && best.to.kind === 'outside') {
    throw new UnknownEnd(
      'to',
      'is outside as well; one end must be a port or a server of the project',
      'Choose a port or a server of the project for one end.',
    );
  }
  return best;
}

function sharesSubnet({ from, to }: { from: End; to: End }): boolean {
  if (from.kind === 'outside' || to.kind === 'outside') return false;
  return from.subnetId !== undefined && from.subnetId === to.subnetId && from.port.id !== to.port.id;
}

function isReached({ floatingIps }: PathSnapshot, { from, to }: { from: End; to: End }, traffic: Traffic): boolean {
  if (from.kind !== 'outside' || to.kind !== 'inside') return false;
  return floatingIps.some((floating) => targetOf(floating, traffic)?.portId === to.port.id);
}

function isOfOneFamily({ from, to }: { from: End; to: End }): boolean {
  const families = [from, to].map(({ address }) => (address == null ? undefined : parseIp(address)?.family));
  return families[0] === undefined || families[1] === undefined || families[0] === families[1];
}

interface AskedEnd {
  readonly text: string;
  readonly field: 'from' | 'to';
  readonly traffic: Traffic;
}

function endsOf(snapshot: PathSnapshot, { text, field, traffic }: AskedEnd): End[] {
  if (text === 'internet') return [{ kind: 'outside', address: null }];
  if (parseIp(text) !== undefined) return [endAt(snapshot, text, traffic)];
  const ports = snapshot.ports.filter(({ id, server }) => id === text || server?.id === text);
  if (ports.length === 0)
    throw new UnknownEnd(
      field,
      'names no port of this project, and no server that has one',
      'Choose a port of the project, or a server that has one.',
    );
  return ports.flatMap(insideEnds);
}

function insideEnds(port: PathPort): InsideEnd[] {
  if (port.addresses.length === 0) return [{ kind: 'inside', port, address: undefined, subnetId: undefined }];
  return port.addresses.map(({ address, subnetId }) => ({ kind: 'inside', port, address, subnetId }));
}

/** Whoever has an address: a port, what a floating IP leads to, or somebody outside. */
function endAt(snapshot: PathSnapshot, address: string, traffic: Traffic): End {
  const value = parseIp(address)?.value;
  const isIt = (other: string) => parseIp(other)?.value === value;
  const own = snapshot.ports.flatMap(insideEnds).find((end) => end.address !== undefined && isIt(end.address));
  if (own) return own;
  const via = snapshot.floatingIps.find((floating) => isIt(floating.address));
  const target = via && targetOf(via, traffic);
  const port = target && snapshot.ports.find(({ id }) => id === target.portId);
  if (!via || !target || !port) return { kind: 'outside', address };
  const subnetId = port.addresses.find((each) => each.address === target.fixedAddress)?.subnetId;
  const { insidePort } = target;
  return { kind: 'inside', port, address: target.fixedAddress, subnetId, via, ...(insidePort && { insidePort }) };
}

interface Target {
  readonly portId: string;
  readonly fixedAddress: string;
  /** Of the guest, where a port forwarding leads to another one than was asked for. */
  readonly insidePort?: number;
}

/** Where a floating IP leads such traffic; undefined where nowhere. */
export function targetOf({ target, forwardings }: PathFloatingIp, { protocol, port }: Traffic): Target | undefined {
  if (target !== null || port === null) return target ?? undefined;
  const found = forwardings.find(
    (each) => each.protocol === protocol && each.externalPortMin <= port && port <= each.externalPortMax,
  );
  if (found === undefined) return undefined;
  const { portId, fixedAddress, internalPortMin, externalPortMin } = found;
  return { portId, fixedAddress, insidePort: internalPortMin + port - externalPortMin };
}
