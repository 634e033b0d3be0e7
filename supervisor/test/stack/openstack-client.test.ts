// The real `openstack` client against an installation, in the order in which a person would type it. Where OS_AUTH_URL
// names one, against that; else against one that is made for this.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Installation } from './installation.ts';

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

/** Of identity: what is made first is used by what follows, and removed at the end. */
const identityCommands: readonly Command[] = [
  { typed: 'token issue', says: /\| id +\| ukt_/ },
  { typed: 'catalog list', says: /nova +\| compute/ },
  { typed: 'domain create testdomain', says: /testdomain/ },
  { typed: 'domain list', says: /\| default +\| Default/ },
  { typed: 'project create --domain default --description words ptproject', says: /\| parent_id +\| default/ },
  { typed: 'project create --parent ptproject ptbelow', says: /ptbelow/ },
  { typed: 'project list', says: /ptproject/ },
  { typed: 'project show ptproject', says: /\| description +\| words/ },
  { typed: 'project set --tag red ptproject', says: /^$/ },
  { typed: 'project list --tags red', says: /ptproject/ },
  { typed: 'user create --domain default --project ptproject --password a-long-one ptuser', says: /ptuser/ },
  { typed: 'user list', says: /ptuser/ },
  { typed: 'user show --domain default ptuser', says: /\| domain_id +\| default/ },
  { typed: 'user set --email kim@example.org ptuser', says: /^$/ },
  { typed: 'group create --domain testdomain ptgroup', says: /ptgroup/ },
  { typed: 'group list', says: /ptgroup/ },
  { typed: 'role create ptrole', says: /ptrole/ },
  { typed: 'role list', says: /\| manager/ },
  { typed: 'role add --project ptproject --user ptuser ptrole', says: /^$/ },
  { typed: 'role add --project ptproject --user ptuser member', says: /^$/ },
  { typed: 'role add --project ptbelow --user ptuser member', says: /^$/ },
  { typed: 'role assignment list --names', says: /\| ptrole +\| ptuser@Default/ },
  { typed: 'role add --group ptgroup --group-domain testdomain --project ptproject member', says: /^$/ },
  { typed: 'group add user --group-domain testdomain ptgroup ptuser', says: /^$/ },
  { typed: 'group contains user --group-domain testdomain ptgroup ptuser', says: /ptuser in group ptgroup/ },
  { typed: 'role assignment list --effective --names --project ptproject', says: /\| reader +\| ptuser@Default/ },
  { typed: 'implied role create --implied-role reader ptrole', says: /\| implies +\| 0/ },
  { typed: 'implied role list', says: /ptrole/ },
  { typed: 'implied role delete --implied-role reader ptrole', says: /^$/ },
  { typed: 'service create --name cinder volumev3', says: /volumev3/ },
  {
    typed: 'endpoint create --region RegionOne volumev3 public http://127.0.0.1:1/v3',
    says: /\| service_type +\| volumev3/,
  },
  { typed: 'service list', says: /keystone/ },
  { typed: 'endpoint list', says: /\/identity\/v3/ },
  { typed: 'region list', says: /RegionOne/ },
  { typed: 'application credential create ptcredential', says: /\| secret/ },
  { typed: 'application credential list', says: /ptcredential/ },
  { typed: 'application credential delete ptcredential', says: /^$/ },
];

const identityRemoval: readonly Command[] = [
  { typed: 'service delete volumev3', says: /^$/ },
  { typed: 'role remove --project ptproject --user ptuser ptrole', says: /^$/ },
  { typed: 'project delete ptbelow', says: /^$/ },
  { typed: 'project delete ptproject', says: /^$/ },
  { typed: 'user delete ptuser', says: /^$/ },
  { typed: 'group delete --domain testdomain ptgroup', says: /^$/ },
  { typed: 'role delete ptrole', says: /^$/ },
  { typed: 'domain set --disable testdomain', says: /^$/ },
  { typed: 'domain delete testdomain', says: /^$/ },
];

const diskBytes = 1_048_576;
let folder = '';
let variables: Record<string, string> = {};
let own: Installation | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unkai-client-'));
  await writeFile(join(folder, 'disk.raw'), Buffer.alloc(diskBytes));
  variables = process.env['OS_AUTH_URL'] === undefined ? await startOwn() : named(process.env);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await own?.remove();
});

/** An installation, and what `./unkai env --openstack` says of it. */
async function startOwn(): Promise<Record<string, string>> {
  own = await Installation.start({ sim: true });
  const { stdout } = await own.unkai('env', '--openstack');
  const lines = [...stdout.matchAll(/^export (\w+)=(.*)$/gm)];
  return named(Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value])));
}

/** The client is a program of the distribution, and runs by its Python. */
function named(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(given).flatMap(([name, value]) =>
    name.startsWith('OS_') && value !== undefined ? [[name, value] as const] : [],
  );
  return { PATH: '/usr/bin:/bin', HOME: folder, ...Object.fromEntries(entries) };
}

async function openstack(typed: string, others: Record<string, string> = {}): Promise<string> {
  const words = typed.replaceAll('{folder}', folder).split(' ');
  const { stdout } = await run(['openstack', ...words], { env: { ...variables, ...others }, timeoutMs: 120_000 });
  return stdout.trim();
}

describe('the openstack client', () => {
  test.each(commands)('$typed', async ({ typed, says }) => {
    expect(await openstack(typed)).toMatch(says);
  });
});

describe('the openstack client, identity', () => {
  test.each(identityCommands)('$typed', async ({ typed, says }) => {
    expect(await openstack(typed)).toMatch(says);
  });

  test('a user with roles on two projects switches between them, and has no third', async () => {
    const user = { OS_USERNAME: 'ptuser', OS_PASSWORD: 'a-long-one' };
    const issue = (project: string) =>
      openstack('token issue -f value -c project_id', { ...user, OS_PROJECT_NAME: project });
    const [one, other] = [await issue('ptproject'), await issue('ptbelow')];
    expect(one).toMatch(/^[0-9a-f-]{36}$/);
    expect(other).not.toBe(one);
    await expect(issue('admin')).rejects.toThrow('401');
    await expect(openstack('user list', { ...user, OS_PROJECT_NAME: 'ptproject' })).rejects.toThrow('403');
  });

  test.each(identityRemoval)('$typed', async ({ typed, says }) => {
    expect(await openstack(typed)).toMatch(says);
  });
});
