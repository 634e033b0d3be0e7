import { type DnsmasqTool, openDnsmasq } from './dnsmasq.ts';
import { type IpTool, openIp } from './ip.ts';
import { type ListenerTool, openListener } from './listener.ts';
import { type NftTool, openNft } from './nft.ts';
import { type OvsTool, openOvs } from './ovs.ts';
import type { OvsSettings } from './ovs-daemons.ts';
import { openRouting, type RoutingTool } from './routing.ts';

/** The tools of the network half: its resources use these and no others. */
export type NetworkTools = {
  ovs: OvsTool;
  ip: IpTool;
  nft: NftTool;
  routing: RoutingTool;
  dnsmasq: DnsmasqTool;
  listener: ListenerTool;
};

/** The real ones. Starts nothing yet. */
export async function openNetworkTools(settings: OvsSettings): Promise<NetworkTools> {
  return {
    ovs: await openOvs(settings),
    ip: openIp(settings.namespace),
    nft: openNft(settings.namespace),
    routing: openRouting(settings.namespace),
    dnsmasq: openDnsmasq(),
    listener: openListener(),
  };
}
