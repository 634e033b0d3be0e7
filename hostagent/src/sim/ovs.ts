import type { OvsPort, OvsTool } from '../tools/ovs.ts';
import type { DeviceBridge } from '../tools/ovs-bridge.ts';
import { checkFlows, type FlowChanges } from '../tools/ovs-flows.ts';
import type { Limits } from '../tools/ovs-limits.ts';
import type { OuterPort, Uplink } from '../tools/ovs-uplink.ts';

/** Throws to make the operation named, such as `ovs.ensurePort`, fail. */
export type FaultPoint = (operation: string) => void;

/** A switch in memory: ports and flows as the real one keeps them, and no packets. */
export class SimulatedOvs implements OvsTool {
  readonly portsByName = new Map<string, OvsPort>();
  readonly bridgesByName = new Map<string, DeviceBridge>();
  readonly flowsByCookie = new Map<string, readonly string[]>();
  readonly limitsByName = new Map<string, Limits>();
  readonly #fault: FaultPoint;
  #process = 0;

  constructor(fault: FaultPoint) {
    this.#fault = fault;
  }

  /** As after a kill of ovs-vswitchd: configuration stays, flows are gone. */
  restart(): void {
    this.#process++;
    this.flowsByCookie.clear();
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

  async replaceFlows(changes: FlowChanges) {
    this.#fault('ovs.replaceFlows');
    for (const flows of Object.values(changes)) checkFlows(flows);
    for (const [cookie, flows] of Object.entries(changes)) {
      if (flows.length === 0) this.flowsByCookie.delete(cookie);
      else this.flowsByCookie.set(cookie, [...flows]);
    }
  }

  async flowCookies() {
    return new Set(this.flowsByCookie.keys());
  }

  async flushZone() {
    this.#fault('ovs.flushZone');
  }

  async switchProcess() {
    return `simulated:${this.#process}`;
  }

  async ensureDeviceBridge(bridge: DeviceBridge) {
    this.#fault('ovs.ensureDeviceBridge');
    this.bridgesByName.set(bridge.name, bridge);
  }

  async deviceBridges() {
    return [...this.bridgesByName.values()];
  }

  async limitPort({ name }: Pick<OvsPort, 'name' | 'ofport'>, limits: Limits | null) {
    this.#fault('ovs.limitPort');
    if (limits === null) this.limitsByName.delete(name);
    else this.limitsByName.set(name, limits);
  }

  async bridge() {
    this.#fault('ovs.bridge');
    return { datapath: 'simulated', mtu: 1500, problem: null };
  }

  async ensureUplink(uplink: Uplink, ofport: number, externalIds: OvsPort['externalIds']) {
    this.#fault('ovs.ensureUplink');
    this.portsByName.set(uplink.name, { name: uplink.name, ofport, externalIds });
  }

  async ensureOuterPort({ name }: OuterPort, { ofport, externalIds }: Omit<OvsPort, 'name'>) {
    this.#fault('ovs.ensureOuterPort');
    this.portsByName.set(name, { name, ofport, externalIds });
  }

  async purgeUplink({ name }: Pick<Uplink, 'name' | 'peer'>) {
    this.#fault('ovs.purgeUplink');
    this.portsByName.delete(name);
  }

  async purgeBridge() {
    this.#fault('ovs.purgeBridge');
    this.bridgesByName.clear();
    this.portsByName.clear();
    this.flowsByCookie.clear();
  }

  async close() {}
}
