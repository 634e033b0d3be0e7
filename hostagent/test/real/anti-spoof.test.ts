import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callerAddress } from '../../src/flows/layout.ts';
import { allowIngress, networkSpec, portSpec, serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Guest, TestHost } from './network-host.ts';
import { hearUdp } from './programs.ts';

const run = { numRuns: 25 };
const ownMac = 'fa:16:3e:00:00:0b';
const ownAddress = '10.0.0.11';

const mac = fc
  .array(fc.nat(255), { minLength: 6, maxLength: 6 })
  .map(([first = 0, ...rest]) => [first & 0xfe, ...rest].map((byte) => byte.toString(16).padStart(2, '0')).join(':'));
const otherMac = mac.filter((value) => value !== ownMac);
const address = fc.oneof(
  fc.ipV4().filter((value) => value !== ownAddress),
  fc.constantFrom('10.0.0.12', '10.0.0.2', '10.0.0.1', '169.254.169.254', '100.64.0.102', '127.0.0.1'),
);
const payload = fc.constantFrom('tcp,tcp_src=1024,tcp_dst=22', 'udp,udp_src=1024,udp_dst=53', 'icmp,icmp_type=8');

describe('A43: a guest can only speak for itself', () => {
  const network = networkSpec(1);
  let host: TestHost;
  let liar: Guest;
  let victim: Guest;
  let from: string;

  beforeAll(async () => {
    host = await TestHost.start();
    await host.putNetwork(network);
    liar = await host.putServer(serverSpec(portSpec(network, 11), 'liar'));
    const rules = [...portSpec(network, 12).rules, allowIngress('any', null)];
    victim = await host.putServer(serverSpec(portSpec(network, 12, { rules }), 'victim'));
    await host.address(victim);
    const row = (await host.host.tools.ovs.ports()).find((port) => port.externalIds['unkai-port'] === liar.port.id);
    from = `in_port=${row?.ofport},dl_dst=${victim.port.macAddress}`;
  });
  afterAll(() => host.stop());

  /** Whether the switch drops a packet before it is tracked, answered or passed on. */
  const isDropped = async (packet: string) =>
    (await host.trace(`${from},${packet}`)).includes('Datapath actions: drop');

  test('its own packets pass, so that the drops below mean something', async () => {
    expect(await isDropped(`icmp,dl_src=${ownMac},nw_src=${ownAddress},nw_dst=10.0.0.12`)).toBe(false);
    expect(
      await isDropped(`arp,dl_src=${ownMac},arp_op=1,arp_sha=${ownMac},arp_spa=${ownAddress},arp_tpa=10.0.0.12`),
    ).toBe(false);
  });

  test('no packet leaves with another MAC, whatever else it says', async () => {
    const property = fc.asyncProperty(
      otherMac,
      fc.oneof(address, fc.constant(ownAddress)),
      payload,
      async (lie, source, what) => {
        expect(await isDropped(`${what},dl_src=${lie},nw_src=${source},nw_dst=10.0.0.12`)).toBe(true);
      },
    );
    await fc.assert(property, run);
  });

  test('no packet leaves with another address', async () => {
    const property = fc.asyncProperty(address, payload, async (lie, what) => {
      expect(await isDropped(`${what},dl_src=${ownMac},nw_src=${lie},nw_dst=10.0.0.12`)).toBe(true);
    });
    await fc.assert(property, run);
  });

  test('no ARP leaves that speaks of another MAC or address, as question or as answer', async () => {
    const lie = fc.record({
      sender: fc.constantFrom(ownMac, 'fa:16:3e:00:00:0c'),
      hardware: fc.oneof(otherMac, fc.constant(ownMac)),
      protocol: fc.oneof(address, fc.constant(ownAddress)),
      operation: fc.constantFrom(1, 2),
    });
    const truth = ({ sender, hardware, protocol }: { sender: string; hardware: string; protocol: string }) =>
      sender === ownMac && hardware === ownMac && (protocol === ownAddress || protocol === '0.0.0.0');
    const property = fc.asyncProperty(
      lie.filter((value) => !truth(value)),
      async (value) => {
        const { sender, hardware, protocol, operation } = value;
        const packet = `arp,dl_src=${sender},arp_op=${operation},arp_sha=${hardware},arp_spa=${protocol},arp_tpa=10.0.0.12`;
        expect(await isDropped(packet)).toBe(true);
      },
    );
    await fc.assert(property, run);
  });

  const address6 = fc.oneof(
    fc.ipV6().filter((value) => !value.startsWith('fe80') && !value.includes('.')),
    fc.constantFrom(
      'fe80::1',
      'fe80::f816:3eff:fe00:c',
      'fe80::a9fe:a9fe',
      'fd00:a9fe:a9fe::a9fe',
      '::1',
      '2001:db8::1',
    ),
  );
  const ownLinkLocal = 'fe80::f816:3eff:fe00:b';

  test('no packet of IPv6 leaves with another address or MAC', async () => {
    const what = fc.constantFrom(
      'tcp6,tcp_src=1024,tcp_dst=22',
      'udp6,udp_src=1024,udp_dst=53',
      'icmp6,icmpv6_type=128',
    );
    const to = 'ipv6_dst=fe80::f816:3eff:fe00:c';
    const honest = `icmp6,icmpv6_type=128,dl_src=${ownMac},ipv6_src=${ownLinkLocal},${to}`;
    expect(await host.trace(`${from},${honest}`)).toContain('Datapath actions: ct(');
    const property = fc.asyncProperty(address6, otherMac, what, async (lie, mac, packet) => {
      expect(await isDropped(`${packet},dl_src=${ownMac},ipv6_src=${lie},${to}`)).toBe(true);
      expect(await isDropped(`${packet},dl_src=${mac},ipv6_src=${ownLinkLocal},${to}`)).toBe(true);
    });
    await fc.assert(property, run);
  });

  test('no neighbour discovery leaves that speaks of another, as question or as answer', async () => {
    const of = `dl_src=${ownMac},ipv6_dst=ff02::1`;
    const told = (source: string, target: string, mac: string) =>
      `icmp6,icmpv6_type=136,${of},ipv6_src=${source},nd_target=${target},nd_tll=${mac}`;
    expect(await isDropped(told(ownLinkLocal, ownLinkLocal, ownMac))).toBe(false);
    const property = fc.asyncProperty(address6, otherMac, async (lie, mac) => {
      expect(await isDropped(told(ownLinkLocal, lie, ownMac))).toBe(true);
      expect(await isDropped(told(lie, lie, ownMac))).toBe(true);
      expect(await isDropped(told(ownLinkLocal, ownLinkLocal, mac))).toBe(true);
      const asked = `icmp6,icmpv6_type=135,${of},nd_target=2001:db8::9`;
      expect(await isDropped(`${asked},ipv6_src=${ownLinkLocal},nd_sll=${mac}`)).toBe(true);
      expect(await isDropped(`${asked},ipv6_src=${lie},nd_sll=${ownMac}`)).toBe(true);
    });
    await fc.assert(property, run);
  });

  test('it cannot be a DHCP server, an IPv6 router or neighbour, or hide in a VLAN', async () => {
    const own = `dl_src=${ownMac}`;
    for (const packet of [
      `udp,${own},nw_src=${ownAddress},nw_dst=255.255.255.255,udp_src=67,udp_dst=68`,
      `udp,${own},nw_src=${ownAddress},nw_dst=10.0.0.12,udp_src=67,udp_dst=68`,
      `icmp6,${own},ipv6_src=fe80::1,ipv6_dst=ff02::1,icmpv6_type=134`,
      `icmp6,${own},ipv6_src=fe80::1,ipv6_dst=ff02::1,icmpv6_type=136`,
      `udp6,${own},ipv6_src=fe80::1,ipv6_dst=ff02::1:2,udp_src=547,udp_dst=546`,
      `icmp,${own},nw_src=${ownAddress},nw_dst=10.0.0.12,dl_vlan=7`,
      `${own},dl_type=0x8864`,
    ]) {
      expect(await isDropped(packet), packet).toBe(true);
    }
  });

  test('real packets of a liar do not arrive: MAC, address, ARP, IPv6', async () => {
    const ip = ['ip', 'neighbour', 'replace', '10.0.0.12', 'lladdr', victim.port.macAddress, 'dev', 'eth0'] as const;
    await host.address(liar);
    expect((await host.in(liar, ['ping', '-c', '1', '-W', '2', '10.0.0.12'])).code).toBe(0);
    const before = await host.received(victim);
    await host.in(liar, ['ip', 'address', 'add', '10.0.0.99/24', 'dev', 'eth0']);
    expect((await host.in(liar, ['ping', '-c', '2', '-W', '1', '-I', '10.0.0.99', '10.0.0.12'])).code).toBe(1);
    await host.in(liar, ['arping', '-U', '-c', '2', '-I', 'eth0', '10.0.0.99']);
    await host.in(liar, ['ping', '-6', '-c', '2', '-W', '1', 'ff02::1%eth0']);
    await host.in(liar, ['ip', 'link', 'set', 'eth0', 'address', 'fa:16:3e:00:00:77']);
    await host.in(liar, [...ip]);
    expect((await host.in(liar, ['ping', '-c', '2', '-W', '1', '10.0.0.12'])).code).toBe(1);
    await host.in(liar, ['ip', 'link', 'set', 'eth0', 'address', ownMac]);
    expect(await host.received(victim)).toBe(before);
    expect((await host.in(liar, ['ping', '-c', '1', '-W', '2', '10.0.0.12'])).code).toBe(0);
  });

  test('A48: it cannot take the address by which the metadata service knows another port', async () => {
    const packet = `tcp,dl_src=${ownMac},nw_src=${callerAddress(102, 0)},nw_dst=169.254.169.254,tcp_src=1024,tcp_dst=80`;
    expect(await isDropped(packet)).toBe(true);
  });

  test('A62: it cannot reach the host itself past the switch, by the address of its device', async () => {
    await host.onHost(['ip', 'address', 'add', '198.51.100.1/32', 'dev', 'lo']);
    const heard = host.file('heard');
    await host.startIn({ ...liar, namespace: host.namespace }, hearUdp(7777), heard);
    const links = JSON.parse((await host.onHost(['ip', '-json', 'link', 'show'])).stdout);
    const device = links.find(
      (link: { ifname: string }) => link.ifname.startsWith('ukp') && link.ifname.endsWith('00b'),
    );
    await host.in(liar, ['ip', 'route', 'replace', '198.51.100.1/32', 'dev', 'eth0']);
    await host.in(liar, ['ip', 'neighbour', 'replace', '198.51.100.1', 'lladdr', device.address, 'dev', 'eth0']);
    const send = `const s = require('node:dgram').createSocket('udp4'); s.send('x', 7777, '198.51.100.1', () => s.close());`;
    const size = async () => (await host.onHost(['stat', '-c', '%s', heard])).stdout.trim();
    const sendAll = async () => host.in(liar, [process.execPath, '--eval', send]);

    // Without the guard it arrives: the test would see a hole.
    await host.onHost(['nft', 'delete', 'table', 'inet', 'unkai_guard']);
    await eventually(async () => {
      await sendAll();
      expect(await size()).not.toBe('0');
    });
    await host.host.tools.nft.ensureHostGuard();
    const before = await size();
    await sendAll();
    await sendAll();
    expect(await size()).toBe(before);
  });
});
