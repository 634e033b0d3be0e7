import { execFileSync } from 'node:child_process';
import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { curlCommand, shellWord } from '../resources/curl-command.ts';

/** What a shell makes of a curl command: its words. */
function wordsOf(command: string): readonly string[] {
  const script = `curl() { printf '%s\\0' "$@"; }; uuidgen() { echo key; }; ${command}`;
  const env = {
    UNKAI_URL: 'http://cloud',
    UNKAI_TOKEN: 'unk_x',
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'test',
  } as const;
  return execFileSync('sh', ['-c', script], { env, encoding: 'utf8', timeout: 5000 }).split('\0').slice(0, -1);
}

test('the command carries exactly the request, whatever a name holds', () => {
  const body = { name: `web 1's "twin"; $(id)`, userData: '#!/bin/sh\necho `hostname`\n', metadata: { role: 'web' } };
  const words = wordsOf(curlCommand('/projects/p1/servers', body));
  expect(words).toContain('http://cloud/v1/projects/p1/servers');
  expect(words).toContain('Authorization: Bearer unk_x');
  expect(words).toContain('Idempotency-Key: key');
  expect(JSON.parse(words.at(-1) ?? '')).toEqual(body);
});

test('A40: any text is one word of a shell, unchanged', () => {
  assert(
    property(string({ minLength: 1, unit: 'grapheme' }), (text) => {
      expect(wordsOf(`curl ${shellWord(text)}`)).toEqual([text]);
    }),
    { numRuns: 60 },
  );
});
