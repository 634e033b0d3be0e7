// OpenStack's own acceptance suite, from Debian, against the doors. What fails is what docs/openstack.md says.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkout, Installation } from './installation.ts';
import { type NetworkParts, type Parts, type TempestPlace, tempestConfiguration } from './tempest-configuration.ts';

/** `UNKAI_TEMPEST=whole` runs all tests of networks, which takes up to an hour; without it the smoke tests and the quick ones. */
const isWhole = process.env['UNKAI_TEMPEST'] === 'whole';
const timeoutMs = isWhole ? 3_600_000 : 1_800_000;
const identityTests = '^tempest\\.api\\.identity\\.(admin\\.)?v3\\.';
/** Of compute, what is about things that are here. */
const computeTests = [
  '(flavors|keypairs|limits)\\.',
  'test_(quotas|versions)\\.',
  'servers\\.test_(availability_zone|create_server|delete_server|instance_actions|instance_actions_negative)\\.',
  'servers\\.test_(list_server_filters|list_servers_negative|multiple_create|multiple_create_negative)\\.',
  'servers\\.test_(server_actions|server_addresses|server_addresses_negative|server_tags)\\.',
  'servers\\.test_(server_metadata|server_metadata_negative|servers|servers_microversions|servers_negative)\\.',
  'admin\\.test_(flavors\\w*|availability_zone\\w*|hosts\\w*|hypervisor\\w*|services\\w*|quotas\\w*)\\.',
  'admin\\.test_(delete_server|servers|servers_negative)\\.',
];
/** Of networks, what takes a few seconds a file; routers, ports and DHCP of IPv6 take as long as all else. */
const quickNetworkTests = [
  'test_(agent_management_negative|allowed_address_pair|extensions|extra_dhcp_options|floating_ips|networks)\\.',
  'test_(floating_ips_negative|networks_negative|routers_negative|security_groups|security_groups_negative)\\.',
  'test_(service_providers|subnetpools_extensions|tags|versions)\\.',
  'admin\\.',
].join('|');
const networkRegex = `^tempest\\.api\\.network\\.(${isWhole ? '' : `${quickNetworkTests}|.*\\[.*\\bsmoke\\b`})`;
const isNetworkTest = new RegExp(`^network\\.(${isWhole ? '' : quickNetworkTests})`);
const computeRegex = `^tempest\\.api\\.compute\\.(${computeTests.join('|')})`;

let own: Installation | undefined;
let folder = '';
let workspace = '';
let place: TempestPlace;
let client: Record<string, string> = {};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unkai-tempest-'));
  workspace = join(folder, 'workspace');
  // Tempest makes itself admins on projects, and takes those for operators.
  own = await Installation.start({ sim: true, variables: { UNKAI_OPENSTACK_ADMIN: 'any-project' } });
  await run(['tempest', 'init', workspace], { env: variables(), cwd: folder });
  const password = (await readFile(join(own.home, 'admin-password'), 'utf8')).trim();
  client = await clientOf(own);
  place = { url: own.url, password, workspace, ...(await makeParts()), network: null };
  await configure(place);
});
afterAll(async () => {
  await own?.remove();
  await rm(folder, { recursive: true });
});

/** Tempest is a program of the distribution, and runs by its Python. */
const variables = () => ({ PATH: '/usr/bin:/bin', HOME: folder });

const configure = (wanted: TempestPlace) =>
  writeFile(join(workspace, 'etc', 'tempest.conf'), tempestConfiguration(wanted));

async function clientOf(installation: Installation): Promise<Record<string, string>> {
  const { stdout: said } = await installation.unkai('env', '--openstack');
  const named = [...said.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]);
  return { ...variables(), ...Object.fromEntries(named) };
}

async function told(...words: string[]): Promise<string> {
  const { stdout } = await run(['openstack', ...words, '-f', 'value'], { env: client, timeoutMs: 120_000 });
  return stdout.trim();
}

const make = (...words: string[]) => told(...words, '-c', 'id');

/** What servers are made from: two flavors and two images, made as its client makes them. */
async function makeParts(): Promise<Parts> {
  const file = join(folder, 'disk.raw');
  await writeFile(file, Buffer.alloc(1_048_576));
  const flavor = (name: string, ram: string) =>
    make('flavor', 'create', '--ram', ram, '--disk', '1', '--vcpus', '1', name);
  const image = (name: string) =>
    make('image', 'create', '--disk-format', 'raw', '--container-format', 'bare', '--public', '--file', file, name);
  return {
    flavors: [await flavor('tempest-1', '128'), await flavor('tempest-2', '192')],
    images: [await image('tempest-a'), await image('tempest-b')],
  };
}

/** What networks are tried with: a way out, and what the door says that it has. */
async function makeNetworkParts(): Promise<NetworkParts> {
  const externalNetworkId = await make('network', 'create', '--external', 'outside');
  await make('subnet', 'create', '--network', 'outside', '--subnet-range', '203.0.113.0/24', 'outside-4');
  return { externalNetworkId, extensions: (await told('extension', 'list', '--network', '-c', 'Alias')).split('\n') };
}

/** A class whose preparation or end fails counts as one. */
function resultsOf(output: string, word: string): string[] {
  const lines = output.matchAll(/^(?:\{\d+\} )?(?:\w+Class \()?tempest\.api\.(?:identity\.)?([\w.]+).* \.\.\. (\w+)/gm);
  return [...lines].filter(([, , result]) => result === word).map(([, name = '']) => name);
}

async function documented(isOurs: (name: string) => boolean): Promise<string[]> {
  const page = await readFile(join(checkout, 'docs', 'openstack.md'), 'utf8');
  const names = [...page.matchAll(/^\| `((?:admin\.v3|v3|compute|network)\.[\w.]+)` \| .+ \|$/gm)].map(
    ([, name = '']) => name,
  );
  return names.filter(isOurs).toSorted();
}

async function tempest(regex: string, workers = 2): Promise<string> {
  const argv = ['tempest', 'run', '--regex', regex, '--concurrency', String(workers)] as const;
  // It exits with 1 when tests failed.
  return (await run(argv, { env: variables(), cwd: workspace, timeoutMs, okCodes: [0, 1] })).stdout;
}

test('Tempest’s tests of identity pass, but for those that docs/openstack.md names', async () => {
  const output = await tempest(identityTests);
  expect(resultsOf(output, 'FAILED').toSorted()).toEqual(await documented((name) => /^(admin\.)?v3\./.test(name)));
  expect(resultsOf(output, 'ok').length).toBeGreaterThan(100);
});

test('Tempest’s tests of compute pass, but for those that docs/openstack.md names', async () => {
  const output = await tempest(computeRegex);
  expect(resultsOf(output, 'FAILED').toSorted()).toEqual(await documented((name) => name.startsWith('compute.')));
  expect(resultsOf(output, 'ok').length).toBeGreaterThan(200);
});

test(
  'Tempest’s tests of networks pass, but for those that docs/openstack.md names',
  async () => {
    // Last: what is tested of servers is tested without a way out.
    await configure({ ...place, network: await makeNetworkParts() });
    // Its client waits ten seconds, and does nothing, before it deletes a subnet.
    const output = await tempest(networkRegex, 6);
    expect(resultsOf(output, 'FAILED').toSorted()).toEqual(await documented((name) => isNetworkTest.test(name)));
    expect(resultsOf(output, 'ok').length).toBeGreaterThan(isWhole ? 200 : 120);
  },
  timeoutMs,
);
