import { icmp6Of } from './ethernet.ts';
import { isIpv6, linkLocalAddress } from './ipv6.ts';
import {
  type FlowNetwork,
  type FlowPort,
  flow,
  metadataAddress,
  metadataAddress6,
  serviceLinkLocal,
  serviceMac,
  table,
} from './layout.ts';

type Told = { address: string; macAddress: string; isRouter?: boolean };

/** Answers "who has the address?", asked in ARP or neighbour discovery by its kind, back to the port that asked. */
export function answer(priority: number, match: string, told: Told): string {
  return isIpv6(told.address) ? answer6(priority, match, told) : answer4(priority, match, told);
}

function answer4(priority: number, match: string, { address, macAddress }: Told): string {
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
  return flow(table.neighbours, priority, `arp,${match}arp_op=1,arp_tpa=${address}`, actions.join(','));
}

// Flags of an advertisement (RFC 4861, 4.4): router, solicited, override.
const flags = { router: 0x8000_0000, solicited: 0x4000_0000, override: 0x2000_0000 } as const;

/** A solicitation becomes its advertisement; the MAC address in its option is written when it is one (`answerBase`). */
function answer6(priority: number, match: string, { address, macAddress, isRouter = false }: Told): string {
  const told = flags.solicited + flags.override + (isRouter ? flags.router : 0);
  const actions = [
    'move:eth_src->eth_dst',
    `set_field:${macAddress}->eth_src`,
    'move:ipv6_src->ipv6_dst',
    'move:nd_target->ipv6_src',
    'set_field:2->nd_options_type',
    `set_field:0x${told.toString(16)}->nd_reserved`,
    'set_field:136->icmpv6_type',
    `resubmit(,${table.neighbourAnswer})`,
  ];
  const asked = `${icmp6Of('neighbourSolicitation')},${match}nd_target=${address}`;
  return flow(table.neighbours, priority, asked, actions.join(','));
}

/** The addresses of this host's services are on every network; what nothing here answers is asked of the network. */
export function neighboursBase(): string[] {
  const advertisement = icmp6Of('neighbourAdvertisement');
  return [
    answer(100, '', { address: metadataAddress, macAddress: serviceMac }),
    answer(100, '', { address: metadataAddress6.guest, macAddress: serviceMac }),
    answer(100, '', { address: serviceLinkLocal, macAddress: serviceMac, isRouter: true }),
    // Whether somebody else has the asker's address (RFC 4862): the control plane gives each to one port only.
    flow(table.neighbours, 150, `${icmp6Of('neighbourSolicitation')},ipv6_src=::`, 'drop'),
    flow(table.neighbourAnswer, 100, advertisement, 'move:eth_src->nd_tll,in_port'),
    ...['arp', icmp6Of('neighbourSolicitation'), advertisement].map((what) =>
      flow(table.neighbours, 50, what, `goto_table:${table.layer2}`),
    ),
  ];
}

/** Addresses of DHCP and DNS, and of guests and routers on other hosts. */
export function neighboursNetwork(network: FlowNetwork): string[] {
  const match = `metadata=${network.tunnelKey},`;
  return [
    ...network.serviceAddresses.map((address) => answer(100, match, { address, macAddress: serviceMac })),
    ...network.neighbours.flatMap(({ macAddress, addresses, kind }) =>
      [...addresses, linkLocalAddress(macAddress)].map((address) =>
        answer(100, match, { address, macAddress, isRouter: kind === 'router' }),
      ),
    ),
  ];
}

/**
 * A guest's own addresses: told to others, and before what is known of another host, so that a guest that has just come
 * is found here. It gets no answer about itself, which it would take for a second owner of its address.
 */
export function neighboursPort({ tunnelKey, ofport, macAddress, addresses }: FlowPort): string[] {
  const own = `metadata=${tunnelKey},reg5=${ofport}`;
  return [...addresses, linkLocalAddress(macAddress)].flatMap((address) => [
    isIpv6(address)
      ? flow(table.neighbours, 120, `${icmp6Of('neighbourSolicitation')},${own},nd_target=${address}`, 'drop')
      : flow(table.neighbours, 120, `arp,${own},arp_op=1,arp_tpa=${address}`, 'drop'),
    answer(110, `metadata=${tunnelKey},`, { address, macAddress }),
  ]);
}
