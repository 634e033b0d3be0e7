import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { DesiredRule } from '@unkai/contracts/host/desired';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensurePort } from '../../src/resources/port.ts';
import { allowAllEgress, allowIngress, networkSpec, portSpec, serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Guest, TestHost } from './network-host.ts';
import { echo, pour, sink, talk } from './programs.ts';

describe('security groups decide what reaches a guest', () => {
  const network = networkSpec(1);
  let host: TestHost;
  let client: Guest;
  let server: Guest;

  beforeAll(async () => {
    host = await TestHost.start();
    await host.putNetwork(network);
    client = await host.putServer(serverSpec(portSpec(network, 11), 'client'));
    server = await host.putServer(serverSpec(portSpec(network, 12), 'server'));
    for (const guest of [client, server]) await host.address(guest);
    for (const port of [22, 80, 443]) await host.startIn(server, echo(port));
  });
  afterAll(() => host.stop());

  const setRules = (guest: Guest, rules: DesiredRule[]) =>
    ensurePort(host.host, guest.serverId, { ...guest.port, rules: [allowAllEgress, ...rules] });
  const canReach = async (port: number) =>
    (await host.in(client, ['nc', '-z', '-w', '2', '10.0.0.12', String(port)])).code === 0;
  const canPing = async () => (await host.in(client, ['ping', '-c', '1', '-W', '1', '10.0.0.12'])).code === 0;

  test('nothing comes in without a rule, and answers come in without one', async () => {
    expect(await canReach(80)).toBe(false);
    expect(await canPing()).toBe(false);
    await setRules(client, [allowIngress('tcp', 80)]);
    await host.startIn(client, echo(80));
    const answered = async () => (await host.in(server, ['nc', '-z', '-w', '2', '10.0.0.11', '80'])).code;
    await eventually(async () => expect(await answered()).toBe(0));
  });

  test('a rule lets in its protocol, its ports and its senders, and no others', async () => {
    await setRules(server, [allowIngress('tcp', 80, '10.0.0.11/32'), allowIngress('tcp', 22, '10.0.0.99/32')]);
    expect(await canReach(80)).toBe(true);
    expect(await canReach(443)).toBe(false);
    expect(await canReach(22)).toBe(false);
    expect(await canPing()).toBe(false);
    await setRules(server, [allowIngress('icmp', null)]);
    expect(await canPing()).toBe(true);
    expect(await canReach(80)).toBe(false);
    await setRules(server, [{ ...allowIngress('tcp', null), portMin: 80, portMax: 442 }]);
    expect(await canReach(80)).toBe(true);
    expect(await canReach(443)).toBe(false);
  });

  test('a rule for a whole group lets in its members at its ports, and none of either without the other', async () => {
    const members = ['10.0.0.11', '10.0.0.21', '10.0.0.22', '10.0.0.23', '10.0.0.24'];
    const ofGroup = (from: readonly string[], ports: readonly number[]) =>
      from.flatMap((address) => ports.map((port) => allowIngress('tcp', port, `${address}/32`)));
    // Other senders may call at the other port: the halves of two sets never add up to one.
    const others = ofGroup(['10.0.0.31', '10.0.0.32', '10.0.0.33', '10.0.0.34', '10.0.0.35'], [443, 444, 445]);
    await setRules(server, [...ofGroup(members, [22, 80]), ...others]);
    const flows = await host.onHost(['ovs-ofctl', '-O', 'OpenFlow15', 'dump-flows', 'br-int', 'table=51']);
    expect(flows.stdout).toContain('conjunction(');
    for (const port of [22, 80]) expect(await canReach(port)).toBe(true);
    expect(await canReach(443)).toBe(false);
    const file = host.file('talk-member');
    await host.startIn(client, talk('10.0.0.12', 22), file);
    const heard = async () => (await readFile(file, 'utf8')).length;
    await eventually(async () => expect(await heard()).toBeGreaterThan(3));
    await setRules(server, [...ofGroup(members.slice(1), [22, 80]), ...others]);
    for (const port of [22, 80, 443]) expect(await canReach(port)).toBe(false);
    // A member no more: what it had begun is cut as well. One answer may have been on its way.
    const after = await heard();
    await delay(500);
    expect(await heard()).toBeLessThanOrEqual(after + 1);
  });

  test('without an egress rule nothing goes out', async () => {
    await setRules(server, [allowIngress('any', null)]);
    await ensurePort(host.host, client.serverId, { ...client.port, rules: [] });
    expect(await canReach(80)).toBe(false);
    await setRules(client, []);
    expect(await canReach(80)).toBe(true);
  });

  test('A47: removing a rule cuts the connections it let in, and no others; allowed again, they go on', async () => {
    const open = [allowIngress('tcp', 22), allowIngress('tcp', 80)];
    await setRules(server, open);
    const [cut, kept] = [host.file('talk-22'), host.file('talk-80')];
    await host.startIn(client, talk('10.0.0.12', 22), cut);
    await host.startIn(client, talk('10.0.0.12', 80), kept);
    const heard = async (file: string) => (await readFile(file, 'utf8')).length;
    const more = async (file: string, times: number) => {
      const until = (await heard(file)) + times;
      await eventually(async () => expect(await heard(file)).toBeGreaterThan(until));
    };
    await more(cut, 3);
    await more(kept, 3);

    await setRules(server, [allowIngress('tcp', 80)]);
    // What was on its way has arrived when the connection that stays has been heard ten times more.
    await more(kept, 10);
    const after = await heard(cut);
    await more(kept, 40);
    expect(await heard(cut)).toBe(after);

    await setRules(server, open);
    await more(cut, 3);
  });

  test('A47: a connection from inside is cut by its egress rule', async () => {
    await setRules(server, [allowIngress('tcp', 80)]);
    const file = host.file('talk-out');
    await host.startIn(client, talk('10.0.0.12', 80), file);
    const heard = async () => (await readFile(file, 'utf8')).length;
    await eventually(async () => expect(await heard()).toBeGreaterThan(3));
    await ensurePort(host.host, client.serverId, { ...client.port, rules: [] });
    const still = host.file('talk-still');
    await delay(200);
    const after = await heard();
    await setRules(server, [allowIngress('any', null)]);
    await host.startIn(server, talk('10.0.0.12', 80), still);
    await eventually(async () => expect((await readFile(still, 'utf8')).length).toBeGreaterThan(20));
    expect(await heard()).toBe(after);
    await setRules(client, []);
  });

  test('20 MiB arrive over TCP, not only a ping', async () => {
    await setRules(server, [allowIngress('tcp', 5001)]);
    await host.startIn(server, sink(5001));
    await eventually(async () => expect(await canReach(5001)).toBe(true));
    const bytes = 20 * 1024 * 1024;
    const { stdout } = await host.in(client, [process.execPath, '--eval', pour('10.0.0.12', 5001, bytes)], 60_000);
    expect(stdout).toBe(String(bytes));
  });

  test("A46: one tenant's bad rule is refused by name, its other rules hold, and others' ports go on", async () => {
    const bad = { ...allowIngress('tcp', 443), remotePrefix: '10.0.0.0/99' };
    await expect(setRules(server, [allowIngress('tcp', 80), bad])).rejects.toThrow(
      /rule for tcp cannot be used: "10.0.0.0\/99" is not an IPv4 prefix/,
    );
    expect(await canReach(80)).toBe(true);
    expect(await canReach(443)).toBe(false);
    const injected = {
      ...allowIngress('tcp', 443),
      remotePrefix: '0.0.0.0/0,actions=output:1\nadd table=0,actions=NORMAL',
    };
    await expect(setRules(server, [injected])).rejects.toThrow(/not an IPv4 prefix/);
    await setRules(client, [allowIngress('icmp', null)]);
    expect((await host.in(server, ['ping', '-c', '1', '-W', '2', '10.0.0.11'])).code).toBe(0);
  });

  test('A46: a port that the switch refuses fails alone, and changes nothing', async () => {
    const flows = async () => (await host.onHost(['ovs-ofctl', '--no-stats', 'dump-flows', 'br-int'])).stdout;
    const before = await flows();
    await expect(host.host.tools.ovs.replaceFlows({ '0x1': ['table=0,no_such_field=1,actions=drop'] })).rejects.toThrow(
      /no_such_field/,
    );
    expect(await flows()).toBe(before);
  });

  test('tenants with the same addresses never meet, and nothing is sent to all that is known', async () => {
    const other = networkSpec(2);
    await host.putNetwork(other);
    const rules = [allowAllEgress, allowIngress('any', null)];
    const stranger = await host.putServer(serverSpec(portSpec(other, 12, { rules }), 'stranger'));
    await host.address(stranger);
    await setRules(server, [allowIngress('any', null)]);
    await host.in(client, ['ip', 'neighbour', 'flush', 'all']);
    const before = await host.received(stranger);
    expect(await canPing()).toBe(true);
    await host.in(client, ['ping', '-c', '1', '-W', '1', '10.0.0.77']);
    await host.in(client, ['ping', '-b', '-c', '1', '-W', '1', '10.0.0.255']);
    await delay(100);
    expect(await host.received(stranger)).toBe(before);
  });
});
