import type { Failure } from '@unkai/contracts/errors';
import type { HostNoun } from '@unkai/contracts/host/job';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Core } from '../call.ts';
import type { Unit } from '../database/database.ts';
import type { WorkflowName } from './catalog.ts';

/** What a run is about; the rows hold the rest. */
export interface RunFacts {
  readonly id: string;
  readonly name: string;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly projectId: string | null;
  readonly requestId: string;
  /** What `startRun` was given; a step that reads it parses it. */
  readonly input: unknown;
}

/** "Not yet": the run lets go of its worker and is looked at again when something it waits for is reported. */
export interface Nap {
  readonly kind: 'nap';
  /** The longest it sleeps when nobody wakes it, in milliseconds. */
  readonly afterMs: number;
  /** What it waits for, in words a tenant reads. */
  readonly progress: string | null;
  /** The one report that ends it; without it any report about the run's resource does. */
  readonly until: Awaited | null;
}

/** A noun of the run's host, and the generation of it that has to be reported. */
export interface Awaited {
  readonly noun: HostNoun;
  readonly id: string;
  readonly generation: number;
}

export interface NapOptions {
  readonly afterMs?: number;
  readonly progress?: string | null;
  readonly until?: Awaited;
}

/** Made by a step that must wait. `afterMs` is only the fallback: reports of hosts wake the run at once. */
export function nap({ afterMs = 3_000, progress = null, until }: NapOptions): Nap {
  return { kind: 'nap', afterMs, progress, until: until ?? null };
}

/** Whether a step's answer is a nap and not its result. */
export function isNap(answer: unknown): answer is Nap {
  return typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'nap';
}

/** What a step works with. Every way to write from here is fenced: it fails once the run's lease is another's. */
export interface StepContext {
  readonly core: Core;
  readonly run: RunFacts;
  readonly log: Logger;
  /** Aborts when the lease is lost, the run is cancelled or the worker stops; long steps heed it. */
  readonly signal: AbortSignal;
  /** One transaction, committed only while this worker still holds the run. */
  commit<Result>(body: (unit: Unit) => Promise<Result>): Promise<Result>;
  /**
   * As `commit`, and done once: its answer is kept with the step in the same transaction, and later looks at the step
   * get it back without running `body` again. A step's do has one such act, and its undo has one of its own.
   */
  once<Schema extends z.ZodType>(
    schema: Schema,
    body: (unit: Unit) => Promise<z.output<Schema>>,
  ): Promise<z.output<Schema>>;
  /** Shows how far a step is that holds its worker. */
  progress(text: string): Promise<void>;
  /** The result of an earlier step of the same run. Throws when that step has not given one. */
  resultOf<Result>(earlier: Step<Result>): Result;
}

/** What a step does: its result, or a nap. It may be repeated at any time and must then succeed again. */
export type Act<Result> = (context: StepContext) => Promise<Result | Nap>;

/** A do whose result later steps read; it is kept as JSON and parsed when it is read back. */
export interface GivingAct<Result> {
  readonly result: z.ZodType<Result>;
  readonly act: Act<Result>;
}

/** Gives back what a step took, by id: also when the step failed half-way, and harmless twice. It may nap as well. */
export type Undo = Act<unknown>;

export interface Step<Result = unknown> {
  /** `<domain>.<verb>` */
  readonly name: string;
  /** The step in words, as the portal shows it. */
  readonly title: string;
  readonly result: z.ZodType<Result> | null;
  readonly do: Act<Result>;
  readonly undo: Undo | null;
}

/** Lets later steps read what a step found: `step('image.inspect', 'Check it', giving(inspection, inspectFile))`. */
export function giving<Result>(result: z.ZodType<Result>, act: Act<Result>): GivingAct<Result> {
  return { result, act };
}

/** One do/undo pair of a workflow. A step without undo took nothing. */
export function step<Result>(
  name: string,
  title: string,
  act: Act<Result> | GivingAct<Result>,
  undo: Undo | null = null,
): Step<Result> {
  if (typeof act === 'function') return { name, title, result: null, do: act, undo };
  return { name, title, result: act.result, do: act.act, undo };
}

export interface Workflow {
  readonly name: WorkflowName;
  readonly steps: readonly Step[];
  /**
   * Tells the resource that its run failed, in the transaction that begins to unwind: who looks at it sees the reason
   * at once, while what was taken is still being given back.
   */
  readonly onFailure: (unit: Unit, run: RunFacts, failure: Failure) => Promise<void>;
}

/** A workflow is a list of do/undo pairs, done in order and undone in reverse. */
export function defineWorkflow(name: WorkflowName, parts: Omit<Workflow, 'name'>): Workflow {
  const names = new Set(parts.steps.map((each) => each.name));
  if (names.size !== parts.steps.length) throw new TypeError(`two steps of ${name} have the same name`);
  return { name, ...parts };
}
