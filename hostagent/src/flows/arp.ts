import { type FlowNetwork, type FlowPort, flow, metadataAddress, serviceMac, table } from './layout.ts';

/** Answers "who has `address`?" with `macAddress`, back to the port that asked. */
export function answer(priority: number, match: string, address: string, macAddress: string): string {
  const actions = [
    'move:eth_src->eth_dst',
    `set_field:${macAddress}->eth_src`,
    'set_field:2->arp_op',
    'move:arp_sha->arp_tha',
    'move:arp_spa->arp_tpa',
    `set_field:${macAddress}->arp_sha`,
    `set_field:${address}->arp_spa`,
    'in_port',
  ];
  return flow(table.arp, priority, `arp,${match}arp_op=1,arp_tpa=${address}`, actions.join(','));
}

/** The metadata address is on every network. */
export function arpBase(): string[] {
  return [answer(100, '', metadataAddress, serviceMac)];
}

/** Addresses of DHCP and DNS, and of guests on other hosts. What nobody has is not answered, and asked of nobody. */
export function arpNetwork(network: FlowNetwork): string[] {
  const match = `metadata=${network.tunnelKey},`;
  return [
    ...network.serviceAddresses.map((address) => answer(100, match, address, serviceMac)),
    ...network.neighbours.flatMap((neighbour) =>
      neighbour.addresses.map((address) => answer(100, match, address, neighbour.macAddress)),
    ),
  ];
}

/**
 * A guest's own addresses: told to others, and before what is known of another host, so that a guest that has just come
 * is found here. It gets no answer about itself, which it would take for a second owner of its address.
 */
export function arpPort(port: FlowPort): string[] {
  return port.addresses.flatMap((address) => [
    flow(table.arp, 120, `arp,metadata=${port.tunnelKey},reg5=${port.ofport},arp_op=1,arp_tpa=${address}`, 'drop'),
    answer(110, `metadata=${port.tunnelKey},`, address, port.macAddress),
  ]);
}
