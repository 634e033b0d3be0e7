import { readFile } from 'node:fs/promises';
import { adminTokenFile } from '../programs.ts';
import { homeFolder, readSettings } from '../settings.ts';

/** Prints what a shell evaluates to talk to the API as the admin: `eval "$(./unkai env)"`. */
export async function env(): Promise<void> {
  const settings = await readSettings(homeFolder());
  const token = (await readFile(adminTokenFile(settings.home), 'utf8')).trim();
  process.stdout.write(`export UNKAI_URL=${settings.publicUrl}\nexport UNKAI_TOKEN=${token}\n`);
}
