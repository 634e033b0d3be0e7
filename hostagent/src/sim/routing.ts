import type { Route, RouterDevice, RoutingTool, Tracked } from '../tools/routing.ts';
import type { FaultPoint } from './ovs.ts';

/** Routers in memory: what each namespace was told, and no packets. */
export class SimulatedRouting implements RoutingTool {
  readonly rules = new Map<string, string>();
  readonly devices = new Map<string, RouterDevice & { namespace: string }>();
  readonly routes = new Map<string, readonly Route[]>();
  readonly forgotten: Tracked[] = [];
  readonly announced: string[] = [];
  /** What is heard of each namespace's addresses until it is asked. */
  readonly claimed = new Map<string, number>();
  readonly #fault: FaultPoint;

  constructor(fault: FaultPoint) {
    this.#fault = fault;
  }

  async ensureForwarding() {
    this.#fault('routing.ensureForwarding');
  }

  async replaceRules(namespace: string, ruleset: string) {
    this.#fault('routing.replaceRules');
    this.rules.set(namespace, ruleset);
  }

  async ensureDevice(namespace: string, device: RouterDevice, whenMade: () => Promise<void>) {
    this.#fault('routing.ensureDevice');
    const before = this.devices.get(device.name);
    if (before === undefined) await whenMade();
    this.devices.set(device.name, { ...device, addresses: before?.addresses ?? [], namespace });
  }

  async ensureAddresses(namespace: string, device: RouterDevice) {
    this.#fault('routing.ensureAddresses');
    const before = this.devices.get(device.name)?.addresses ?? [];
    this.devices.set(device.name, { ...device, namespace });
    return device.addresses.filter((address) => !before.includes(address));
  }

  async addresses(namespace: string, inside: string) {
    this.#fault('routing.addresses');
    return (this.#device(namespace, inside)?.addresses ?? []).map((address) => address.split('/')[0] ?? '');
  }

  async removeAddresses(namespace: string, inside: string, addresses: readonly string[]) {
    this.#fault('routing.removeAddresses');
    const device = this.#device(namespace, inside);
    if (device === undefined) return;
    const left = device.addresses.filter((address) => !addresses.includes(address.split('/')[0] ?? ''));
    this.devices.set(device.name, { ...device, addresses: left });
  }

  #device(namespace: string, inside: string) {
    return [...this.devices.values()].find((one) => one.namespace === namespace && one.inside === inside);
  }

  async purgeDevicesBut(namespace: string, insides: readonly string[]) {
    this.#fault('routing.purgeDevicesBut');
    for (const [name, device] of this.devices) {
      if (device.namespace === namespace && !insides.includes(device.inside)) this.devices.delete(name);
    }
  }

  async replaceRoutes(namespace: string, routes: readonly Route[]) {
    this.#fault('routing.replaceRoutes');
    this.routes.set(namespace, routes);
    return [];
  }

  async announce(_namespace: string, _inside: string, addresses: readonly string[]) {
    this.#fault('routing.announce');
    this.announced.push(...addresses);
  }

  async claims(namespace: string) {
    this.#fault('routing.claims');
    if (!this.rules.has(namespace)) throw new Error(`Namespace ${namespace} has no rules that count.`);
    const heard = this.claimed.get(namespace) ?? 0;
    this.claimed.delete(namespace);
    return heard;
  }

  async forget(_namespace: string, tracked: readonly Tracked[]) {
    this.#fault('routing.forget');
    this.forgotten.push(...tracked);
  }

  /** As in the kernel: a namespace takes all of it along. */
  purgeNamespace(name: string): void {
    this.rules.delete(name);
    this.routes.delete(name);
    for (const [device, { namespace }] of this.devices) if (namespace === name) this.devices.delete(device);
  }

  purgeLink(name: string): void {
    this.devices.delete(name);
  }
}
