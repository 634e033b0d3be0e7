'use client';
import type { Failure } from '@unkai/contracts/errors';
import type { Operation, StepState } from '@unkai/contracts/resources/operation';
import { Check, Circle, LoaderCircle, RotateCcw, X } from 'lucide-react';
import { classes } from './classes.ts';
import { duration } from './duration.ts';
import { useClock } from './use-clock.ts';

const looks = {
  pending: { icon: Circle, colour: 'text-ink-faint', word: 'waits' },
  running: { icon: LoaderCircle, colour: 'text-busy-ink', word: 'running' },
  done: { icon: Check, colour: 'text-ok-ink', word: 'done' },
  failed: { icon: X, colour: 'text-bad-ink', word: 'failed' },
  undoing: { icon: RotateCcw, colour: 'text-warn-ink', word: 'giving back' },
  undone: { icon: RotateCcw, colour: 'text-ink-faint', word: 'given back' },
} satisfies Record<StepState, { icon: typeof Check; colour: string; word: string }>;

/** The step that failed stays recognisable after what it took was given back. */
function lookOf({ state, failure }: Operation['steps'][number]) {
  return state === 'undone' && failure !== null ? { ...looks.failed, word: 'failed, given back' } : looks[state];
}

/** The steps of an operation: each with its state, its time, what it does now, and why it failed. */
export function Timeline({ steps }: { steps: Operation['steps'] }) {
  return (
    <ol className="grid">
      {steps.map((step, index) => (
        <TimelineStep key={step.name} step={step} isLast={index === steps.length - 1} />
      ))}
    </ol>
  );
}

function TimelineStep({ step, isLast }: { step: Operation['steps'][number]; isLast: boolean }) {
  const { icon: Icon, colour, word } = lookOf(step);
  const isMoving = step.state === 'running' || step.state === 'undoing';
  const now = useClock(isMoving);
  const spent =
    step.startedAt === null
      ? undefined
      : Math.max(0, (step.endedAt ? Date.parse(step.endedAt) : now) - Date.parse(step.startedAt));
  return (
    <li className="relative grid grid-cols-[1rem_1fr_auto] gap-x-3 pb-3 last:pb-0">
      {!isLast && <span aria-hidden className="absolute top-5 bottom-0 left-[7.5px] w-px bg-line" />}
      <Icon
        aria-hidden
        size={step.state === 'pending' ? 10 : 15}
        strokeWidth={2.5}
        className={classes(
          'mt-0.5 justify-self-center',
          step.state === 'pending' && 'mt-1.5',
          colour,
          isMoving && 'animate-spin [animation-duration:1.6s]',
        )}
      />
      <div className="min-w-0">
        <p className={classes('text-table', step.state === 'pending' ? 'text-ink-faint' : 'text-ink')}>
          {step.title}
          <span className="sr-only">: {word}</span>
          {step.attempt > 1 && <span className="text-ink-muted"> · attempt {step.attempt}</span>}
        </p>
        {isMoving && step.progress && <p className="text-ink-muted text-meta">{step.progress}</p>}
        {step.failure && <FailureWords failure={step.failure} />}
      </div>
      <span className="numeric text-ink-muted text-meta leading-4.5">{spent === undefined ? '' : duration(spent)}</span>
    </li>
  );
}

/** Why something failed and what to do, in a line each. */
function FailureWords({ failure }: { failure: Failure }) {
  return (
    <p className="mt-0.5 text-meta">
      <span className="text-bad-ink">{failure.message}</span> <span className="text-ink-muted">{failure.next}</span>
    </p>
  );
}
