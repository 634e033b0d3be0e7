import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, ToolError } from '@unkai/hostagent/tools/run';
import { planOf } from '../programs.ts';
import { checkout, type Settings } from '../settings.ts';
import { StepError } from './steps.ts';

/** All installations of this checkout share what is made: an image depends on its recipe and on nothing else. */
const folder = join(checkout, '.unkai', 'images');

/**
 * Builds the guest image `images/<name>`, or on simulated hosts one that stands for it, and makes it one that everybody
 * can use. Harmless to repeat. Throws StepError with the command that shows more.
 */
export async function ensureImage(settings: Settings, name: string): Promise<string | undefined> {
  const isSimulated = settings.simulatedHosts > 0;
  await mkdir(folder, { recursive: true });
  if (isSimulated) await writeSimulatedImage(name);
  else await buildImage(name);
  return registerImage(settings, join(folder, `${isSimulated ? 'simulated-' : ''}${name}.json`));
}

async function buildImage(name: string): Promise<void> {
  const script = join(checkout, 'images', name, 'build.sh');
  if (!existsSync(script)) {
    const recipes = (await readdir(join(checkout, 'images'), { withFileTypes: true })).filter((entry) =>
      existsSync(join(checkout, 'images', entry.name, 'build.sh')),
    );
    const names = recipes.map((entry) => entry.name).join(', ');
    throw new StepError(`There is no image recipe "${name}".`, `./unkai up --image with one of: ${names}`);
  }
  try {
    await run([script, folder], { timeoutMs: 1_800_000, env: { HOME: process.env['HOME'] ?? '/root' } });
  } catch (error) {
    const said = error instanceof ToolError ? error.stderr.trim().split('\n').slice(-5).join('\n') : String(error);
    throw new StepError(`The image ${name} could not be built:\n${said}`, `images/${name}/build.sh ${folder}`, error);
  }
}

async function registerImage(settings: Settings, description: string): Promise<string | undefined> {
  const setup = (await planOf(settings)).tasks.at(-1);
  if (setup === undefined) throw new Error('The plan has no set-up task.');
  const { stdout } = await run([...setup.argv, 'register-image', description], {
    env: setup.env,
    cwd: checkout,
    timeoutMs: 300_000,
  });
  // It says the id and what became of it.
  return stdout.trim().split(/\s/).at(-1);
}

/** Simulated hosts boot nothing, but they fetch and check their images as real ones do: 1 MiB of zeros will do. */
async function writeSimulatedImage(name: string): Promise<void> {
  const bytes = Buffer.alloc(1_048_576);
  const image = {
    name,
    file: 'simulated.raw',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
    virtualSizeBytes: bytes.length,
    diskFormat: 'raw',
    loginUser: 'root',
    minDiskGib: 0,
    minMemoryMib: 64,
    architecture: 'x86_64',
    description: 'Stands for a guest image on simulated hosts.',
  };
  await writeFile(join(folder, image.file), bytes);
  await writeFile(join(folder, `simulated-${name}.json`), JSON.stringify(image, null, 2));
}
