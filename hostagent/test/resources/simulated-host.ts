import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DesiredNetworkSpec, DesiredServerSpec } from '@unkai/contracts/host/desired';
import { pino } from 'pino';
import { Lease } from '../../src/lease.ts';
import { hostPaths } from '../../src/paths.ts';
import { simulatedNetworkTools } from '../../src/sim/network-tools.ts';
import { StateStore } from '../../src/state.ts';

const log = pino({ level: 'silent' });

/** The network half of a host on simulated tools. `failing` names the operation that fails, `failures` how often. */
export async function simulatedHost() {
  const fault = { operation: '', seen: new Set<string>() };
  const tools = simulatedNetworkTools((operation) => {
    fault.seen.add(operation);
    if (operation === fault.operation) throw new Error(`${operation} fails on purpose`);
  });
  const paths = hostPaths(await mkdtemp(join(tmpdir(), 'unkai-')));
  const state = await StateStore.open(paths.state, log);
  const metadataRequests: string[] = [];
  const host = {
    config: { networkNamespace: undefined, underlayDevice: undefined, physicalNetworks: [] },
    paths,
    state,
    log,
    lease: await Lease.read(paths.lease),
    tools,
    noteMetadataRequest: (serverId: string) => void metadataRequests.push(serverId),
  };
  return {
    host,
    tools,
    fault,
    metadataRequests,
    putNetwork: (spec: DesiredNetworkSpec) => state.put('network', spec.id, { generation: 1, spec }),
    putServer: (spec: DesiredServerSpec) => state.put('server', spec.id, { generation: 1, spec }),
    /** All that is on the host, to compare before and after. */
    contents: () => ({
      ports: Object.fromEntries(tools.ovs.portsByName),
      flows: Object.fromEntries(tools.ovs.flowsByCookie),
      namespaces: [...tools.ip.namespaceNames],
      taps: [...tools.ip.taps.keys()],
      veths: [...tools.ip.veths.keys()],
      dhcp: [...tools.dnsmasq.byFolder].map(([folder, { hosts, neighbours }]) => [
        folder,
        [...hosts.keys(), ...neighbours.map(({ hostName }) => hostName)],
      ]),
    }),
  };
}
