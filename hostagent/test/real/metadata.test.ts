import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networkSpec, portSpec, serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Guest, TestHost } from './network-host.ts';

// No control plane runs in any of these tests: all answers come from what the host keeps.
describe('A48, H18: metadata of two servers with the same address, in two networks', () => {
  let host: TestHost;
  let red: Guest;
  let blue: Guest;

  beforeAll(async () => {
    host = await TestHost.start();
    for (const number of [1, 2]) await host.putNetwork(networkSpec(number));
    red = await host.putServer(serverSpec(portSpec(networkSpec(1), 11), 'red'));
    blue = await host.putServer(
      serverSpec(portSpec(networkSpec(2), 11), 'blue', { userData: null, publicKeys: [], metadata: {} }),
    );
    for (const guest of [red, blue]) expect(await host.lease(guest)).toMatchObject({ ip: '10.0.0.11' });
  });
  afterAll(() => host.stop());

  const versions = [
    '1.0',
    '2007-01-19',
    '2007-03-01',
    '2007-08-29',
    '2007-10-10',
    '2007-12-15',
    '2008-02-01',
    '2008-09-01',
    '2009-04-04',
    'latest',
  ];

  test('the versions of EC2 are listed, and each leads to the caller', async () => {
    expect(await host.get(red, '/')).toEqual({ status: 200, body: versions.join('\n') });
    for (const version of versions) {
      expect((await host.get(red, `/${version}`)).body).toBe('meta-data/\nuser-data');
      expect((await host.get(red, `/${version}/meta-data/hostname`)).body).toBe('red.novalocal');
      expect((await host.get(blue, `/${version}/meta-data/hostname`)).body).toBe('blue.novalocal');
    }
  });

  test('every path of the last version gives each caller its own', async () => {
    const leaves: Record<string, string[]> = {};
    for (const guest of [red, blue]) {
      const walk = async (path: string): Promise<void> => {
        const listing = (await host.get(guest, path)).body.split('\n');
        for (const name of listing) {
          const key = /^(\d+)=/.exec(name)?.[1];
          if (key !== undefined) await walk(`${path}${key}/`);
          else if (name.endsWith('/')) await walk(`${path}${name}`);
          else
            leaves[`${path}${name}`] = [...(leaves[`${path}${name}`] ?? []), (await host.get(guest, path + name)).body];
        }
      };
      await walk('/2009-04-04/meta-data/');
    }
    const under = (name: string) => leaves[`/2009-04-04/meta-data/${name}`];
    expect(under('instance-id')).toEqual(['i-b8cce43e90000000b', 'i-b8cce43ea0000000b']);
    expect(under('local-hostname')).toEqual(['red.novalocal', 'blue.novalocal']);
    expect(under('local-ipv4')).toEqual(['10.0.0.11', '10.0.0.11']);
    expect(under('placement/availability-zone')).toEqual(['zone-1', 'zone-1']);
    expect(under('block-device-mapping/root')).toEqual(['/dev/vda', '/dev/vda']);
    expect(under('public-keys/0/openssh-key')).toEqual(['ssh-ed25519 AAAAC3 someone@laptop']);
    expect(Object.keys(leaves)).toHaveLength(17);
  });

  test('user data and the documents of OpenStack are the caller’s own', async () => {
    expect(await host.get(red, '/latest/user-data')).toEqual({ status: 200, body: '#!/bin/sh\necho red\n' });
    expect((await host.get(blue, '/latest/user-data')).status).toBe(404);
    expect((await host.get(red, '/openstack/latest/user_data')).body).toBe('#!/bin/sh\necho red\n');
    expect((await host.get(blue, '/openstack/latest/user_data')).status).toBe(404);
    for (const guest of [red, blue]) {
      const document = async (name: string) => JSON.parse((await host.get(guest, `/openstack/latest/${name}`)).body);
      expect(await document('meta_data.json')).toMatchObject({ uuid: guest.serverId });
      expect(await document('network_data.json')).toMatchObject({ links: [{ vif_id: guest.port.id }] });
      expect(await document('vendor_data.json')).toEqual({});
    }
  });

  test('no header makes one caller another', async () => {
    const claim = (name: string, value: string) => ['-H', `${name}: ${value}`];
    const headers = [
      ...claim('X-Instance-ID', blue.serverId),
      ...claim('X-Instance-ID-Signature', '0'.repeat(64)),
      ...claim('X-Forwarded-For', '100.64.0.103'),
      ...claim('X-Remote-Address', '10.0.0.11'),
      ...claim('X-Tenant-ID', 'blue'),
    ];
    const { stdout } = await host.in(red, [
      'curl',
      '-s',
      ...headers,
      'http://169.254.169.254/latest/meta-data/hostname',
    ]);
    expect(stdout).toBe('red.novalocal');
  });

  test('a host remembers that a server asked', () => {
    expect(new Set(host.metadataRequests)).toEqual(new Set([red.serverId, blue.serverId]));
  });

  test('it works without DHCP and without any rule', async () => {
    const bare = await host.putServer(serverSpec(portSpec(networkSpec(1), 31, { rules: [] }), 'bare'));
    await host.address(bare);
    expect((await host.get(bare, '/latest/meta-data/hostname')).body).toBe('bare.novalocal');
  });

  test('nothing else answers there, and a flood is the caller’s own trouble', async () => {
    expect((await host.in(red, ['nc', '-z', '-w', '1', '169.254.169.254', '22'])).code).toBe(1);
    const all = `http://169.254.169.254/latest/meta-data/hostname?[1-400]`;
    const { stdout } = await host.in(red, ['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}\n', all]);
    expect(new Set(stdout.trim().split('\n'))).toEqual(new Set(['200', '429']));
    expect((await host.get(blue, '/latest/meta-data/hostname')).body).toBe('blue.novalocal');
  });

  test('an agent that restarts serves the same callers again', async () => {
    await host.stopAgent();
    expect((await host.get(blue, '/')).status).toBe(0);
    await host.startAgent();
    await eventually(async () =>
      expect((await host.get(blue, '/latest/meta-data/hostname')).body).toBe('blue.novalocal'),
    );
  });
});
