import { answer } from './arp.ts';
import { flow, table } from './layout.ts';

/** What a host knows about a router's port when it writes flows. */
export type FlowRouterPort = {
  ofport: number;
  tunnelKey: number;
  macAddress: string;
  /** IPv4 addresses that it answers for: its own, and those that it translates. */
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
      100,
      `in_port=${ofport},vlan_tci=0x0000/0x1000,dl_src=${macAddress},${match}`,
      `set_field:${tunnelKey}->metadata,set_field:${ofport}->reg5,goto_table:${next}`,
    );
  const network = `metadata=${tunnelKey},`;
  return [
    enter(`arp,arp_sha=${macAddress}`, table.arp),
    enter('ip', table.layer2),
    ...port.addresses.map((address) => answer(110, network, address, macAddress)),
    flow(table.layer2, 110, `${network}dl_dst=${macAddress}`, `output:${ofport}`),
  ];
}
