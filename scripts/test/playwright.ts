import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { nodeModule, succeeds } from './command.ts';
import { type Count, failureLine, noReport, type Part } from './part.ts';

const result = z.object({ error: z.object({ message: z.string().optional() }).optional() });
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
  errors: z.array(z.object({ message: z.string().optional() })).default([]),
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
  return passed || count.failed > 0 ? count : { ...count, failed: 1 };
}

function countOf(text: string): Count {
  const { stats, suites, errors } = report.parse(JSON.parse(text));
  const { expected, unexpected, skipped, flaky } = stats;
  const failures = [
    ...suites.flatMap((each) => linesOf(each, hasFailed)),
    ...errors.map(({ message }) => failureLine('set-up', message)),
  ];
  const secondTries = suites.flatMap((each) => linesOf(each, isSecondTry));
  return { passed: expected + flaky, failed: unexpected, skipped, failures, secondTries };
}

const hasFailed = ({ ok }: Spec) => !ok;
const isSecondTry = ({ ok, tests }: Spec) => ok && tests.some(({ status }) => status === 'flaky');

/** A line for each of these specs, however deep, with the first error that it had. */
function linesOf({ specs, suites }: z.infer<typeof suite>, isWanted: (spec: Spec) => boolean): string[] {
  const own = specs.filter(isWanted).map(({ file, title, tests }) => {
    const [first] = tests.flatMap(({ results }) => results).filter(({ error }) => error !== undefined);
    return failureLine(`${file} › ${title}`, first?.error?.message);
  });
  return [...own, ...suites.flatMap((each) => linesOf(each, isWanted))];
}

export const playwrightPart: Part = {
  name: 'e2e',
  title: 'The portal in Chromium against the running stack',
  needsRoot: true,
  run,
};
