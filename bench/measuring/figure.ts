/** One thing that was measured, beside what is to be reached and what the same machine takes for something simple. */
export type Figure = {
  name: string;
  unit: 'ms' | 's' | 'MiB' | '/s';
  measured: number;
  /** What is to be reached; null for a figure that is only told. */
  goal: number | null;
  /** Rates are to be at least the goal, everything else at most. */
  isAtLeast?: boolean;
  /** Measured in the same run: machines differ, the ratio between the two differs less. */
  baseline?: Baseline;
};

export type Baseline = { name: string; value: number };

/** The value below which `percent` of the samples lie (nearest rank). Throws RangeError without samples. */
export function percentile(samples: readonly number[], percent: number): number {
  const sorted = samples.toSorted((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('There are no samples.');
  return value;
}

export const median = (samples: readonly number[]) => percentile(samples, 50);

/** Whether the goal is reached; true for a figure without one. */
function isReached({ measured, goal, isAtLeast }: Figure): boolean {
  if (goal === null) return true;
  return isAtLeast ? measured >= goal : measured <= goal;
}

/** Prints the figures as a table. Sets the exit code to 1 when a goal is missed. */
export function printFigures(title: string, figures: readonly Figure[]): void {
  const rows = [['figure', 'goal', 'measured', 'of goal', '', 'in the same run'], ...figures.map(rowOf)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  process.stdout.write(`\n${title}\n\n`);
  for (const row of rows) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    process.stdout.write(`  ${cells.join('  ').trimEnd()}\n`);
  }
  process.stdout.write('\n');
  if (!figures.every(isReached)) process.exitCode = 1;
}

function rowOf(figure: Figure): string[] {
  const { name, unit, measured, goal, isAtLeast, baseline } = figure;
  return [
    name,
    goal === null ? '' : `${isAtLeast ? '≥' : '≤'} ${goal} ${unit}`,
    `${rounded(measured)} ${unit}`,
    goal === null ? '' : `${rounded(measured / goal)} ×`,
    goal === null ? '' : isReached(figure) ? 'reached' : 'MISSED',
    baseline === undefined
      ? ''
      : `${rounded(measured / baseline.value)} × ${baseline.name} (${rounded(baseline.value)})`,
  ];
}

const rounded = (value: number) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
