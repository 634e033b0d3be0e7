import type { PathStep } from '@unkai/contracts/resources/path-check';

type Concerned = NonNullable<PathStep['concerned']>;

interface Told {
  readonly title: string;
  readonly detail: string;
  readonly concerned?: Concerned;
}

interface Stopped extends Told {
  readonly next: string;
  readonly mend?: NonNullable<PathStep['mend']>;
}

/** A step that lets a packet pass. */
export function passes({ title, detail, concerned }: Told): PathStep {
  return { title, verdict: 'passes', detail, concerned: concerned ?? null, next: null, mend: null };
}

/** A step that stops it; without a mend of its own the thing that it is about is where to look. */
export function stops({ title, detail, concerned, next, mend }: Stopped): PathStep {
  return { title, verdict: 'stops', detail, concerned: concerned ?? null, next, mend: mend ?? { kind: 'visit' } };
}

/** A step of which nothing is known here. */
export function unknown({ title, detail, concerned, next }: Stopped): PathStep {
  return { title, verdict: 'unknown', detail, concerned: concerned ?? null, next, mend: { kind: 'visit' } };
}
