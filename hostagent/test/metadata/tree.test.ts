import { describe, expect, test } from 'vitest';
import { answerPath } from '../../src/metadata/tree.ts';
import { networkSpec, portSpec, serverSpec } from '../specs.ts';

const port = portSpec(networkSpec(1), 11);
const server = serverSpec(port, 'web');
const get = (path: string) => answerPath(server, port.id, path);
const text = (path: string) => get(path).text;

describe('EC2', () => {
  test('the root lists the dated versions, oldest first', () => {
    expect(text('/').split('\n')).toEqual([
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
    ]);
  });

  test('the last version, as a guest lists it', () => {
    expect(text('/2009-04-04')).toBe('meta-data/\nuser-data');
    expect(text('/2009-04-04/meta-data/').split('\n')).toEqual([
      'ami-id',
      'ami-launch-index',
      'ami-manifest-path',
      'block-device-mapping/',
      'hostname',
      'instance-action',
      'instance-id',
      'instance-type',
      'local-hostname',
      'local-ipv4',
      'placement/',
      'public-hostname',
      'public-ipv4',
      'public-keys/',
      'reservation-id',
      'security-groups',
    ]);
  });

  test('older versions have less, and "latest" is the last', () => {
    const names = (version: string) => text(`/${version}/meta-data`).split('\n');
    expect(names('1.0')).not.toContain('local-hostname');
    expect(names('2007-03-01')).not.toContain('instance-type');
    expect(names('2007-12-15')).toContain('block-device-mapping/');
    expect(names('2007-12-15')).not.toContain('placement/');
    expect(names('2008-02-01')).not.toContain('instance-action');
    expect(names('latest')).toEqual(names('2009-04-04'));
  });

  test('slashes at the end and doubled ones do not matter', () => {
    for (const path of ['/latest/meta-data', '/latest/meta-data/', '//latest//meta-data//', '/ec2/latest/meta-data']) {
      expect(text(path)).toBe(text('/latest/meta-data/'));
    }
    expect(text('/latest/meta-data/hostname/')).toBe('web.novalocal');
  });

  test('keys have the strange form that EC2 gave them', () => {
    expect(text('/latest/meta-data/public-keys/')).toBe('0=laptop');
    expect(text('/latest/meta-data/public-keys/0')).toBe('openssh-key');
    expect(text('/latest/meta-data/public-keys/0/openssh-key')).toBe('ssh-ed25519 AAAAC3 someone@laptop');
    const keyless = serverSpec(port, 'web', { publicKeys: [] });
    expect(answerPath(keyless, port.id, '/latest/meta-data/').text).not.toContain('public-keys');
    expect(answerPath(keyless, port.id, '/latest/meta-data/public-keys').status).toBe(404);
  });

  test('user data is as it was given, and a 404 when there is none', () => {
    expect(get('/latest/user-data')).toEqual({
      status: 200,
      contentType: 'text/plain; charset=utf-8',
      text: '#!/bin/sh\necho web\n',
    });
    expect(answerPath(serverSpec(port, 'web', { userData: '' }), port.id, '/latest/user-data').status).toBe(200);
    expect(answerPath(serverSpec(port, 'web', { userData: null }), port.id, '/latest/user-data').status).toBe(404);
  });
});

describe('OpenStack', () => {
  test('the versions that Nova lists', () => {
    expect(text('/openstack').split('\n')).toEqual([
      '2012-08-10',
      '2013-04-04',
      '2013-10-17',
      '2015-10-15',
      '2016-06-30',
      '2016-10-06',
      '2017-02-22',
      '2018-08-27',
      '2020-10-14',
      'latest',
    ]);
    expect(text('/openstack/latest').split('\n')).toEqual([
      'meta_data.json',
      'user_data',
      'vendor_data.json',
      'network_data.json',
      'vendor_data2.json',
    ]);
    expect(text('/openstack/2012-08-10/').split('\n')).toEqual(['meta_data.json', 'user_data']);
  });

  test('meta_data.json', () => {
    const { contentType } = get('/openstack/latest/meta_data.json');
    const document = JSON.parse(text('/openstack/latest/meta_data.json'));
    expect(contentType).toBe('application/json');
    expect(document).toEqual({
      uuid: server.id,
      hostname: 'web.novalocal',
      name: 'web',
      launch_index: 0,
      availability_zone: 'zone-1',
      meta: { role: 'web' },
      public_keys: { laptop: 'ssh-ed25519 AAAAC3 someone@laptop' },
      keys: [{ name: 'laptop', type: 'ssh', data: 'ssh-ed25519 AAAAC3 someone@laptop' }],
      random_seed: expect.stringMatching(/^[A-Za-z0-9+/]{683}=$/),
      project_id: server.projectId,
      devices: [],
      dedicated_cpus: [],
    });
    expect(JSON.parse(text('/openstack/latest/meta_data.json')).random_seed).not.toBe(document.random_seed);
  });

  test('network_data.json: every port by DHCP', () => {
    expect(JSON.parse(text('/openstack/latest/network_data.json'))).toEqual({
      links: [
        {
          id: 'ukp33e90000000b',
          vif_id: port.id,
          type: 'ovs',
          mtu: 1450,
          ethernet_mac_address: 'fa:16:3e:00:00:0b',
        },
      ],
      networks: [{ id: 'network0', type: 'ipv4_dhcp', link: 'ukp33e90000000b', network_id: port.networkId }],
      services: [],
    });
  });

  test('network_data.json: what does not come by DHCP is told whole', () => {
    const [own] = port.addresses;
    if (own === undefined) throw new TypeError('the port has an address');
    const hostRoutes = [{ destination: '192.0.2.0/24', nextHop: '10.0.0.9' }];
    const fixed = { ...own, hasDhcp: false, dnsServers: ['9.9.9.9'], hostRoutes };
    const without = { ...server, ports: [{ ...port, addresses: [fixed] }] };
    expect(JSON.parse(answerPath(without, port.id, '/openstack/latest/network_data.json').text)).toMatchObject({
      networks: [
        {
          id: 'network0',
          type: 'ipv4',
          ip_address: own.address,
          netmask: '255.255.255.0',
          routes: [
            { network: '0.0.0.0', netmask: '0.0.0.0', gateway: '10.0.0.1' },
            { network: '192.0.2.0', netmask: '255.255.255.0', gateway: '10.0.0.9' },
          ],
        },
      ],
      services: [{ type: 'dns', address: '9.9.9.9' }],
    });
  });
});

test('what is not there is a 404, and names of the language’s own are not there', () => {
  for (const path of [
    '/2010-01-01',
    '/latest/meta-data/nothing',
    '/latest/meta-data/hostname/more',
    '/latest/meta-data/public-keys/1',
    '/latest/meta-data/public-keys/0/=',
    '/latest/../latest/meta-data',
    '/latest/meta-data/__proto__',
    '/latest/meta-data/constructor',
    '/openstack/2030-01-01',
    '/openstack/latest/toString',
  ]) {
    expect(get(path).status, path).toBe(404);
  }
});
