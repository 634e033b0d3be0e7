import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DesiredPort, DesiredServerSpec } from '@unkai/contracts/host/desired';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { networkFolder } from '../../src/resources/network.ts';
import { ensurePort } from '../../src/resources/port.ts';
import { address6, network6Spec, open, port6Spec } from '../ipv6-specs.ts';
import { allowAllEgress, networkSpec, portSpec, serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Placed, TestFabric } from './fabric.ts';

describe('features of a port', () => {
  const network = network6Spec(1, 'slaac');
  let fabric: TestFabric;
  let client: Placed;
  let first: Placed;
  let second: Placed;

  beforeAll(async () => {
    fabric = await TestFabric.start(2);
    await fabric.putNetwork(network);
    client = await fabric.putServer(0, serverSpec(port6Spec(network, 11, open), 'client'));
    first = await fabric.putServer(0, serverSpec(port6Spec(network, 12, open), 'first'));
    second = await fabric.putServer(1, serverSpec(port6Spec(network, 13, open), 'second'));
    for (const guest of [client, first, second]) {
      await guest.host.address(guest);
      await eventually(async () =>
        expect(await ip(guest, '-6', 'address')).toContain(address6(network, numberOf(guest))),
      );
    }
    await eventually(async () => expect(await ping('10.0.0.13')).toBe(0));
  });
  afterAll(() => fabric.stop());
  // Also after a test that failed half-way, which is tried once more.
  beforeEach(async () => {
    for (const guest of [client, first, second]) await change(guest, {});
  });

  const numberOf = ({ port }: Placed) => Number.parseInt(port.macAddress.slice(-2), 16);
  const ip = async (guest: Placed, ...argv: string[]) => (await guest.host.in(guest, ['ip', ...argv])).stdout;
  const ping = async (address: string, from = client) =>
    (await from.host.in(from, ['ping', '-c', '1', '-W', '1', address])).code;
  const change = (guest: Placed, over: Partial<DesiredPort>) =>
    ensurePort(guest.host.host, guest.serverId, { ...guest.port, ...over });

  test('an address of a pair is taken and moved between guests on two hosts; without the pair it is dropped', async () => {
    const virtual = ['10.0.0.100', '2001:db8:1::100'];
    const allowedAddressPairs = virtual.map((prefix) => ({ macAddress: null, prefix }));
    const take = async (guest: Placed) => {
      await ip(guest, 'address', 'add', '10.0.0.100/24', 'dev', 'eth0');
      await ip(guest, '-6', 'address', 'add', '2001:db8:1::100/64', 'dev', 'eth0', 'nodad');
    };
    await take(first);
    for (const address of virtual) expect(await ping(address)).toBe(1);
    for (const guest of [first, second]) await change(guest, { allowedAddressPairs });
    for (const address of virtual) await eventually(async () => expect(await ping(address)).toBe(0));
    await ip(first, 'address', 'delete', '10.0.0.100/24', 'dev', 'eth0');
    await ip(first, '-6', 'address', 'delete', '2001:db8:1::100/64', 'dev', 'eth0');
    await take(second);
    // As a guest that takes over says it to all.
    await second.host.in(second, ['arping', '-U', '-c', '1', '-I', 'eth0', '10.0.0.100']);
    expect(await ip(client, 'neighbour', 'show', '10.0.0.100')).toContain(second.port.macAddress);
    await ip(client, '-6', 'neighbour', 'flush', 'dev', 'eth0');
    for (const address of virtual) await eventually(async () => expect(await ping(address)).toBe(0));
    for (const guest of [first, second]) await change(guest, {});
    for (const address of virtual) expect(await ping(address)).toBe(1);
  });

  test('a pair may have a MAC address of its own, which is found on either host', async () => {
    const virtualMac = '00:00:5e:00:01:07';
    const allowedAddressPairs = [{ macAddress: virtualMac, prefix: '10.0.0.107/32' }];
    for (const holder of [first, second]) {
      await change(holder, { allowedAddressPairs });
      await fabric.putNetwork(network);
      await ip(holder, 'link', 'set', 'eth0', 'address', virtualMac);
      await ip(holder, 'address', 'delete', `10.0.0.${numberOf(holder)}/24`, 'dev', 'eth0');
      await ip(holder, 'address', 'add', '10.0.0.107/24', 'dev', 'eth0');
      await ip(client, 'neighbour', 'replace', '10.0.0.107', 'lladdr', virtualMac, 'dev', 'eth0');
      await eventually(async () => expect(await ping('10.0.0.107')).toBe(0));
      await ip(holder, 'link', 'set', 'eth0', 'address', holder.port.macAddress);
      await ip(holder, 'address', 'delete', '10.0.0.107/24', 'dev', 'eth0');
      await holder.host.address(holder);
      await change(holder, {});
      await fabric.putNetwork(network);
    }
  });

  test('without port security any address answers, and its own network is all it reaches', async () => {
    await ip(second, 'address', 'add', '172.16.0.9/24', 'dev', 'eth0');
    await ip(client, 'route', 'add', '172.16.0.0/24', 'dev', 'eth0');
    expect(await ping('172.16.0.9')).toBe(1);
    await change(second, { hasPortSecurity: false, rules: [] });
    await eventually(async () => expect(await ping('172.16.0.9')).toBe(0));
    await change(second, {});
    await eventually(async () => expect(await ping('172.16.0.9')).toBe(1));
  });

  test('a disabled port lets nothing through either way, and comes back', async () => {
    expect(await ping('10.0.0.12')).toBe(0);
    await change(first, { isEnabled: false });
    await fabric.putNetwork(network);
    const before = await first.host.received(first);
    expect(await ping('10.0.0.12')).toBe(1);
    expect(await ping('10.0.0.11', first)).toBe(1);
    await client.host.in(client, ['ping', '-b', '-c', '1', '-W', '1', '10.0.0.255']);
    expect(await first.host.received(first)).toBe(before);
    await change(first, {});
    await eventually(async () => expect(await ping('10.0.0.12')).toBe(0));
  });

  test('all addresses of a port are its own', async () => {
    const [own, six] = first.port.addresses;
    if (own === undefined || six === undefined) throw new Error('two addresses');
    const more = { ...own, address: '10.0.0.55' };
    const more6 = { ...six, address: '2001:db8:1::55' };
    await ip(first, 'address', 'add', '10.0.0.55/24', 'dev', 'eth0');
    await ip(first, '-6', 'address', 'add', '2001:db8:1::55/64', 'dev', 'eth0', 'nodad');
    for (const address of [more.address, more6.address]) expect(await ping(address)).toBe(1);
    await change(first, { addresses: [own, six, more, more6] });
    for (const address of [more.address, more6.address])
      await eventually(async () => expect(await ping(address)).toBe(0));
    expect(await ping('10.0.0.12')).toBe(0);
    await change(first, {});
  });

  test('a port is found by the name that it is given in the place of its server’s, and by that again afterwards', async () => {
    const ask = async (name: string) =>
      (await client.host.in(client, ['busybox', 'nslookup', '-type=a', `${name}.novalocal`, '10.0.0.2'])).stdout;
    await eventually(async () => expect(await ask('first')).toContain('10.0.0.12'));
    await change(first, { dnsName: 'ledger' });
    await eventually(async () => expect(await ask('ledger')).toContain('10.0.0.12'));
    expect(await ask('first')).not.toContain('10.0.0.12');
    await change(first, {});
    await eventually(async () => expect(await ask('first')).toContain('10.0.0.12'));
    expect(await ask('ledger')).not.toContain('10.0.0.12');
  });

  test('DHCP tells a port its own options and no other port', async () => {
    const plain = networkSpec(2);
    await fabric.putNetwork(plain);
    const rules = [allowAllEgress];
    const dhcpOptions = [
      { family: 4 as const, name: 'bootfile-name', value: 'pxelinux.0' },
      { family: 4 as const, name: 'ntp-server', value: '10.0.0.5,10.0.0.6' },
      { family: 4 as const, name: '150', value: '10.0.0.7' },
      { family: 6 as const, name: 'ntp-server', value: '[2001:db8::5]' },
    ];
    const guests: Placed[] = [];
    onTestFinished(async () => {
      for (const guest of guests) await guest.host.purgeServer(guest);
    });
    const put = async (server: DesiredServerSpec) => {
      const guest = await fabric.putServer(0, server);
      guests.push(guest);
      return guest;
    };
    const booting = await put(serverSpec(portSpec(plain, 21, { rules, dhcpOptions }), 'booting'));
    const other = await put(serverSpec(portSpec(plain, 22, { rules }), 'other'));
    expect(await booting.host.lease(booting)).toMatchObject({
      ip: '10.0.0.21',
      bootfile: 'pxelinux.0',
      ntpsrv: '10.0.0.5 10.0.0.6',
    });
    const lease = await other.host.lease(other);
    expect(lease).toMatchObject({ ip: '10.0.0.22' });
    expect(lease['bootfile']).toBeUndefined();
    // Of what changes the same server hears: it has crashed when it read anew what a guest had asked it for.
    const pidFile = join(networkFolder(booting.host.host, plain.id), 'dnsmasq.pid');
    const server = await readFile(pidFile, 'utf8');
    await change(booting, { dhcpOptions: [{ family: 4, name: 'bootfile-name', value: 'ipxe.efi' }] });
    expect(await booting.host.lease(booting)).toMatchObject({ ip: '10.0.0.21', bootfile: 'ipxe.efi' });
    await change(booting, { dhcpOptions: [] });
    const last = await booting.host.lease(booting);
    expect(last).toMatchObject({ ip: '10.0.0.21' });
    expect(last['bootfile']).toBeUndefined();
    expect(await readFile(pidFile, 'utf8')).toBe(server);
  });
});
