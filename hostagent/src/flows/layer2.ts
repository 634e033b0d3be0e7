import { underlayAddresses } from './classify.ts';
import { type FlowNetwork, type FlowPort, flow, ofport, origin, serviceMac, table } from './layout.ts';

const toAll = 'dl_dst=01:00:00:00:00:00/01:00:00:00:00:00';

/** To a guest on this host, before what is known of another host (see arpPort). */
export function layer2Port(port: FlowPort): string[] {
  return [
    flow(
      table.layer2,
      110,
      `metadata=${port.tunnelKey},dl_dst=${port.macAddress}`,
      `set_field:${port.ofport}->reg7,goto_table:${table.ingress}`,
    ),
  ];
}

/**
 * To guests on other hosts, to DHCP and DNS of this host, and to everybody. What came from a tunnel never goes into one
 * again (split horizon), and services on this host are reached from this host only.
 */
export function layer2Network(network: FlowNetwork): string[] {
  const inNetwork = `metadata=${network.tunnelKey}`;
  const fromGuest = `${inNetwork},reg1=${origin.guest}`;
  const tunnel = (underlay: string) =>
    `set_field:${network.tunnelKey}->tun_id,set_field:${underlay}->tun_dst,output:${ofport.tunnel}`;
  const neighbours = network.neighbours.map((neighbour) =>
    flow(table.layer2, 100, `${fromGuest},dl_dst=${neighbour.macAddress}`, tunnel(neighbour.underlayAddress)),
  );
  const services = network.serviceAddresses.flatMap((address) =>
    ['udp,tp_dst=53', 'tcp,tp_dst=53', 'icmp'].map((what) =>
      flow(
        table.layer2,
        100,
        `${what},${fromGuest},dl_dst=${serviceMac},nw_dst=${address}`,
        `output:${network.serviceOfport}`,
      ),
    ),
  );
  return [...neighbours, ...services, ...broadcasts(network, tunnel)];
}

function broadcasts(network: FlowNetwork, tunnel: (underlay: string) => string): string[] {
  const inNetwork = `metadata=${network.tunnelKey}`;
  const local = (next: number) =>
    network.localOfports.map((port) => `set_field:${port}->reg7,resubmit(,${next})`).sort();
  const remote = underlayAddresses(network).map(tunnel);
  const spread = (priority: number, match: string, actions: readonly string[]) =>
    actions.length === 0 ? [] : [flow(table.layer2, priority, match, actions.join(','))];
  return [
    ...spread(60, `ip,${inNetwork},reg1=${origin.tunnel},${toAll}`, local(table.ingress)),
    ...spread(50, `ip,${inNetwork},reg1=${origin.guest},${toAll}`, [...local(table.ingress), ...remote]),
    // A DHCP answer to a client that asked for a broadcast.
    ...spread(70, `udp,${inNetwork},reg1=${origin.service},${toAll},tp_src=67,tp_dst=68`, local(table.ingress)),
  ];
}
