import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networkFolder } from '../../src/resources/network.ts';
import { networkSpec, portSpec, serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Guest, TestHost } from './network-host.ts';

describe('a network hands its guests what they need', () => {
  const network = networkSpec(1, { mtu: 1392 });
  let host: TestHost;
  let web: Guest;
  let database: Guest;

  beforeAll(async () => {
    host = await TestHost.start();
    await host.putNetwork(network);
    web = await host.putServer(serverSpec(portSpec(network, 11), 'web'));
    database = await host.putServer(serverSpec(portSpec(network, 12), 'database'));
  });
  afterAll(() => host.stop());

  test('H19: a lease brings address, name, routes, name server and the MTU of the tunnel', async () => {
    expect(await host.lease(web)).toMatchObject({
      ip: '10.0.0.11',
      mask: '24',
      hostname: 'web',
      domain: 'novalocal',
      router: '10.0.0.1',
      dns: '10.0.0.2',
      mtu: '1392',
      staticroutes: '169.254.169.254/32 10.0.0.2 0.0.0.0/0 10.0.0.1',
      lease: '86400',
    });
  });

  test('names of the network resolve, both ways, before their guests have a lease', async () => {
    const forward = await host.in(web, ['busybox', 'nslookup', 'database.novalocal', '10.0.0.2']);
    expect(forward.stdout).toContain('Address: 10.0.0.12');
    const back = await host.in(web, ['busybox', 'nslookup', '10.0.0.12', '10.0.0.2']);
    expect(back.stdout).toContain('database.novalocal');
  });

  test('the name of a guest on another host resolves here too, until the guest is gone or called otherwise', async () => {
    const { id: portId, macAddress } = portSpec(network, 31);
    const elsewhere = {
      portId,
      macAddress,
      addresses: ['10.0.0.31'],
      underlayAddress: '192.0.2.2',
      kind: 'guest' as const,
    };
    const ask = async (name: string) => (await host.in(web, ['busybox', 'nslookup', name, '10.0.0.2'])).stdout;
    await host.putNetwork({ ...network, neighbours: [{ ...elsewhere, hostName: 'cache' }] });
    await eventually(async () => expect(await ask('cache.novalocal')).toContain('Address: 10.0.0.31'));
    await host.putNetwork({ ...network, neighbours: [{ ...elsewhere, hostName: 'store' }] });
    await eventually(async () => expect(await ask('store.novalocal')).toContain('Address: 10.0.0.31'));
    expect(await ask('cache.novalocal')).not.toContain('10.0.0.31');
    await host.putNetwork(network);
    await eventually(async () => expect(await ask('store.novalocal')).not.toContain('10.0.0.31'));
    expect(await ask('database.novalocal')).toContain('Address: 10.0.0.12');
  });

  test('another network with the same addresses has its own names', async () => {
    const other = networkSpec(2);
    await host.putNetwork(other);
    const stranger = await host.putServer(serverSpec(portSpec(other, 11), 'stranger'));
    expect(await host.lease(stranger)).toMatchObject({ ip: '10.0.0.11', hostname: 'stranger', mtu: '1450' });
    const answer = await host.in(stranger, ['busybox', 'nslookup', 'database.novalocal', '10.0.0.2']);
    expect(answer.stdout).not.toContain('10.0.0.12');
  });

  test('A49: a guest that calls itself by another name is not believed', async () => {
    const script = ['udhcpc', '-i', 'eth0', '-n', '-q', '-f', '-t', '3', '-s', '/bin/true'] as const;
    expect((await host.in(database, [...script, '-x', 'hostname:web', '-F', 'web'])).code).toBe(0);
    const answer = await host.in(web, ['busybox', 'nslookup', 'web.novalocal', '10.0.0.2']);
    expect(answer.stdout).toContain('10.0.0.11');
    expect(answer.stdout).not.toContain('10.0.0.12');
  });

  test('a lease is given back with its port: the next owner of the address gets it with another MAC', async () => {
    const first = await host.putServer(serverSpec(portSpec(network, 20), 'first'));
    expect(await host.lease(first)).toMatchObject({ ip: '10.0.0.20' });
    await host.purgeServer(first);
    const leases = await readFile(join(networkFolder(host.host, network.id), 'leases'), 'utf8');
    expect(leases).not.toContain('10.0.0.20');

    const { addresses } = portSpec(network, 20);
    const second = await host.putServer(serverSpec(portSpec(network, 21, { addresses }), 'second'));
    expect(await host.lease(second)).toMatchObject({ ip: '10.0.0.20', hostname: 'second' });
    expect(await host.lease(first)).toEqual({});
  });

  test('it is given back also when its server was killed before', async () => {
    const third = await host.putServer(serverSpec(portSpec(network, 22), 'third'));
    expect(await host.lease(third)).toMatchObject({ ip: '10.0.0.22' });
    const folder = networkFolder(host.host, network.id);
    process.kill(Number.parseInt(await readFile(join(folder, 'dnsmasq.pid'), 'utf8'), 10), 'SIGKILL');
    await host.purgeServer(third);
    expect(await readFile(join(folder, 'leases'), 'utf8')).not.toContain('10.0.0.22');
    await eventually(async () => expect(await host.host.tools.dnsmasq.isRunning(folder)).toBe(true));

    const { addresses } = portSpec(network, 22);
    const fourth = await host.putServer(serverSpec(portSpec(network, 23, { addresses }), 'fourth'));
    expect(await host.lease(fourth)).toMatchObject({ ip: '10.0.0.22', hostname: 'fourth' });
  });

  test('a server that was killed comes back, and an agent that restarts finds the one that runs', async () => {
    const folder = networkFolder(host.host, network.id);
    const pid = async () => Number.parseInt(await readFile(join(folder, 'dnsmasq.pid'), 'utf8').catch(() => ''), 10);
    const before = await pid();
    process.kill(before, 'SIGKILL');
    // The one that was killed takes a moment to be gone.
    await eventually(async () => expect([before, Number.NaN]).not.toContain(await pid()));
    await eventually(async () => expect(await host.host.tools.dnsmasq.isRunning(folder)).toBe(true));
    const second = await pid();
    await host.stopAgent();
    await host.startAgent();
    expect(await pid()).toBe(second);
    expect(await host.lease(web)).toMatchObject({ ip: '10.0.0.11' });
  });

  test('it does not keep the rights of root', async () => {
    const pid = await readFile(join(networkFolder(host.host, network.id), 'dnsmasq.pid'), 'utf8');
    const status = await readFile(`/proc/${pid.trim()}/status`, 'utf8');
    expect(status).toMatch(/^Uid:\t[1-9]/m);
  });

  test('purge leaves no server, folder, namespace or device', async () => {
    const other = networkSpec(3);
    await host.putNetwork(other);
    const folder = networkFolder(host.host, other.id);
    const pid = await readFile(join(folder, 'dnsmasq.pid'), 'utf8');
    await host.purgeNetwork(other.id);
    expect(existsSync(`/proc/${pid.trim()}`)).toBe(false);
    expect(existsSync(folder)).toBe(false);
    expect((await host.onHost(['ip', 'netns', 'list'])).stdout).not.toContain(other.id);
    expect(await host.host.tools.ip.links()).not.toContain(`ukn${other.id.replaceAll('-', '').slice(-12)}`);
    await host.purgeNetwork(other.id);
  });
});
