import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkLocal, open } from '../ipv6-specs.ts';
import { allowAllEgress, allowIngress, networkSpec, portSpec, serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Placed, TestFabric } from './fabric.ts';
import * as frames from './frames.ts';

// Frames are put into the switch as if the guest had sent them, byte by byte; who hears them is counted at the device.
describe('A43: forged packets reach nobody, on the same host or another', () => {
  const network = networkSpec(1);
  // Those who listen hear all that the network carries, whatever rules would keep from them.
  const sniffing = { ...open, hasPortSecurity: false };
  let fabric: TestFabric;
  let liar: Placed;
  let free: Placed;
  let victim: Placed;
  let distant: Placed;

  beforeAll(async () => {
    fabric = await TestFabric.start(2);
    await fabric.putNetwork(network);
    liar = await fabric.putServer(0, serverSpec(portSpec(network, 11, open), 'liar'));
    free = await fabric.putServer(0, serverSpec(portSpec(network, 12, { ...open, hasPortSecurity: false }), 'free'));
    victim = await fabric.putServer(0, serverSpec(portSpec(network, 13, sniffing), 'victim'));
    distant = await fabric.putServer(1, serverSpec(portSpec(network, 14, sniffing), 'distant'));
    // No guest says anything by itself: what is heard is what the tests send.
    const silence = 'echo 1 > /proc/sys/net/ipv6/conf/eth0/disable_ipv6';
    for (const guest of [liar, free, victim, distant]) await guest.host.in(guest, ['sh', '-c', silence]);
    await eventually(async () => {
      const before = await distant.host.received(distant);
      await liar.host.inject(liar, truth());
      expect(await distant.host.received(distant)).toBe(before + 1);
    });
  });
  afterAll(() => fabric.stop());

  const truth = () => frames.udp4({ from: liar.port.macAddress }, { ...all, source: '10.0.0.11' }, { from: 9, to: 9 });
  const other = 'fa:16:3e:00:00:63';
  const all = { source: '10.0.0.99', destination: '255.255.255.255' };
  const nodes = (source: string) => ({ source, destination: frames.allNodes.address });
  const toNodes = (from: string) => ({ from, to: frames.allNodes.mac });
  /** What a guest with this MAC address and this number could forge, in both families. */
  const forged = (mac: string, number: number): Record<string, string> => {
    const own = linkLocal(number);
    const address = `10.0.0.${number}`;
    const claim = { operation: 2, hardware: mac, address: '10.0.0.1', asked: '10.0.0.13' } as const;
    return {
      'ARP: the address of the gateway': frames.arp({ from: mac }, claim),
      'ARP: asked in the name of another': frames.arp({ from: mac }, { ...claim, operation: 1, asked: '10.0.0.77' }),
      'ARP: its own address at another MAC': frames.arp({ from: mac }, { ...claim, hardware: other, address }),
      'IPv4: the address of another': frames.udp4({ from: mac }, all, { from: 9, to: 9 }),
      'IPv4: another MAC address': frames.udp4({ from: other }, { ...all, source: address }, { from: 9, to: 9 }),
      'DHCP: a server': frames.udp4({ from: mac }, { ...all, source: address }, { from: 67, to: 68 }),
      'ND: the address of another': frames.neighbourAdvertisement(toNodes(mac), nodes(linkLocal(13)), {
        target: linkLocal(13),
        hardware: mac,
      }),
      'ND: the address of another, from its own': frames.neighbourAdvertisement(toNodes(mac), nodes(own), {
        target: 'fe80::1',
        hardware: mac,
      }),
      'ND: its own address at another MAC': frames.neighbourAdvertisement(toNodes(mac), nodes(own), {
        target: own,
        hardware: other,
      }),
      'ND: asked in the name of another MAC': frames.neighbourSolicitation(toNodes(mac), nodes(own), {
        target: '2001:db8::77',
        hardware: other,
      }),
      'RA: a router': frames.routerAdvertisement(toNodes(mac), nodes(own)),
      'RA: a router that is another': frames.routerAdvertisement(toNodes(mac), nodes('fe80::1')),
      'ND: a redirect': frames.redirect(toNodes(mac), nodes(own), own),
      'IPv6: the address of another': frames.udp6(toNodes(mac), nodes('2001:db8::1'), { from: 9, to: 9 }),
      'IPv6: another MAC address': frames.udp6(toNodes(other), nodes(own), { from: 9, to: 9 }),
      'DHCPv6: a server': frames.udp6(toNodes(mac), nodes(own), { from: 547, to: 546 }),
    };
  };
  const heard = () => Promise.all([victim, distant].map((guest) => guest.host.received(guest)));

  test('what is true passes, so that the sniffers hear', async () => {
    const mac = liar.port.macAddress;
    const own = linkLocal(11);
    const honest = [
      frames.arp({ from: mac }, { operation: 2, hardware: mac, address: '10.0.0.11', asked: '10.0.0.11' }),
      truth(),
      frames.neighbourAdvertisement(toNodes(mac), nodes(own), { target: own, hardware: mac }),
      frames.udp6(toNodes(mac), nodes(own), { from: 9, to: 9 }),
    ];
    for (const frame of honest) {
      const before = await heard();
      await liar.host.inject(liar, frame);
      await eventually(async () => expect(await heard()).toEqual(before.map((count) => count + 1)));
    }
  });

  test('a port without port security sends each of them, and they are heard on both hosts', async () => {
    for (const [name, frame] of Object.entries(forged(free.port.macAddress, 12))) {
      const before = await heard();
      await free.host.inject(free, frame);
      await eventually(async () => expect(await heard(), name).toEqual(before.map((count) => count + 1)));
    }
  });

  test('a port with port security sends none', async () => {
    const before = await heard();
    for (const frame of Object.values(forged(liar.port.macAddress, 11))) await liar.host.inject(liar, frame);
    // Behind them comes one that is true, and it is the only one.
    await liar.host.inject(liar, truth());
    await eventually(async () => expect(await heard()).toEqual(before.map((count) => count + 1)));
  });

  test('another network with the same addresses hears nothing of a port without port security', async () => {
    const twin = networkSpec(2);
    await fabric.putNetwork(twin);
    const rules = [allowAllEgress, allowIngress('any', null)];
    const stranger = await fabric.putServer(
      1,
      serverSpec(portSpec(twin, 13, { rules, hasPortSecurity: false }), 'stranger'),
    );
    await fabric.putServer(0, serverSpec(portSpec(twin, 12, { rules }), 'twin'));
    const before = { stranger: await stranger.host.received(stranger), others: await heard() };
    for (const frame of Object.values(forged(free.port.macAddress, 12))) await free.host.inject(free, frame);
    const count = Object.keys(forged(free.port.macAddress, 12)).length;
    await eventually(async () => expect(await heard()).toEqual(before.others.map((one) => one + count)));
    expect(await stranger.host.received(stranger)).toBe(before.stranger);
  });
});
