// Two real QEMU guests on two hosts, and a light one on a third that talks to one of them while its agent is killed.
import { readFile } from 'node:fs/promises';
import type { DesiredPort, DesiredServerSpec } from '@unkai/contracts/host/desired';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allowAllEgress, allowIngress, networkSpec, portSpec, serverSpec } from '../specs.ts';
import { AgentHost } from './agent-host.ts';
import { eventually } from './eventually.ts';
import { type Placed, TestFabric } from './fabric.ts';
import { talk } from './programs.ts';
import { tinyImage } from './tiny-image.ts';

const open = { rules: [allowAllEgress, allowIngress('any', null)] };
const network = networkSpec(1);
const lightPort = portSpec(network, 11, open);
const serverPort = portSpec(network, 17, open);
const clientPort = portSpec(network, 18, open);
// 2 MiB that nobody can guess, their digest on the console, a web server to fetch them from, and an echo.
const serving = `#!/bin/sh
mkdir /srv && head -c 2097152 /dev/urandom > /srv/stream
echo "digest $(sha256sum < /srv/stream)" > /dev/ttyS0
busybox httpd -p 8000 -h /srv
busybox nc -ll -p 7 -e /bin/cat &
`;
const fetching = `#!/bin/sh
until curl -s -f -o /root/stream http://10.0.0.17:8000/stream; do sleep 1; done
echo "digest $(sha256sum < /root/stream)" > /dev/ttyS0
ping -c 3 10.0.0.17 > /dev/ttyS0
`;
let fabric: TestFabric;
let light: Placed;
let hosts: readonly [AgentHost, AgentHost];
let server: DesiredServerSpec;
let client: DesiredServerSpec;

beforeAll(async () => {
  fabric = await TestFabric.start(1);
  const tiny = await tinyImage();
  const agentHost = (index: number) => AgentHost.start(tiny, (namespace) => fabric.plugUnderlay(namespace, index));
  hosts = await Promise.all([agentHost(1), agentHost(2)]);
  const own = { memoryMib: 128, rootDiskBytes: 1024 ** 3, image: tiny.spec };
  server = { ...serverSpec(serverPort, 'server', { userData: serving }), ...own };
  client = { ...serverSpec(clientPort, 'client', { userData: fetching }), ...own };
  const places = [
    { port: lightPort, underlay: '192.0.2.1' },
    { port: serverPort, underlay: '192.0.2.2' },
    { port: clientPort, underlay: '192.0.2.3' },
  ] as const;
  const seenFrom = (underlay: string) => ({
    ...network,
    neighbours: places.map((place) => neighbour(place.port, place.underlay === underlay ? null : place.underlay)),
  });
  const wanted = [server, client] as const;
  for (const [index, { plane }] of hosts.entries()) {
    plane.want('network', seenFrom(`192.0.2.${index + 2}`));
    const spec = wanted[index];
    if (spec !== undefined) plane.want('server', spec);
  }
  await fabric.putNetwork({ ...network, neighbours: seenFrom('192.0.2.1').neighbours.slice(1) });
  light = await fabric.putServer(0, serverSpec(lightPort, 'light'));
  await light.host.address(light);
}, 400_000);
afterAll(async () => {
  for (const host of hosts ?? []) await host.stop();
  await fabric?.stop();
}, 60_000);

function neighbour({ id, macAddress, addresses }: DesiredPort, underlayAddress: string | null) {
  const own = addresses.map(({ address }) => address);
  return { portId: id, hostName: null, macAddress, addresses: own, underlayAddress, kind: 'guest' as const };
}

const long = 240_000;
const digest = async (host: AgentHost, { id }: DesiredServerSpec) =>
  /^digest ([0-9a-f]{64})/m.exec(await host.printed(id))?.[1];

test('two QEMU guests on two hosts: one fetches 2 MiB from the other as they were sent, and its pings are answered', async () => {
  const [serverHost, clientHost] = hosts;
  await eventually(async () => expect(await digest(clientHost, client)).toBeDefined(), long);
  expect(await digest(clientHost, client)).toBe(await digest(serverHost, server));
  await eventually(async () => expect(await clientHost.printed(client.id)).toMatch(/3 packets received/), long);
});

test('the agent is killed and started again: a stream and pings through its ports go on, and no flow changes', async () => {
  const [host] = hosts;
  const flows = async () =>
    (await host.onHost('ovs-ofctl', '-O', 'OpenFlow15', '--no-stats', 'dump-flows', 'br-int')).split('\n').sort();
  // With the numbers of its ports; its first line counts packets.
  const ports = async () => (await host.onHost('ovs-appctl', '-t', 'ovs-vswitchd', 'dpif/show')).split('\n').slice(1);
  const state = async () => ({ flows: await flows(), guests: await host.guests(), ports: await ports() });
  const file = light.host.file('stream');
  await light.host.startIn(light, talk('10.0.0.17', 7), file);
  const heard = async () => (await readFile(file, 'utf8')).length;
  const goesOn = async () => {
    const until = (await heard()) + 5;
    await eventually(async () => expect(await heard()).toBeGreaterThan(until), 60_000);
  };
  await goesOn();
  const before = await state();
  const ping = ['ping', '-q', '-i', '0.1', '-c', '100', '-W', '10', '10.0.0.17'] as const;
  const pinging = light.host.in(light, ping, 120_000);
  await host.killAgent();
  await goesOn();
  host.plane.reports.length = 0;
  await host.startAgent();
  await eventually(async () => expect(host.plane.latest('server', server.id)?.state).toBe('present'), long);
  await goesOn();
  expect((await pinging).stdout).toContain('100 received, 0% packet loss');
  expect(await state()).toEqual(before);
});
