import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredNetworkSpec, DesiredPort } from '@unkai/contracts/host/desired';
import { exclusively } from '../exclusive.ts';
import { addressesPerPort, cookie, type FlowPort } from '../flows/layout.ts';
import { portFlows } from '../flows/pipeline.ts';
import { qosFlows } from '../flows/qos.ts';
import type { NetworkHost } from '../network-host.ts';
import { tapName } from '../tools/device-names.ts';
import { guestUser } from '../tools/guest-user.ts';
import type { OvsPort } from '../tools/ovs.ts';
import { networkFolder, networkNamespace, programNetwork, withdrawFlows, withdrawPort } from './network.ts';
import { allocateOfport, claimPort, externalId, findPort, knownPorts, releaseClaim } from './ofport.ts';

export type PortReady = {
  tapName: string;
  /** False on a user-space datapath, where a guest must finish its checksums itself. */
  canOffload: boolean;
};

/**
 * Makes the tap of a server's port, its flows and its DHCP reservation. The tap is up and waits for QEMU, which opens it
 * as root. Throws an UnkaiError when something of the port does not work; what does, works all the same (A46).
 */
export async function ensurePort(host: NetworkHost, serverId: string, port: DesiredPort): Promise<PortReady> {
  return exclusively(host.tools, `port/${port.id}`, () => putPort(host, serverId, port));
}

/** Makes again what has gone of a port that is on the host. One that is not, or is being purged, is left alone. */
export async function restorePort(host: NetworkHost, serverId: string, port: DesiredPort): Promise<void> {
  await exclusively(host.tools, `port/${port.id}`, async () => {
    const row = await findPort(host.tools.ovs, externalId.port, port.id);
    if (row !== undefined) await putPort(host, serverId, port);
  });
}

async function putPort(host: NetworkHost, serverId: string, port: DesiredPort): Promise<PortReady> {
  const network = host.state.get('network', port.networkId)?.spec;
  if (network === undefined) throw failed(port, `its network ${port.networkId} is not on this host yet`);
  if (port.addresses.length === 0 || port.addresses.length > addressesPerPort) {
    throw failed(port, `it has ${port.addresses.length} addresses, and must have 1 to ${addressesPerPort}`);
  }
  const service = await findPort(host.tools.ovs, externalId.service, port.networkId);
  if (service === undefined) throw failed(port, `its network "${network.name}" has no DHCP on this host yet`);
  const { row, isNew } = await claimPlace(host, serverId, port);
  const { flows, problems } = port.isEnabled
    ? flowsOf(port, flowPort(port, network, row.ofport, service.ofport))
    : { flows: [], problems: [] };
  const own = { [cookie.port(row.ofport)]: flows };
  try {
    const device = putDevice(host, row, { port, isNew, owner: guestUser(serverId)?.uid });
    // Flows send its packets through the meter of its limits. Without limits both are made at once.
    if (port.qos !== null) await device;
    await allOf([
      device,
      // Also for a port that is there: an earlier try may have ended between the two.
      programNetwork(host, network, own),
      // Without a subnet that DHCP serves there is none to reserve with.
      ...(network.subnets.length > 0 ? [putReservation(host, serverId, port)] : []),
    ]);
  } catch (error) {
    if (isNew) await takeBack(host, network, row);
    throw error;
  }
  releaseClaim(host.tools, row);
  if (problems.length > 0) throw failed(port, problems.join('; '));
  return { tapName: row.name, canOffload: host.tools.ovs.datapath() === 'system' };
}

/** Of a port that could not be made nothing may stay that names its number: another will have it. */
async function takeBack(host: NetworkHost, network: DesiredNetworkSpec, row: OvsPort): Promise<void> {
  const isOnBridge = (await host.tools.ovs.ports()).some(({ name }) => name === row.name);
  if (!isOnBridge) await withdrawFlows(host, network, row);
  releaseClaim(host.tools, row);
}

/** Waits for each, also when one fails: nobody else begins while something is still being written. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  for (const end of await Promise.allSettled(works)) if (end.status === 'rejected') throw end.reason;
}

/** Removes tap, flows, tracked connections, reservation and lease of a port. Harmless twice, and for a port never made. */
export async function purgePort(host: NetworkHost, _serverId: string, portId: string): Promise<void> {
  await exclusively(host.tools, `port/${portId}`, () => removePort(host, portId));
}

async function removePort(host: NetworkHost, portId: string): Promise<void> {
  const { tools } = host;
  const row = (await knownPorts(host)).find((known) => portIdOf(known) === portId);
  for (const network of host.state.list('network')) {
    const folder = networkFolder(host, network.spec.id);
    await tools.dnsmasq.purgeHost(folder, networkNamespace(host, network.spec.id), portId);
  }
  if (row === undefined) {
    // Made half: the device, and no port yet. A device of the same name may be another port's.
    const isTaken = (await tools.ovs.ports()).some(({ name }) => name === tapName(portId));
    if (!isTaken) await tools.ip.purgeLink(tapName(portId));
    return;
  }
  await tools.ovs.replaceFlows({ [cookie.port(row.ofport)]: [] });
  await tools.ovs.limitPort(row, null);
  await tools.ovs.flushZone(row.ofport);
  await tools.ip.purgeLink(row.name);
  // Last, as it is the memory of all the above: a purge that ends half-way is ended by the next.
  await withdrawPort(host, row);
  releaseClaim(tools, row);
}

/** Ids of the ports that this host has for a server, from what is on the host and not from desired state. */
export async function listPorts(host: NetworkHost, serverId: string): Promise<string[]> {
  const rows = await host.tools.ovs.ports();
  return rows.flatMap((row) => (row.externalIds[externalId.server] === serverId ? (portIdOf(row) ?? []) : []));
}

function portIdOf(row: OvsPort): string | undefined {
  return row.externalIds[externalId.port];
}

/** The port's number, and what the bridge is to remember of it. */
async function claimPlace(host: NetworkHost, serverId: string, port: DesiredPort) {
  const name = tapName(port.id);
  return exclusively(host.tools, 'ofports', async () => {
    const rows = await knownPorts(host);
    const other = rows.find((row) => row.name === name && portIdOf(row) !== port.id);
    if (other !== undefined) {
      throw failed(port, `its device name ${name} belongs to port ${portIdOf(other) ?? 'unknown'}; make a new port`);
    }
    const before = rows.find((row) => portIdOf(row) === port.id);
    const ofport = before?.ofport ?? allocateOfport(host.tools, rows);
    const externalIds = {
      [externalId.port]: port.id,
      [externalId.server]: serverId,
      [externalId.network]: port.networkId,
      ...reachOf(port),
    };
    const row: OvsPort = { name, ofport, externalIds };
    claimPort(host.tools, row);
    return { row, isNew: before === undefined };
  });
}

async function putDevice(
  { tools: { ip, ovs } }: NetworkHost,
  row: OvsPort,
  { port, isNew, owner }: { port: DesiredPort; isNew: boolean; owner: number | undefined },
): Promise<void> {
  // Connections of an earlier owner of the number are not this port's.
  const flushed = isNew ? [ovs.flushZone(row.ofport)] : [];
  await allOf([ip.ensureTap({ name: row.name, mtu: port.mtu, owner }), ...flushed]);
  await ovs.ensurePort(row);
  if (!isNew || port.qos !== null) await ovs.limitPort(row, port.qos);
}

async function putReservation(host: NetworkHost, serverId: string, port: DesiredPort): Promise<void> {
  const addresses = port.addresses.map(({ address }) => address);
  const hostName =
    port.dnsName ??
    host.state.get('server', serverId)?.spec.hostName ??
    `host-${addresses[0]?.replaceAll(/[.:]+/g, '-')}`;
  const folder = networkFolder(host, port.networkId);
  const { macAddress, dhcpOptions: options } = port;
  const reservation = { portId: port.id, macAddress, hostName, addresses, options };
  await host.tools.dnsmasq.ensureHost(folder, networkNamespace(host, port.networkId), reservation);
}

function flowsOf(port: DesiredPort, own: FlowPort): ReturnType<typeof portFlows> {
  const { flows, problems } = portFlows(own, port.rules);
  return { flows: port.qos === null ? flows : [...flows, ...qosFlows(own, port.qos)], problems };
}

function flowPort(port: DesiredPort, network: DesiredNetworkSpec, ofport: number, serviceOfport: number): FlowPort {
  return {
    ofport,
    tunnelKey: port.tunnelKey,
    macAddress: port.macAddress,
    addresses: port.addresses.map(({ address }) => address),
    pairs: port.allowedAddressPairs,
    isSecured: port.hasPortSecurity,
    serviceOfport,
    serviceAddresses: network.subnets.map(({ dhcpAddress }) => dhcpAddress),
  };
}

/** Without port security, or with a pair of another MAC address, it may be reached at addresses nobody was told of. */
function reachOf({ isEnabled, hasPortSecurity, allowedAddressPairs }: DesiredPort): Record<string, string> {
  if (!isEnabled) return { [externalId.reach]: 'none' };
  const isOpen = !hasPortSecurity || allowedAddressPairs.some(({ macAddress }) => macAddress !== null);
  return isOpen ? { [externalId.reach]: 'open' } : {};
}

function failed(port: DesiredPort, why: string): UnkaiError {
  return new UnkaiError('host_failed', `Port ${port.id} does not work: ${why}.`);
}
