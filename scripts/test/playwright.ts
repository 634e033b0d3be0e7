import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { checkout, nodeModule, succeeds } from './command.ts';
import { type Failure, type Thrown, whyOf } from './failure.ts';
import { type Count, failedAsAWhole, noReport, type Part } from './part.ts';

const location = z.object({ file: z.string(), line: z.number() });
const error = z.object({ message: z.string().optional(), location: location.optional() });
const result = z.object({ error: error.optional() });
const spec = z.object({
  file: z.string(),
  title: z.string(),
  ok: z.boolean(),
  tests: z.array(z.object({ status: z.string(), results: z.array(result) })),
});
type Spec = z.infer<typeof spec>;
const suite = z.object({
  specs: z.array(spec).default([]),
  get suites() {
    return z.array(suite).default([]);
  },
});
const report = z.object({
  suites: z.array(suite),
  errors: z.array(error).default([]),
  stats: z.object({ expected: z.number(), unexpected: z.number(), skipped: z.number(), flaky: z.number() }),
});

async function run(): Promise<Count> {
  const folder = await mkdtemp(join(tmpdir(), 'unkai-report-'));
  const file = join(folder, 'report.json');
  const argv = nodeModule(
    '@playwright/test/cli.js',
    'test',
    '--config',
    'e2e/playwright.config.ts',
    '--reporter=list,json',
  );
  const passed = await succeeds(argv, 40, { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  const count = existsSync(file) ? countOf(await readFile(file, 'utf8')) : noReport;
  await rm(folder, { recursive: true, force: true });
  return passed || count.failed > 0 ? count : failedAsAWhole(count);
}

/** Reads the JSON report of a run. */
export function countOf(text: string): Count {
  const { stats, suites, errors } = report.parse(JSON.parse(text));
  const { expected, unexpected, skipped, flaky } = stats;
  const failures = [
    ...suites.flatMap((each) => failuresOf(each, hasFailed)),
    ...errors.map((each) => ({ title: 'outside of every test', why: whyOf(thrown(each)) })),
  ];
  const secondTries = suites.flatMap((each) => failuresOf(each, isSecondTry));
  return { passed: expected + flaky, failed: unexpected + errors.length, skipped, failures, secondTries };
}

const hasFailed = ({ ok }: Spec) => !ok;
const isSecondTry = ({ ok, tests }: Spec) => ok && tests.some(({ status }) => status === 'flaky');

/** These specs, however deep, each with the first error that it had. */
function failuresOf({ specs, suites }: z.infer<typeof suite>, isWanted: (spec: Spec) => boolean): Failure[] {
  const own = specs.filter(isWanted).map(({ file, title, tests }) => {
    const [first] = tests.flatMap(({ results }) => results.flatMap((each) => each.error ?? []));
    return { title: `${file} › ${title}`, why: first === undefined ? '' : whyOf(thrown(first)) };
  });
  return [...own, ...suites.flatMap((each) => failuresOf(each, isWanted))];
}

/** Its messages hold the difference already. */
function thrown({ message, location: at }: z.infer<typeof error>): Thrown {
  return { message, place: at === undefined ? undefined : `${relative(checkout, at.file)}:${at.line}` };
}

export const playwrightPart: Part = {
  name: 'e2e',
  title: 'The portal in Chromium against the running stack',
  needsRoot: true,
  run,
};
