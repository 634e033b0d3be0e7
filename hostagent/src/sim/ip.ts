import type { FixedRoute, IpTool, Tap, Veth } from '../tools/ip.ts';
import type { FaultPoint } from './ovs.ts';
import type { SimulatedRouting } from './routing.ts';

/** Devices and namespaces in memory. */
export class SimulatedIp implements IpTool {
  readonly namespaceNames = new Set<string>();
  readonly taps = new Map<string, Tap>();
  readonly veths = new Map<string, Veth>();
  readonly routes = new Map<string, FixedRoute>();
  readonly #fault: FaultPoint;
  readonly #routing: SimulatedRouting;

  constructor(fault: FaultPoint, routing: SimulatedRouting) {
    this.#fault = fault;
    this.#routing = routing;
  }

  async namespaces() {
    return [...this.namespaceNames];
  }

  async ensureNamespace(name: string) {
    this.#fault('ip.ensureNamespace');
    this.namespaceNames.add(name);
  }

  async purgeNamespace(name: string) {
    this.#fault('ip.purgeNamespace');
    this.namespaceNames.delete(name);
    // As in the kernel: a namespace takes its devices and their peers along.
    for (const [device, veth] of this.veths) if (veth.namespace === name) this.veths.delete(device);
    this.#routing.purgeNamespace(name);
  }

  async ensureTap(tap: Tap) {
    this.#fault('ip.ensureTap');
    this.taps.set(tap.name, tap);
  }

  async ensureVeth(veth: Veth, whenMade: () => Promise<void>) {
    this.#fault('ip.ensureVeth');
    if (!this.namespaceNames.has(veth.namespace)) throw new Error(`There is no namespace ${veth.namespace}.`);
    if (!this.veths.has(veth.name)) await whenMade();
    this.veths.set(veth.name, veth);
  }

  async ensureRoute(route: FixedRoute) {
    this.#fault('ip.ensureRoute');
    this.routes.set(`${route.namespace} ${route.prefix}`, route);
  }

  hasIpv6() {
    return true;
  }

  async links() {
    return [...this.taps.keys(), ...this.veths.keys(), ...this.#routing.devices.keys()];
  }

  async purgeLink(name: string) {
    this.#fault('ip.purgeLink');
    this.taps.delete(name);
    this.veths.delete(name);
    this.#routing.purgeLink(name);
  }

  async underlay() {
    return { device: 'lo', address: '127.0.0.1', mtu: 1500 };
  }

  async ensureWholePackets() {}

  async moveAddresses() {
    this.#fault('ip.moveAddresses');
  }
}
