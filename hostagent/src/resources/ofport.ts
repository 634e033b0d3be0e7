import { ofport as numbers } from '../flows/layout.ts';
import type { NetworkHost } from '../network-host.ts';
import type { OvsPort, OvsTool } from '../tools/ovs.ts';

/** Keys of what Open vSwitch remembers about its ports for us. It is the only memory of who has which number. */
export const externalId = {
  port: 'unkai-port',
  server: 'unkai-server',
  network: 'unkai-network',
  /** The network whose DHCP and DNS this is, or `metadata`, or `tunnel`. */
  service: 'unkai-service',
  tunnelKey: 'unkai-tunnel-key',
  /** How far a port reaches when it is not as usual: `none` of the network, or as `open` as a port of a switch. */
  reach: 'unkai-reach',
  router: 'unkai-router',
  routerPort: 'unkai-router-port',
  /** The router whose floating IPs pass here, on a host that is not the router's own. */
  branch: 'unkai-router-branch',
  /** The network that leaves the host by this port. */
  uplink: 'unkai-uplink',
} as const;

/** The one port with this external id. */
export async function findPort(ovs: OvsTool, key: string, value: string): Promise<OvsPort | undefined> {
  return (await ovs.ports()).find((row) => row.externalIds[key] === value);
}

const claims = new WeakMap<object, Map<string, OvsPort>>();

/** A port that is being made: it has its number and its place in the network's flows before it is on the bridge. */
export function claimPort(tools: object, port: OvsPort): void {
  const own = claims.get(tools) ?? new Map<string, OvsPort>();
  claims.set(tools, own.set(port.name, port));
}

/** It is on the bridge, or nothing of it is left. */
export function releaseClaim(tools: object, { name }: OvsPort): void {
  claims.get(tools)?.delete(name);
}

/** The ports on the bridge, and those that are being made. */
export async function knownPorts({ tools }: Pick<NetworkHost, 'tools'>): Promise<OvsPort[]> {
  const rows = await tools.ovs.ports();
  const claimed = [...(claims.get(tools)?.values() ?? [])];
  return [...rows, ...claimed.filter(({ name }) => rows.every((row) => row.name !== name))];
}

const lastGiven = new WeakMap<object, number>();

/**
 * A number that no port has. Numbers go round before one is used again: a packet or a metadata request on its way when
 * a port was removed must not be taken for the next port's. Throws when all are taken.
 */
export function allocateOfport(owner: object, rows: readonly OvsPort[]): number {
  const taken = new Set(rows.map((row) => row.ofport));
  const size = numbers.last - numbers.firstFree + 1;
  const inRange = [...taken].filter((number) => number >= numbers.firstFree && number <= numbers.last);
  const last = lastGiven.get(owner) ?? Math.max(numbers.firstFree - 1, ...inRange);
  for (let step = 1; step <= size; step++) {
    const candidate = numbers.firstFree + ((last - numbers.firstFree + step) % size);
    if (taken.has(candidate)) continue;
    lastGiven.set(owner, candidate);
    return candidate;
  }
  throw new Error(`All ${size} port numbers of this host are taken.`);
}
