import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { plainLog } from '../console/plain-log.ts';

test('colours and cursor moves go, words stay', () => {
  expect(plainLog('\x1b[0;32m[ OK ]\x1b[0m Started \x1b[1msshd\x1b[m.\r\n')).toBe('[ OK ] Started sshd.\n');
});

test('A41: links and titles of a terminal (OSC) are dropped with what they point to', () => {
  expect(plainLog('\x1b]8;;https://evil.example\x07click\x1b]8;;\x07 \x1b]0;title\x1b\\end')).toBe('click end');
});

test('A41: markup that a guest prints stays text', () => {
  expect(plainLog('<script>alert(1)</script>')).toBe('<script>alert(1)</script>');
});

test('A41: characters that turn the direction of text are dropped', () => {
  expect(plainLog('abc\u202etxt.exe\u2066')).toBe('abctxt.exe');
});

test('a line that was rewritten keeps its last form', () => {
  expect(plainLog('10%\r50%\r100%\nnext')).toBe('100%\nnext');
});

test('A41: no control character survives, whatever a guest prints', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      expect(plainLog(text)).not.toMatch(/[^\P{Cc}\n\t]/u);
    }),
  );
});
