'use client';
import type { Failure } from '@unkai/contracts/errors';
import { isStep, type OperationStep, type StepState } from '@unkai/contracts/resources/operation';
import { Check, Circle, Flag, LoaderCircle, type LucideIcon, RotateCcw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { duration } from './duration.ts';
import { useClock } from './use-clock.ts';

type Look = { icon: LucideIcon; colour: string; word: string };

const looks: Record<StepState, Look> = {
  pending: { icon: Circle, colour: 'text-ink-faint', word: 'waits' },
  running: { icon: LoaderCircle, colour: 'text-busy-ink', word: 'running' },
  done: { icon: Check, colour: 'text-ok-ink', word: 'done' },
  failed: { icon: X, colour: 'text-bad-ink', word: 'failed' },
  undoing: { icon: RotateCcw, colour: 'text-warn-ink', word: 'giving back' },
  undone: { icon: RotateCcw, colour: 'text-ink-faint', word: 'given back' },
};

/** The step that failed stays recognisable after what it took was given back. */
function lookOf(step: OperationStep): Look {
  const failedAndBack = isStep('givenBack', step) && step.failure !== null;
  return failedAndBack ? { ...looks.failed, word: 'failed, given back' } : looks[step.state];
}

/** Something that shows, after the last step, that what was made works: when it was seen, or null while it was not. */
export type Milestone = { title: string; at: string | null; note: string };

type TimelineProps = {
  steps: readonly OperationStep[];
  milestones?: readonly Milestone[];
  /** What the times of milestones count from. */
  since?: string;
};

/** The steps of an operation: each with its state, its time, what it does now, and why it failed. */
export function Timeline({ steps, milestones = [], since }: TimelineProps) {
  const count = steps.length + milestones.length;
  return (
    <ol className="grid">
      {steps.map((step, index) => (
        <TimelineStep key={step.name} step={step} isLast={index === count - 1} />
      ))}
      {milestones.map((milestone, index) => (
        <MilestoneEntry
          key={milestone.title}
          milestone={milestone}
          since={since}
          isLast={steps.length + index === count - 1}
        />
      ))}
    </ol>
  );
}

function TimelineStep({ step, isLast }: { step: OperationStep; isLast: boolean }) {
  const look = lookOf(step);
  const isMoving = isStep('moving', step);
  const now = useClock(isMoving);
  const end = step.endedAt === null ? now : Date.parse(step.endedAt);
  return (
    <Entry
      look={look}
      isFaint={isStep('waiting', step)}
      isMoving={isMoving}
      isLast={isLast}
      title={
        <>
          {step.title}
          <span className="sr-only">: {look.word}</span>
          {step.attempt > 1 && <span className="text-ink-muted"> · attempt {step.attempt}</span>}
        </>
      }
      aside={step.startedAt === null ? '' : duration(Math.max(0, end - Date.parse(step.startedAt)))}
    >
      {isMoving && step.progress && <p className="text-ink-muted text-meta">{step.progress}</p>}
      {step.failure && <FailureWords failure={step.failure} detail={step.detail} />}
    </Entry>
  );
}

type MilestoneEntryProps = { milestone: Milestone; since: string | undefined; isLast: boolean };

function MilestoneEntry({ milestone: { title, at, note }, since, isLast }: MilestoneEntryProps) {
  const isSeen = at !== null;
  const after = isSeen && since !== undefined ? Math.max(0, Date.parse(at) - Date.parse(since)) : undefined;
  return (
    <Entry
      look={{ ...(isSeen ? looks.done : looks.pending), icon: isSeen ? Flag : Circle }}
      isFaint={!isSeen}
      isMoving={false}
      isLast={isLast}
      title={
        <>
          {title}
          <span className="sr-only">: {isSeen ? 'seen' : 'not seen yet'}</span>
        </>
      }
      aside={after === undefined ? '' : `at ${duration(after)}`}
    >
      {!isSeen && <p className="text-ink-muted text-meta">{note}</p>}
    </Entry>
  );
}

type EntryProps = {
  look: Look;
  isFaint: boolean;
  isMoving: boolean;
  isLast: boolean;
  title: ReactNode;
  aside: string;
  children: ReactNode;
};

function Entry({ look: { icon: Icon, colour }, isFaint, isMoving, isLast, title, aside, children }: EntryProps) {
  return (
    <li className="relative grid grid-cols-[1rem_1fr_auto] gap-x-3 pb-3 last:pb-0">
      {!isLast && <span aria-hidden className="absolute top-5 bottom-0 left-[7.5px] w-px bg-line" />}
      <Icon
        aria-hidden
        size={isFaint ? 10 : 15}
        strokeWidth={2.5}
        className={classes(
          'mt-0.5 justify-self-center',
          isFaint && 'mt-1.5',
          colour,
          isMoving && 'animate-spin [animation-duration:1.6s]',
        )}
      />
      <div className="min-w-0">
        <p className={classes('text-table', isFaint ? 'text-ink-faint' : 'text-ink')}>{title}</p>
        {children}
      </div>
      <span className="numeric text-ink-muted text-meta leading-4.5">{aside}</span>
    </li>
  );
}

/** Why something failed and what to do, in a line each; operators also read the hosts' part. */
function FailureWords({ failure, detail }: { failure: Failure; detail: string | null }) {
  return (
    <>
      <p className="mt-0.5 text-meta">
        <span className="text-bad-ink">{failure.message}</span> <span className="text-ink-muted">{failure.next}</span>
      </p>
      {detail && <p className="mt-0.5 break-words text-ink-muted text-meta">For operators: {detail}</p>}
    </>
  );
}
