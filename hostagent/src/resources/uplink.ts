import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredNetworkSpec } from '@unkai/contracts/host/desired';
import type { HostFacts } from '@unkai/contracts/host/facts';
import type { PhysicalNetwork } from '../config.ts';
import { exclusively } from '../exclusive.ts';
import { type FlowSegment, ofport } from '../flows/layout.ts';
import type { NetworkHost } from '../network-host.ts';
import { uplinkDevice } from '../tools/device-names.ts';
import type { OvsPort } from '../tools/ovs.ts';
import type { SeenBridge } from '../tools/ovs-uplink.ts';
import { allocateOfport, externalId } from './ofport.ts';
import { ensureGre } from './tunnel.ts';

type Reached = { physicalNetworks: HostFacts['physicalNetworks']; warnings: string[] };

/**
 * Makes the bridges that are to be around a device. Gives the devices that the host's own network stack has to be kept
 * off. One that is not there is taken up by the switch when it comes; until then it is a warning.
 */
export async function ensurePhysicalBridges(host: NetworkHost): Promise<string[]> {
  const { ovs, ip } = host.tools;
  const devices: string[] = [];
  for (const { bridge, device } of host.config.physicalNetworks) {
    if (device === undefined) continue;
    if (ovs.datapath() === 'netdev') devices.push(device);
    try {
      await ovs.ensureDeviceBridge({ name: bridge, device });
      if (ovs.datapath() === 'netdev') await ip.ensureWholePackets(device);
    } catch (error) {
      host.log.error({ err: error, bridge, device }, 'the bridge of a physical network does not work');
    }
  }
  return devices;
}

/** The physical networks that this host reaches, and what is wrong with the others that it is said to, in words. */
export async function readPhysicalNetworks({ config, tools }: NetworkHost): Promise<Reached> {
  const reached: Reached = { physicalNetworks: [], warnings: [] };
  for (const { name, bridge, device } of config.physicalNetworks) {
    const seen = await tools.ovs.bridge(bridge, device);
    const fault = faultOf(bridge, seen, tools.ovs.datapath());
    if (seen !== null && fault === null) reached.physicalNetworks.push({ name, bridge, mtu: seen.mtu ?? 1500 });
    else reached.warnings.push(`Physical network "${name}" is not reached: ${fault}`);
  }
  return reached;
}

function faultOf(bridge: string, seen: SeenBridge | null, own: string): string | null {
  if (seen === null) {
    return (
      `Open vSwitch has no bridge ${bridge}. Make it and put the device on it, or name the device in ` +
      `UNKAI_PHYSICAL_NETWORKS as <name>:${bridge}:<device>.`
    );
  }
  if (seen.datapath === own) return seen.problem === null ? null : `bridge ${bridge}: ${seen.problem}`;
  return `bridge ${bridge} has the datapath ${seen.datapath}, and guests are on ${own}: set its datapath_type to ${own}.`;
}

/**
 * Makes the way by which a network's packets leave this host, and removes one that it no longer has. Throws an
 * UnkaiError when the host does not reach its physical network.
 */
export async function putSegment(host: NetworkHost, spec: DesiredNetworkSpec): Promise<void> {
  const { segment } = spec;
  if (segment.type === 'gre') await ensureGre(host);
  if (segment.type !== 'vlan' && segment.type !== 'flat') {
    await purgeUplink(host, spec.id);
    return;
  }
  const { ovs } = host.tools;
  const { bridge } = physicalNetwork(host, spec, segment.physicalNetwork);
  const { name, peer } = uplinkDevice(spec.id);
  const vlan = segment.type === 'vlan' ? segment.vlan : null;
  await exclusively(host.tools, 'ofports', async () => {
    const rows = await ovs.ports();
    const before = rows.find((row) => row.externalIds[externalId.uplink] === spec.id);
    const number = before?.ofport ?? allocateOfport(host.tools, rows);
    await ovs.ensureUplink({ name, peer, bridge, vlan }, number, { [externalId.uplink]: spec.id });
  });
}

function physicalNetwork(host: NetworkHost, spec: DesiredNetworkSpec, name: string): PhysicalNetwork {
  const found = host.config.physicalNetworks.find((known) => known.name === name);
  if (found !== undefined) return found;
  const why = `this host does not reach the physical network "${name}"; name its bridge in UNKAI_PHYSICAL_NETWORKS`;
  throw new UnkaiError('host_failed', `Network "${spec.name}" does not work on this host: ${why}.`);
}

/** Both ends. Harmless when there is none. */
export async function purgeUplink({ tools }: NetworkHost, networkId: string): Promise<void> {
  const rows = await tools.ovs.ports();
  const { name, peer } = uplinkDevice(networkId);
  if (rows.some((row) => row.name === name || row.name === peer)) await tools.ovs.purgeUplink({ name, peer });
}

/** How a network's packets leave this host, as its flows have to know. Without its uplink they stay here. */
export function flowSegment({ segment, id }: DesiredNetworkSpec, rows: readonly OvsPort[]): FlowSegment {
  if (segment.type === 'vxlan') return { kind: 'tunnel', ofport: ofport.tunnel };
  if (segment.type === 'gre') return { kind: 'tunnel', ofport: ofport.gre };
  const uplink = segment.type === 'local' ? undefined : rows.find((row) => row.externalIds[externalId.uplink] === id);
  return uplink === undefined ? { kind: 'local' } : { kind: 'physical', ofport: uplink.ofport };
}
