import { join } from 'node:path';
import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredNetworkSpec } from '@unkai/contracts/host/desired';
import { id as idSchema } from '@unkai/contracts/primitives';
import { exclusively } from '../exclusive.ts';
import { namesIn } from '../files.ts';
import { isIpv6, parseAnyPrefix } from '../flows/ipv6.ts';
import { cookie, type FlowNetwork, serviceLinkLocal, serviceMac } from '../flows/layout.ts';
import { networkFlows } from '../flows/pipeline.ts';
import type { NetworkHost } from '../network-host.ts';
import { serviceDevice } from '../tools/device-names.ts';
import type { DnsmasqNeighbour } from '../tools/dnsmasq-files.ts';
import type { OvsPort } from '../tools/ovs.ts';
import type { FlowChanges } from '../tools/ovs-flows.ts';
import { allocateOfport, externalId, findPort, knownPorts } from './ofport.ts';
import { flowSegment, purgeUplink, putSegment } from './uplink.ts';

/** Makes what this host needs for a network: DHCP, name service, flows to its neighbours. Throws an UnkaiError. */
export async function ensure(host: NetworkHost, spec: DesiredNetworkSpec): Promise<void> {
  await exclusively(host.tools, `network/${spec.id}`, () => {
    withdrawnBy(host).delete(spec.id);
    return putNetwork(host, spec);
  });
}

const withdrawn = new WeakMap<object, Set<string>>();

/** Networks that were purged since the agent started: local state may still name them, and nobody brings them back. */
function withdrawnBy(host: NetworkHost): Set<string> {
  const own = withdrawn.get(host.tools) ?? new Set<string>();
  withdrawn.set(host.tools, own);
  return own;
}

/** Makes again what has gone of a network, unless it is being purged. */
export async function restore(host: NetworkHost, id: string): Promise<void> {
  await exclusively(host.tools, `network/${id}`, async () => {
    const kept = host.state.get('network', id);
    if (kept !== undefined && !withdrawnBy(host).has(id)) await putNetwork(host, kept.spec);
  });
}

async function putNetwork(host: NetworkHost, spec: DesiredNetworkSpec): Promise<void> {
  const { tools } = host;
  const namespace = networkNamespace(host, spec.id);
  // What is new is mostly a neighbour: where the network is there already, it is reached before all else is looked at.
  await programNetwork(host, spec);
  await tools.ip.ensureNamespace(namespace);
  const folder = networkFolder(host, spec.id);
  const device = {
    name: serviceDevice(spec.id),
    namespace,
    macAddress: serviceMac,
    mtu: spec.mtu,
    addresses: [
      ...spec.subnets.map((subnet) => `${subnet.dhcpAddress}/${prefixOf(spec, subnet.cidr).split('/')[1]}`),
      `${serviceLinkLocal}/64`,
    ],
  };
  // What runs would go on with the device that was there before.
  await tools.ip.ensureVeth(device, async () => {
    await tools.dnsmasq.stop(folder);
    await putServicePort(host, spec, true);
  });
  await putServicePort(host, spec, false);
  await putSegment(host, spec);
  await programNetwork(host, spec);
  if (spec.subnets.length > 0) {
    const { mtu, subnets } = spec;
    await tools.dnsmasq.ensure({ folder, namespace, mtu, subnets });
    await tools.dnsmasq.ensureNeighbours(folder, neighboursElsewhere(spec));
  } else {
    await tools.dnsmasq.purge(folder);
  }
}

/** Guests of this host have their names from their own reservations. */
function neighboursElsewhere(spec: DesiredNetworkSpec): DnsmasqNeighbour[] {
  return spec.neighbours.flatMap(({ hostName, addresses, underlayAddress }) =>
    hostName === null || underlayAddress === null ? [] : [{ hostName, addresses }],
  );
}

/** Removes all of it. Harmless twice. */
export async function purge(host: NetworkHost, id: string): Promise<void> {
  const { tools } = host;
  await exclusively(tools, `network/${id}`, async () => {
    withdrawnBy(host).add(id);
    await tools.dnsmasq.purge(networkFolder(host, id));
    const row = await findPort(tools.ovs, externalId.service, id);
    if (row !== undefined) {
      await withdrawService(host, id, row);
      await tools.ip.purgeLink(row.name);
    }
    await purgeUplink(host, id);
    await tools.ip.purgeNamespace(networkNamespace(host, id));
  });
}

/**
 * Takes a network's flows out, and its DHCP off the bridge before anybody writes them again: a port that goes at the same
 * time, such as a router's, writes those of its network anew as long as that has DHCP here.
 */
async function withdrawService({ tools }: NetworkHost, id: string, row: OvsPort): Promise<void> {
  const tunnelKey = Number(row.externalIds[externalId.tunnelKey]);
  await exclusively(tools, `flows/${id}`, async () => {
    if (Number.isInteger(tunnelKey)) await tools.ovs.replaceFlows({ [cookie.network(tunnelKey)]: [] });
    await tools.ovs.purgePort(row.name);
  });
}

/** Ids of the networks that this host has something of. */
export async function list(host: NetworkHost): Promise<string[]> {
  const prefix = networkNamespace(host, '');
  const namespaces = (await host.tools.ip.namespaces()).filter((name) => name.startsWith(prefix));
  const rows = await host.tools.ovs.ports();
  const candidates = [
    ...namespaces.map((name) => name.slice(prefix.length)),
    ...(await namesIn(host.paths.network)),
    ...rows.flatMap((row) => row.externalIds[externalId.service] ?? row.externalIds[externalId.uplink] ?? []),
  ];
  return [...new Set(candidates.filter((candidate) => idSchema.safeParse(candidate).success))];
}

async function putServicePort(host: NetworkHost, spec: DesiredNetworkSpec, isDeviceMade: boolean): Promise<void> {
  const { tools } = host;
  const name = serviceDevice(spec.id);
  await exclusively(tools, 'ofports', async () => {
    const rows = await tools.ovs.ports();
    const other = rows.find((row) => row.name === name && row.externalIds[externalId.service] !== spec.id);
    if (other !== undefined) throw failed(spec, `its device name ${name} is in use by another network`);
    const before = rows.find((row) => row.externalIds[externalId.service] === spec.id);
    const externalIds = { [externalId.service]: spec.id, [externalId.tunnelKey]: String(spec.tunnelKey) };
    const ofport = before?.ofport ?? allocateOfport(tools, rows);
    await tools.ovs.ensurePort({ name, ofport, externalIds, isDeviceMade });
  });
}

/**
 * Writes the network's flows anew, from its neighbours and from the ports it has on this host at this moment, and with
 * them those of one of its ports.
 */
export async function programNetwork(
  host: NetworkHost,
  spec: DesiredNetworkSpec,
  ofPort: FlowChanges = {},
): Promise<void> {
  await exclusively(host.tools, `flows/${spec.id}`, async () => writeFlows(host, spec, await knownPorts(host), ofPort));
}

/**
 * Takes a port off the bridge, and out of its network's flows first: nothing of the network may be sent to its number
 * when another port has it.
 */
export async function withdrawPort(host: NetworkHost, row: OvsPort): Promise<void> {
  const networkId = row.externalIds[externalId.network] ?? '';
  const network = host.state.get('network', networkId);
  await exclusively(host.tools, `flows/${networkId}`, async () => {
    const others = (await knownPorts(host)).filter(({ name }) => name !== row.name);
    if (network !== undefined) await writeFlows(host, network.spec, others);
    await host.tools.ovs.purgePort(row.name);
  });
}

/** Takes what names a port, that is not on the bridge, out of all flows. */
export async function withdrawFlows(host: NetworkHost, spec: DesiredNetworkSpec, row: OvsPort): Promise<void> {
  await exclusively(host.tools, `flows/${spec.id}`, async () => {
    const others = (await knownPorts(host)).filter(({ name }) => name !== row.name);
    await writeFlows(host, spec, others, { [cookie.port(row.ofport)]: [] });
  });
}

async function writeFlows(
  host: NetworkHost,
  spec: DesiredNetworkSpec,
  rows: readonly OvsPort[],
  ofPort: FlowChanges = {},
): Promise<void> {
  const { ovs } = host.tools;
  const network = flowNetwork(host, spec, rows);
  if (network === null) return ovs.replaceFlows(ofPort);
  const own = { [cookie.network(spec.tunnelKey)]: networkFlows(network) };
  try {
    await ovs.replaceFlows({ ...ofPort, ...own });
  } catch (error) {
    if (Object.keys(ofPort).length === 0) throw error;
    // What is wrong with one port's flows keeps nobody from the network's (A46).
    await ovs.replaceFlows(own);
    await ovs.replaceFlows(ofPort);
  }
}

/** What the network's flows are made of; null without its DHCP on this host. */
function flowNetwork(host: NetworkHost, spec: DesiredNetworkSpec, rows: readonly OvsPort[]): FlowNetwork | null {
  const service = rows.find((row) => row.externalIds[externalId.service] === spec.id);
  if (service === undefined) return null;
  const local = rows.filter(({ externalIds }) => externalIds[externalId.network] === spec.id);
  const reaching = (reach: string) => local.filter(({ externalIds }) => externalIds[externalId.reach] === reach);
  return {
    tunnelKey: spec.tunnelKey,
    serviceOfport: service.ofport,
    serviceAddresses: spec.subnets.map(({ dhcpAddress }) => dhcpAddress),
    localOfports: local.filter((row) => !reaching('none').includes(row)).map(({ ofport }) => ofport),
    openOfports: reaching('open').map(({ ofport }) => ofport),
    gateways: gatewaysOf(host, spec),
    segment: flowSegment(spec, rows),
    neighbours: spec.neighbours.flatMap(({ underlayAddress, ...neighbour }) =>
      underlayAddress === null ? [] : [{ ...neighbour, underlayAddress }],
    ),
  };
}

/** Who leads out of each IPv6 subnet: the router's port with the subnet's gateway address, on whichever host it is. */
function gatewaysOf(host: NetworkHost, spec: DesiredNetworkSpec): FlowNetwork['gateways'] {
  const routers = host.state.list('router').flatMap((router) => router.spec.interfaces);
  const here = routers.filter(({ networkId }) => networkId === spec.id);
  const known = [
    ...spec.neighbours,
    ...here.map((port) => ({ ...port, addresses: port.addresses.map(({ address }) => address) })),
  ];
  return spec.subnets.flatMap(({ cidr, gatewayAddress }) => {
    if (!isIpv6(cidr) || gatewayAddress === null) return [];
    const holder = known.find(({ addresses }) => addresses.includes(gatewayAddress));
    return holder === undefined ? [] : [{ prefix: prefixOf(spec, cidr), macAddress: holder.macAddress }];
  });
}

/** Folder of a network's dnsmasq. */
export const networkFolder = (host: NetworkHost, networkId: string) => join(host.paths.network, networkId);

/** Namespace of a network's DHCP and DNS. Hosts that share a machine, each in a namespace, keep theirs apart. */
export const networkNamespace = (host: NetworkHost, networkId: string) =>
  `${host.config.networkNamespace ?? 'unkai'}-${networkId}`;

function prefixOf(spec: DesiredNetworkSpec, cidr: string): string {
  const prefix = parseAnyPrefix(cidr);
  if (prefix === null) throw failed(spec, `"${cidr}" is not a prefix such as 10.0.0.0/24 or 2001:db8::/64`);
  return prefix.text;
}

function failed(spec: DesiredNetworkSpec, why: string): UnkaiError {
  return new UnkaiError('host_failed', `Network "${spec.name}" does not work on this host: ${why}.`);
}
