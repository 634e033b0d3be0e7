import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkout } from './command.ts';
import { countOf } from './playwright.ts';

/** As its JSON reporter writes it, with the errors of one test's tries. */
const spec = (title: string, status: string, ...messages: string[]) => ({
  file: 'server.spec.ts',
  title,
  ok: status !== 'unexpected',
  tests: [
    {
      status,
      results: [
        ...messages.map((message) => ({
          error: { message, location: { file: join(checkout, 'e2e/server.spec.ts'), line: 40 } },
        })),
        {},
      ],
    },
  ],
});
const report = (...errors: object[]) =>
  JSON.stringify({
    suites: [
      {
        specs: [spec('passes', 'expected')],
        suites: [
          {
            specs: [
              spec(
                'never',
                'unexpected',
                'Error: expect(locator).toBeVisible() failed\n\nLocator: getByText("on")\nTimeout: 5000ms',
              ),
              spec('at last', 'flaky', '\u001B[31mError: slow\u001B[39m'),
            ],
          },
        ],
      },
    ],
    errors,
    stats: { expected: 1, unexpected: 1, skipped: 2, flaky: 1 },
  });

test('a run of Playwright is counted, with why a test failed and where, however deep it stands', () => {
  expect(countOf(report())).toEqual({
    passed: 2,
    failed: 1,
    skipped: 2,
    failures: [
      {
        title: 'server.spec.ts › never',
        why: 'Error: expect(locator).toBeVisible() failed\nLocator: getByText("on")\nTimeout: 5000ms\nat e2e/server.spec.ts:40',
      },
    ],
    secondTries: [{ title: 'server.spec.ts › at last', why: 'Error: slow\nat e2e/server.spec.ts:40' }],
  });
});

test('what fails outside of every test counts as a failure', () => {
  const { failed, failures } = countOf(report({ message: 'up failed (1): no space left' }));
  expect(failed).toBe(2);
  expect(failures.at(-1)).toEqual({ title: 'outside of every test', why: 'up failed (1): no space left' });
});
