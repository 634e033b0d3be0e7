import { z } from 'zod';
import { failure } from '../errors.ts';
import { id, isoTime } from '../primitives.ts';

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

export const stepStates = ['pending', 'running', 'done', 'failed', 'undoing', 'undone'] as const;
export const stepState = z.enum(stepStates);
export type StepState = z.infer<typeof stepState>;

export const operationStep = z.object({
  name: z.string(),
  /** The step in words, such as "Choose a host". */
  title: z.string(),
  state: stepState,
  attempt: z.number().int(),
  /** What it does at this moment, in words ("12 of 17 MB"). */
  progress: z.string().nullable(),
  failure: failure.nullable(),
  startedAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
});

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
