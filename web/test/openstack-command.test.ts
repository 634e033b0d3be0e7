import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import {
  openstackPortCreate,
  openstackRuleCreate,
  openstackServerCreate,
  openstackSubnetCreate,
} from '../resources/openstack-command.ts';

/** What a shell makes of the text: the words of each call of the client, in a folder of its own. */
function callsOf(text: string): { calls: readonly string[][]; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'unkai-openstack-'));
  const script = `openstack() { printf '%s\\0' "$@"; printf 'end\\0'; }; ${text}`;
  const env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'test' } as const;
  const said = execFileSync('sh', ['-c', script], { env, cwd: folder, encoding: 'utf8', timeout: 5000 });
  const calls: string[][] = [[]];
  for (const word of said.split('\0').slice(0, -1)) {
    if (word === 'end') calls.push([]);
    else calls.at(-1)?.push(word);
  }
  return { calls: calls.slice(0, -1), folder };
}

const names = {
  images: [{ id: 'i1', name: 'Debian 12' }],
  flavors: [{ id: 'f1', name: 'm1.small' }],
  networks: [
    { id: 'n1', name: 'default' },
    { id: 'n2', name: 'twin' },
    { id: 'n3', name: 'twin' },
  ],
  securityGroups: [{ id: 'g1', name: 'web' }],
};

test('a server: names where they are unique, ids where not, every field of the request', () => {
  const request = {
    name: '--web 1',
    flavorId: 'f1',
    imageId: 'i1',
    networkIds: ['n1', 'n2'],
    securityGroupIds: ['g1'],
    keyPairNames: ['laptop', 'desk\nid'],
    availabilityZone: 'east',
    description: 'the first',
    metadata: { role: "it's web" },
    userData: '#!/bin/sh\necho "$(hostname)"\n',
  };
  const { calls, folder } = callsOf(openstackServerCreate(request, names));
  expect(calls).toEqual([
    [
      ...['--os-compute-api-version', '2.19', 'server', 'create', '--flavor', 'm1.small', '--image', 'Debian 12'],
      ...['--network', 'default', '--network', 'n2', '--security-group', 'web', '--key-name', 'laptop'],
      ...['--availability-zone', 'east', '--user-data', 'user-data', '--description', 'the first'],
      ...['--property', "role=it's web", '--wait', '--', '--web 1'],
    ],
  ]);
  expect(readFileSync(join(folder, 'user-data'), 'utf8')).toBe(request.userData);
});

test('a rule', () => {
  const rule = { direction: 'ingress', protocol: 'tcp', remotePrefix: '203.0.113.7/32' } as const;
  const group = { id: 'g1', name: 'web' };
  const words = (more: object) => callsOf(openstackRuleCreate({ ...rule, ...more }, group, [group])).calls[0];
  expect(words({ portMin: 22, portMax: 22 })).toEqual([
    ...['security', 'group', 'rule', 'create', '--ingress', '--protocol', 'tcp', '--dst-port', '22'],
    ...['--remote-ip', '203.0.113.7/32', 'web'],
  ]);
  expect(words({ portMin: 80, portMax: 90 })).toContain('80:90');
});

test('A40: whatever a name holds, it stays one word', () => {
  assert(
    property(string({ minLength: 1, unit: 'grapheme' }), (name) => {
      const command = openstackServerCreate({ name, flavorId: 'f1', imageId: 'i1', keyPairNames: ['k', name] }, names);
      expect(callsOf(command).calls[0]?.at(-1)).toBe(name);
    }),
    { numRuns: 40 },
  );
});

test('a subnet and a port: pools, routes and addresses in the words of the client', () => {
  const subnet = {
    name: 'data',
    cidr: '10.7.0.0/24',
    gatewayAddress: null,
    hasDhcp: false,
    dnsServers: ['9.9.9.9'],
    allocationPools: [{ first: '10.7.0.10', last: '10.7.0.19' }],
    hostRoutes: [{ destination: '192.0.2.0/24', nextHop: '10.7.0.9' }],
  };
  const made = callsOf(openstackSubnetCreate(subnet, { id: 'n1', name: 'my net' })).calls;
  const words = '--subnet-range 10.7.0.0/24 --gateway none --no-dhcp --dns-nameserver 9.9.9.9';
  const ranges =
    '--allocation-pool start=10.7.0.10,end=10.7.0.19 --host-route destination=192.0.2.0/24,gateway=10.7.0.9';
  expect(made).toEqual([['subnet', 'create', '--network', 'my net', ...`${words} ${ranges} -- data`.split(' ')]]);
  const port = { networkId: 'n2', name: 'a b', addresses: [{ address: '10.7.0.12' }], securityGroupIds: ['g1'] };
  const fixed = 'port create --network n2 --fixed-ip ip-address=10.7.0.12 --security-group web --'.split(' ');
  expect(callsOf(openstackPortCreate(port, names)).calls).toEqual([[...fixed, 'a b']]);
  const bare = openstackPortCreate({ networkId: 'n1', securityGroupIds: [] }, names);
  expect(callsOf(bare).calls).toEqual(['port create --network default --no-security-group -- port'.split(' ')]);
});
