import type { DesiredNetworkSpec, DesiredPort } from '@unkai/contracts/host/desired';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { networkNamespace } from '../../src/resources/network.ts';
import { ensurePort, listPorts, purgePort } from '../../src/resources/port.ts';
import { purge as purgeRouterOf, routerNamespace } from '../../src/resources/router.ts';
import { openIp } from '../../src/tools/ip.ts';
import { networkAt, portAt, routerPort, routerSpec } from '../router-specs.ts';
import { serverSpec } from '../specs.ts';
import { breakableTools, Faults } from './breakable.ts';
import { TestFabric } from './fabric.ts';
import type { TestHost } from './network-host.ts';
import { numbersFrom, pick, type Random, seed } from './random.ts';
import { remains } from './remains.ts';
import { putRouter } from './routers.ts';

const cycles = 200;

/** A host of which a model is kept: what should be there by all that was done on it. */
class ModelledHost {
  readonly faults = new Faults();
  readonly ports = new Map<string, DesiredPort>();
  readonly networks = new Set<string>();
  readonly routers = new Set<string>();
  readonly host: TestHost;

  constructor(host: TestHost) {
    this.host = host;
    this.arm();
  }

  /** Real taps, and tools that break. An agent that starts has new tools. */
  arm(): void {
    const { tools } = this.host.host;
    const { ensureTap } = openIp(this.host.namespace);
    this.host.host.tools = breakableTools({ ...tools, ip: { ...tools.ip, ensureTap } }, this.faults);
  }

  async restart(): Promise<void> {
    await this.host.stopAgent();
    await this.host.startAgent();
    this.arm();
  }

  async create(network: DesiredNetworkSpec, port: DesiredPort): Promise<void> {
    this.networks.add(network.id);
    this.ports.set(port.id, port);
    const spec = serverSpec(port, 'web');
    await this.host.putNetwork(network);
    await this.host.host.state.put('server', spec.id, { generation: 1, spec });
    await ensurePort(this.host.host, spec.id, port);
  }

  /** What the control plane has the host do when the last port of a network has gone: the network goes too. */
  async delete(port: DesiredPort): Promise<void> {
    const { id } = serverSpec(port, 'web');
    await purgePort(this.host.host, id, port.id);
    await this.host.host.state.remove('server', id);
    this.ports.delete(port.id);
    await this.forgetNetwork(port.networkId);
  }

  async forgetNetwork(networkId: string): Promise<void> {
    const isUsed = [...this.ports.values()].some((port) => port.networkId === networkId);
    if (isUsed || this.routers.has(networkId)) return;
    await this.host.purgeNetwork(networkId);
    this.networks.delete(networkId);
  }

  /** The router of a network: made where there is none, else removed. */
  async toggleRouter(network: DesiredNetworkSpec, number: number): Promise<void> {
    const router = routerSpec(number, { interfaces: [routerPort(network, 1, '10.0.0.1')] });
    if (!this.routers.has(network.id)) {
      this.routers.add(network.id);
      this.networks.add(network.id);
      await this.host.putNetwork(network);
      await putRouter(this.host, router);
      return;
    }
    await purgeRouterOf(this.host.host, router.id);
    await this.host.host.state.remove('router', router.id);
    this.routers.delete(network.id);
    await this.forgetNetwork(network.id);
  }
}

/** Tries until it works, as a workflow does: the first try with a failure in it, if there is to be one. */
async function untilDone(host: ModelledHost, random: Random, work: () => Promise<void>) {
  if (random(2) === 0) host.faults.set({ after: random(8), isDone: random(2) === 0 });
  try {
    await work();
  } catch {
    host.faults.set(null);
    await work();
  } finally {
    host.faults.set(null);
  }
}

const everything = ({ host }: ModelledHost) => remains(host);

let fabric: TestFabric;
beforeAll(async () => {
  fabric = await TestFabric.start();
});
afterAll(() => fabric.stop());

// The last one is without DHCP, as external networks are.
const networks = [networkAt(1, 0), networkAt(2, 0), networkAt(3, 0, { subnets: [] })];
const numbers = [11, 12, 13, 14];

/** What a host says it has is what it was made to have. */
async function expectAsModelled({ host, ports, networks: wanted, routers }: ModelledHost): Promise<void> {
  const found: string[] = [];
  for (const port of ports.values()) found.push(...(await listPorts(host.host, serverSpec(port, 'web').id)));
  expect(found.sort()).toEqual([...ports.keys()].sort());
  const namespaces = await host.host.tools.ip.namespaces();
  for (const [index, network] of networks.entries()) {
    expect(namespaces.includes(networkNamespace(host.host, network.id))).toBe(wanted.has(network.id));
    const router = routerNamespace(host.host, routerSpec(index + 1).id);
    expect(namespaces.includes(router)).toBe(routers.has(network.id));
  }
}

test(`nothing is left after ${cycles} random creates, failures and deletes on three hosts (seed ${seed})`, async () => {
  const random = numbersFrom(seed);
  const hosts = fabric.hosts.map((host) => new ModelledHost(host));
  const before = await Promise.all(hosts.map(everything));
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const network = pick(random, networks);
    const port = portAt(network, pick(random, numbers), 0);
    const owner = hosts.find(({ ports }) => ports.has(port.id));
    const host = owner ?? pick(random, hosts);
    const dice = random(10);
    if (dice === 0) await untilDone(host, random, () => host.toggleRouter(network, networks.indexOf(network) + 1));
    else if (owner === undefined || dice < 3) await untilDone(host, random, () => host.create(network, port));
    else await untilDone(host, random, () => host.delete(port));
    if (cycle % 50 === 0) {
      await pick(random, hosts).restart();
      for (const each of hosts) await expectAsModelled(each);
    }
  }
  for (const host of hosts) {
    for (const port of host.ports.values()) await host.delete(port);
    for (const network of networks) {
      if (host.routers.has(network.id)) await host.toggleRouter(network, networks.indexOf(network) + 1);
    }
  }
  expect(await Promise.all(hosts.map(everything))).toEqual(before);
});
