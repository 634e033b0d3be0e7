// The two ways in which people first put a cloud on a network, typed as they type them, with a real guest at the end of
// each: on the provider's own network, and on a network of its own behind a router with a floating IP.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, Installation } from './installation.ts';
import { Internet } from './internet.ts';
import { OpenstackShell } from './openstack-shell.ts';

/** Emulated, on a machine that does much else. */
const bootLimitMs = 300_000;
const greeting = 'the internet greets you';
/** Far away: nothing but a default route leads there. */
const far = '198.51.100.7';

let installation: Installation;
let internet: Internet;
let shell: OpenstackShell;
let variables: Record<string, string>;

beforeAll(async () => {
  const physical = { UNKAI_PHYSICAL_NETWORKS: 'provider:br-ex:phys0' };
  installation = await Installation.prepare({ sim: false, variables: physical });
  internet = await Internet.start(installation.home, ['192.168.201.1/24', `${far}/32`], greeting);
  await internet.plug(installation.namespace, 'phys0');
  await installation.up();
  shell = new OpenstackShell(installation.home);
  const { stdout } = await installation.unkai('env', '--openstack');
  const lines = [...stdout.matchAll(/^export (\w+)=(.*)$/gm)];
  variables = Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value]));
  // It asks the metadata service for nothing but this; what it prints stands in its console log.
  const fetchUntilHeard = `until curl -s -m 5 http://${far}/hello; do sleep 1; done`;
  await writeFile(join(installation.home, 'main.sh'), `#!/bin/sh\n${fetchUntilHeard}\n`);
  const made = await run(['dropbearkey', '-t', 'ed25519', '-f', join(installation.home, 'key')]);
  await writeFile(join(installation.home, 'key.pub'), /^ssh-ed25519 \S+/m.exec(made.stdout)?.[0] ?? '');
});
afterAll(async () => {
  await shell?.end();
  await installation?.remove();
  await internet?.stop();
});

/** Types lines one after the other, with `{folder}` for this run's own folder; gives what the last one said. */
async function type(...lines: string[]): Promise<string> {
  let said = '';
  for (const line of lines) {
    const [program = '', ...words] = line.replaceAll('{folder}', installation.home).split(' ');
    said = program === 'openstack' ? await shell.run(words, variables) : await older([program, ...words]);
  }
  return said;
}

async function older(argv: readonly [string, ...string[]]): Promise<string> {
  const env = { PATH: '/usr/bin:/bin', HOME: installation.home, ...variables };
  return (await run(argv, { env, timeoutMs: 120_000 })).stdout.trim();
}

const consoleOf = (name: string) => type(`openstack console log show ${name}`);

function heardFromFarAway(name: string): Promise<true> {
  const look = async () => ((await consoleOf(name)).includes(greeting) ? true : undefined);
  return eventually(`${name} has fetched a page from far away`, look, bootLimitMs);
}

/** From the internet: a ping, and a login with the key pair, which gives the guest's own name. */
async function reached(address: string): Promise<string> {
  const ping = ['ping', '-c', '1', '-W', '2', address] as const;
  const answers = async () => ((await internet.in(ping)).code === 0 ? true : undefined);
  await eventually(`${address} answers a ping`, answers, bootLimitMs);
  const key = join(installation.home, 'key');
  const login = ['dbclient', '-y', '-y', '-T', '-i', key, `root@${address}`, 'hostname'] as const;
  return eventually(
    `${address} lets the key in`,
    async () => {
      const { code, stdout } = await internet.in(login, 60_000);
      return code === 0 ? stdout.trim() : undefined;
    },
    bootLimitMs,
  );
}

const server = 'openstack server create --flavor m1.nano --image tiny --security-group default --key-name mykey';

test('(a) a provider network: a guest on it fetches from the internet, and is called from there', async () => {
  await type(
    'openstack network create --share --external --provider-physical-network provider --provider-network-type flat provider',
    'openstack subnet create --network provider --allocation-pool start=192.168.201.200,end=192.168.201.210 --dns-nameserver 114.114.114.114 --gateway 192.168.201.1 --subnet-range 192.168.201.0/24 provider',
    'openstack security group rule create --proto icmp default',
    'openstack security group rule create --proto tcp --dst-port 22 default',
    'openstack keypair create --public-key {folder}/key.pub mykey',
    `${server} --nic net-id=provider --user-data {folder}/main.sh on-provider`,
  );
  await heardFromFarAway('on-provider');
  const addresses = await type('openstack server show on-provider -f value -c addresses');
  const address = /192\.168\.201\.\d+/.exec(addresses)?.[0] ?? '';
  expect(await reached(address)).toBe('on-provider');
});

test('(b) a network of its own, a router, a gateway, a floating IP: out by the one and in by the other', async () => {
  await type(
    'neutron net-create --provider:network_type gre --provider:segmentation_id 1 openstack-net',
    'neutron subnet-create --name openstack-net-subnet openstack-net 192.168.0.0/24 --gateway 192.168.0.1 --dns_nameservers list=true 8.8.8.8',
    'neutron router-create openstack-router',
    'neutron router-interface-add openstack-router openstack-net-subnet',
    'neutron router-gateway-set openstack-router provider',
    `${server} --nic net-id=openstack-net --user-data {folder}/main.sh behind-router`,
  );
  await heardFromFarAway('behind-router');
  const gateways = await type('openstack router show openstack-router -f value -c external_gateway_info');
  const callers = await internet.callers();
  expect(gateways).toContain(callers.at(-1));
  expect(callers.filter((address) => address.startsWith('192.168.0.'))).toEqual([]);
  const outer = await type('openstack floating ip create provider -f value -c floating_ip_address');
  await type(`openstack server add floating ip behind-router ${outer}`);
  expect(await reached(outer)).toBe('behind-router');
  await type(`openstack server remove floating ip behind-router ${outer}`, `openstack floating ip delete ${outer}`);
  const silent = async () => {
    const { code } = await internet.in(['ping', '-c', '1', '-W', '1', outer]);
    return code === 0 ? undefined : true;
  };
  await eventually(`${outer} leads nowhere any more`, silent);
});

test('what was typed is taken away again, and the host has nothing left of it', async () => {
  await type(
    'openstack server delete --wait on-provider behind-router',
    'openstack router unset --external-gateway openstack-router',
    'openstack router remove subnet openstack-router openstack-net-subnet',
    'openstack router delete openstack-router',
    'openstack network delete openstack-net provider',
    'openstack keypair delete mykey',
  );
  const { namespace } = installation;
  const left = async () => {
    const names = (await run(['ip', 'netns', 'list'])).stdout.match(new RegExp(`^${namespace}-\\S*router.*`, 'gm'));
    const links = (await run(['ip', '-netns', namespace, '-brief', 'link', 'show'])).stdout.match(/^uk[pr]\w+/gm);
    return { names, links };
  };
  await expect.poll(left, { timeout: 60_000 }).toEqual({ names: null, links: null });
});
