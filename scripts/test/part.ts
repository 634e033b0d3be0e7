import type { Failure } from './failure.ts';

/** What one part of the tests found. */
export interface Count {
  passed: number;
  failed: number;
  skipped: number;
  failures: Failure[];
  /** What passed only at the second try: it has not been understood yet. */
  secondTries: Failure[];
}

/** One part of `./unkai test`: it runs by itself, starts what it needs and counts what it ran. */
export interface Part {
  readonly name: string;
  readonly title: string;
  /** Makes a real host: bridges, taps, namespaces. */
  readonly needsRoot: boolean;
  run(): Promise<Count>;
}

/** A part that ended before it could say what it ran. */
export const noReport: Readonly<Count> = {
  passed: 0,
  failed: 1,
  skipped: 0,
  failures: [{ title: 'it ended without a report', why: '' }],
  secondTries: [],
};

/** A part that failed, though none of what it counted did. */
export function failedAsAWhole(count: Count): Count {
  const failure = { title: 'it failed, and no test of it', why: 'See above what it printed.' };
  return { ...count, failed: 1, failures: [...count.failures, failure] };
}
