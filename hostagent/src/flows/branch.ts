import { flow, table } from './layout.ts';
import { routerPortFlows } from './router-port.ts';

/** A host's own way out for floating IPs of a router that is elsewhere, on one of the networks of their guests. */
export type FlowBranch = {
  ofport: number;
  tunnelKey: number;
  macAddress: string;
  /** What guests send to by the name of their gateway. */
  routerMacAddress: string;
  /** Of guests that have a floating IP. */
  fixedAddresses: readonly string[];
  /** Where the router itself leads to. */
  otherPrefixes: readonly string[];
};

/**
 * What a guest with a floating IP sends to its router goes to this host's own place of that router instead, unless the
 * router leads there by another port. Who may send from the address was checked before.
 */
export function branchFlows(branch: FlowBranch): string[] {
  const { ofport, tunnelKey, macAddress, routerMacAddress, fixedAddresses, otherPrefixes } = branch;
  const sent = fixedAddresses.map((address) => `ip,metadata=${tunnelKey},dl_dst=${routerMacAddress},nw_src=${address}`);
  return [
    // It answers for no address: its gateway address is the router's.
    ...routerPortFlows({ ofport, tunnelKey, macAddress, addresses: [] }),
    ...sent.map((match) => flow(table.floating, 100, match, `set_field:${macAddress}->eth_dst,output:${ofport}`)),
    ...sent.flatMap((match) =>
      otherPrefixes.map((prefix) =>
        flow(table.floating, 110, `${match},nw_dst=${prefix}`, `goto_table:${table.layer2}`),
      ),
    ),
  ];
}
