import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostJob } from '@unkai/contracts/host/job';
import type { JoinReply } from '@unkai/contracts/host/join';
import type { Logger } from 'pino';
import type { AgentConfig } from './config.ts';
import type { HostContext } from './context.ts';
import { ControlPlaneError } from './control-plane.ts';
import { type Credential, joinPatiently, joinWith, unspentToken } from './credential.ts';
import { readFacts } from './facts.ts';
import type { Health } from './health.ts';
import { HintStream } from './hint-stream.ts';
import { HintQueue } from './hints.ts';
import { openHost } from './host.ts';
import { type Networking, startNetworking } from './networking.ts';
import type { Paths } from './paths.ts';
import { Reconciler } from './reconciler.ts';
import { ReportOutbox } from './reports.ts';
import { watchGuest } from './resources/server.ts';
import * as serverLog from './resources/server-log.ts';
import { letGoOfStrays, syncWithControlPlane } from './sync.ts';
import type { Tools } from './tools/tools.ts';

type AgentSettings = { config: AgentConfig; log: Logger; createTools(paths: Paths): Promise<Tools> };

/**
 * The agent of one host. It finds the guests that run, brings the network back, joins, and from then on does what it is
 * told: by hints from its queue, and by a sync at its start, when Redis comes back and once in a while.
 */
export class Agent {
  readonly host: HostContext;
  readonly #reconciler: Reconciler;
  readonly #outbox: ReportOutbox;
  readonly #stopping = new AbortController();
  #networking: Networking | undefined;
  #hints: HintQueue | undefined;
  /** In the place of the queue while that cannot be reached. */
  #hintStream: HintStream | undefined;
  #lastHeartbeatAt: number | null = null;
  /** Whether the last heartbeat was taken; null before the first. */
  #isHeard: boolean | null = null;
  #hasJoined = false;
  #loops: Promise<void> = Promise.resolve();
  /** Once it is known which servers are this host's; nothing is made so before. */
  readonly #leased = Promise.withResolvers<void>();
  #syncing: Promise<void> | undefined;
  #syncAgain = false;

  private constructor(host: HostContext) {
    this.host = host;
    this.#outbox = new ReportOutbox(host.controlPlane, host.log);
    this.#reconciler = new Reconciler(host, this.#outbox);
  }

  /** Comes back once the host's own things are up; joining and all that follows goes on in the background. */
  static async start({ config, log, createTools }: AgentSettings): Promise<Agent> {
    const host = await openHost({
      config,
      log,
      createTools,
      touch: (noun, id) => void agent.#reconciler.touch(noun, id, randomUUID()),
    });
    const agent: Agent = new Agent(host);
    await agent.#findGuests();
    agent.#networking = await startNetworking(host);
    agent.#loops = agent.#run();
    return agent;
  }

  health(): Health {
    const hasHints = this.#hints?.isReady === true || this.#hintStream?.isReady === true;
    return {
      joined: this.#hasJoined,
      isHeard: this.#isHeard === true,
      lastHeartbeatAt: this.#lastHeartbeatAt,
      hasHints,
    };
  }

  get waitingReports(): number {
    return this.#outbox.size;
  }

  /** Lets go of everything that is this process's own. Guests, bridge and DHCP go on. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#hints?.close();
    await this.#hintStream?.close();
    await this.#reconciler.stop();
    await this.#loops;
    await this.#outbox.stop();
    await this.#networking?.stop();
    for (const guest of this.host.guests.all()) {
      this.host.consoles.detach(guest.serverId);
      guest.letGo();
    }
  }

  /** Guests of an earlier agent: their consoles are read again before anything else happens. */
  async #findGuests(): Promise<void> {
    const { tools, guests, log } = this.host;
    for (const serverId of await tools.qemu.list()) {
      try {
        const guest = await guests.find(serverId);
        if (guest !== undefined) await watchGuest(this.host, guest);
        log.info({ serverId }, 'a running guest was found');
      } catch (error) {
        log.error({ err: error, serverId }, 'a running guest was found, but its console cannot be read');
      }
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const credential = await joinPatiently(this.host, () => this.#facts(), signal);
    if (credential === undefined) return;
    this.#useCredential(credential);
    await Promise.all([this.#beat(credential), this.#resync()]);
  }

  async #facts() {
    if (this.#networking === undefined) throw new Error('The network half has not started.');
    return readFacts(this.host, this.#networking);
  }

  #useCredential({ credential }: Credential): void {
    this.host.controlPlane.useCredential(credential);
    this.#hasJoined = true;
  }

  async #beat(joined: Credential): Promise<void> {
    const { config, controlPlane, log } = this.host;
    let credential = joined;
    while (!this.#stopping.signal.aborted) {
      try {
        const { generation } = this.host.lease;
        const said = { facts: await this.#facts(), ...(generation !== undefined && { leaseGeneration: generation }) };
        const saidAt = performance.now();
        const { redis, lease } = await controlPlane.heartbeat(said);
        if (lease !== undefined) await this.host.lease.renew(lease, saidAt, () => this.#letGo());
        this.#leased.resolve();
        this.#lastHeartbeatAt = Date.now();
        if (this.#isHeard === false) {
          log.info('the control plane hears this host again');
          // What it had may be another's by now, routers and floating IPs above all.
          this.#sync('heard again');
        }
        this.#isHeard = true;
        await this.#listen(credential, redis);
      } catch (error) {
        // Said once: the same line every five seconds hides the others.
        if (this.#isHeard !== false)
          log.warn({ err: error }, 'the control plane does not hear this host; it goes on trying');
        this.#isHeard = false;
        credential = await this.#joinAgain(credential, error);
      }
      await this.#pause(config.heartbeatSeconds);
    }
  }

  /** A control plane that no longer knows this host, and a token that was never used: somebody wants it to join anew. */
  async #joinAgain(credential: Credential, error: unknown): Promise<Credential> {
    if (!(error instanceof ControlPlaneError) || error.status !== 401) return credential;
    const token = await unspentToken(this.host, credential);
    if (token === undefined) return credential;
    try {
      const made = await joinWith(this.host, token, await this.#facts());
      this.#useCredential(made);
      return made;
    } catch (cause) {
      this.host.log.warn({ err: cause }, 'this host could not join anew');
      return credential;
    }
  }

  async #listen({ hostId }: Credential, access: JoinReply['redis']): Promise<void> {
    if (this.#stopping.signal.aborted || this.#hints?.isFor(hostId, access)) return;
    await this.#hints?.close();
    const listener = {
      onHint: (job: HostJob) => void this.#takeHint(job),
      onReconnected: () => this.#sync('hints are heard again'),
    };
    const { controlPlane, log } = this.host;
    this.#hints = new HintQueue(hostId, access, listener, log);
    this.#hintStream ??= new HintStream({
      controlPlane,
      isNeeded: () => this.#hints?.isReady !== true,
      listener,
      log,
    });
    // Between the sync at the start and this moment a hint may have been missed.
    this.#sync('listening');
  }

  async #takeHint({ noun, id, requestId }: HostJob): Promise<void> {
    if (noun !== 'server-log') return this.#reconciler.hint(noun, id, requestId);
    try {
      await serverLog.upload(this.host, id, requestId);
    } catch (error) {
      this.host.log.warn({ err: error, serverId: id, requestId }, 'a console log could not be sent');
    }
  }

  async #resync(): Promise<void> {
    await Promise.race([this.#leased.promise, aborted(this.#stopping.signal)]);
    while (!this.#stopping.signal.aborted) {
      this.#sync('the clock');
      await this.#pause(this.host.config.resyncSeconds);
    }
  }

  /** What was given to other hosts meanwhile goes before anything else happens here (H29). */
  async #letGo(): Promise<void> {
    const left = await letGoOfStrays(this.host, this.#reconciler);
    if (left.length > 0) this.host.log.warn({ left }, 'what other hosts have now was removed here');
  }

  /** One sync at a time; wishes that come meanwhile become one more. */
  #sync(why: string): void {
    if (this.#syncing !== undefined) {
      this.#syncAgain = true;
      return;
    }
    this.#syncAgain = false;
    this.#syncing = syncWithControlPlane(this.host, this.#reconciler, why).finally(() => {
      this.#syncing = undefined;
      if (this.#syncAgain && !this.#stopping.signal.aborted) this.#sync('asked for meanwhile');
    });
  }

  async #pause(seconds: number): Promise<void> {
    await sleep(seconds * 1000, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  // One that has fired already fires no more.
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
