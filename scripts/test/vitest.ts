import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { nodeModule, succeeds } from './command.ts';
import { type Count, failedAsAWhole, noReport, type Part } from './part.ts';

const failure = z.object({ title: z.string(), why: z.string() });
/** What `vitest-reporter.ts` writes. */
const report = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  failures: z.array(failure),
  secondTries: z.array(failure),
});

type VitestPart = Omit<Part, 'run'> & { projects: readonly string[] };

/** These vitest projects. A run that made no report counts as one failure. */
export function vitestPart({ projects, ...part }: VitestPart): Part {
  return { ...part, run: () => runVitest(projects.map((project) => `--project=${project}`)) };
}

export const reporter = join(import.meta.dirname, 'vitest-reporter.ts');

/** What that reporter wrote. */
export async function countIn(file: string): Promise<Count> {
  return report.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** Runs vitest with these arguments, shows what it prints, and counts. */
async function runVitest(args: readonly string[]): Promise<Count> {
  const folder = await mkdtemp(join(tmpdir(), 'unkai-report-'));
  const file = join(folder, 'report.json');
  const argv = nodeModule('vitest/vitest.mjs', 'run', '--reporter=default', `--reporter=${reporter}`, ...args);
  const passed = await succeeds(argv, 40, { UNKAI_TEST_REPORT: file });
  const count = existsSync(file) ? await countIn(file) : noReport;
  await rm(folder, { recursive: true, force: true });
  return passed || count.failed > 0 ? count : failedAsAWhole(count);
}
