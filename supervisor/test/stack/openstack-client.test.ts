// The real `openstack` client against an installation that OS_* variables name, in the order in which a person would
// type it. Without OS_AUTH_URL there is nobody to ask, and nothing is shown.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

interface Command {
  /** As typed after `openstack`; `{folder}` is a folder of this run's own. */
  readonly typed: string;
  /** What its output must have. */
  readonly says: RegExp;
}

const commands: readonly Command[] = [
  { typed: 'flavor create --id 7001 --vcpus 1 --ram 128 --disk 1 cli.small', says: /\| id +\| 7001 / },
  { typed: 'flavor list', says: /cli\.small/ },
  { typed: 'flavor show cli.small', says: /\| ram +\| 128 / },
  { typed: 'keypair create --private-key {folder}/key cli-key', says: /SHA256:/ },
  { typed: 'keypair list', says: /cli-key/ },
  {
    typed: 'image create --file {folder}/disk.raw --disk-format raw --container-format bare cli-image',
    says: /cli-image/,
  },
  { typed: 'image list', says: /cli-image +\| active/ },
  { typed: 'image set --property os_type=linux cli-image', says: /^$/ },
  { typed: 'image show cli-image', says: /os_type='linux'/ },
  { typed: 'image save --file {folder}/saved.raw cli-image', says: /^$/ },
  { typed: 'network create cli-net', says: /\| status +\| ACTIVE/ },
  { typed: 'subnet create --network cli-net --subnet-range 10.77.0.0/24 cli-subnet', says: /10\.77\.0\.1 / },
  { typed: 'network show cli-net', says: /cli-net/ },
  { typed: 'security group create cli-group', says: /cli-group/ },
  { typed: 'security group rule create --protocol tcp --dst-port 22 cli-group', says: /\| port_range_max +\| 22 / },
  { typed: 'security group rule list cli-group', says: /22:22/ },
  { typed: 'server list', says: /.*/ },
  { typed: 'availability zone list --compute', says: /nova +\| available/ },
  { typed: 'hypervisor list', says: /QEMU/ },
  { typed: 'compute service list', says: /nova-compute/ },
  { typed: 'host list', says: /compute/ },
  { typed: 'security group delete cli-group', says: /^$/ },
  { typed: 'network delete cli-net', says: /^$/ },
  { typed: 'image delete cli-image', says: /^$/ },
  { typed: 'keypair delete cli-key', says: /^$/ },
  { typed: 'flavor delete cli.small', says: /^$/ },
];

const diskBytes = 1_048_576;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unkai-client-'));
  await writeFile(join(folder, 'disk.raw'), Buffer.alloc(diskBytes));
});
afterAll(() => rm(folder, { recursive: true }));

const named = process.env['OS_AUTH_URL'] !== undefined;

describe.runIf(named)('the openstack client', () => {
  test.each(commands)('$typed', async ({ typed, says }) => {
    const words = typed.replaceAll('{folder}', folder).split(' ');
    const { stdout } = await run(['openstack', ...words], { env: osVariables(), timeoutMs: 120_000 });
    expect(stdout.trim()).toMatch(says);
  });
});

/** The client is a program of the distribution, and runs by its Python. */
function osVariables(): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => name.startsWith('OS_') || name === 'HOME');
  return { PATH: '/usr/bin:/bin', ...Object.fromEntries(own.map(([name, value]) => [name, value ?? ''])) };
}
