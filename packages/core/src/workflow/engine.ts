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
  /** Runs advanced at the same moment by one sweep. */
  readonly concurrency?: number;
}

export interface Engine {
  /**
   * Works on a run until it sleeps or ends, if it is due and nobody else does. The one way in which runs move, whether
   * a job, a sweep or a timer says so; harmless at any time. Does not throw: what it could not do, a sweep repeats.
   */
  advance(runId: string): Promise<void>;
  /** Advances every run that is due; brings back whatever a lost job, a dead worker or an empty Redis left behind. */
  sweep(): Promise<void>;
  /** Finishes the steps under way, gives all leases back, and takes no more. */
  stop(): Promise<void>;
}

// A nap that ends before the next sweep is ended by a timer of this process; longer ones are left to the sweep.
const shortNapMs = 2_000;

/** The workflow engine of one process. Any number of them share the work through leases in Postgres. */
export function openEngine({ core, workflows, leaseSeconds = 15, concurrency = 10 }: EngineOptions): Engine {
  const known = new Map<string, Workflow>(workflows.map((each) => [each.name, each]));
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  // Leases that could not be given back because the database was away.
  const stranded = new Map<string, Lease>();

  async function work(runId: string): Promise<void> {
    const claimed = await claim(core.database, runId, leaseSeconds);
    if (claimed === null) return;
    try {
      const workflow = known.get(claimed.run.name);
      if (workflow === undefined) throw new TypeError(`this worker knows no workflow named ${claimed.run.name}`);
      await stay(await openTurn(core, workflow, claimed, stopping.signal));
    } catch (error) {
      stranded.set(claimed.lease.token, claimed.lease);
      throw error;
    }
  }

  async function stay(turn: Turn): Promise<void> {
    for (;;) {
      const look = stopping.signal.aborted ? 'stopped' : await driveOnce(turn);
      if (look === 'go-on') continue;
      if (look === 'stopped') await letGo(core.database, turn.lease);
      else if (look === 'ended') await wakeNext(turn);
      else if (look.napMs < shortNapMs) wakeLater(turn.facts.id, look.napMs);
      return;
    }
  }

  async function wakeNext({ facts }: Turn): Promise<void> {
    const next = await nextOfKey(core.database, facts.id);
    if (next !== null) wakeLater(next, 0);
  }

  function wakeLater(runId: string, afterMs: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void advance(runId);
    }, afterMs);
    timers.add(timer);
  }

  async function advance(runId: string): Promise<void> {
    if (stopping.signal.aborted) return;
    const working = work(runId).catch((error: unknown) => {
      const isTaken = error instanceof LeaseLost;
      core.log[isTaken ? 'info' : 'error']({ err: error, run: runId }, 'run was left; a sweep brings it back');
    });
    underWay.add(working);
    await working;
    underWay.delete(working);
  }

  async function giveBackStranded(): Promise<void> {
    for (const lease of stranded.values()) {
      await letGo(core.database, lease);
      stranded.delete(lease.token);
    }
  }

  return {
    advance,
    async sweep() {
      await giveBackStranded();
      const due = await dueRuns(core.database, 500);
      const lanes = Array.from({ length: concurrency }, async () => {
        for (let next = due.shift(); next !== undefined; next = due.shift()) await advance(next);
      });
      await Promise.all(lanes);
    },
    async stop() {
      stopping.abort();
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(underWay);
      await giveBackStranded().catch(() => {});
    },
  };
}
