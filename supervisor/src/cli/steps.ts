const isTerminal = process.stderr.isTTY === true;
const paint = (code: number, text: string) => (isTerminal ? `\u001B[${code}m${text}\u001B[0m` : text);

/** A failure that a person can mend: what failed, and the command that mends it. */
export class StepError extends Error {
  override readonly name = 'StepError';
  readonly mend: string;

  constructor(message: string, mend: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.mend = mend;
  }
}

/** Shows something that the reader should know among the steps. */
export function note(title: string, words: string): void {
  process.stderr.write(`  ${paint(36, 'i')} ${title.padEnd(44)}          ${words}\n`);
}

/**
 * Shows one step on stderr while it is done and how long it took. `work` may give a word to show beside it ("unchanged").
 * Anything it throws becomes a StepError that says `mend`.
 */
export async function step(title: string, mend: string, work: () => Promise<string | undefined>): Promise<void> {
  const begun = performance.now();
  if (isTerminal) process.stderr.write(`  … ${title}`);
  const took = () => `${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s`;
  const line = (mark: string, note = '') =>
    process.stderr.write(`${isTerminal ? '\r\u001B[2K' : ''}  ${mark} ${title.padEnd(44)}${took()}  ${note}\n`);
  try {
    line(paint(32, '✓'), await work());
  } catch (error) {
    line(paint(31, '✗'));
    if (error instanceof StepError) throw error;
    throw new StepError(`${title} failed: ${error instanceof Error ? error.message : String(error)}`, mend, error);
  }
}

/** Prints a table whose columns are as wide as they must be. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}
