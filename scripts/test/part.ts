/** What one part of the tests found. */
export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** One part of `./unkai test`: it runs by itself, starts what it needs and counts what it ran. */
export interface Part {
  readonly name: string;
  readonly title: string;
  /** Makes a real host: bridges, taps, namespaces. */
  readonly needsRoot: boolean;
  run(): Promise<Count>;
}
