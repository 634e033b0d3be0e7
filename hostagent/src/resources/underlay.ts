import type { NetworkHost } from '../network-host.ts';
import { underlayBridge } from '../tools/device-names.ts';

/**
 * Prepares the way to other hosts, and gives the devices that the host's own network stack has to be kept off.
 *
 * A switch in user space sends into a tunnel only by the local port of a bridge of its own: the underlay's device goes
 * onto such a bridge, and its addresses and routes onto the local port. Only for a device that the operator named, as
 * moving a machine's only address could cut it off. The kernel's own datapath needs nothing of this.
 */
export async function ensureUnderlay(host: NetworkHost): Promise<string[]> {
  const { ovs, ip } = host.tools;
  const device = host.config.underlayDevice;
  if (device === undefined || ovs.datapath() !== 'netdev') return [];
  await ovs.ensureDeviceBridge({ name: underlayBridge, device });
  await ip.ensureWholePackets(device);
  await ip.moveAddresses(device, underlayBridge);
  // Its packets reach the stack by the local port, and otherwise a second time past the bridge.
  return [device];
}

/** Gives the device its addresses back. To be called before the bridge goes, which would take them along. */
export async function purgeUnderlay(host: NetworkHost): Promise<void> {
  const { ovs, ip, nft } = host.tools;
  const bridges = (await ovs.switchProcess()) === null ? [] : await ovs.deviceBridges();
  await nft.purgeHostGuard();
  for (const { name, device } of bridges) await ip.moveAddresses(name, device);
}

/** The address that other hosts send to, and what carries it; null without a network. */
export function findUnderlay({ config, tools }: NetworkHost) {
  return tools.ip.underlay(config.underlayDevice === undefined ? [] : [underlayBridge, config.underlayDevice]);
}
