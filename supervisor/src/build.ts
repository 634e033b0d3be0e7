import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { build, type Plugin } from 'esbuild';
import { checkout } from './settings.ts';

/** Entry of each program, and the bundle that runs. */
const bundles = {
  'api/dist/main': 'api/src/main.ts',
  'api/dist/console': 'api/src/console/main.ts',
  'api/dist/edge': 'api/src/edge/main.ts',
  'api/dist/setup': 'api/src/setup.ts',
  'workers/dist/main': 'workers/src/main.ts',
  'hostagent/dist/main': 'hostagent/src/main.ts',
  'hostagent/dist/leave': 'hostagent/src/leave.ts',
  'supervisor/dist/main': 'supervisor/src/main.ts',
} as const;

// Our own packages go into the bundle, everybody else's stay where they are. Node could run the sources as they are,
// but each program would hold the TypeScript compiler in memory: 30 MiB apiece (measured).
const onlyOurs: Plugin = {
  name: 'only-ours',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@unkai/') ? undefined : { external: true },
    );
  },
};

/**
 * Makes the bundles of all programs, well under a second, and gives a digest of them. Files that are as they should be
 * stay untouched. Throws esbuild's BuildFailure.
 */
export async function buildPrograms(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: checkout,
    entryPoints: Object.entries(bundles).map(([out, entry]) => ({ in: entry, out })),
    outdir: '.',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    sourcemap: 'linked',
    // Node reads the map with the program: with the sources in it, it holds all of them in memory for ever.
    sourcesContent: false,
    logLevel: 'silent',
    write: false,
    plugins: [onlyOurs],
  });
  const digest = createHash('sha256');
  for (const { path, contents } of outputFiles) {
    digest.update(contents);
    if (existsSync(path) && (await readFile(path)).equals(contents)) continue;
    await mkdir(dirname(path), { recursive: true });
    // A program that starts at this moment reads the old file or the new one.
    await writeFile(`${path}.new`, contents);
    await rename(`${path}.new`, path);
  }
  return digest.digest('hex');
}

/** Builds the portal unless what it is made from is what it was. Throws ToolError. */
export async function buildPortal(): Promise<{ isNew: boolean; digest: string }> {
  const stampFile = join(checkout, 'web', '.next', 'unkai-built-from');
  const digest = await portalFingerprint();
  if (existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === digest) return { isNew: false, digest };
  await rm(stampFile, { force: true });
  const next = join(checkout, 'node_modules', 'next', 'dist', 'bin', 'next');
  await run([process.execPath, next, 'build'], {
    cwd: join(checkout, 'web'),
    env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', HOME: process.env['HOME'] ?? '/tmp' },
    timeoutMs: 600_000,
  });
  await writeFile(stampFile, digest);
  return { isNew: true, digest };
}

async function portalFingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['web', 'packages/contracts/src']) {
    const names = await readdir(join(checkout, folder), { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.filter(isSource).toSorted()) {
      // A checkout that was moved or copied is the same portal.
      hash.update(`${relative(checkout, file)}\0`).update(await readFile(file));
    }
  }
  return hash.update(await readFile(join(checkout, 'pnpm-lock.yaml'))).digest('hex');
}

function isSource(path: string): boolean {
  return !/\/(node_modules|\.next|test|test-results)\//.test(path) && !path.endsWith('next-env.d.ts');
}
