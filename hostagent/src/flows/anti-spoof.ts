import { type FlowPort, flow, table } from './layout.ts';

/**
 * What a guest may send (A43): IPv4 from its own addresses, ARP that speaks of itself only, and DHCP requests, which go
 * to the network's own server and nowhere else. The rest is dropped by the table: other addresses, a DHCP server's
 * answers, IPv6 with its neighbour and router advertisements, and every other protocol.
 */
export function antiSpoof(port: FlowPort): string[] {
  const from = `in_port=${port.ofport}`;
  const own = `dl_src=${port.macAddress}`;
  const dhcp = `${from},udp,${own}`;
  const toServer = `output:${port.serviceOfport}`;
  return [
    flow(table.antiSpoof, 120, `${dhcp},tp_src=67`, 'drop'),
    flow(table.antiSpoof, 110, `${dhcp},nw_src=0.0.0.0,nw_dst=255.255.255.255,tp_src=68,tp_dst=67`, toServer),
    ...port.addresses.flatMap((address) => [
      ...['255.255.255.255', ...port.serviceAddresses].map((server) =>
        flow(table.antiSpoof, 110, `${dhcp},nw_src=${address},nw_dst=${server},tp_src=68,tp_dst=67`, toServer),
      ),
      // Link-local addresses are this host's services; nothing of them passes to the network.
      flow(table.antiSpoof, 105, `${from},ip,${own},nw_src=${address},nw_dst=169.254.0.0/16`, 'drop'),
      flow(table.antiSpoof, 100, `${from},ip,${own},nw_src=${address}`, `goto_table:${table.egress}`),
      flow(table.antiSpoof, 100, `${from},arp,${own},arp_sha=${port.macAddress},arp_spa=${address}`, toArp),
    ]),
    // An address probe (RFC 5227) asks before it owns anything.
    flow(table.antiSpoof, 100, `${from},arp,${own},arp_sha=${port.macAddress},arp_spa=0.0.0.0`, toArp),
  ];
}

const toArp = `goto_table:${table.arp}`;
