import { icmp6Of } from './ethernet.ts';
import { isIpv6, linkLocalAddress } from './ipv6.ts';
import { flow, table } from './layout.ts';
import { answer } from './neighbours.ts';

/** What a host knows about a router's port when it writes flows. */
export type FlowRouterPort = {
  ofport: number;
  tunnelKey: number;
  macAddress: string;
  /** Addresses that it answers for: its own, and those that it translates. */
  addresses: readonly string[];
};

/**
 * Flows of a router's port. It forwards for others, so any address may come from it, but only from its own MAC address:
 * what it may not send was checked where it came from. No connection tracking either: the router has its own, and every
 * guest's port has one.
 */
export function routerPortFlows(port: FlowRouterPort): string[] {
  const { ofport, macAddress, tunnelKey } = port;
  const enter = (match: string, next: number) =>
    flow(
      table.classify,
      match.startsWith('icmp6') ? 110 : 100,
      `in_port=${ofport},vlan_tci=0x0000/0x1000,dl_src=${macAddress},${match}`,
      `set_field:${tunnelKey}->metadata,set_field:${ofport}->reg5,goto_table:${next}`,
    );
  const network = `metadata=${tunnelKey},`;
  return [
    ...[`arp,arp_sha=${macAddress}`, icmp6Of('neighbourSolicitation')].map((what) => enter(what, table.neighbours)),
    ...['ip', 'ipv6'].map((what) => enter(what, table.layer2)),
    ...[...port.addresses, linkLocalAddress(macAddress)].map((address) =>
      answer(110, network, { address, macAddress, isRouter: true }),
    ),
    // What it says of its own addresses is no question, and is told to all.
    ...port.addresses
      .filter((address) => !isIpv6(address))
      .map((address) =>
        flow(
          table.neighbours,
          120,
          `arp,${network}reg5=${ofport},arp_op=1,arp_tpa=${address}`,
          `goto_table:${table.layer2}`,
        ),
      ),
    // What is for all of the network.
    flow(table.ingress, 200, `reg7=${ofport}`, `goto_table:${table.output}`),
    flow(table.layer2, 110, `${network}dl_dst=${macAddress}`, `output:${ofport}`),
  ];
}
