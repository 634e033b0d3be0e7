import type { DnsmasqServer, DnsmasqTool } from '../tools/dnsmasq.ts';
import {
  type DnsmasqHost,
  type DnsmasqNeighbour,
  dnsmasqConfiguration,
  dnsmasqHostFiles,
  dnsmasqNeighbourLines,
} from '../tools/dnsmasq-files.ts';
import type { FaultPoint } from './ovs.ts';

type Running = {
  server: DnsmasqServer | undefined;
  hosts: Map<string, DnsmasqHost>;
  neighbours: readonly DnsmasqNeighbour[];
};

/** DHCP servers in memory, by folder. Values are checked by the code that writes the real one's files. */
export class SimulatedDnsmasq implements DnsmasqTool {
  readonly byFolder = new Map<string, Running>();
  readonly #fault: FaultPoint;

  constructor(fault: FaultPoint) {
    this.#fault = fault;
  }

  async ensure(server: DnsmasqServer) {
    this.#fault('dnsmasq.ensure');
    dnsmasqConfiguration({ ...server, keepRoot: false });
    const { hosts = new Map<string, DnsmasqHost>(), neighbours = [] } = this.byFolder.get(server.folder) ?? {};
    this.byFolder.set(server.folder, { server, hosts, neighbours });
  }

  async stop(folder: string) {
    this.#fault('dnsmasq.stop');
    const running = this.byFolder.get(folder);
    if (running !== undefined) running.server = undefined;
  }

  async ensureNeighbours(folder: string, neighbours: readonly DnsmasqNeighbour[]) {
    this.#fault('dnsmasq.ensureNeighbours');
    dnsmasqNeighbourLines(neighbours);
    const running = this.byFolder.get(folder);
    if (running === undefined) throw new Error(`There is no folder ${folder}.`);
    running.neighbours = neighbours;
  }

  async isRunning(folder: string) {
    return this.byFolder.get(folder)?.server !== undefined;
  }

  async purge(folder: string) {
    this.#fault('dnsmasq.purge');
    this.byFolder.delete(folder);
  }

  async ensureHost(folder: string, _namespace: string, host: DnsmasqHost) {
    this.#fault('dnsmasq.ensureHost');
    dnsmasqHostFiles(host);
    const running = this.byFolder.get(folder);
    if (running === undefined) throw new Error(`There is no folder ${folder}.`);
    running.hosts.set(host.portId, host);
  }

  async purgeHost(folder: string, _namespace: string, portId: string) {
    this.#fault('dnsmasq.purgeHost');
    this.byFolder.get(folder)?.hosts.delete(portId);
  }
}
