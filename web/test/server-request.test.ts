import { execFileSync } from 'node:child_process';
import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { asCurl, asOpenStack, shellWord } from '../resources/server-request.ts';

const request = {
  projectId: '01890a5d-ac96-774b-bcce-b302099a8057',
  name: `web 1's "twin"; $(id)`,
  imageId: '01890a5d-ac96-774b-bcce-b302099a8058',
  flavorId: '01890a5d-ac96-774b-bcce-b302099a8059',
  keyPairNames: ['ada@laptop'],
  metadata: { role: 'web server' },
  userData: '#!/bin/sh\necho `hostname`\n',
};

/** What a shell makes of the command: its words, one per line of NUL-separated output. */
function wordsOf(command: string): readonly string[] {
  const script = `curl() { printf '%s\\0' "$@"; }; openstack() { printf '%s\\0' "$@"; }; uuidgen() { echo key; }; ${command}`;
  const env = {
    UNKAI_URL: 'http://cloud',
    UNKAI_TOKEN: 'unk_x',
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'test',
  } as const;
  return execFileSync('sh', ['-c', script], { env, encoding: 'utf8', timeout: 5000 }).split('\0').slice(0, -1);
}

test('the curl command carries exactly the request, whatever a name holds', () => {
  const words = wordsOf(asCurl(request));
  const { projectId, ...body } = request;
  expect(words).toContain(`http://cloud/v1/projects/${projectId}/servers`);
  expect(words).toContain('Idempotency-Key: key');
  expect(JSON.parse(words.at(-1) ?? '')).toEqual(body);
});

test('the openstack command names image, flavor, key and properties, and the server last', () => {
  const words = wordsOf(asOpenStack(request));
  expect(words).toEqual(expect.arrayContaining(['--image', request.imageId, '--flavor', request.flavorId]));
  expect(words).toEqual(expect.arrayContaining(['--key-name', 'ada@laptop', '--property', 'role=web server']));
  expect(words.at(-1)).toBe(request.name);
});

test('A40: any text is one word of a shell, unchanged', () => {
  assert(
    property(string({ minLength: 1, unit: 'grapheme' }), (text) => {
      expect(wordsOf(`curl ${shellWord(text)}`)).toEqual([text]);
    }),
    { numRuns: 60 },
  );
});
