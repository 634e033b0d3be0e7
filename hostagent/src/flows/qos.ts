import type { DesiredQos } from '@unkai/contracts/host/desired';
import { type FlowPort, flow, table } from './layout.ts';

/**
 * What a port's policy does to the packets that its guest sends: those beyond the limit are dropped by the meter of the
 * port's number, and all leave with the mark. Beside the flow that takes every packet of the port (classify.ts), so that
 * a port whose meter has gone is not cut off.
 */
export function qosFlows({ ofport, tunnelKey }: Pick<FlowPort, 'ofport' | 'tunnelKey'>, qos: DesiredQos): string[] {
  const own = [
    ...(qos.egress === null ? [] : [`meter:${ofport}`]),
    ...(qos.dscpMark === null ? [] : [`set_field:${qos.dscpMark}->ip_dscp`]),
  ];
  if (own.length === 0) return [];
  const enter = `set_field:${tunnelKey}->metadata,set_field:${ofport}->reg5,goto_table:${table.antiSpoof}`;
  return ['ip', 'ipv6'].map((family) =>
    flow(table.classify, 101, `in_port=${ofport},vlan_tci=0x0000/0x1000,${family}`, [...own, enter].join(',')),
  );
}
