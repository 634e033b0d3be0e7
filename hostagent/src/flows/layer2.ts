import { tunnelPort, underlayAddresses } from './classify.ts';
import { icmp6Of, toAll } from './ethernet.ts';
import { isIpv6 } from './ipv6.ts';
import { type FlowNetwork, type FlowPort, flow, origin, serviceMac, table } from './layout.ts';

/** To a guest on this host, before what is known of another host (see neighboursPort). */
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
 * again, nor what came from outside there (split horizon), and services on this host are reached from this host only.
 */
export function layer2Network(network: FlowNetwork): string[] {
  const fromGuest = `metadata=${network.tunnelKey},reg1=${origin.guest}`;
  const tunnel = (underlay: string) =>
    `set_field:${network.tunnelKey}->tun_id,set_field:${underlay}->tun_dst,output:${tunnelPort(network)}`;
  const reached = network.segment.kind === 'tunnel' ? network.neighbours : [];
  const neighbours = reached.map((neighbour) =>
    flow(table.layer2, 100, `${fromGuest},dl_dst=${neighbour.macAddress}`, tunnel(neighbour.underlayAddress)),
  );
  return [...neighbours, ...services(network, fromGuest), ...toMany(network, tunnel)];
}

/** DHCP, DNS and ping of this host's service; as an IPv6 router it passes packets on to the one that leads out. */
function services(network: FlowNetwork, fromGuest: string): string[] {
  const toService = `${fromGuest},dl_dst=${serviceMac}`;
  const answers = network.serviceAddresses.flatMap((address) => {
    const asked = isIpv6(address)
      ? ['udp6,tp_dst=53', 'tcp6,tp_dst=53', 'icmp6,icmpv6_type=128'].map((what) => `${what},ipv6_dst=${address}`)
      : ['udp,tp_dst=53', 'tcp,tp_dst=53', 'icmp'].map((what) => `${what},nw_dst=${address}`);
    return asked.map((what) => flow(table.layer2, 100, `${toService},${what}`, `output:${network.serviceOfport}`));
  });
  const gateways = network.gateways.map(({ prefix, macAddress }) => {
    const actions = `set_field:${macAddress}->eth_dst,resubmit(,${table.layer2})`;
    return flow(table.layer2, 95, `${toService},ipv6,ipv6_src=${prefix}`, actions);
  });
  return [...answers, ...gateways, flow(table.layer2, 90, toService, 'drop')];
}

/** Broadcasts and multicasts, and MAC addresses that nobody was told of, which only some ports may have. */
function toMany(network: FlowNetwork, tunnel: (underlay: string) => string): string[] {
  const from = (source: keyof typeof origin) => `metadata=${network.tunnelKey},reg1=${origin[source]}`;
  const to = (ofports: readonly number[]) =>
    ofports.map((port) => `set_field:${port}->reg7,resubmit(,${table.ingress})`).sort();
  const all = to(network.localOfports);
  const open = to(network.openOfports);
  const { segment } = network;
  const remote = segment.kind === 'physical' ? [`output:${segment.ofport}`] : underlayAddresses(network).map(tunnel);
  const inwards = from(segment.kind === 'physical' ? 'provider' : 'tunnel');
  const spread = (priority: number, match: string, actions: readonly string[]) =>
    actions.length === 0 ? [] : [flow(table.layer2, priority, match, actions.join(','))];
  return [
    // A DHCP answer to a client that asked for a broadcast, and the advertisements of the network's router.
    ...spread(70, `udp,${from('service')},${toAll},tp_src=67,tp_dst=68`, all),
    ...spread(70, `${icmp6Of('routerAdvertisement')},${from('service')},${toAll}`, all),
    ...spread(60, `${inwards},${toAll}`, all),
    ...spread(50, `${from('guest')},${toAll}`, [...all, ...remote]),
    ...spread(20, inwards, open),
    ...spread(10, from('guest'), [...open, ...remote]),
  ];
}
