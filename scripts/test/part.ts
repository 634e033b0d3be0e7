/** What one part of the tests found. */
export interface Count {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed, by name, with the first line of why where there is one. */
  failures: string[];
  /** What passed only at the second try, in the same way: it has not been understood yet. */
  secondTries: string[];
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
  failures: ['it ended without a report'],
  secondTries: [],
};

// Colours of a terminal: they are for who watches, not for a list at the end.
const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** One line for a test that failed. */
export function failureLine(name: string, message: string | undefined): string {
  const [why = ''] = (message ?? '').replace(colours, '').split('\n');
  return why === '' ? name : `${name}: ${why}`;
}
