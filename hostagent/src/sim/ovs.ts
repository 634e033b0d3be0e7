import type { Connection } from '../flows/revocation.ts';
import type { OvsPort, OvsTool } from '../tools/ovs.ts';
import { checkFlows } from '../tools/ovs-flows.ts';

/** Throws to make the operation named, such as `ovs.ensurePort`, fail. */
export type FaultPoint = (operation: string) => void;

/** A switch in memory: ports, flows and tracked connections as the real one keeps them, and no packets. */
export class SimulatedOvs implements OvsTool {
  readonly portsByName = new Map<string, OvsPort>();
  readonly flowsByCookie = new Map<string, readonly string[]>();
  readonly connectionsByZone = new Map<number, readonly Connection[]>();
  readonly #fault: FaultPoint;
  #process = 0;

  constructor(fault: FaultPoint) {
    this.#fault = fault;
  }

  /** As after a kill of ovs-vswitchd: configuration stays, flows and connections are gone. */
  restart(): void {
    this.#process++;
    this.flowsByCookie.clear();
    this.connectionsByZone.clear();
  }

  async ensureRunning() {
    this.#fault('ovs.ensureRunning');
  }

  async ensureBridge() {
    this.#fault('ovs.ensureBridge');
    return { version: 'simulated', datapath: 'simulated', why: 'simulated: nothing is switched' } as const;
  }

  datapath() {
    return 'simulated' as const;
  }

  async ports() {
    return [...this.portsByName.values()];
  }

  async ensurePort({ name, ofport, externalIds }: OvsPort) {
    this.#fault('ovs.ensurePort');
    const holder = [...this.portsByName.values()].find((port) => port.ofport === ofport && port.name !== name);
    if (holder !== undefined) throw new Error(`Number ${ofport} belongs to ${holder.name}.`);
    this.portsByName.set(name, { name, ofport, externalIds });
  }

  async purgePort(name: string) {
    this.#fault('ovs.purgePort');
    this.portsByName.delete(name);
  }

  async replaceFlows(cookie: string, flows: readonly string[]) {
    this.#fault('ovs.replaceFlows');
    checkFlows(flows);
    if (flows.length === 0) this.flowsByCookie.delete(cookie);
    else this.flowsByCookie.set(cookie, [...flows]);
  }

  async flowCookies() {
    return new Set(this.flowsByCookie.keys());
  }

  async connections(zone: number) {
    return [...(this.connectionsByZone.get(zone) ?? [])];
  }

  async cutConnections(zone: number, connections: readonly Connection[]) {
    this.#fault('ovs.cutConnections');
    const left = (this.connectionsByZone.get(zone) ?? []).filter((connection) => !connections.includes(connection));
    this.connectionsByZone.set(zone, left);
  }

  async flushZone(zone: number) {
    this.#fault('ovs.flushZone');
    this.connectionsByZone.delete(zone);
  }

  async switchProcess() {
    return `simulated:${this.#process}`;
  }

  async purgeBridge() {
    this.#fault('ovs.purgeBridge');
    this.portsByName.clear();
    this.flowsByCookie.clear();
  }

  async close() {}
}
