import { ofport } from '../flows/layout.ts';
import type { NetworkHost } from '../network-host.ts';
import { greDevice, tunnelDevice } from '../tools/device-names.ts';
import { externalId } from './ofport.ts';
import { findUnderlay } from './underlay.ts';

/**
 * Makes the one VXLAN port of this host: flows choose the other host and the network's key. Packets leave from the
 * address that the other hosts know, as they take them from no other (flows/classify.ts). Gives what stands in its way,
 * in words, for the operators.
 */
export async function ensureTunnels(host: NetworkHost): Promise<string[]> {
  const { ovs } = host.tools;
  const underlay = await findUnderlay(host);
  await ensureTunnel(host, { name: tunnelDevice, ofport: ofport.tunnel, kind: 'vxlan' });
  const hasRemote = host.state
    .list('network')
    .some(({ spec }) => spec.neighbours.some(({ underlayAddress }) => underlayAddress !== null));
  if (ovs.datapath() !== 'netdev' || !hasRemote) return [];
  // Of a bridge that somebody else made around the device, the local port is among the switch's own as well.
  const isOnBridge = (await ovs.ports()).some(({ name }) => name === underlay?.device);
  if (isOnBridge) return [];
  return [
    'Networks reach other hosts, but Open vSwitch runs in user space: name the device towards them in ' +
      'UNKAI_UNDERLAY_DEVICE, and the agent moves its addresses onto a bridge; or use a kernel with the openvswitch module.',
  ];
}

/** The same for networks of type GRE (RFC 2784, with the key of RFC 2890); made when there is the first. */
export async function ensureGre(host: NetworkHost): Promise<void> {
  await ensureTunnel(host, { name: greDevice, ofport: ofport.gre, kind: 'gre' });
}

async function ensureTunnel(
  host: NetworkHost,
  port: { name: string; ofport: number; kind: 'vxlan' | 'gre' },
): Promise<void> {
  const underlay = await findUnderlay(host);
  await host.tools.ovs.ensurePort({
    ...port,
    options: { key: 'flow', remote_ip: 'flow', ...(underlay === null ? {} : { local_ip: underlay.address }) },
    externalIds: { [externalId.service]: 'tunnel' },
  });
}
