import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { planOf } from '../programs.ts';
import { checkout, type Settings } from '../settings.ts';

/** Makes the image that `folder/<name>.json` describes one that everybody can use, unless it is one already. */
export async function registerImage(settings: Settings, folder: string, name: string): Promise<string | undefined> {
  if (name === 'simulated') await writeSimulatedImage(folder);
  const setup = (await planOf(settings)).tasks.find((task) => task.name === 'setup');
  if (setup === undefined) throw new Error('The plan has no set-up task.');
  const { stdout } = await run([...setup.argv, 'register-image', join(folder, `${name}.json`)], {
    env: setup.env,
    cwd: checkout,
    timeoutMs: 300_000,
  });
  return stdout.trim() || undefined;
}

/** Simulated hosts boot nothing, but they fetch and check their images as real ones do: 1 MiB of zeros will do. */
async function writeSimulatedImage(folder: string): Promise<void> {
  const bytes = Buffer.alloc(1_048_576);
  const image = {
    name: 'tiny',
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
  await writeFile(join(folder, 'simulated.json'), JSON.stringify(image, null, 2));
}
