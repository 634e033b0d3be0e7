import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { list } from '../../src/resources/network.ts';
import { ensurePort, listPorts } from '../../src/resources/port.ts';
import { openIp } from '../../src/tools/ip.ts';
import { allowAllEgress, allowIngress, networkSpec, portSpec, serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Guest, TestHost } from './network-host.ts';

describe('what is there stays, comes back, and goes away', () => {
  const network = networkSpec(1);
  const rules = [allowAllEgress, allowIngress('icmp', null)];
  let host: TestHost;
  let one: Guest;
  let two: Guest;

  beforeAll(async () => {
    host = await TestHost.start();
    await host.putNetwork(network);
    one = await host.putServer(serverSpec(portSpec(network, 11, { rules }), 'one'));
    two = await host.putServer(serverSpec(portSpec(network, 12, { rules }), 'two'));
    for (const guest of [one, two]) await host.address(guest);
  });
  afterAll(() => host.stop());

  const ping = async () => (await host.in(one, ['ping', '-c', '1', '-W', '1', '10.0.0.12'])).code;
  const flows = async () =>
    (await host.onHost(['ovs-ofctl', '-O', 'OpenFlow15', '--no-stats', 'dump-flows', 'br-int'])).stdout
      .split('\n')
      .slice(1)
      .sort();
  const numbers = async () =>
    Object.fromEntries((await host.host.tools.ovs.ports()).map(({ name, ofport }) => [name, ofport]));

  test('ensure twice changes nothing', async () => {
    const before = { flows: await flows(), numbers: await numbers() };
    await ensurePort(host.host, one.serverId, one.port);
    await host.putNetwork(network);
    expect({ flows: await flows(), numbers: await numbers() }).toEqual(before);
  });

  test('an agent restarts: no packet is lost, no flow and no number changes', async () => {
    const before = {
      flows: await flows(),
      numbers: await numbers(),
      process: await host.host.tools.ovs.switchProcess(),
    };
    const pinging = host.in(one, ['ping', '-q', '-i', '0.02', '-c', '150', '-W', '1', '10.0.0.12']);
    await host.stopAgent();
    await host.startAgent();
    expect((await pinging).stdout).toContain('150 received, 0% packet loss');
    const after = {
      flows: await flows(),
      numbers: await numbers(),
      process: await host.host.tools.ovs.switchProcess(),
    };
    expect(after).toEqual(before);
  });

  test('the switch is killed: it comes back with all its flows', async () => {
    const before = { flows: await flows(), numbers: await numbers() };
    expect(await ping()).toBe(0);
    await host.killDaemon('ovs-vswitchd', 'SIGKILL');
    await eventually(async () => expect(await ping()).toBe(0));
    await eventually(async () => expect({ flows: await flows(), numbers: await numbers() }).toEqual(before));
    const sockets = await readdir(join(host.host.paths.home, 'ovs/run'));
    expect(sockets.filter((name) => /^ovs-vswitchd\..*\.ctl$/.test(name))).toHaveLength(1);
  });

  test('its database is killed: it comes back, and the host goes on', async () => {
    await host.killDaemon('ovsdb-server', 'SIGKILL');
    await eventually(() => ensurePort(host.host, one.serverId, one.port).then(() => undefined));
    expect(await ping()).toBe(0);
  });

  test('flows that no port owns are swept when the agent starts', async () => {
    await host.host.tools.ovs.replaceFlows({ '0x300000fff': ['table=0,priority=7,in_port=4095,actions=drop'] });
    await host.stopAgent();
    await host.startAgent();
    expect(await host.host.tools.ovs.flowCookies()).not.toContain('0x300000fff');
  });

  test('the pipeline knows the way to other hosts, and lets in only those that have a port of the network', async () => {
    const neighbour = {
      portId: '01890a5d-ac96-774b-8cce-00000000beef',
      macAddress: 'fa:16:3e:00:00:63',
      addresses: ['10.0.0.99'],
      hostName: 'elsewhere',
      underlayAddress: '192.0.2.2',
      kind: 'guest' as const,
    };
    await host.putNetwork({ ...network, neighbours: [neighbour] });
    const from = `in_port=${(await numbers())[`ukp${one.port.id.replaceAll('-', '').slice(-12)}`]},dl_src=${one.port.macAddress}`;
    const out = await host.trace(`${from},icmp,dl_dst=fa:16:3e:00:00:63,nw_src=10.0.0.11,nw_dst=10.0.0.99,icmp_type=8`);
    expect(out).toContain('ct(');
    const tunnelled = await host.onHost([
      'ovs-ofctl',
      '-O',
      'OpenFlow15',
      'dump-flows',
      'br-int',
      'table=40,dl_dst=fa:16:3e:00:00:63',
    ]);
    expect(tunnelled.stdout).toContain('set_field:0x3e9->tun_id,set_field:192.0.2.2->tun_dst,output:1');
    const asked = await host.in(one, ['arping', '-c', '1', '-w', '2', '-I', 'eth0', '10.0.0.99']);
    expect(asked.stdout).toMatch(/FA:16:3E:00:00:63/i);
    const into = (source: string, key: number) =>
      host.trace(
        `in_port=1,tun_id=${key},tun_src=${source},icmp,dl_dst=${two.port.macAddress},nw_src=10.0.0.99,nw_dst=10.0.0.12`,
      );
    expect(await into('192.0.2.2', 1001)).toContain('ct(');
    expect(await into('192.0.2.3', 1001)).toContain('Datapath actions: drop');
    expect(await into('192.0.2.2', 1002)).toContain('Datapath actions: drop');
    await host.putNetwork(network);
  });

  test('a real tap is made once, keeps its MTU, and goes', async () => {
    const ip = openIp(host.namespace);
    await ip.ensureTap({ name: 'ukptest', mtu: 1400 });
    await ip.ensureTap({ name: 'ukptest', mtu: 1392 });
    const shown = await host.onHost(['ip', '-json', '-details', 'link', 'show', 'dev', 'ukptest']);
    expect(JSON.parse(shown.stdout)).toMatchObject([
      { mtu: 1392, linkinfo: { info_data: { type: 'tap', persist: true } } },
    ]);
    await ip.purgeLink('ukptest');
    await ip.purgeLink('ukptest');
    expect(await ip.links()).not.toContain('ukptest');
  });

  test('purge leaves no device, port, flow, tracked connection, reservation, namespace or file', async () => {
    expect(await ping()).toBe(0);
    const number = (await numbers())[`ukp${one.port.id.replaceAll('-', '').slice(-12)}`] ?? 0;
    expect(await host.tracked(number)).toContain('icmp');
    expect(await listPorts(host.host, one.serverId)).toEqual([one.port.id]);
    for (const guest of [one, two]) await host.purgeServer(guest);
    expect(await host.tracked(number)).toBe('');
    expect(await listPorts(host.host, one.serverId)).toEqual([]);
    await host.purgeNetwork(network.id);
    await host.purgeServer(one);
    expect(await list(host.host)).toEqual([]);
    expect(await readdir(host.host.paths.network)).toEqual([]);
    expect((await host.host.tools.ip.links()).filter((name) => name.startsWith('uk')).sort()).toEqual(['ukmetadata']);
    expect(await host.host.tools.ovs.flowCookies()).toEqual(new Set(['0x1']));
    expect(Object.keys(await numbers()).sort()).toEqual(['br-int', 'ukmetadata', 'ukvxlan']);
  });
});
