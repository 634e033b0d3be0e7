import { z } from 'zod';
import { failure } from '../errors.ts';
import { flag, id, isoTime, pageQuery } from '../primitives.ts';

/** States of a workflow run as people see it: an operation. */
export const operationStates = {
  queued: 'Waits for its turn.',
  running: 'Its steps are being done.',
  unwinding: 'It failed or was cancelled; what it took is being given back.',
  succeeded: 'Done.',
  failed: 'Failed, and everything it took was given back.',
} as const satisfies Record<string, string>;
export type OperationState = keyof typeof operationStates;
export const operationState = z.enum(['queued', 'running', 'unwinding', 'succeeded', 'failed']);
export const operationEnded: readonly OperationState[] = ['succeeded', 'failed'];
/** What an operation becomes, by what happens to it. */
export const operationAfter = {
  begin: 'running',
  giveUp: 'unwinding',
  success: 'succeeded',
  unwinding: 'failed',
} as const satisfies Record<string, OperationState>;
/** It will not come to what it was begun for. */
export const operationGivesUp: readonly OperationState[] = ['unwinding', 'failed'];

/** States of a step, in the order in which it may pass through them. */
export const stepStates = {
  pending: 'Its turn has not come.',
  running: 'It is being done.',
  done: 'It is done.',
  failed: 'It failed; the reason is on it.',
  undoing: 'What it took is being given back.',
  undone: 'What it took was given back.',
} as const satisfies Record<string, string>;
export type StepState = keyof typeof stepStates;
export const stepState = z.enum(['pending', 'running', 'done', 'failed', 'undoing', 'undone']);

/** What a step becomes, by what happens to it; `nothing` is where it begins. */
export const stepAfter = {
  nothing: 'pending',
  begin: 'running',
  success: 'done',
  failure: 'failed',
  undoBegin: 'undoing',
  undoSuccess: 'undone',
} as const satisfies Record<string, StepState>;

/** What may be said of a step by its state: the engine, the portal and its tests read the same lists. */
export const stepIs = {
  /** Something happens now. */
  moving: ['running', 'undoing'],
  /** Nothing was done yet. */
  waiting: ['pending'],
  /** It may have taken something, so giving back begins with it. */
  begun: ['running', 'failed', 'done', 'undoing'],
  done: ['done'],
  /** Nothing of it is under way any more. */
  ended: ['done', 'failed', 'undone'],
  /** Done or begun, and then taken back. */
  givenBack: ['undone'],
} as const satisfies Record<string, readonly StepState[]>;

/** Whether a step is in one of the states of a list of `stepIs`. */
export function isStep(which: keyof typeof stepIs, { state }: { readonly state: StepState }): boolean {
  const states: readonly StepState[] = stepIs[which];
  return states.includes(state);
}

export const operationStep = z.object({
  name: z.string(),
  /** The step in words, such as "Choose a host". */
  title: z.string(),
  state: stepState,
  attempt: z.number().int(),
  /** What it does at this moment, in words ("12 of 17 MB"). */
  progress: z.string().nullable(),
  failure: failure.nullable(),
  /** More about the failure, such as the names of the hosts that were considered. Only shown to operators. */
  detail: z.string().nullable(),
  startedAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
});
export type OperationStep = z.infer<typeof operationStep>;

export const operation = z.object({
  id,
  projectId: id.nullable(),
  /** The workflow, such as `server.create`. */
  name: z.string(),
  title: z.string(),
  noun: z.string(),
  resourceId: id,
  resourceName: z.string(),
  state: operationState,
  failure: failure.nullable(),
  requestId: z.string(),
  /** Who asked for it; null for the system itself. */
  userId: id.nullable(),
  steps: z.array(operationStep),
  createdAt: isoTime,
  startedAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  deadlineAt: isoTime,
});
export type Operation = z.infer<typeof operation>;

/** Which operations of a project are looked at. */
export const operationQuery = pageQuery.extend({
  resourceId: id.optional(),
  state: operationState.optional(),
  /** Those under way or waiting for their turn; `false`: those that ended. */
  isOpen: flag.optional(),
});
export type OperationQuery = z.output<typeof operationQuery>;

/** An operation as who operates the cloud sees it among those of all projects. */
export const cloudOperation = operation.extend({
  /** Null for what belongs to the cloud itself. */
  projectName: z.string().nullable(),
  /** Null for the system itself, and for a user who is gone. */
  userName: z.string().nullable(),
});
export type CloudOperation = z.infer<typeof cloudOperation>;

/** Which operations of the cloud are looked at, with what each view holds. */
export const cloudOperationViews = {
  failed: 'Failed, and nothing was begun for the same thing since.',
  late: 'Under way past the time by which it should have ended, or giving back.',
  open: 'Under way or waiting for its turn.',
  all: 'Every operation, newest first.',
} as const satisfies Record<string, string>;
export const cloudOperationView = z.enum(['failed', 'late', 'open', 'all']);
export type CloudOperationView = z.infer<typeof cloudOperationView>;

export const cloudOperationQuery = pageQuery.extend({ view: cloudOperationView.default('all') });
