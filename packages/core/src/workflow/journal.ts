import { failure } from '@unkai/contracts/errors';
import { stepState } from '@unkai/contracts/resources/operation';
import { ask, commit, type Database, type Unit } from '../database/database.ts';
import type { Step } from './definition.ts';
import { type Claim, type Lease, LeaseLost } from './lease.ts';
import {
  type RunChange,
  type Seen,
  type StepMemo,
  type StepRow,
  seen,
  stepMemo,
  untouched,
  writing,
  writingAlone,
} from './record.ts';

/** A step of a run: what it is, and how far it is. The row is this worker's copy; the lease keeps it true. */
export interface OpenStep {
  readonly step: Step;
  readonly position: number;
  readonly row: StepRow;
}

/** What a once-act leaves with its step, made from its answer. */
export interface Keeping<Result> {
  readonly open: OpenStep;
  readonly memoOf: (answer: Result) => StepMemo;
}

export interface CommitOptions<Result> {
  readonly keeping?: Keeping<Result>;
  readonly change?: RunChange;
}

const stay: RunChange = { kind: 'stay' };

/**
 * How far a run is. What changes of its steps is kept here until the run writes anyway: with the rows of a step's own
 * act, in their transaction; before it sleeps; when it ends. So a step that only looks and goes on costs no write of its
 * own, and after a crash it is done again, as every step may be. A write does nothing once the lease is another's, and
 * then throws LeaseLost.
 */
export class Journal {
  readonly lease: Lease;
  readonly #database: Database;
  readonly #steps: Array<{ readonly step: Step; readonly position: number; row: StepRow }>;
  readonly #unwritten = new Set<number>();
  #isCancelled: boolean;
  #isLate: boolean;
  #isWriting = false;
  #renewal: Promise<unknown> = Promise.resolve();

  /** A run that begins has no rows of its steps yet: its first write makes them. Throws for a step that is not known. */
  constructor(database: Database, { lease, run }: Claim, steps: readonly Step[]) {
    this.#database = database;
    this.lease = lease;
    this.#isCancelled = run.cancel_requested;
    this.#isLate = run.is_late;
    this.#steps =
      run.steps.length > 0
        ? run.steps.map((row) => ({ step: stepNamed(steps, row.name), position: row.position, row: rowOf(row) }))
        : steps.map((step, position) => ({ step, position, row: untouched }));
    if (run.steps.length === 0) for (const { position } of this.#steps) this.#unwritten.add(position);
  }

  get steps(): readonly OpenStep[] {
    return this.#steps;
  }

  /** Whether somebody asked to give the run up, as the last write saw it. */
  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  /** Whether the run's deadline has passed, as the last write saw it. */
  get isLate(): boolean {
    return this.#isLate;
  }

  /** Changes a step; the next write writes it. */
  set({ position }: OpenStep, change: Partial<StepRow>): void {
    const open = this.#steps.find((each) => each.position === position);
    if (open === undefined) throw new TypeError(`the run has no step ${position}`);
    open.row = { ...open.row, ...change };
    this.#unwritten.add(position);
  }

  /** Writes what has changed, in one statement. */
  write(change: RunChange = stay): Promise<Seen> {
    return this.#alone(async () => {
      await this.#renewal;
      return this.#put(change);
    });
  }

  /** Keeps the lease while a step runs, and shows how far it is. A write under way does the latter by itself. */
  async renew(): Promise<Seen> {
    if (this.#isWriting) return this.#ask(stay, []);
    const renewal = this.#put(stay);
    // Later writes come after it, whatever becomes of it: else what it writes could undo what they wrote.
    this.#renewal = renewal.catch(() => {});
    return renewal;
  }

  /**
   * One transaction that commits only while the lease is held; with `keeping`, its answer is remembered in it. The run's
   * row is locked last because reports of hosts go the same way, from the resource to its run: no two wait for each other.
   */
  commit<Result>(body: (unit: Unit) => Promise<Result>, options: CommitOptions<Result> = {}): Promise<Result> {
    const { keeping, change = stay } = options;
    return this.#alone(async () => {
      const { answer, changed } = await commit(this.#database, async (unit) => {
        const answer = await body(unit);
        await this.#renewal;
        const changed = this.#changed(keeping && { open: keeping.open, memo: keeping.memoOf(answer) });
        this.#see(await unit.tx.$queryRaw<unknown[]>(writing(this.lease, change, changed)));
        return { answer, changed };
      });
      this.#noteWritten(changed);
      return answer;
    });
  }

  async #put(change: RunChange): Promise<Seen> {
    const changed = this.#changed();
    const found = await this.#ask(change, changed);
    this.#noteWritten(changed);
    return found;
  }

  async #ask(change: RunChange, changed: readonly OpenStep[]): Promise<Seen> {
    return this.#see(await ask(this.#database, writingAlone(this.lease, change, changed)));
  }

  #see([row]: readonly unknown[]): Seen {
    if (row === undefined) throw new LeaseLost(this.lease.runId);
    const now = seen.parse(row);
    this.#isCancelled ||= now.isCancelled;
    this.#isLate ||= now.isLate;
    return now;
  }

  async #alone<Result>(write: () => Promise<Result>): Promise<Result> {
    this.#isWriting = true;
    try {
      return await write();
    } finally {
      this.#isWriting = false;
    }
  }

  /** The steps as the next write leaves them. */
  #changed(kept?: { readonly open: OpenStep; readonly memo: StepMemo }): OpenStep[] {
    return this.#steps.flatMap((each) => {
      if (each.position === kept?.open.position) return [{ ...each, row: { ...each.row, memo: kept.memo } }];
      return this.#unwritten.has(each.position) ? [{ ...each }] : [];
    });
  }

  #noteWritten(written: readonly OpenStep[]): void {
    for (const { position, row } of written) {
      this.#unwritten.delete(position);
      const open = this.#steps.find((each) => each.position === position);
      if (open !== undefined) open.row = row;
    }
  }
}

function stepNamed(steps: readonly Step[], name: string): Step {
  const step = steps.find((each) => each.name === name);
  if (step === undefined) throw new TypeError(`this worker knows no step named ${name}`);
  return step;
}

function rowOf({ state, attempt, progress, result, ...row }: Claim['run']['steps'][number]): StepRow {
  return {
    state: stepState.parse(state),
    attempt,
    progress,
    failure: failure.nullable().parse(row.failure),
    memo: stepMemo.parse(result ?? {}),
  };
}
