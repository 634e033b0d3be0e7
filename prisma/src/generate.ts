import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';

const root = dirname(import.meta.dirname);
const generated = join(root, 'generated');
const stampFile = join(generated, 'made-from');

/** What the generated code depends on: the schema, and the versions of the generators. */
async function fingerprint(): Promise<string> {
  const names = (await readdir(join(root, 'schema'))).filter((name) => name.endsWith('.prisma')).toSorted();
  const hash = createHash('sha256');
  for (const path of ['package.json', ...names.map((name) => join('schema', name))]) {
    hash.update(`${path}\0`).update(await readFile(join(root, path)));
  }
  return hash.digest('hex');
}

/**
 * Makes the Prisma client and the Kysely types in `prisma/generated` (not in git) from `prisma/schema`, and says whether
 * there was anything to do. Throws ToolError with Prisma's own words when the schema is wrong.
 */
export async function generate(): Promise<boolean> {
  const wanted = await fingerprint();
  const made = existsSync(stampFile) ? await readFile(stampFile, 'utf8') : '';
  if (made === wanted) return false;
  const cli = createRequire(import.meta.url).resolve('prisma/build/index.js');
  await run([process.execPath, cli, 'generate'], { cwd: root, timeoutMs: 120_000, env: commandEnvironment() });
  await writeFile(stampFile, wanted);
  return true;
}

/** The generators are commands of the workspace; both they and our schema engine want the Node that runs us. */
function commandEnvironment(): Record<string, string> {
  const folders = [dirname(process.execPath), join(dirname(root), 'node_modules', '.bin'), process.env['PATH'] ?? ''];
  return { PATH: folders.join(':') };
}

if (import.meta.main) {
  const changed = await generate();
  process.stdout.write(`prisma/generated: ${changed ? 'made' : 'unchanged'}\n`);
}
