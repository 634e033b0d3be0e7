import type { DesiredNetworkSpec } from '@unkai/contracts/host/desired';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uplinkDevice } from '../../src/tools/device-names.ts';
import { networkAt, portAt } from '../router-specs.ts';
import { allowAllEgress, allowIngress, portSpec, serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Placed, TestFabric } from './fabric.ts';
import { pour, sink } from './programs.ts';
import { externalNetwork, reachInternet } from './routers.ts';

const rules = [allowAllEgress, allowIngress('icmp', null), allowIngress('tcp', null)];

describe('networks of other kinds than VXLAN', () => {
  const vlan = (number: number, tag: number) =>
    networkAt(number, 0, { segment: { type: 'vlan', physicalNetwork: 'provider', vlan: tag }, mtu: 1500 });
  const [red, blue, flat] = [vlan(1, 101), vlan(2, 102), externalNetwork(3)];
  const gre = networkAt(4, 4, { segment: { type: 'gre' } });
  const local = networkAt(5, 5, { segment: { type: 'local' } });
  let fabric: TestFabric;

  beforeAll(async () => {
    fabric = await TestFabric.start(2);
    for (const host of fabric.hosts) await reachInternet(fabric, host);
    for (const network of [red, blue, flat, gre, local]) await fabric.putNetwork(network);
  });
  afterAll(() => fabric.stop());

  const guest = async (index: number, network: DesiredNetworkSpec, number: number, third: number) => {
    // The switch between the hosts knows no VLANs, so a MAC address is at one place only.
    const macAddress = `fa:16:3e:00:${network.tunnelKey - 1000}0:${number}`;
    const port = { ...portAt(network, number, third, { rules }), macAddress };
    const placed = await fabric.putServer(index, serverSpec(port, `g${number}`));
    await placed.host.address(placed);
    return placed;
  };
  const ping = async (from: Placed, address: string, ...options: string[]) =>
    (await from.host.in(from, ['ping', '-c', '1', '-W', '1', ...options, address])).code;
  const answers = (from: Placed, address: string) => eventually(async () => expect(await ping(from, address)).toBe(0));

  test('hosts tell which physical networks they reach, and what is wrong with one that they do not', async () => {
    const host = fabric.host(0);
    expect(await host.facts()).toMatchObject({
      physicalNetworks: [{ name: 'provider', bridge: 'br-ex', mtu: 1500 }],
      warnings: [],
    });
    const { config } = host.host;
    const wrong = { name: 'elsewhere', bridge: 'br-none', device: undefined };
    const gone = { name: 'gone', bridge: 'br-gone', device: 'phys7' };
    // The keeper reads the settings of the host that it was started with.
    await host.stopAgent();
    host.host = { ...host.host, config: { ...config, physicalNetworks: [...config.physicalNetworks, wrong, gone] } };
    await host.startAgent();
    expect((await host.facts()).warnings).toEqual([
      expect.stringContaining('Physical network "elsewhere" is not reached: Open vSwitch has no bridge br-none.'),
      expect.stringMatching(/Physical network "gone" is not reached: bridge br-gone: .*phys7/),
    ]);
    const lost = networkAt(9, 9, { segment: { type: 'flat', physicalNetwork: 'nowhere' } });
    await expect(host.putNetwork(lost)).rejects.toThrow('does not reach the physical network "nowhere"');
    await host.purgeNetwork(lost.id);
    await host.stopAgent();
    host.host = { ...host.host, config };
    await host.startAgent();
  });

  test('VLAN: guests of one network meet across hosts with its tag on the wire, those of another with the same addresses do not', async () => {
    const [red11, red12] = [await guest(0, red, 11, 0), await guest(1, red, 12, 0)];
    const [blue12, blue13] = [await guest(0, blue, 12, 0), await guest(1, blue, 13, 0)];
    await answers(red11, '10.0.0.12');
    await answers(blue12, '10.0.0.13');
    const heard = await blue12.host.received(blue12);
    expect(await ping(red11, '10.0.0.13')).not.toBe(0);
    expect(
      (await red11.host.in(red11, ['ping', '-q', '-c', '20', '-i', '0.02', '-W', '2', '10.0.0.12'])).stdout,
    ).toContain('20 received');
    expect(await blue12.host.received(blue12)).toBeLessThan(heard + 10);
    // What the other host's bridge has learned on the wire: sender and VLAN.
    const learned = (await fabric.host(1).control(['fdb/show', 'br-ex'])).split('\n');
    const line = (mac: string) =>
      learned.filter((entry) => entry.includes(mac)).map((entry) => entry.trim().split(/\s+/));
    expect(line(red11.port.macAddress)).toMatchObject([
      [expect.any(String), '101', red11.port.macAddress, expect.any(String)],
    ]);
    expect(await ping(red12, '10.0.0.11', '-M', 'do', '-s', '1472')).toBe(0);
    await blue13.host.purgeServer(blue13);
  });

  test('flat: a guest is on the wire itself; it reaches what is there, and is reached', async () => {
    const port = portSpec(flat, 41, { rules });
    const [own] = port.addresses;
    if (own === undefined) throw new Error('it has one');
    const addresses = [{ ...own, address: '203.0.113.41', gatewayAddress: '203.0.113.1' }];
    const placed = await fabric.putServer(0, serverSpec({ ...port, addresses }, 'flat41'));
    const lease = await placed.host.lease(placed);
    expect(lease).toMatchObject({ ip: '203.0.113.41', mtu: '1500' });
    await answers(placed, '203.0.113.1');
    expect((await fabric.onInternet(['ping', '-c', '1', '-W', '1', '203.0.113.41'])).code).toBe(0);
    // Its neighbours outside see it by its own MAC address, and nobody answers for an address that nobody has.
    const seen = await fabric.onInternet(['ip', 'neighbour', 'show', '203.0.113.41']);
    expect(seen.stdout).toContain(port.macAddress);
    expect((await fabric.onInternet(['arping', '-c', '1', '-w', '1', '-I', 'wire', '203.0.113.2'])).code).not.toBe(0);
    // A43: on the wire as anywhere it speaks for itself only.
    const spoof = [
      'arping',
      '-q',
      '-U',
      '-c',
      '2',
      '-w',
      '2',
      '-I',
      'eth0',
      '-s',
      '203.0.113.1',
      '203.0.113.1',
    ] as const;
    await placed.host.in(placed, ['ip', 'address', 'add', '203.0.113.77/32', 'dev', 'eth0']);
    await placed.host.in(placed, [...spoof]);
    expect(await ping(placed, '203.0.113.1', '-I', '203.0.113.77')).not.toBe(0);
  });

  test('GRE: guests on two hosts meet, and TCP passes', async () => {
    const [one, two] = [await guest(0, gre, 11, 4), await guest(1, gre, 12, 4)];
    await answers(one, '10.0.4.12');
    await two.host.startIn(two, sink(5001));
    await eventually(async () => {
      const { stdout } = await one.host.in(one, [process.execPath, '--eval', pour('10.0.4.12', 5001, 2_000_000)]);
      expect(stdout).toBe('2000000');
    });
    const flows = await fabric.host(0).onHost(['ovs-appctl', 'tnl/ports/show', '-v']);
    expect(flows.stdout).toContain('gre');
  });

  test('local: guests of one host meet, those of another are not there', async () => {
    const [one, ,] = [await guest(0, local, 11, 5), await guest(0, local, 12, 5), await guest(1, local, 13, 5)];
    await answers(one, '10.0.5.12');
    expect(await ping(one, '10.0.5.13')).not.toBe(0);
  });

  test('a network that changes its kind leaves no port behind', async () => {
    const ports = async () => (await fabric.host(0).onHost(['ovs-vsctl', 'list-ports', 'br-ex'])).stdout;
    expect(await ports()).toContain(uplinkDevice(blue.id).peer);
    await fabric.putNetwork({ ...blue, segment: { type: 'vxlan' } });
    expect(await ports()).not.toContain(uplinkDevice(blue.id).peer);
    await fabric.putNetwork({ ...blue, segment: { type: 'vlan', physicalNetwork: 'provider', vlan: 103 } });
    const tag = await fabric.host(0).onHost(['ovs-vsctl', 'get', 'port', uplinkDevice(blue.id).peer, 'tag']);
    expect(tag.stdout.trim()).toBe('103');
  });
});
