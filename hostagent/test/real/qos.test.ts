import type { DesiredPort, DesiredQos } from '@unkai/contracts/host/desired';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensurePort } from '../../src/resources/port.ts';
import { allowAllEgress, allowIngress, networkSpec, portSpec, serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Guest, TestHost } from './network-host.ts';
import { measure, pourOn } from './programs.ts';

const fifty = { kilobitsPerSecond: 50_000, burstKilobits: 0 };
const none: DesiredQos = { egress: null, ingress: null, dscpMark: null };

describe('a port has a bandwidth', () => {
  const network = networkSpec(1);
  const rules = [allowAllEgress, allowIngress('any', null)];
  let host: TestHost;
  let limited: Guest;
  let other: Guest;

  beforeAll(async () => {
    host = await TestHost.start();
    await host.putNetwork(network);
    limited = await host.putServer(serverSpec(portSpec(network, 11, { rules }), 'limited'));
    other = await host.putServer(serverSpec(portSpec(network, 12, { rules }), 'other'));
    for (const guest of [limited, other]) {
      await host.address(guest);
      await host.startIn(guest, measure(5001));
    }
  });
  afterAll(() => host.stop());

  const setQos = (qos: DesiredPort['qos']) => ensurePort(host.host, limited.serverId, { ...limited.port, qos });
  /** Megabits a second that a program gets through TCP, once it goes evenly. */
  const rate = async (from: Guest, address: string) => {
    const { stdout } = await host.in(from, [process.execPath, '--eval', pourOn(address, 5001)]);
    return Number.parseFloat(stdout);
  };
  const expectFifty = (from: Guest, address: string) =>
    eventually(async () => {
      const megabits = await rate(from, address);
      expect(megabits).toBeGreaterThan(45);
      expect(megabits).toBeLessThan(55);
    }, 60_000);
  const shapers = async () => (await host.onHost(['ovs-vsctl', '--columns=type', 'list', 'QoS'])).stdout.trim();
  const meters = async () =>
    (await host.onHost(['ovs-ofctl', '-O', 'OpenFlow15', 'dump-meters', 'br-int'])).stdout.match(/meter=\d+/g) ?? [];

  test('50 Mbit/s out of the guest are 50 ± 10 %, and what it receives is not limited by it', async () => {
    await setQos({ ...none, egress: fifty });
    await expectFifty(limited, '10.0.0.12');
    expect(await rate(other, '10.0.0.11')).toBeGreaterThan(60);
  });

  test('50 Mbit/s into the guest are 50 ± 10 %, also after the switch was killed', async () => {
    await setQos({ ...none, ingress: fifty, egress: fifty });
    await expectFifty(other, '10.0.0.11');
    await host.killDaemon('ovs-vswitchd', 'SIGKILL');
    await host.host.state.put('server', limited.serverId, {
      generation: 2,
      spec: serverSpec({ ...limited.port, qos: { ...none, ingress: fifty, egress: fifty } }, 'limited'),
    });
    await eventually(async () => expect(await meters()).toHaveLength(1));
    await expectFifty(other, '10.0.0.11');
  });

  test('its packets carry the mark of the policy, and no other mark when it has none', async () => {
    const nft = (text: string) => host.in(other, ['nft', text]);
    // Of pings alone: a stream of the test before may still send its last.
    const count = 'chain marked { type filter hook input priority 0; ip protocol icmp ip dscp 46 counter; };';
    await nft(`add table inet seen; delete table inet seen; add table inet seen { ${count} }`);
    const marked = async () => /packets (\d+)/.exec((await nft('list table inet seen')).stdout)?.[1];
    const ping = () => host.in(limited, ['ping', '-c', '3', '-i', '0.1', '10.0.0.12']);
    await setQos({ ...none, dscpMark: 46 });
    await ping();
    expect(await marked()).toBe('3');
    await setQos(null);
    await ping();
    expect(await marked()).toBe('3');
  });

  test('without its policy, and after its end, no meter and no shaper is left', async () => {
    await setQos({ ...none, egress: fifty, ingress: fifty });
    expect([await shapers(), (await meters()).length]).toEqual([expect.stringContaining('linux-htb'), 1]);
    await setQos(null);
    expect([await shapers(), await meters()]).toEqual(['', []]);
    await setQos({ ...none, egress: fifty, ingress: fifty });
    await host.purgeServer(limited);
    expect([await shapers(), await meters()]).toEqual(['', []]);
  });
});
