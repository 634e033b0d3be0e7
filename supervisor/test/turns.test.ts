// Of two who find in one checkout that something is missing, the second waits until the first has brought it.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, type StartedProcess, start, ToolError } from '@unkai/hostagent/tools/run';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { checkout } from '../src/settings.ts';

let root: string;
let first: StartedProcess;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'unkai-turns-'));
  await copyFile(join(checkout, 'unkai'), join(root, 'unkai'));
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) await writeFile(join(root, name), name);
  await mkdir(join(root, '.unkai'));
  await mkdir(join(root, 'node_modules'));
  // As an `up` that installs holds it.
  const lock = join(root, '.unkai', 'lock');
  first = await start(['flock', '--no-fork', lock, 'sleep', '60'], {});
  await vi.waitUntil(() =>
    run(['flock', '--nonblock', lock, 'true']).then(
      () => false,
      () => true,
    ),
  );
});
afterEach(async () => {
  await first.stop();
  await rm(root, { recursive: true });
});

/** What it says until it ends, or until it has waited for long enough. */
async function said(command: string): Promise<string> {
  const words = await run([join(root, 'unkai'), command], { timeoutMs: 2_000 }).catch((error: unknown) => error);
  return words instanceof ToolError ? words.stderr : '';
}

test('packages that are missing are not installed beside another who installs them', async () => {
  expect(await said('status')).toContain('Another ./unkai works in this checkout; waiting for it.');
});

test('who finds all of them waits for nobody', async () => {
  const wanted = createHash('sha256').update('pnpm-lock.yamlpnpm-workspace.yaml').digest('hex');
  await writeFile(join(root, 'node_modules', '.unkai-stamp'), `${wanted}  -`);
  // This checkout has none of the programs, so it ends by that.
  const words = await said('status');
  expect(words).not.toContain('waiting');
  expect(words).toContain('supervisor/src/cli/main.ts');
});
