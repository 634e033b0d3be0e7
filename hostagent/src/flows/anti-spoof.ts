import { icmp6Of } from './ethernet.ts';
import { isIpv6, linkLocalAddress, parseAnyPrefix } from './ipv6.ts';
import { type FlowPort, flow, table } from './layout.ts';
import { RuleError } from './rules.ts';

/** Who a port may say it is: an address or prefix together with a MAC address. */
type Identity = { macAddress: string; address: string };

/**
 * What a guest may send (A43): IP from its own addresses, ARP and neighbour discovery that speak of itself only, and
 * DHCP requests and router solicitations, which go to the network's own server and nowhere else. The rest is dropped by
 * the table: other addresses, a DHCP server's answers, router advertisements, redirects, and every other protocol.
 * Throws RuleError for an allowed address pair that is none.
 */
export function antiSpoof(port: FlowPort): string[] {
  const own: Identity[] = port.addresses.map((address) => ({ macAddress: port.macAddress, address }));
  const identities = [...own, ...port.pairs.map((pair) => pairIdentity(port, pair))];
  const linkLocal = { macAddress: port.macAddress, address: linkLocalAddress(port.macAddress) };
  return [
    ...toServer(port),
    ...(port.isSecured
      ? [
          ...secured(port),
          ...identities.filter(({ address }) => !isIpv6(address)).flatMap((identity) => ipv4(port, identity)),
          ...[linkLocal, ...identities.filter(({ address }) => isIpv6(address))].flatMap((one) => ipv6(port, one)),
        ]
      : unsecured(port)),
  ];
}

function pairIdentity(port: FlowPort, pair: FlowPort['pairs'][number]): Identity {
  const prefix = parseAnyPrefix(pair.prefix);
  if (prefix === null) throw new RuleError(`its allowed address pair "${pair.prefix}" is not an address or prefix`);
  return { macAddress: pair.macAddress ?? port.macAddress, address: prefix.text };
}

/** Requests to DHCP and for a router's advertisement go to the network's own server, whoever else may listen. */
function toServer(port: FlowPort): string[] {
  const own = `in_port=${port.ofport},dl_src=${port.macAddress}`;
  const send = `output:${port.serviceOfport}`;
  const dhcp = (source: string, server: string) =>
    flow(table.antiSpoof, 110, `${own},udp,nw_src=${source},nw_dst=${server},tp_src=68,tp_dst=67`, send);
  const servers = ['255.255.255.255', ...port.serviceAddresses.filter((address) => !isIpv6(address))];
  const addresses = port.addresses.filter((address) => !isIpv6(address));
  const linkLocal = linkLocalAddress(port.macAddress);
  return [
    dhcp('0.0.0.0', '255.255.255.255'),
    ...addresses.flatMap((address) => servers.map((server) => dhcp(address, server))),
    flow(table.antiSpoof, 110, `${own},udp6,ipv6_src=${linkLocal},ipv6_dst=ff02::1:2,tp_src=546,tp_dst=547`, send),
    ...[linkLocal, '::'].map((source) =>
      flow(table.antiSpoof, 110, `${own},${icmp6Of('routerSolicitation')},ipv6_src=${source},ipv6_dst=ff02::2`, send),
    ),
  ];
}

function secured({ ofport, macAddress }: FlowPort): string[] {
  const from = `in_port=${ofport}`;
  const never = ['udp,tp_src=67', 'udp6,tp_src=547', icmp6Of('routerAdvertisement'), icmp6Of('redirect')];
  return [
    ...never.map((what) => flow(table.antiSpoof, 120, `${from},${what}`, 'drop')),
    // Link-local addresses of IPv4 are this host's services; nothing of them passes to the network.
    flow(table.antiSpoof, 105, `${from},ip,nw_dst=169.254.0.0/16`, 'drop'),
    // An address probe (RFC 5227) asks before it owns anything.
    flow(
      table.antiSpoof,
      100,
      `${from},arp,dl_src=${macAddress},arp_sha=${macAddress},arp_op=1,arp_spa=0.0.0.0`,
      toNeighbours,
    ),
  ];
}

function ipv4({ ofport }: FlowPort, { macAddress, address }: Identity): string[] {
  const from = `in_port=${ofport}`;
  const own = `dl_src=${macAddress}`;
  return [
    flow(table.antiSpoof, 100, `${from},ip,${own},nw_src=${address}`, `goto_table:${table.egress}`),
    flow(table.antiSpoof, 100, `${from},arp,${own},arp_sha=${macAddress},arp_spa=${address}`, toNeighbours),
  ];
}

/** A solicitation names its sender's MAC address or none, an advertisement its own address and MAC address. */
function ipv6({ ofport }: FlowPort, { macAddress, address }: Identity): string[] {
  const from = `in_port=${ofport},dl_src=${macAddress}`;
  const discovery = (what: string) => flow(table.antiSpoof, 108, `${from},${what}`, toNeighbours);
  const refused = [icmp6Of('neighbourSolicitation'), icmp6Of('neighbourAdvertisement')];
  return [
    ...[macAddress, '00:00:00:00:00:00'].flatMap((told) => [
      discovery(`${icmp6Of('neighbourSolicitation')},ipv6_src=${address},nd_sll=${told}`),
      discovery(`${icmp6Of('neighbourAdvertisement')},ipv6_src=${address},nd_target=${address},nd_tll=${told}`),
    ]),
    ...refused.map((what) => flow(table.antiSpoof, 106, `${from},${what},ipv6_src=${address}`, 'drop')),
    flow(table.antiSpoof, 100, `${from},ipv6,ipv6_src=${address}`, `goto_table:${table.egress}`),
  ];
}

/** Whatever it sends, in its network. What is known of neighbours is told to it all the same. */
function unsecured({ ofport }: FlowPort): string[] {
  const from = `in_port=${ofport}`;
  return [
    ...['arp', icmp6Of('neighbourSolicitation')].map((what) =>
      flow(table.antiSpoof, 60, `${from},${what}`, toNeighbours),
    ),
    flow(table.antiSpoof, 50, from, `goto_table:${table.floating}`),
  ];
}

const toNeighbours = `goto_table:${table.neighbours}`;
