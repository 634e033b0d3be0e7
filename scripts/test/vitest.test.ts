import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { expect, test } from 'vitest';
import { nodeModule } from './command.ts';
import type { Failure } from './failure.ts';
import { countIn, reporter } from './vitest.ts';

const tests = `
test('passes', () => expect(1).toBe(1));
test.skip('is skipped', () => undefined);
test('differs', () => expect(['a', 'b', 'c', 'd']).toEqual(['a', 'b', 'd']));
let tries = 0;
test('passes at the second try', { retry: 1 }, () => { if ((tries += 1) === 1) throw new Error('busy', { cause: new Error('the disk') }); });
test('tries again by itself', ({ task }) => { task.meta.secondTry = 'a.part'; });
`;

test('a run of vitest is counted with the difference of what failed, second tries, and files that do not load', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unkai-reported-'));
  await writeFile(join(folder, 'some.test.js'), tests);
  await writeFile(join(folder, 'broken.test.js'), "throw new Error('does not load');");
  const report = join(folder, 'report.json');
  const argv = nodeModule('vitest/vitest.mjs', 'run', `--reporter=${reporter}`, '--root', folder, '--globals');
  await run(argv, { env: { UNKAI_TEST_REPORT: report }, cwd: folder, timeoutMs: 60_000, okCodes: [1] });
  const count = await countIn(report);
  await rm(folder, { recursive: true });
  expect(count).toMatchObject({ passed: 3, failed: 2, skipped: 1 });
  const byTitle = ({ title }: Failure) => title.replace(/^.*\//, '');
  expect(Object.fromEntries(count.failures.map((each) => [byTitle(each), each.why]))).toEqual({
    'some.test.js › differs': expect.stringMatching(/^AssertionError: expected [\s\S]*\n\+ {3}"c",/),
    'broken.test.js': expect.stringContaining('does not load'),
  });
  expect(Object.fromEntries(count.secondTries.map((each) => [byTitle(each), each.why]))).toEqual({
    'some.test.js › passes at the second try': 'Error: busy\ncaused by Error: the disk',
    'some.test.js › tries again by itself': 'a.part',
  });
}, 60_000);
