// OpenStack's own acceptance suite, from Debian, against the identity door. What fails is what docs/openstack.md says.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkout, Installation } from './installation.ts';

const timeoutMs = 900_000;
const tests = '^tempest\\.api\\.identity\\.(admin\\.)?v3\\.';

let own: Installation | undefined;
let folder = '';
let workspace = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unkai-tempest-'));
  workspace = join(folder, 'workspace');
  // Tempest makes itself admins on projects, and takes those for operators.
  own = await Installation.start({ sim: true, variables: { UNKAI_OPENSTACK_ADMIN: 'any-project' } });
  await run(['tempest', 'init', workspace], { env: variables(), cwd: folder });
  await writeFile(join(workspace, 'etc', 'tempest.conf'), await configuration(own));
});
afterAll(async () => {
  await own?.remove();
  await rm(folder, { recursive: true });
});

/** Tempest is a program of the distribution, and runs by its Python. */
const variables = () => ({ PATH: '/usr/bin:/bin', HOME: folder });

async function configuration({ url, home }: Installation): Promise<string> {
  const password = (await readFile(join(home, 'admin-password'), 'utf8')).trim();
  const services = ['cinder', 'neutron', 'glance', 'swift', 'nova'];
  return `
[DEFAULT]
log_dir = ${workspace}/logs
[oslo_concurrency]
lock_path = ${workspace}
[auth]
use_dynamic_credentials = true
create_isolated_networks = false
default_credentials_domain_name = Default
admin_username = admin
admin_password = ${password}
admin_project_name = admin
admin_domain_name = Default
tempest_roles = member
[identity]
uri_v3 = ${url}/identity/v3
auth_version = v3
region = RegionOne
catalog_type = identity
admin_role = admin
default_domain_id = default
[identity-feature-enabled]
api_v2 = false
api_v2_admin = false
api_v3 = true
trust = true
project_tags = true
application_credentials = true
[service_available]
${services.map((name) => `${name} = false`).join('\n')}
`;
}

/** A class whose preparation fails counts as one. */
function resultsOf(output: string, word: string): string[] {
  const lines = output.matchAll(/^(?:\{\d+\} )?(?:setUpClass \()?tempest\.api\.identity\.([\w.]+).* \.\.\. (\w+)/gm);
  return [...lines].filter(([, , result]) => result === word).map(([, name = '']) => name);
}

async function documented(): Promise<string[]> {
  const page = await readFile(join(checkout, 'docs', 'openstack.md'), 'utf8');
  return [...page.matchAll(/^\| `((?:admin\.)?v3\.[\w.]+)` \| .+ \|$/gm)].map(([, name = '']) => name);
}

test('Tempest’s tests of identity pass, but for those that docs/openstack.md names', async () => {
  const argv = ['tempest', 'run', '--regex', tests, '--concurrency', '2'] as const;
  // It exits with 1 when tests failed.
  const { stdout: output } = await run(argv, { env: variables(), cwd: workspace, timeoutMs, okCodes: [0, 1] });
  expect(resultsOf(output, 'FAILED').toSorted()).toEqual((await documented()).toSorted());
  expect(resultsOf(output, 'ok').length).toBeGreaterThan(100);
});
