import type { HostFacts } from '@unkai/contracts/host/facts';
import { cookie } from './flows/layout.ts';
import { baseFlows } from './flows/pipeline.ts';
import { serveMetadata } from './metadata/server.ts';
import type { NetworkHost } from './network-host.ts';
import { ClaimedElsewhere } from './resources/claimed-elsewhere.ts';
import { listenForMetadata, putMetadataEdge } from './resources/metadata-edge.ts';
import { networkFolder, restore as restoreNetwork } from './resources/network.ts';
import { externalId } from './resources/ofport.ts';
import { restorePort } from './resources/port.ts';
import { restore as restoreRouter } from './resources/router.ts';
import { restore as restoreBranch } from './resources/router-branch.ts';
import { ensureTunnels } from './resources/tunnel.ts';
import { ensureUnderlay, findUnderlay } from './resources/underlay.ts';
import { ensurePhysicalBridges, readPhysicalNetworks } from './resources/uplink.ts';
import type { OvsFacts } from './tools/ovs.ts';

type NetworkFacts = Pick<
  HostFacts,
  'openVswitch' | 'physicalNetworks' | 'underlayAddress' | 'underlayMtu' | 'warnings'
>;

/** The network half while the agent runs: bridge and metadata service. */
export type Networking = {
  facts(): Promise<NetworkFacts>;
  /** Lets go of sockets and children of this process; bridge, flows and guests' DHCP stay. */
  stop(): Promise<void>;
};

const watchIntervalMs = 1_000;
const wayToHosts = 'The way to other hosts';

/**
 * Makes the bridge, programs what local state says, starts the metadata service. Called once, before anything is ensured
 * and before the control plane has been reached. What fails becomes a warning in the facts and is tried again.
 */
export async function startNetworking(host: NetworkHost): Promise<Networking> {
  const keeper = new NetworkKeeper(host);
  await keeper.look();
  keeper.watch();
  return { facts: () => keeper.facts(), stop: () => keeper.stop() };
}

/** Keeps the network half as local state says: looks once a second whether something of it has gone. */
class NetworkKeeper {
  readonly #host: NetworkHost;
  readonly #warnings = new Map<string, string>();
  readonly #claimed: ClaimedElsewhere;
  #openVswitch: OvsFacts = { version: 'none', datapath: 'netdev', why: 'Open vSwitch has not started yet' };
  /** The switch process whose flows are ours; another one has none. */
  #programmed: string | null = null;
  #tunnelWarnings: readonly string[] = [];
  /** What was last seen of them. */
  #physicalNetworks: HostFacts['physicalNetworks'] = [];
  #closeMetadata: (() => Promise<void>) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(host: NetworkHost) {
    this.#host = host;
    this.#claimed = new ClaimedElsewhere(host);
  }

  async facts(): Promise<NetworkFacts> {
    const underlay = await findUnderlay(this.#host);
    const { physicalNetworks, warnings } = await this.#reachedNetworks();
    return {
      openVswitch: { ...this.#openVswitch, why: this.#openVswitch.why.slice(0, 500) },
      underlayAddress: underlay?.address ?? '127.0.0.1',
      underlayMtu: underlay?.mtu ?? 1500,
      physicalNetworks,
      warnings: [...this.#warnings.values(), ...this.#tunnelWarnings, ...warnings].map((words) => words.slice(0, 500)),
    };
  }

  watch(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.look().finally(() => this.watch());
    }, watchIntervalMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
    await this.#closeMetadata?.();
    await this.#host.tools.ovs.close();
  }

  /** Brings back what has gone. Never throws: what does not work is a warning, and the next look tries again. */
  async look(): Promise<void> {
    await this.#try('Open vSwitch', async () => {
      await this.#host.tools.ovs.ensureRunning();
      const process = await this.#host.tools.ovs.switchProcess();
      if (process === null || process !== this.#programmed) await this.#bringBack();
    });
    if (this.#programmed === null) return;
    if (this.#warnings.has(wayToHosts)) await this.#try(wayToHosts, () => this.#reachHosts());
    if (this.#closeMetadata === undefined) await this.#try('The metadata service', () => this.#startMetadata());
    await this.#try('Letting go of what other hosts have', () => this.#claimed.look());
    for (const { spec } of this.#host.state.list('network')) {
      const folder = networkFolder(this.#host, spec.id);
      const isNeeded = spec.subnets.length > 0 && !(await this.#host.tools.dnsmasq.isRunning(folder));
      if (isNeeded) await this.#tryOne(`DHCP of network ${spec.id}`, () => restoreNetwork(this.#host, spec.id));
    }
  }

  /** All of it, after a start of the agent or of the switch. Flows that are the same stay untouched in between. */
  async #bringBack(): Promise<void> {
    const { tools, log, state } = this.#host;
    const before = this.#programmed;
    this.#programmed = null;
    await tools.nft.ensureHostGuard();
    this.#openVswitch = await tools.ovs.ensureBridge();
    const process = await tools.ovs.switchProcess();
    if (before !== null) log.warn({ before, process }, 'the switch was restarted; its flows are written again');
    await putMetadataEdge(this.#host);
    await this.#try(wayToHosts, () => this.#reachHosts());
    await tools.ovs.replaceFlows({ [cookie.base]: baseFlows() });
    for (const { spec } of state.list('network')) {
      await this.#tryOne(`Network ${spec.id}`, () => restoreNetwork(this.#host, spec.id));
    }
    for (const { spec } of state.list('router')) {
      await this.#tryOne(`Router ${spec.id}`, () => restoreRouter(this.#host, spec.id));
    }
    for (const { spec } of state.list('router-branch')) {
      await this.#tryOne(`Floating IPs of router ${spec.id}`, () => restoreBranch(this.#host, spec.id));
    }
    for (const { spec } of state.list('server')) {
      for (const port of spec.ports)
        await this.#tryOne(`Port ${port.id}`, () => restorePort(this.#host, spec.id, port));
    }
    await this.#purgeStrayFlows();
    this.#programmed = process;
  }

  /** Flows of ports and networks that no longer exist, left by an agent that was killed in the middle of a purge. */
  async #purgeStrayFlows(): Promise<void> {
    const { ovs } = this.#host.tools;
    const rows = await ovs.ports();
    const owned = new Set<string>([cookie.base]);
    for (const row of rows) {
      owned.add(cookie.port(row.ofport));
      const tunnelKey = row.externalIds[externalId.tunnelKey];
      if (tunnelKey !== undefined) owned.add(cookie.network(Number(tunnelKey)));
    }
    for (const found of await ovs.flowCookies()) if (!owned.has(found)) await ovs.replaceFlows({ [found]: [] });
  }

  /**
   * None as long as the switch does not run: its own warning says so. Never throws: a heartbeat that did not go because the
   * switch's database does not answer would have others take the host for lost.
   */
  async #reachedNetworks(): Promise<{ physicalNetworks: HostFacts['physicalNetworks']; warnings: string[] }> {
    if (this.#programmed === null) return { physicalNetworks: [], warnings: [] };
    try {
      const reached = await readPhysicalNetworks(this.#host);
      this.#physicalNetworks = reached.physicalNetworks;
      return reached;
    } catch (error) {
      const warnings = [`Which physical networks are reached is not known: ${wordsOf(error)}`];
      return { physicalNetworks: this.#physicalNetworks, warnings };
    }
  }

  async #reachHosts(): Promise<void> {
    const devices = [...(await ensureUnderlay(this.#host)), ...(await ensurePhysicalBridges(this.#host))];
    await this.#host.tools.nft.ensureHostGuard(devices);
    this.#tunnelWarnings = await ensureTunnels(this.#host);
  }

  async #startMetadata(): Promise<void> {
    const services = (await listenForMetadata(this.#host)).map((listener) => serveMetadata(this.#host, listener));
    this.#closeMetadata = async () => {
      await Promise.all(services.map((close) => close()));
    };
  }

  /** For what the whole host needs: said to operators until it works. */
  async #try(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#warnings.delete(what);
    } catch (error) {
      if (!this.#warnings.has(what)) this.#host.log.error({ err: error }, `${what} does not work`);
      this.#warnings.set(what, `${what} does not work: ${wordsOf(error)}`);
    }
  }

  /** For one network or port: it fails alone (A46), and its own next ensure reports it. */
  async #tryOne(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#host.log.error({ err: error }, `${what} does not work`);
    }
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
