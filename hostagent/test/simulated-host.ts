// An agent with simulated tools and a control plane of its own, for tests of what all hosts share.
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DesiredServerSpec } from '@unkai/contracts/host/desired';
import { pino } from 'pino';
import { Agent } from '../src/agent.ts';
import { readConfig } from '../src/config.ts';
import type { SimulatedDisks } from '../src/sim/disk.ts';
import { Faults } from '../src/sim/faults.ts';
import type { SimulatedGuest, SimulatedQemu } from '../src/sim/qemu.ts';
import { createSimulatedTools } from '../src/sim/tools.ts';
import { joinToken, TestControlPlane } from './control-plane.ts';
import { networkSpec, portSpec, serverSpec } from './specs.ts';

export const imageBytes = Buffer.from('an image, as far as a simulated host looks');
export const testLog = pino({ level: process.env['UNKAI_LOG_LEVEL'] ?? 'silent' });

/** A server on network 1 whose image the control plane has. */
export function simulatedServer(over: Partial<DesiredServerSpec> = {}): DesiredServerSpec {
  const spec = serverSpec(portSpec(networkSpec(1), 11), 'web-1');
  const sha256 = createHash('sha256').update(imageBytes).digest('hex');
  return { ...spec, image: { ...spec.image, sha256, sizeBytes: imageBytes.length }, ...over };
}

export class SimulatedHost {
  readonly home: string;
  readonly plane: TestControlPlane;
  readonly faults = new Faults();
  #agent: Agent | undefined;
  #qemu: SimulatedQemu | undefined;
  #disks: SimulatedDisks | undefined;

  private constructor(home: string, plane: TestControlPlane) {
    this.home = home;
    this.plane = plane;
  }

  static async start(): Promise<SimulatedHost> {
    const folder = await mkdtemp(join(tmpdir(), 'unkai-sim-'));
    const host = new SimulatedHost(join(folder, 'host'), await TestControlPlane.start());
    host.plane.images.set(simulatedServer().image.id, imageBytes);
    await writeFile(join(folder, 'token'), `${joinToken}\n`);
    await host.startAgent();
    return host;
  }

  get agent(): Agent {
    if (this.#agent === undefined) throw new Error('the agent of this host does not run');
    return this.#agent;
  }

  async startAgent(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const config = readConfig({
      UNKAI_API_URL: this.plane.url,
      UNKAI_HOST_HOME: this.home,
      UNKAI_JOIN_TOKEN_FILE: join(this.home, '..', 'token'),
      UNKAI_RESYNC_SECONDS: '0.1',
      UNKAI_HEARTBEAT_SECONDS: '0.1',
      UNKAI_POWER_OFF_SECONDS: '1',
      ...settings,
    });
    const tools = createSimulatedTools(this.faults);
    this.#qemu = tools.qemu;
    this.#disks = tools.disk;
    this.#agent = await Agent.start({ config, log: testLog, createTools: async () => tools });
    tools.qemu.onBoot = this.agent.host.noteMetadataRequest;
  }

  async stopAgent(): Promise<void> {
    await this.#agent?.stop();
    this.#agent = undefined;
  }

  /** As it was before it ever joined. */
  forgetCredential(): Promise<void> {
    return rm(join(this.home, 'credential.json'), { force: true });
  }

  async stop(): Promise<void> {
    await this.stopAgent();
    await this.plane.stop();
    await rm(join(this.home, '..'), { recursive: true });
  }

  guest(serverId: string): SimulatedGuest {
    const guest = this.#qemu?.guests.get(serverId);
    if (guest === undefined) throw new Error(`server ${serverId} has no guest`);
    return guest;
  }

  /** What is on the disk of a server; undefined when it has none here. */
  diskOf(serverId: string): Buffer | undefined {
    return this.#disks?.overlays.get(join(this.home, 'servers', serverId, 'disk.qcow2'));
  }

  hasGuest(serverId: string): boolean {
    const guest = this.#qemu?.guests.get(serverId);
    return guest !== undefined && !guest.isGone();
  }
}
