import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networkFolder } from '../../src/resources/network.ts';
import { purgeUnderlay } from '../../src/resources/underlay.ts';
import { allowAllEgress, allowIngress, networkSpec, portSpec, serverSpec } from '../specs.ts';
import { eventually } from './eventually.ts';
import { type Placed, TestFabric } from './fabric.ts';
import { echo, pour, sink, talk } from './programs.ts';

const open = { rules: [allowAllEgress, allowIngress('any', null)] };

describe('a network spans hosts', () => {
  const red = networkSpec(1);
  const blue = networkSpec(2);
  let fabric: TestFabric;
  let web: Placed;
  let database: Placed;
  let cache: Placed;

  beforeAll(async () => {
    fabric = await TestFabric.start();
    for (const network of [red, blue]) await fabric.putNetwork(network);
    web = await fabric.putServer(0, serverSpec(portSpec(red, 11, open), 'web'));
    database = await fabric.putServer(1, serverSpec(portSpec(red, 12, open), 'database'));
    cache = await fabric.putServer(2, serverSpec(portSpec(red, 13, open), 'cache'));
    for (const guest of [web, database, cache]) expect(await guest.host.lease(guest)).not.toEqual({});
  });
  afterAll(() => fabric.stop());

  const ping = async (from: Placed, address: string, ...options: string[]) =>
    (await from.host.in(from, ['ping', '-c', '1', '-W', '1', ...options, address])).code;
  const answers = (from: Placed, address: string) => eventually(async () => expect(await ping(from, address)).toBe(0));

  test('each guest reaches each other one, and hosts say nothing is in the way', async () => {
    for (const from of [web, database, cache]) {
      for (const to of ['10.0.0.11', '10.0.0.12', '10.0.0.13']) await answers(from, to);
    }
    for (const [index, host] of fabric.hosts.entries()) {
      expect(await host.facts()).toMatchObject({
        underlayAddress: `192.0.2.${index + 1}`,
        underlayMtu: 1500,
        warnings: [],
      });
    }
  });

  test('H19: the largest packet that a guest may send arrives whole, and a larger one is refused where it starts', async () => {
    const whole = String(red.mtu - 28);
    expect(await ping(web, '10.0.0.12', '-M', 'do', '-s', whole)).toBe(0);
    const refused = await web.host.in(web, ['ping', '-c', '1', '-W', '1', '-M', 'do', '-s', '1423', '10.0.0.12']);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/too long.*1450/) });
  });

  test('20 MiB arrive over TCP', async () => {
    await database.host.startIn(database, sink(5001));
    const connects = ['nc', '-z', '-w', '1', '10.0.0.12', '5001'] as const;
    await eventually(async () => expect((await web.host.in(web, connects)).code).toBe(0));
    const bytes = 20 * 1024 * 1024;
    const program = pour('10.0.0.12', 5001, bytes);
    const { stdout } = await web.host.in(web, [process.execPath, '--eval', program], 60_000);
    expect(stdout).toBe(String(bytes));
  });

  test('names of guests on other hosts resolve on each', async () => {
    const ask = async (from: Placed, name: string) =>
      (await from.host.in(from, ['busybox', 'nslookup', `${name}.novalocal`, '10.0.0.2'])).stdout;
    for (const from of [web, database, cache]) {
      await eventually(async () => expect(await ask(from, 'web')).toContain('Address: 10.0.0.11'));
      await eventually(async () => expect(await ask(from, 'cache')).toContain('Address: 10.0.0.13'));
    }
  });

  test('tenants with the same addresses and MACs on the same hosts never meet', async () => {
    const twin = await fabric.putServer(1, serverSpec(portSpec(blue, 12, open), 'twin'));
    const asker = await fabric.putServer(0, serverSpec(portSpec(blue, 11, open), 'asker'));
    for (const guest of [twin, asker]) await guest.host.address(guest);
    const before = await twin.host.received(twin);
    await web.host.in(web, ['ip', 'neighbour', 'flush', 'all']);
    expect(await ping(web, '10.0.0.12')).toBe(0);
    await web.host.in(web, ['ping', '-b', '-c', '2', '-i', '0.2', '-W', '1', '10.0.0.255']);
    await web.host.in(web, ['arping', '-U', '-c', '1', '-I', 'eth0', '10.0.0.11']);
    expect(await twin.host.received(twin)).toBe(before);
    // What exists in one of the two only is found by its own guests and by no others.
    await answers(asker, '10.0.0.12');
    expect(await ping(asker, '10.0.0.13')).toBe(1);
    expect(await ping(web, '10.0.0.13')).toBe(0);
    expect(await twin.host.received(twin)).toBeGreaterThan(before);
  });

  describe('faults', () => {
    let heard: () => Promise<number>;
    const goesOn = async (times = 5) => {
      const until = (await heard()) + times;
      await eventually(async () => expect(await heard()).toBeGreaterThan(until), 30_000);
    };

    beforeAll(async () => {
      await cache.host.startIn(cache, echo(7));
      await eventually(async () =>
        expect((await web.host.in(web, ['nc', '-z', '-w', '1', '10.0.0.13', '7'])).code).toBe(0),
      );
      const file = web.host.file('stream');
      await web.host.startIn(web, talk('10.0.0.13', 7), file);
      heard = async () => (await readFile(file, 'utf8')).length;
    });

    test('an agent ends and starts again: a stream through its host goes on all the time', async () => {
      await goesOn();
      await cache.host.stopAgent();
      await goesOn();
      await cache.host.startAgent();
      await goesOn();
    });

    test('the switch of a host is killed: it comes back with its way to the others, and the stream goes on', async () => {
      await cache.host.killDaemon('ovs-vswitchd', 'SIGKILL');
      await answers(web, '10.0.0.13');
      await goesOn();
    });

    test('DHCP of a network is killed on a host: it comes back, and others never went', async () => {
      const pidFile = join(networkFolder(cache.host.host, red.id), 'dnsmasq.pid');
      const before = (await readFile(pidFile, 'utf8')).trim();
      process.kill(Number(before), 'SIGKILL');
      await eventually(async () => {
        expect([before, '']).not.toContain((await readFile(pidFile, 'utf8').catch(() => '')).trim());
      });
      await eventually(async () => expect(await cache.host.lease(cache)).toMatchObject({ ip: '10.0.0.13' }));
      await goesOn();
    });

    test('the underlay of a host is cut for 20 s: its guests are alone, and when it is back the stream goes on', async () => {
      await fabric.setUnderlay(2, 'down');
      const isBack = delay(20_000);
      await eventually(async () => expect(await ping(web, '10.0.0.13')).toBe(1));
      expect(await ping(web, '10.0.0.12')).toBe(0);
      await isBack;
      await fabric.setUnderlay(2, 'up');
      await answers(web, '10.0.0.13');
      await goesOn();
    });

    test('an agent that leaves gives the underlay device its address back', async () => {
      const { host } = cache;
      const addressOf = async (device: string) =>
        (await host.onHost(['ip', '-4', '-oneline', 'address', 'show', 'dev', device])).stdout;
      expect(await addressOf('br-underlay')).toContain('192.0.2.3/24');
      expect(await addressOf('eth0')).toBe('');
      await host.stopAgent();
      await purgeUnderlay(host.host);
      expect(await addressOf('eth0')).toContain('192.0.2.3/24');
      await host.startAgent();
      expect(await addressOf('br-underlay')).toContain('192.0.2.3/24');
      await goesOn();
    });
  });
});
