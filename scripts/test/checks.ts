import { nodeModule, outcomeOf } from './command.ts';
import type { Count, Part } from './part.ts';

const node = process.execPath;

/** Each check is one test: it passes or it does not. */
const checks: ReadonlyArray<readonly [title: string, argv: readonly [string, ...string[]]]> = [
  ['generated code is made', [node, 'prisma/src/generate.ts']],
  ['types', [node, 'scripts/check-types.ts']],
  ['lint and formatting', nodeModule('@biomejs/biome/bin/biome', 'check', '.')],
  ['length of functions', [node, 'scripts/check-functions.ts']],
  ['rules with their fixes', [node, 'scripts/check-rules.ts']],
  ['architecture', [node, 'scripts/check-architecture.ts']],
  ['dead code', nodeModule('knip/bin/knip.js', '--no-progress')],
  ['generated files are current', [node, 'scripts/gen.ts', '--check']],
];

async function run(): Promise<Count> {
  const count: Count = { passed: 0, failed: 0, skipped: 0, failures: [], secondTries: [] };
  for (const [title, argv] of checks) {
    const { passed, said } = await outcomeOf(argv);
    process.stdout.write(`${passed ? '✓' : '✗'} check: ${title}\n`);
    if (passed) count.passed += 1;
    else {
      count.failed += 1;
      count.failures.push({ title, why: said });
    }
  }
  return count;
}

export const checksPart: Part = {
  name: 'check',
  title: 'Types, lint, architecture, dead code, generated files',
  needsRoot: false,
  run,
};
