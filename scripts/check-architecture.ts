// The rules of .dependency-cruiser.mjs over the whole tree, and then over a small tree that breaks each of them on
// purpose: a rule that lets its own violation pass guards nothing.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { z } from 'zod';
import { checkout, nodeModule } from './test/command.ts';

const cruised = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

const folders = ['packages', 'prisma', 'api', 'workers', 'hostagent', 'supervisor', 'web', 'e2e', 'bench'];

async function cruise(root: string) {
  const present = folders.filter((folder) => existsSync(join(root, folder)));
  const config = ['--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json'];
  const argv = nodeModule('dependency-cruiser/bin/dependency-cruiser.mjs', ...config, ...present);
  // It exits with the number of violations; what counts is the report.
  const okCodes = Array.from({ length: 256 }, (_, code) => code);
  const { stdout } = await run(argv, { cwd: root, timeoutMs: 300_000, okCodes, maxOutputBytes: 256 * 1024 * 1024 });
  return cruised.parse(JSON.parse(stdout)).summary;
}

/** One violation for each kind of rule: the file that breaks it, what it imports, and the rule that must notice. */
const broken = [
  { file: 'hostagent/src/a.ts', imports: '../../packages/core/src/a.ts', rule: 'arrows-of-hostagent' },
  { file: 'web/a.ts', imports: '../api/src/a.ts', rule: 'arrows-of-web' },
  { file: 'packages/core/src/a.ts', imports: '../../../workers/src/a.ts', rule: 'arrows-of-core' },
  { file: 'packages/contracts/src/a.ts', imports: '../../core/src/a.ts', rule: 'arrows-of-contracts' },
  { file: 'workers/src/a.ts', imports: 'node:child_process', rule: 'processes-in-one-place' },
  { file: 'api/src/a.ts', imports: '../../prisma/generated/client.ts', rule: 'arrows-of-api' },
  { file: 'workers/src/b.ts', imports: '../../prisma/generated/client.ts', rule: 'database-in-core' },
  { file: 'bench/a.ts', imports: '../packages/core/src/a.ts', rule: 'arrows-of-bench' },
  { file: 'supervisor/src/a.ts', imports: './b.ts', rule: 'no-cycle' },
] as const;
/** The other half of the cycle above; it is reported once, at the file that was met first. */
const completing = [{ file: 'supervisor/src/b.ts', imports: './a.ts' }] as const;

async function unnoticed(): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'unkai-broken-'));
  try {
    await copyFile(join(checkout, '.dependency-cruiser.mjs'), join(root, '.dependency-cruiser.mjs'));
    await copyFile(join(checkout, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'));
    await mkdir(join(root, 'prisma', 'generated'), { recursive: true });
    await writeFile(join(root, 'prisma', 'generated', 'client.ts'), 'export const it = 1;\n');
    for (const { file, imports } of [...broken, ...completing]) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), `import * as it from '${imports}';\nexport const here = it;\n`);
    }
    const { violations } = await cruise(root);
    return broken
      .filter(({ file, rule }) => !violations.some((each) => each.from === file && each.rule.name === rule))
      .map(({ file, rule }) => `${rule} does not notice ${file}`);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const { violations, totalCruised } = await cruise(checkout);
const complaints = [...violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`), ...(await unnoticed())];
if (totalCruised < 100) complaints.push(`Only ${totalCruised} files were looked at: the paths are wrong.`);
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
process.exitCode = complaints.length > 0 ? 1 : 0;
