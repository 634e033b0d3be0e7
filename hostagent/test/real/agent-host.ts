// A host whose agent is the whole program in a process of its own, with real QEMU guests, on the wires of a TestFabric.
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { hostPaths } from '../../src/paths.ts';
import { guestProcesses } from '../../src/tools/guest-process.ts';
import { inNamespace, namespaceFolder } from '../../src/tools/namespace.ts';
import { type Argv, run, type StartedProcess, start } from '../../src/tools/run.ts';
import { joinToken, TestControlPlane } from '../control-plane.ts';
import type { tinyImage } from './tiny-image.ts';

const program = resolve(import.meta.dirname, '../../src/main.ts');

export class AgentHost {
  readonly namespace = `ukt${randomBytes(3).toString('hex')}`;
  /** What this host is told, and hears back from. */
  readonly plane: TestControlPlane;
  readonly #folder: string;
  readonly #variables: Readonly<Record<string, string>>;
  #underlayDevice = '';
  #agent: StartedProcess | undefined;

  private constructor(folder: string, plane: TestControlPlane, variables: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.plane = plane;
    this.#variables = variables;
  }

  /** `plugUnderlay` gives the new namespace its device towards other hosts, and names it; `variables` go to the agent. */
  static async start(
    tiny: Awaited<ReturnType<typeof tinyImage>>,
    plugUnderlay: (namespace: string) => Promise<string>,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<AgentHost> {
    const folder = await mkdtemp(join(tmpdir(), 'uka-'));
    await chmod(folder, 0o711);
    await writeFile(join(folder, 'token'), joinToken);
    const plane = await TestControlPlane.start();
    plane.images.set(tiny.spec.id, await readFile(tiny.path));
    const host = new AgentHost(folder, plane, variables);
    await run(['ip', 'netns', 'add', host.namespace]);
    await run(['ip', '-netns', host.namespace, 'link', 'set', 'lo', 'up']);
    host.#underlayDevice = await plugUnderlay(host.namespace);
    await host.startAgent();
    return host;
  }

  async startAgent(): Promise<void> {
    this.#agent = await start([process.execPath, program], {
      stdoutFile: join(this.#folder, 'agent.log'),
      env: {
        UNKAI_API_URL: this.plane.url,
        UNKAI_HOST_HOME: join(this.#folder, 'host'),
        UNKAI_JOIN_TOKEN_FILE: join(this.#folder, 'token'),
        UNKAI_NETNS: this.namespace,
        UNKAI_UNDERLAY_DEVICE: this.#underlayDevice,
        UNKAI_OVS_RUNDIR: this.#folder,
        UNKAI_ACCEL: 'tcg',
        UNKAI_AGENT_PORT: '0',
        UNKAI_RESYNC_SECONDS: '0.5',
        ...this.#variables,
        UNKAI_DISK_RESERVE_MIB: '64',
      },
    });
  }

  /** As by a kernel that is out of memory: it gets no chance to say goodbye. */
  async killAgent(): Promise<void> {
    await this.#agent?.stop('SIGKILL');
    this.#agent = undefined;
  }

  /** What a guest has printed. */
  async printed(serverId: string): Promise<string> {
    return readFile(hostPaths(join(this.#folder, 'host')).server(serverId).serialLog, 'latin1').catch(() => '');
  }

  /** What is in a folder of the host. */
  files(name: string): Promise<string[]> {
    return readdir(join(this.#folder, 'host', name)).catch(() => []);
  }

  guests() {
    return guestProcesses(hostPaths(join(this.#folder, 'host')).sockets);
  }

  /** Runs a command in the host's own namespace, with the addresses of its Open vSwitch. */
  async onHost(...argv: Argv): Promise<string> {
    const env = { OVS_RUNDIR: join(this.#folder, 'host/network/openvswitch/run') };
    return (await run(inNamespace(this.namespace, argv), { env })).stdout;
  }

  async stop(): Promise<void> {
    await this.killAgent();
    for (const { pid } of await this.guests()) process.kill(pid, 'SIGKILL');
    for (const name of await readdir(namespaceFolder)) {
      if (!name.startsWith(this.namespace)) continue;
      const { stdout } = await run(['ip', 'netns', 'pids', name]);
      for (const pid of stdout.split(/\s+/).filter(Boolean)) process.kill(Number(pid), 'SIGKILL');
      await run(['ip', 'netns', 'delete', name]);
    }
    await this.plane.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
