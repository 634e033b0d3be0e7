// What `openstack server list` takes beside the start-up of the client itself, which is most of it.
//   node bench/openstack-client.ts      (python3-openstackclient must be installed; the tests bring it)
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { insertCrowd, removeCrowd } from './measuring/crowd.ts';
import { median, printFigures } from './measuring/figure.ts';
import { environmentOf, openInstallation } from './measuring/installation.ts';
import { machineLine } from './measuring/machine.ts';
import { openTenant } from './measuring/tenant.ts';

const crowdSize = 100;
const turns = 15;
const startUpMs = 100;
const checkout = join(import.meta.dirname, '..');

/** The variables of `./unkai env --openstack`, for a project. */
async function variablesOf(home: string, projectId: string): Promise<Record<string, string>> {
  const { stdout } = await run([join(checkout, 'unkai'), 'env', '--openstack'], { env: environmentOf(home) });
  const lines = [...stdout.matchAll(/^export (OS_\w+)='?([^'\n]*)'?$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  const { OS_PROJECT_NAME: _name, OS_PROJECT_DOMAIN_NAME: _domain, ...kept } = Object.fromEntries(lines);
  return { ...kept, OS_PROJECT_ID: projectId };
}

/** How long a command of the client takes, from its start to its end. Throws when it fails. */
async function commandMs(words: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const begun = performance.now();
  await run(['openstack', ...words], { env: { ...env }, timeoutMs: 120_000 });
  return performance.now() - begun;
}

await using installation = await openInstallation({ isSimulated: true });
if (installation.home === null) throw new Error('This measures an installation of its own: unset UNKAI_URL.');
const tenant = await openTenant(installation);
await insertCrowd(installation, tenant, crowdSize);
const folder = await mkdtemp(join(tmpdir(), 'unkai-client-'));
const env = {
  PATH: '/usr/bin:/bin',
  HOME: folder,
  ...(await variablesOf(installation.home, tenant.projectId)),
};
const listed: number[] = [];
const began: number[] = [];
// In turns, so that both see the same machine; the help of the same command loads the same parts of the client.
for (let turn = -1; turn < turns; turn += 1) {
  const start = await commandMs(['server', 'list', '--help'], env);
  const list = await commandMs(['server', 'list'], env);
  if (turn < 0) continue;
  began.push(start);
  listed.push(list);
}
await rm(folder, { recursive: true });
await removeCrowd(installation, tenant);
const baseline = { name: '`openstack server list --help`', value: median(began) };
const goal = baseline.value + startUpMs;
printFigures(machineLine(), [
  { name: '`openstack server list` of 100 servers, p50', unit: 'ms', measured: median(listed), goal, baseline },
]);
