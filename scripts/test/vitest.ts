import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { nodeModule, succeeds } from './command.ts';
import type { Count, Part } from './part.ts';

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

type VitestPart = Omit<Part, 'run'> & { projects: readonly string[] };

/** These vitest projects, counted from the JSON report. A run that made no report counts as one failure. */
export function vitestPart({ projects, ...part }: VitestPart): Part {
  return { ...part, run: () => runVitest(projects.map((project) => `--project=${project}`)) };
}

async function runVitest(args: string[]): Promise<Count> {
  const folder = await mkdtemp(join(tmpdir(), 'unkai-report-'));
  const file = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const passed = await succeeds(nodeModule('vitest/vitest.mjs', 'run', ...reporters, ...args), 30);
  const count = existsSync(file) ? countOf(await readFile(file, 'utf8')) : { passed: 0, failed: 1, skipped: 0 };
  await rm(folder, { recursive: true, force: true });
  // A suite that could not load, or an error outside every test, fails the run without failing a test.
  return passed || count.failed > 0 ? count : { ...count, failed: 1 };
}

function countOf(text: string): Count {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report.parse(JSON.parse(text));
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}
