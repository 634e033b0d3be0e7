// Three hosts on one machine: each a TestHost whose underlay device is plugged into a switch, and an "internet" beside
// them on a wire of its own. Networks are given to all hosts, each told of the guests on the others.
import { randomBytes } from 'node:crypto';
import type { DesiredNetworkSpec, DesiredServerSpec } from '@unkai/contracts/host/desired';
import type { DesiredRouterPort, DesiredRouterSpec } from '@unkai/contracts/host/desired-router';
import { run } from '../../src/tools/run.ts';
import { type Guest, TestHost } from './network-host.ts';
import { putRouter } from './routers.ts';

export type Placed = Guest & { host: TestHost; hostName: string };

const underlayDevice = 'eth0';
const underlayAddress = (index: number) => `192.0.2.${index + 1}`;

export class TestFabric {
  readonly hosts: TestHost[] = [];
  /** Namespace of the switch between the hosts, with a port `hostN` to each. */
  readonly switchNamespace: string;
  /** Namespace beside the hosts, with 203.0.113.1/24 on the wire that `plugPhysical` leads to. */
  readonly internetNamespace: string;
  readonly #networks = new Map<string, DesiredNetworkSpec>();
  readonly #guests: Placed[] = [];
  #routers: { host: TestHost; port: DesiredRouterPort }[] = [];
  readonly #lost = new Set<TestHost>();

  private constructor() {
    const name = `ukf${randomBytes(3).toString('hex')}`;
    this.switchNamespace = `${name}s`;
    this.internetNamespace = `${name}i`;
  }

  static async start(count = 3): Promise<TestFabric> {
    const fabric = new TestFabric();
    try {
      await makeBridge(fabric.switchNamespace, []);
      await makeBridge(fabric.internetNamespace, ['203.0.113.1/24', '2001:db8:ffff::1/64']);
      const starts = Array.from({ length: count }, (_, index) =>
        TestHost.start((namespace) => fabric.plugUnderlay(namespace, index)),
      );
      fabric.hosts.push(...(await Promise.all(starts)));
      return fabric;
    } catch (error) {
      await fabric.stop();
      throw error;
    }
  }

  /** The n-th host, from 0. */
  host(index: number): TestHost {
    const host = this.hosts[index];
    if (host === undefined) throw new Error(`there are ${this.hosts.length} hosts`);
    return host;
  }

  /** Plugs a namespace into the switch between the hosts, with the underlay address of the n-th; gives its device. */
  async plugUnderlay(namespace: string, index: number): Promise<string> {
    await plug(this.switchNamespace, `host${index}`, { namespace, device: underlayDevice });
    await run(['ip', '-netns', namespace, 'address', 'add', `${underlayAddress(index)}/24`, 'dev', underlayDevice]);
    return underlayDevice;
  }

  /** Gives a host a device on the wire of the "internet", as a second network card; it is up and has no address. */
  async plugPhysical(host: TestHost, device = 'phys0'): Promise<void> {
    await plug(this.internetNamespace, `w${host.namespace}`, { namespace: host.namespace, device });
  }

  /** Runs a command in the "internet"; any exit code is an answer. */
  onInternet(argv: readonly [string, ...string[]], timeoutMs?: number) {
    return this.host(0).in({ namespace: this.internetNamespace }, argv, timeoutMs);
  }

  /** Gives every host a network, with what it has to know of the guests on the others. */
  async putNetwork(spec: DesiredNetworkSpec): Promise<void> {
    this.#networks.set(spec.id, spec);
    const told = this.hosts.filter((host) => !this.#lost.has(host));
    await Promise.all(told.map((host) => host.putNetwork(this.#specOn(host, spec))));
  }

  #specOn(host: TestHost, spec: DesiredNetworkSpec): DesiredNetworkSpec {
    const elsewhere = this.#guests.filter(({ port, host: own }) => port.networkId === spec.id && own !== host);
    const neighbours = elsewhere.map(({ port, host: own, hostName }) => ({
      portId: port.id,
      hostName,
      macAddress: port.macAddress,
      addresses: port.addresses.map(({ address }) => address),
      underlayAddress: underlayAddress(this.hosts.indexOf(own)),
      kind: 'guest' as const,
    }));
    const routers = this.#routers.filter(({ port }) => port.networkId === spec.id);
    const leading = routers.map(({ port, host: own }) => ({
      portId: port.portId,
      hostName: null,
      macAddress: port.macAddress,
      addresses: port.addresses.map(({ address }) => address),
      underlayAddress: own === host ? null : underlayAddress(this.hosts.indexOf(own)),
      kind: 'router' as const,
    }));
    return { ...spec, neighbours: [...spec.neighbours, ...neighbours, ...leading] };
  }

  /** Makes a server of one port on the n-th host, and tells the others. Its network has to be there. */
  async putServer(index: number, server: DesiredServerSpec): Promise<Placed> {
    const host = this.host(index);
    const guest = { ...(await host.putServer(server)), host, hostName: server.hostName };
    this.#guests.push(guest);
    const network = this.#networks.get(guest.port.networkId);
    if (network !== undefined) await this.putNetwork(network);
    return guest;
  }

  /** Makes a router on the n-th host, where it is from now on, and tells all. Its networks have to be there. */
  async putRouter(index: number, router: DesiredRouterSpec): Promise<void> {
    const host = this.host(index);
    await putRouter(host, router);
    const own = new Set(router.interfaces.map(({ portId }) => portId));
    this.#routers = this.#routers.filter(({ port }) => !own.has(port.portId));
    this.#routers.push(...router.interfaces.map((port) => ({ host, port })));
    for (const { networkId } of router.interfaces) {
      const network = this.#networks.get(networkId);
      if (network !== undefined) await this.putNetwork(network);
    }
  }

  /** The n-th host dies: nobody tells it anything any more, and nothing comes from it. */
  async lose(index: number): Promise<void> {
    const host = this.host(index);
    this.#lost.add(host);
    await host.die();
  }

  /** Cuts the n-th host off from the others, or brings it back. */
  async setUnderlay(index: number, state: 'up' | 'down'): Promise<void> {
    await run(['ip', '-netns', this.switchNamespace, 'link', 'set', 'dev', `host${index}`, state]);
  }

  async stop(): Promise<void> {
    const ends = await Promise.allSettled(this.hosts.map((host) => host.stop()));
    for (const namespace of [this.switchNamespace, this.internetNamespace]) {
      await run(['ip', 'netns', 'delete', namespace], { okCodes: [0, 1] });
    }
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }
}

async function makeBridge(namespace: string, addresses: readonly string[]): Promise<void> {
  const ip = ['ip', '-netns', namespace] as const;
  await run(['ip', 'netns', 'add', namespace]);
  await run([...ip, 'link', 'set', 'dev', 'lo', 'up']);
  await run([...ip, 'link', 'add', 'name', 'wire', 'type', 'bridge']);
  for (const address of addresses) {
    await run([...ip, 'address', 'add', address, 'dev', 'wire', ...(address.includes(':') ? ['nodad'] : [])]);
  }
  await run([...ip, 'link', 'set', 'dev', 'wire', 'up']);
}

/** A cable from the bridge of a namespace to a device in another. */
async function plug(namespace: string, port: string, to: { namespace: string; device: string }): Promise<void> {
  const ip = ['ip', '-netns', namespace] as const;
  const peer = ['type', 'veth', 'peer', 'name', to.device, 'netns', to.namespace];
  await run([...ip, 'link', 'add', 'name', port, ...peer]);
  await run([...ip, 'link', 'set', 'dev', port, 'master', 'wire', 'up']);
  await run(['ip', '-netns', to.namespace, 'link', 'set', 'dev', to.device, 'up']);
  // The receiver is a switch in user space: whole checksums only.
  await run(['ip', 'netns', 'exec', namespace, 'ethtool', '-K', port, 'tx', 'off']);
  await run(['ip', 'netns', 'exec', namespace, 'ethtool', '-K', 'wire', 'tx', 'off'], { okCodes: [0, 1] });
}
