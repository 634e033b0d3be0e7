import { icmp6Of } from './ethernet.ts';
import { type FlowNetwork, type FlowPort, flow, ofport, origin, serviceMac, table } from './layout.ts';

/** A guest's port: its network and number are written on every packet. Frames with a VLAN tag are not taken. */
export function classifyPort(port: FlowPort): string[] {
  return [
    flow(
      table.classify,
      100,
      `in_port=${port.ofport},vlan_tci=0x0000/0x1000`,
      `set_field:${port.tunnelKey}->metadata,set_field:${port.ofport}->reg5,goto_table:${table.antiSpoof}`,
    ),
  ];
}

/**
 * The network's DHCP and DNS, and its tunnel packets: only from hosts that have a port of this network, so a packet
 * with a guessed key from anywhere else on the underlay is dropped. What its sender may send was checked over there.
 */
export function classifyNetwork(network: FlowNetwork): string[] {
  const service = (priority: number, what: string, next: number) =>
    flow(
      table.classify,
      priority,
      `in_port=${network.serviceOfport},${what},dl_src=${serviceMac}`,
      `set_field:${network.tunnelKey}->metadata,set_field:${origin.service}->reg1,goto_table:${next}`,
    );
  const tunnel = (underlayAddress: string) =>
    flow(
      table.classify,
      100,
      `in_port=${tunnelPort(network)},tun_id=${network.tunnelKey},tun_src=${underlayAddress}`,
      `set_field:${network.tunnelKey}->metadata,set_field:${origin.tunnel}->reg1,goto_table:${table.layer2}`,
    );
  return [
    service(100, 'arp', table.neighbours),
    service(110, icmp6Of('neighbourSolicitation'), table.neighbours),
    ...['ip', 'ipv6'].map((what) => service(100, what, table.layer2)),
    ...underlayAddresses(network).map(tunnel),
  ];
}

/** The port of this network's tunnels. */
export function tunnelPort({ segment }: FlowNetwork): number {
  return segment.kind === 'tunnel' ? segment.ofport : ofport.tunnel;
}

/** The other hosts that have a port of this network, each once; none when it does not go through tunnels. */
export function underlayAddresses(network: FlowNetwork): string[] {
  if (network.segment.kind !== 'tunnel') return [];
  return [...new Set(network.neighbours.map((neighbour) => neighbour.underlayAddress))].sort();
}
