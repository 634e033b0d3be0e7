import type { Core } from '../call.ts';
import type { Workflow } from './definition.ts';
import { driveOnce } from './drive.ts';
import { claim, dueRuns, type Lease, LeaseLost, letGo } from './lease.ts';
import { nextOfKey } from './next.ts';
import { openTurn, type Turn } from './turn.ts';

export interface EngineOptions {
  readonly core: Core;
  readonly workflows: readonly Workflow[];
  /** How long a worker that died keeps a run from others, in seconds. */
  readonly leaseSeconds?: number;
  /** Runs advanced at the same moment by all sweeps. */
  readonly concurrency?: number;
}

export interface Engine {
  /**
   * Works on a run until it sleeps or ends, if it is due and nobody else does. The one way in which runs move, whether
   * a job, a sweep or a timer says so; harmless at any time. Does not throw: what it could not do, a sweep repeats.
   */
  advance(runId: string): Promise<void>;
  /**
   * Advances every run that is due; brings back whatever a lost job, a dead worker or an empty Redis left behind. Comes
   * back when all of them sleep or have ended; the next may begin before, as a step takes as long as it takes.
   */
  sweep(): Promise<void>;
  /** Finishes the steps under way, gives all leases back, and takes no more. */
  stop(): Promise<void>;
}

// A nap that ends before the next sweep is ended by a timer of this process; longer ones are left to the sweep.
const shortNapMs = 2_000;

/** The workflow engine of one process. Any number of them share the work through leases in Postgres. */
export function openEngine(options: EngineOptions): Engine {
  return new LeaseEngine(options);
}

class LeaseEngine implements Engine {
  readonly #core: Core;
  readonly #workflows: ReadonlyMap<string, Workflow>;
  readonly #leaseSeconds: number;
  readonly #concurrency: number;
  readonly #stopping = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Lanes of all sweeps that have not come back yet. */
  #lanes = 0;
  /** Leases that could not be given back because the database was away. */
  readonly #stranded = new Map<string, Lease>();

  constructor({ core, workflows, leaseSeconds = 15, concurrency = 10 }: EngineOptions) {
    this.#core = core;
    this.#workflows = new Map(workflows.map((each) => [each.name, each]));
    this.#leaseSeconds = leaseSeconds;
    this.#concurrency = concurrency;
  }

  async advance(runId: string): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const working = this.#work(runId).catch((error: unknown) => {
      const isTaken = error instanceof LeaseLost;
      this.#core.log[isTaken ? 'info' : 'error']({ err: error, run: runId }, 'run was left; a sweep brings it back');
    });
    this.#underWay.add(working);
    await working;
    this.#underWay.delete(working);
  }

  async sweep(): Promise<void> {
    await this.#giveBackStranded();
    const due = await dueRuns(this.#core.database, 500);
    const free = Math.max(0, this.#concurrency - this.#lanes);
    await Promise.all(Array.from({ length: free }, () => this.#lane(due)));
  }

  async #lane(due: string[]): Promise<void> {
    this.#lanes += 1;
    try {
      for (let next = due.shift(); next !== undefined; next = due.shift()) await this.advance(next);
    } finally {
      this.#lanes -= 1;
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#underWay);
    await this.#giveBackStranded().catch(() => {});
  }

  async #work(runId: string): Promise<void> {
    const claimed = await claim(this.#core.database, runId, this.#leaseSeconds);
    if (claimed === null) return;
    try {
      const workflow = this.#workflows.get(claimed.run.name);
      if (workflow === undefined) throw new TypeError(`this worker knows no workflow named ${claimed.run.name}`);
      await this.#stay(openTurn(this.#core, workflow, claimed, this.#stopping.signal));
    } catch (error) {
      this.#stranded.set(claimed.lease.token, claimed.lease);
      throw error;
    }
  }

  async #stay(turn: Turn): Promise<void> {
    for (;;) {
      const look = this.#stopping.signal.aborted ? 'stopped' : await driveOnce(turn);
      if (look === 'go-on') continue;
      if (look === 'stopped') await turn.journal.write({ kind: 'hand-over' });
      else if (look === 'ended') await this.#wakeNext(turn);
      else if (look.napMs < shortNapMs) this.#wakeLater(turn.facts.id, look.napMs);
      return;
    }
  }

  async #wakeNext({ facts }: Turn): Promise<void> {
    const next = await nextOfKey(this.#core.database, facts.id);
    if (next !== null) this.#wakeLater(next, 0);
  }

  #wakeLater(runId: string, afterMs: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.advance(runId);
    }, afterMs);
    this.#timers.add(timer);
  }

  async #giveBackStranded(): Promise<void> {
    for (const lease of this.#stranded.values()) {
      await letGo(this.#core.database, lease);
      this.#stranded.delete(lease.token);
    }
  }
}
