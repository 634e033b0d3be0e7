import { readFile } from 'node:fs/promises';
import type { DesiredRule } from '@unkai/contracts/host/desired';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensurePort } from '../../src/resources/port.ts';
import { address6, allowAllEgress6, allowIngress6, linkLocal, network6Spec, open, port6Spec } from '../ipv6-specs.ts';
import { routerPort, routerSpec } from '../router-specs.ts';
import { serverSpec } from '../specs.ts';
import { askDhcp6 } from './dhcp6.ts';
import { eventually } from './eventually.ts';
import { type Placed, TestFabric } from './fabric.ts';
import { echo, pour, sink, talk } from './programs.ts';

const routerLinkLocal = 'fe80::c00:a9ff:fefe:a9fe';

describe('IPv6 networks', () => {
  const slaac = network6Spec(1, 'slaac');
  const stateful = network6Spec(2, 'dhcpv6-stateful');
  const stateless = network6Spec(3, 'dhcpv6-stateless', { gatewayAddress: null });
  let fabric: TestFabric;
  let web: Placed;
  let database: Placed;
  let leased: Placed;
  let informed: Placed;

  beforeAll(async () => {
    fabric = await TestFabric.start(2);
    for (const network of [slaac, stateful, stateless]) await fabric.putNetwork(network);
    web = await fabric.putServer(0, serverSpec(port6Spec(slaac, 11, open), 'web'));
    database = await fabric.putServer(1, serverSpec(port6Spec(slaac, 12, open), 'database'));
    leased = await fabric.putServer(0, serverSpec(port6Spec(stateful, 11, open), 'leased'));
    informed = await fabric.putServer(0, serverSpec(port6Spec(stateless, 11, open), 'informed'));
  });
  afterAll(() => fabric.stop());

  const inGuest = async (guest: Placed, ...argv: [string, ...string[]]) => (await guest.host.in(guest, argv)).stdout;
  const addresses = (guest: Placed) =>
    inGuest(guest, 'ip', '-6', '-oneline', 'address', 'show', 'dev', 'eth0', '-tentative');
  const routes = (guest: Placed) => inGuest(guest, 'ip', '-6', 'route', 'show', 'default');
  const ping = async (guest: Placed, address: string, ...options: string[]) =>
    (await guest.host.in(guest, ['ping', '-6', '-c', '1', '-W', '1', ...options, address])).code;
  const answers = (guest: Placed, address: string) =>
    eventually(async () => expect(await ping(guest, address), address).toBe(0));

  test('SLAAC: a guest makes the address that it is known by, and learns router, MTU and name server', async () => {
    for (const guest of [web, database]) {
      const number = guest === web ? 11 : 12;
      await eventually(async () => expect(await addresses(guest)).toContain(`${address6(slaac, number)}/64`));
      expect(await routes(guest)).toContain(`via ${routerLinkLocal} dev eth0`);
      expect(await inGuest(guest, 'cat', '/proc/sys/net/ipv6/conf/eth0/mtu')).toBe('1450\n');
    }
  });

  test('guests reach each other across hosts, at both of their addresses, and each largest packet arrives', async () => {
    await answers(web, address6(slaac, 12));
    await answers(database, `${linkLocal(11)}%eth0`);
    expect(await ping(web, address6(slaac, 12), '-M', 'do', '-s', String(1450 - 48))).toBe(0);
    await database.host.startIn(database, sink(5001));
    const connects = ['nc', '-6', '-z', '-w', '1', address6(slaac, 12), '5001'] as const;
    await eventually(async () => expect((await web.host.in(web, connects)).code).toBe(0));
    const bytes = 20 * 1024 * 1024;
    const program = pour(address6(slaac, 12), 5001, bytes);
    const { stdout } = await web.host.in(web, [process.execPath, '--eval', program], 60_000);
    expect(stdout).toBe(String(bytes));
  });

  test('who has an address is answered at the edge: nobody else is asked', async () => {
    await inGuest(web, 'ip', '-6', 'neighbour', 'flush', 'dev', 'eth0');
    const before = await database.host.received(database);
    const known = async () => inGuest(web, 'ip', '-6', 'neighbour', 'show', 'dev', 'eth0');
    expect(await ping(web, address6(slaac, 12))).toBe(0);
    expect(await known()).toContain(`${address6(slaac, 12)} lladdr ${database.port.macAddress}`);
    // The one echo request, and no question before it.
    expect(await database.host.received(database)).toBe(before + 1);
    expect(await ping(web, slaac.subnets[1]?.dhcpAddress ?? '')).toBe(0);
  });

  test('names have an address of each family', async () => {
    const server = slaac.subnets[1]?.dhcpAddress ?? '';
    const answer = async () => inGuest(web, 'busybox', 'nslookup', '-type=aaaa', 'database.novalocal', server);
    await eventually(async () => expect(await answer()).toContain(address6(slaac, 12)));
  });

  test('DHCPv6 leases the address that the port has, and no guest makes one of its own', async () => {
    const ask = askDhcp6(leased.port.macAddress, 'address');
    const lease = async () => JSON.parse((await leased.host.in(leased, [process.execPath, '--eval', ask])).stdout);
    await eventually(async () =>
      expect(await lease()).toMatchObject({ address: '2001:db8:2::b', dns: '2001:db8:2::2' }),
    );
    expect(await addresses(leased)).not.toContain('2001:db8:2:');
    expect(await routes(leased)).toContain(`via ${routerLinkLocal}`);
  });

  test('the lease is given back with its port: the next owner of the address gets it', async () => {
    const first = await fabric.putServer(0, serverSpec(port6Spec(stateful, 20, open), 'first'));
    const ask = async (guest: Placed) => {
      const program = askDhcp6(guest.port.macAddress, 'address');
      return JSON.parse((await guest.host.in(guest, [process.execPath, '--eval', program])).stdout);
    };
    await eventually(async () => expect(await ask(first)).toMatchObject({ address: '2001:db8:2::14' }));
    await first.host.purgeServer(first);
    const { addresses: taken } = port6Spec(stateful, 20);
    const second = await fabric.putServer(
      0,
      serverSpec(port6Spec(stateful, 21, { ...open, addresses: taken }), 'second'),
    );
    await eventually(async () => expect(await ask(second)).toMatchObject({ address: '2001:db8:2::14' }));
  });

  test('stateless DHCPv6 tells the rest; without a gateway there is no default route', async () => {
    await eventually(async () => expect(await addresses(informed)).toContain(`${address6(stateless, 11)}/64`));
    const program = askDhcp6(informed.port.macAddress, 'information');
    const told = async () =>
      JSON.parse((await informed.host.in(informed, [process.execPath, '--eval', program])).stdout);
    await eventually(async () => expect(await told()).toMatchObject({ address: null, dns: '2001:db8:3::2' }));
    expect(await routes(informed)).toBe('');
  });

  test('a router on another host leads from one IPv6 network to the other, by what the advertisements say', async () => {
    await inGuest(leased, 'ip', '-6', 'address', 'replace', '2001:db8:2::b/64', 'dev', 'eth0', 'nodad');
    expect(await ping(web, '2001:db8:2::b')).toBe(1);
    const onNetwork = (network: typeof slaac, address: string) => ({
      ...routerPort(network, 1, address),
      addresses: [{ address, prefixLength: 64, gatewayAddress: null }],
    });
    const interfaces = [onNetwork(slaac, '2001:db8:1::1'), onNetwork(stateful, '2001:db8:2::1')];
    await fabric.putRouter(1, routerSpec(1, { interfaces }));
    for (const address of ['2001:db8:1::1', '2001:db8:2::1', '2001:db8:2::b']) await answers(web, address);
    await answers(database, '2001:db8:2::b');
    await answers(leased, address6(slaac, 12));
  });

  const setRules = (guest: Placed, rules: DesiredRule[]) =>
    ensurePort(guest.host.host, guest.serverId, { ...guest.port, rules: [allowAllEgress6, ...rules] });
  const reaches = async (port: number) =>
    (await web.host.in(web, ['nc', '-6', '-z', '-w', '1', address6(slaac, 12), String(port)])).code === 0;

  test('security groups hold for IPv6: protocols, ports, senders, types of ICMP', async () => {
    for (const port of [22, 80]) await database.host.startIn(database, echo(port));
    await setRules(database, [allowIngress6('tcp', 80, { remotePrefix: `${address6(slaac, 11)}/128` })]);
    await eventually(async () => expect(await reaches(80)).toBe(true));
    expect(await reaches(22)).toBe(false);
    expect(await ping(web, address6(slaac, 12))).toBe(1);
    await setRules(database, [
      allowIngress6('icmp', null, { icmpType: 128 }),
      allowIngress6('tcp', 80, { remotePrefix: '2001:db8:9::/64' }),
    ]);
    expect(await ping(web, address6(slaac, 12))).toBe(0);
    expect(await reaches(80)).toBe(false);
    await setRules(database, [
      allowIngress6('icmp', null, { icmpType: 129 }),
      { ...allowIngress6('tcp', 80), family: 4 },
    ]);
    expect(await ping(web, address6(slaac, 12))).toBe(1);
    expect(await reaches(80)).toBe(false);
  });

  test('A47: removing a rule cuts the connections of IPv6 that it let in', async () => {
    await setRules(database, [allowIngress6('tcp', 80)]);
    const file = web.host.file('talk6');
    await web.host.startIn(web, talk(address6(slaac, 12), 80), file);
    const heard = async () => (await readFile(file, 'utf8')).length;
    await eventually(async () => expect(await heard()).toBeGreaterThan(3));
    await setRules(database, [allowIngress6('icmp', null)]);
    const after = await heard();
    expect((await web.host.in(web, ['ping', '-6', '-q', '-i', '0.1', '-c', '8', address6(slaac, 12)])).code).toBe(0);
    // One answer may have been on its way.
    expect(await heard()).toBeLessThanOrEqual(after + 1);
  });

  test('A48: metadata at the link-local address is the caller’s own, whoever else has its address', async () => {
    const get = async (guest: Placed, path: string) =>
      inGuest(guest, 'curl', '-s', '-g', '-m', '5', `http://[fe80::a9fe:a9fe%25eth0]${path}`);
    for (const [guest, name] of [
      [web, 'web'],
      [leased, 'leased'],
      [informed, 'informed'],
      [database, 'database'],
    ] as const) {
      expect(await addresses(guest)).toContain(linkLocal(guest === database ? 12 : 11));
      expect(await get(guest, '/latest/meta-data/hostname')).toBe(`${name}.novalocal`);
    }
    expect(web.host.metadataRequests).toContain(leased.serverId);
  });
});
