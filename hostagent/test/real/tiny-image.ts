import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DesiredImageSpec } from '@unkai/contracts/host/desired-image';
import { diskFormat } from '@unkai/contracts/resources/image';
import { z } from 'zod';
import { run } from '../../src/tools/run.ts';

const root = resolve(import.meta.dirname, '../../..');
const manifest = z.object({
  file: z.string(),
  sha256: z.string(),
  sizeBytes: z.number(),
  virtualSizeBytes: z.number(),
  diskFormat,
});

/**
 * The tiny guest image and what a host is told of it. Built by its own recipe where it is missing, into the folder that
 * UNKAI_TEST_IMAGES names (images/tiny/out without).
 */
export async function tinyImage(): Promise<{ path: string; spec: DesiredImageSpec }> {
  const recipe = join(root, 'images/tiny');
  const folder = process.env['UNKAI_TEST_IMAGES'] ?? join(recipe, 'out');
  // Files of tests run two at a time, and the first two may both find it missing.
  await run(['flock', recipe, join(recipe, 'build.sh'), folder], {
    timeoutMs: 300_000,
    env: { HOME: process.env['HOME'] ?? '/', TMPDIR: process.env['TMPDIR'] ?? '/tmp' },
  });
  const { file, ...facts } = manifest.parse(JSON.parse(await readFile(join(folder, 'tiny.json'), 'utf8')));
  return { path: join(folder, file), spec: { id: '01890a5d-0000-774b-8cce-000000000001', name: 'tiny', ...facts } };
}
