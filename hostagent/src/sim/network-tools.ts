import { createServer } from 'node:net';
import type { NetworkTools } from '../tools/network-tools.ts';
import { SimulatedDnsmasq } from './dnsmasq.ts';
import { SimulatedIp } from './ip.ts';
import { type FaultPoint, SimulatedOvs } from './ovs.ts';
import { SimulatedRouting } from './routing.ts';

/** Tools of the network half that touch nothing. `fault` is asked before each operation and throws to make it fail. */
export function simulatedNetworkTools(fault: FaultPoint = () => undefined) {
  const routing = new SimulatedRouting(fault);
  return {
    ovs: new SimulatedOvs(fault),
    ip: new SimulatedIp(fault, routing),
    routing,
    dnsmasq: new SimulatedDnsmasq(fault),
    nft: {
      ensureHostGuard: async () => fault('nft.ensureHostGuard'),
      purgeHostGuard: async () => fault('nft.purgeHostGuard'),
    },
    // Nobody can reach it: simulated guests ask the metadata service without a socket.
    listener: {
      async listen() {
        fault('listener.listen');
        return createServer();
      },
    },
  } satisfies NetworkTools;
}
