import { ofport } from '../flows/layout.ts';
import type { NetworkHost } from '../network-host.ts';
import { tunnelDevice } from '../tools/device-names.ts';
import { externalId } from './ofport.ts';

/**
 * Makes the one VXLAN port of this host: flows choose the other host and the network's key. Gives what stands in its
 * way, in words, for the operators.
 *
 * In user space the underlay address has to sit on the local port of a bridge that owns the underlay's device. Moving a
 * machine's only address there could cut it off, so that is left to whoever adds a second host; with one host nothing
 * ever goes into the tunnel, and nothing from it is let in (flows/classify.ts).
 */
export async function ensureTunnels(host: NetworkHost): Promise<string[]> {
  const { ovs } = host.tools;
  await ovs.ensurePort({
    name: tunnelDevice,
    ofport: ofport.tunnel,
    kind: 'vxlan',
    options: { key: 'flow', remote_ip: 'flow' },
    externalIds: { [externalId.service]: 'tunnel' },
  });
  const hasRemote = host.state
    .list('network')
    .some(({ spec }) => spec.neighbours.some(({ underlayAddress }) => underlayAddress !== null));
  if (ovs.datapath() !== 'netdev' || !hasRemote) return [];
  return [
    'Networks reach other hosts, but Open vSwitch runs in user space: put the underlay address on the local port of a ' +
      'bridge that owns the underlay device (datapath_type=netdev), or use a kernel with the openvswitch module.',
  ];
}
