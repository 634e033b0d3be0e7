// A host of a cloud: the whole agent with real switch, DHCP, routers and disks, in a network namespace of its own, and
// guests that are namespaces.
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Agent } from '../../src/agent.ts';
import { readConfig } from '../../src/config.ts';
import type { NetworkHost } from '../../src/network-host.ts';
import { Faults } from '../../src/sim/faults.ts';
import { createSimulatedTools } from '../../src/sim/tools.ts';
import { realDiskTool } from '../../src/tools/disk-real.ts';
import { inNamespace } from '../../src/tools/namespace.ts';
import { openNetworkTools } from '../../src/tools/network-tools.ts';
import { type Argv, type RunResult, run, type StartedProcess, start } from '../../src/tools/run.ts';
import { breakableTools, Faults as ChangeFaults } from '../real/breakable.ts';
import { removeNamespaces } from '../real/network-host.ts';
import { LightGuests } from './light-guests.ts';

const anyCode = Array.from({ length: 256 }, (_, code) => code);
const log = pino({ level: process.env['UNKAI_LOG_LEVEL'] ?? 'silent' });

export type CloudHostPlace = {
  readonly name: string;
  readonly apiUrl: string;
  readonly joinToken: string;
  /** Gives the new namespace its device towards other hosts, and names it. */
  readonly plugUnderlay: (namespace: string) => Promise<string>;
};

export class CloudHost {
  readonly namespace = `ukc${randomBytes(3).toString('hex')}`;
  readonly name: string;
  readonly guests = new LightGuests(this.namespace);
  /** What changes on this host may fail by. */
  readonly faults = new ChangeFaults();
  readonly #folder: string;
  readonly #place: CloudHostPlace;
  readonly #started: StartedProcess[] = [];
  #underlayDevice = '';
  #agent: Agent | undefined;

  private constructor(folder: string, place: CloudHostPlace) {
    this.#folder = folder;
    this.#place = place;
    this.name = place.name;
  }

  static async start(place: CloudHostPlace): Promise<CloudHost> {
    const folder = await mkdtemp(join(tmpdir(), 'ukc-'));
    // As on a real host, where dnsmasq's own user passes through.
    await chmod(folder, 0o711);
    await writeFile(join(folder, 'token'), place.joinToken);
    const host = new CloudHost(folder, place);
    await run(['ip', 'netns', 'add', host.namespace]);
    await run(['ip', '-netns', host.namespace, 'link', 'set', 'lo', 'up']);
    host.#underlayDevice = await place.plugUnderlay(host.namespace);
    await host.startAgent();
    return host;
  }

  /** What the agent keeps and works with. */
  get host(): NetworkHost {
    if (this.#agent === undefined) throw new Error(`the agent of ${this.name} does not run`);
    return this.#agent.host;
  }

  async startAgent(): Promise<void> {
    const config = readConfig({
      UNKAI_API_URL: this.#place.apiUrl,
      UNKAI_HOST_HOME: join(this.#folder, 'host'),
      UNKAI_HOST_NAME: this.name,
      UNKAI_JOIN_TOKEN_FILE: join(this.#folder, 'token'),
      UNKAI_NETNS: this.namespace,
      UNKAI_UNDERLAY_DEVICE: this.#underlayDevice,
      UNKAI_OVS_RUNDIR: this.#folder,
      UNKAI_HEARTBEAT_SECONDS: '1',
      UNKAI_RESYNC_SECONDS: '2',
      UNKAI_POWER_OFF_SECONDS: '1',
      UNKAI_DISK_RESERVE_MIB: '64',
    });
    const ovs = { systemRunDirectory: this.#folder, namespace: this.namespace };
    const createTools = async (paths: { network: string }) => {
      const real = await openNetworkTools({ ...ovs, home: join(paths.network, 'openvswitch') });
      const servers = () => this.#agent?.host.state.list('server').map(({ spec }) => spec) ?? [];
      const network = breakableTools({ ...real, ip: this.guests.ipTool(servers) }, this.faults);
      const machine = createSimulatedTools(new Faults());
      return { ...machine, ...network, disk: realDiskTool, qemu: this.guests, isSimulated: false };
    };
    this.#agent = await Agent.start({ config, log, createTools });
  }

  /** The agent ends; what it made stays. */
  async stopAgent(): Promise<void> {
    await this.#agent?.stop();
    this.#agent = undefined;
  }

  async restartAgent(): Promise<void> {
    await this.stopAgent();
    await this.startAgent();
  }

  /** Its agent and its switch end at once, and nothing of them comes back: the host is there no more for any other. */
  async die(): Promise<void> {
    await this.stopAgent();
    for (const program of ['ovs-vswitchd', 'ovsdb-server']) await this.killDaemon(program);
  }

  async killDaemon(program: string): Promise<void> {
    const file = join(this.#folder, 'host/network/openvswitch/run', `${program}.pid`);
    process.kill(Number.parseInt(await readFile(file, 'utf8'), 10), 'SIGKILL');
  }

  /** Runs a command in a guest; any exit code is an answer. */
  inGuest(serverId: string, argv: Argv, timeoutMs = 15_000): Promise<RunResult> {
    return run(inNamespace(this.guests.namespaceOf(serverId), argv), { okCodes: anyCode, timeoutMs });
  }

  /** Starts a long-running Node program in a guest; `file` takes what it says. It is stopped at the end. */
  async startInGuest(serverId: string, program: string, file = '/dev/null'): Promise<void> {
    const argv = inNamespace(this.guests.namespaceOf(serverId), [process.execPath, '--eval', program]);
    this.#started.push(await start(argv, { stdoutFile: file }));
  }

  /** Runs a command in the host's own namespace, with the addresses of its Open vSwitch. */
  onHost(argv: Argv): Promise<RunResult> {
    const env = { OVS_RUNDIR: join(this.#folder, 'host/network/openvswitch/run') };
    return run(inNamespace(this.namespace, argv), { okCodes: anyCode, env });
  }

  /** A file for what a guest's program says. */
  file(name: string): string {
    return join(this.#folder, name);
  }

  async stop(): Promise<void> {
    for (const started of this.#started) await started.stop('SIGKILL');
    try {
      await this.stopAgent();
    } finally {
      await removeNamespaces(this.namespace);
      await rm(this.#folder, { recursive: true, force: true });
    }
  }
}
