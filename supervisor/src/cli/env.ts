import { readFile } from 'node:fs/promises';
import { adminPasswordFile, adminTokenFile } from '../programs.ts';
import { homeFolder, readSettings } from '../settings.ts';

/**
 * Prints what a shell evaluates to talk to the API as the admin: `eval "$(./unkai env)"`. With `openstack` the variables
 * of OpenStack's clients, which sign in with the password that the installation was made with.
 */
export async function env(openstack: boolean): Promise<void> {
  const settings = await readSettings(homeFolder());
  const lines = openstack ? await openstackLines(settings) : await ownLines(settings);
  process.stdout.write(lines.map(([name, value]) => `export ${name}=${quoted(value)}\n`).join(''));
}

type Lines = [name: string, value: string][];
interface Reached {
  readonly home: string;
  readonly publicUrl: string;
}

async function ownLines({ home, publicUrl }: Reached): Promise<Lines> {
  const token = (await readFile(adminTokenFile(home), 'utf8')).trim();
  return [
    ['UNKAI_URL', publicUrl],
    ['UNKAI_TOKEN', token],
  ];
}

async function openstackLines({ home, publicUrl }: Reached): Promise<Lines> {
  const password = (await readFile(adminPasswordFile(home), 'utf8')).trim();
  return [
    ['OS_AUTH_URL', `${publicUrl}/identity/v3`],
    ['OS_IDENTITY_API_VERSION', '3'],
    ['OS_USERNAME', 'admin'],
    ['OS_PASSWORD', password],
    ['OS_USER_DOMAIN_NAME', 'Default'],
    ['OS_PROJECT_NAME', 'admin'],
    ['OS_PROJECT_DOMAIN_NAME', 'Default'],
    ['OS_REGION_NAME', 'RegionOne'],
  ];
}

/** As a shell reads it back, whatever is in it. */
function quoted(value: string): string {
  return /^[\w:/.@-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
