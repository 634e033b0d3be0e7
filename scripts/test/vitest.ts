import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { checkout, nodeModule, succeeds } from './command.ts';
import { type Count, failureLine, noReport, type Part } from './part.ts';

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});
type Report = z.infer<typeof report>;

type VitestPart = Omit<Part, 'run'> & { projects: readonly string[] };

/** These vitest projects, counted from the JSON report. A run that made no report counts as one failure. */
export function vitestPart({ projects, ...part }: VitestPart): Part {
  return { ...part, run: () => runVitest(projects.map((project) => `--project=${project}`)) };
}

async function runVitest(args: string[]): Promise<Count> {
  const folder = await mkdtemp(join(tmpdir(), 'unkai-report-'));
  const file = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const passed = await succeeds(nodeModule('vitest/vitest.mjs', 'run', ...reporters, ...args), 40);
  const count = existsSync(file) ? countOf(await readFile(file, 'utf8')) : noReport;
  await rm(folder, { recursive: true, force: true });
  // A suite that could not load, or an error outside every test, fails the run without failing a test.
  return passed || count.failed > 0 ? count : { ...count, failed: 1 };
}

function countOf(text: string): Count {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report.parse(JSON.parse(text));
  const skipped = numPendingTests + numTodoTests;
  const failures = testResults.flatMap(failuresOf);
  const secondTries = testResults.flatMap(secondTriesOf);
  return { passed: numPassedTests, failed: numFailedTests, skipped, failures, secondTries };
}

function failuresOf({ name, status, message, assertionResults }: Report['testResults'][number]): string[] {
  const file = relative(checkout, name);
  const failed = assertionResults.filter((each) => each.status === 'failed');
  if (status === 'failed' && failed.length === 0) return [failureLine(file, message)];
  return failed.map(({ fullName, failureMessages }) => failureLine(`${file} › ${fullName}`, failureMessages?.[0]));
}

/** A test that passed and has an error all the same failed once before. */
function secondTriesOf({ name, assertionResults }: Report['testResults'][number]): string[] {
  return assertionResults.flatMap(({ fullName, status, failureMessages }) => {
    const [message] = failureMessages ?? [];
    return status === 'passed' && message !== undefined
      ? [failureLine(`${relative(checkout, name)} › ${fullName}`, message)]
      : [];
  });
}
