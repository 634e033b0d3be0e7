import { expect, test } from 'vitest';
import { endOf, failureText, whyOf } from './failure.ts';

const numbered = (count: number, word: string) => Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);

test('of a difference the lines that differ are told, each group with the line before it', () => {
  const diff = [
    '- Expected',
    '+ Received',
    '',
    '  [',
    ...numbered(27, '    "known"'),
    '+   "a test that is new",',
    '    "known after it"',
    '  ]',
  ];
  const thrown = {
    name: 'AssertionError',
    message: 'expected [ …(28) ] to deeply equal [ …(27) ]',
    diff: diff.join('\n'),
  };
  expect(whyOf({ ...thrown, place: 'supervisor/test/a.test.ts:7' }).split('\n')).toEqual([
    'AssertionError: expected [ …(28) ] to deeply equal [ …(27) ]',
    '- Expected',
    '+ Received',
    '    "known" 27',
    '+   "a test that is new",',
    'at supervisor/test/a.test.ts:7',
  ]);
});

test('of a long message its beginning and, longer, its end are told, in colours none', () => {
  const message = ['\u001B[31m./unkai up failed (1):\u001B[39m', '', ...numbered(40, 'line')].join('\n');
  const lines = whyOf({ name: 'Error', message }).split('\n');
  expect(lines).toHaveLength(15);
  expect(lines.slice(0, 2)).toEqual(['Error: ./unkai up failed (1):', 'line 1']);
  expect(lines).toContain('… 27 lines …');
  expect(lines.at(-1)).toBe('line 40');
});

test('a long message and a long difference share the lines', () => {
  const diff = numbered(30, '+ more').join('\n');
  const lines = whyOf({ message: numbered(30, 'line').join('\n'), diff }).split('\n');
  expect(lines).toHaveLength(15);
  expect(lines.filter((line) => line.startsWith('line'))).toHaveLength(6);
  expect(lines.at(-1)).toBe('+ more 30');
});

test('what caused an error is told below it; a name that the message begins with is told once', () => {
  const cause = { name: 'TypeError', message: 'TypeError: fetch failed', cause: { message: 'ECONNREFUSED' } };
  expect(whyOf({ name: 'Error', message: 'Not within 120 s: it is answered', cause })).toBe(
    'Error: Not within 120 s: it is answered\ncaused by TypeError: fetch failed\ncaused by ECONNREFUSED',
  );
});

test('a failure is its title and, indented, why; lines that are too wide are cut', () => {
  expect(failureText({ title: 'unit: a › b', why: `one\n${'x'.repeat(300)}` })).toBe(
    `  unit: a › b\n      one\n      ${'x'.repeat(199)}…\n`,
  );
  expect(failureText({ title: 'unit: nothing is known', why: '' })).toBe('  unit: nothing is known\n');
});

test('the end of what a program said is that of both of its streams', () => {
  expect(endOf(`${numbered(20, 'out').join('\n')}\n`, 'wrong\n')).toBe(
    [...numbered(20, 'out').slice(5), 'wrong'].join('\n'),
  );
});
