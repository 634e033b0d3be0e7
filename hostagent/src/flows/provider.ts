import { icmp6Of } from './ethernet.ts';
import { type FlowNetwork, flow, origin, table } from './layout.ts';

/**
 * What comes in from a network of the data centre: the outside is answered about what is here, by this host alone. VLAN
 * tags are the matter of the bridge behind the uplink: a frame that has one here came from nowhere that we know.
 */
export function providerFlows({ segment, tunnelKey }: FlowNetwork): string[] {
  if (segment.kind !== 'physical') return [];
  const enter = (priority: number, what: string, next: number) =>
    flow(
      table.classify,
      priority,
      `in_port=${segment.ofport},vlan_tci=0x0000/0x1000,${what}`,
      `set_field:${tunnelKey}->metadata,set_field:${origin.provider}->reg1,goto_table:${next}`,
    );
  const asked = `metadata=${tunnelKey},reg1=${origin.provider}`;
  const solicitation = icmp6Of('neighbourSolicitation');
  return [
    enter(100, 'arp', table.neighbours),
    enter(110, solicitation, table.neighbours),
    ...['ip', 'ipv6'].map((what) => enter(100, what, table.layer2)),
    // After what is answered for this host's own ports, and before what is known of other hosts: those answer for
    // themselves. All hear it, as on any wire, so that an address which has moved is known to have.
    ...[`arp,${asked},arp_op=1`, `${solicitation},${asked}`].map((what) =>
      flow(table.neighbours, 105, what, `goto_table:${table.layer2}`),
    ),
  ];
}
