// Guests that boot in no time and send real packets: each a namespace, with one end of a pair of devices where a real one
// has QEMU at its tap. What a host does for them is all real, but for QEMU itself.
import type { DesiredServerSpec } from '@unkai/contracts/host/desired';
import { Faults } from '../../src/sim/faults.ts';
import { SimulatedQemu } from '../../src/sim/qemu.ts';
import { tapName } from '../../src/tools/device-names.ts';
import { type IpTool, openIp, type Tap } from '../../src/tools/ip.ts';
import { inNamespace } from '../../src/tools/namespace.ts';
import { run } from '../../src/tools/run.ts';

export class LightGuests extends SimulatedQemu {
  readonly #hostNamespace: string;

  constructor(hostNamespace: string) {
    super(new Faults());
    this.#hostNamespace = hostNamespace;
  }

  namespaceOf(serverId: string): string {
    return `${this.#hostNamespace}g${serverId.slice(-12)}`;
  }

  /** The tools of a host whose taps lead to these guests; `servers` are those that it should have. */
  ipTool(servers: () => readonly DesiredServerSpec[]): IpTool {
    const ip = openIp(this.#hostNamespace);
    return { ...ip, ensureTap: (tap) => this.#ensureCable(ip, tap, servers()) };
  }

  override async forget(serverId: string): Promise<void> {
    await super.forget(serverId);
    const name = this.namespaceOf(serverId);
    const pids = (await run(['ip', 'netns', 'pids', name], { okCodes: [0, 1, 255] })).stdout
      .split('\n')
      .filter(Boolean);
    for (const pid of pids) await run(['kill', '-KILL', pid], { okCodes: [0, 1] });
    await openIp().purgeNamespace(name);
  }

  async #ensureCable(ip: IpTool, { name, mtu }: Tap, servers: readonly DesiredServerSpec[]): Promise<void> {
    if ((await ip.links()).includes(name)) return;
    const server = servers.find(({ ports }) => ports.some(({ id }) => tapName(id) === name));
    const port = server?.ports.find(({ id }) => tapName(id) === name);
    if (server === undefined || port === undefined) throw new Error(`no server has a port with the device ${name}`);
    const namespace = this.namespaceOf(server.id);
    await ip.ensureNamespace(namespace);
    const taken = new Set(await openIp(namespace).links());
    const inside = [0, 1, 2, 3, 4, 5, 6, 7].map((number) => `eth${number}`).find((each) => !taken.has(each)) ?? '';
    const outer = ['ip', '-netns', this.#hostNamespace, 'link'] as const;
    const peer = ['type', 'veth', 'peer', 'name', inside, 'netns', namespace, 'address', port.macAddress];
    await run([...outer, 'add', name, 'mtu', String(mtu), ...peer]);
    await run(inNamespace(namespace, ['ethtool', '-K', inside, 'tx', 'off']));
    await run(['ip', '-netns', namespace, 'link', 'set', inside, 'mtu', String(mtu), 'up']);
    await run([...outer, 'set', name, 'up']);
  }
}
