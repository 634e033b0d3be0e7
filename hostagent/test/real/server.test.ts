// The whole host: the agent as a process of its own, QEMU, Open vSwitch and DHCP, in a network namespace. The guest gets its
// lease and its metadata, the agent is killed in the middle, and in the end nothing is left.
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DesiredPort, DesiredServerSpec } from '@unkai/contracts/host/desired';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hostPaths } from '../../src/paths.ts';
import { serviceDevice, tapName } from '../../src/tools/device-names.ts';
import { guestProcesses } from '../../src/tools/guest-process.ts';
import { inNamespace } from '../../src/tools/namespace.ts';
import { type Argv, run, type StartedProcess, start } from '../../src/tools/run.ts';
import { joinToken, TestControlPlane } from '../control-plane.ts';
import { allowAllEgress, allowIngress, networkSpec, portSpec, serverSpec } from '../specs.ts';
import { listening } from './listening.ts';
import { expectedWalk, metadataPaths, walked, walkingScript } from './metadata-walk.ts';
import { tinyImage } from './tiny-image.ts';

const program = resolve(import.meta.dirname, '../../src/main.ts');
const namespace = `ukt${randomBytes(3).toString('hex')}`;
const alone = networkSpec(7);
const port = portSpec(alone, 17, { rules: [allowAllEgress, allowIngress('tcp', 8000)] });
// What it finds on its disk and at its metadata service. 20 MiB that nobody can guess, their digest on the console, and a web server to fetch them from. An interface that comes
// later asks for its lease, and its going is told as well.
const fetchedPaths = metadataPaths(serverSpec(port, 'vertical'), port.id);
const userData = `#!/bin/sh
echo "root has $(df -m / | awk 'END { print $2 }') MiB." > /dev/ttyS0
mkdir /srv && head -c 20971520 /dev/urandom > /srv/stream
echo "digest $(sha256sum < /srv/stream)" > /dev/ttyS0
busybox httpd -p 8000 -h /srv
(
  until [ -e /sys/class/net/eth1 ]; do sleep 1; done
  ip link set eth1 up
  until udhcpc -i eth1 -n -q -s /usr/lib/unkai/lease; do sleep 1; done
  echo "second has $(ip -4 -o addr show eth1)" > /dev/ttyS0
  while [ -e /sys/class/net/eth1 ]; do sleep 1; done
  echo "second is gone" > /dev/ttyS0
) &
${walkingScript(fetchedPaths)}`;
const receiving = `#!/bin/sh
until curl -s -f -o /root/stream http://10.0.0.17:8000/stream; do sleep 1; done
echo "digest $(sha256sum < /root/stream)" > /dev/ttyS0
`;
const receiverPort = portSpec(alone, 18);
function firstOf<Item>([item]: readonly Item[]): Item {
  if (item === undefined) throw new Error('There is none.');
  return item;
}

const second = networkSpec(8, {
  subnets: [{ ...firstOf(networkSpec(8).subnets), cidr: '10.0.1.0/24', gatewayAddress: null, dhcpAddress: '10.0.1.2' }],
});
const secondPort = portSpec(second, 19, {
  addresses: [{ ...firstOf(portSpec(second, 19).addresses), address: '10.0.1.19', gatewayAddress: null }],
});
const network = networkSpec(7, { neighbours: [port, receiverPort].map(neighbour) });
let folder: string;
let plane: TestControlPlane;
let agent: StartedProcess | undefined;
let spec: DesiredServerSpec;
let receiver: DesiredServerSpec;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uks-'));
  await chmod(folder, 0o711);
  await writeFile(join(folder, 'token'), joinToken);
  await run(['ip', 'netns', 'add', namespace]);
  await run(['ip', '-netns', namespace, 'link', 'set', 'lo', 'up']);
  plane = await TestControlPlane.start();
  const tiny = await tinyImage();
  plane.images.set(tiny.spec.id, await readFile(tiny.path));
  spec = { ...serverSpec(port, 'vertical', { userData }), memoryMib: 128, rootDiskBytes: 1024 ** 3, image: tiny.spec };
  receiver = {
    ...serverSpec(receiverPort, 'receiver', { userData: receiving }),
    memoryMib: 128,
    rootDiskBytes: 1024 ** 3,
    image: tiny.spec,
  };
  await startAgent();
}, 400_000);

afterAll(async () => {
  await agent?.stop('SIGKILL');
  for (const { pid } of await guestProcesses(paths().sockets)) process.kill(pid, 'SIGKILL');
  for (const name of await readdir('/run/netns')) {
    if (!name.startsWith(namespace)) continue;
    const { stdout } = await run(['ip', 'netns', 'pids', name]);
    for (const pid of stdout.split(/\s+/).filter(Boolean)) process.kill(Number(pid), 'SIGKILL');
    await run(['ip', 'netns', 'delete', name]);
  }
  await plane.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

async function startAgent(): Promise<void> {
  agent = await start([process.execPath, program], {
    stdoutFile: join(folder, 'agent.log'),
    env: {
      UNKAI_API_URL: plane.url,
      UNKAI_HOST_HOME: join(folder, 'host'),
      UNKAI_JOIN_TOKEN_FILE: join(folder, 'token'),
      UNKAI_NETNS: namespace,
      UNKAI_OVS_RUNDIR: folder,
      UNKAI_ACCEL: 'tcg',
      UNKAI_AGENT_PORT: '0',
      UNKAI_RESYNC_SECONDS: '0.5',
      UNKAI_DISK_RESERVE_MIB: '64',
    },
  });
}

function neighbour({ id, macAddress, addresses }: DesiredPort) {
  return {
    portId: id,
    hostName: null,
    macAddress,
    addresses: addresses.map(({ address }) => address),
    underlayAddress: null,
    kind: 'guest' as const,
  };
}

const paths = () => hostPaths(join(folder, 'host'));
const until = (look: () => void | Promise<void>) => vi.waitFor(look, { timeout: 240_000, interval: 100 });
const latest = () => plane.latest('server', spec.id);
const onHost = async (...argv: Argv) =>
  (await run(inNamespace(namespace, argv), { env: { OVS_RUNDIR: join(folder, 'host/network/openvswitch/run') } }))
    .stdout;

test('a server boots, although its agent is killed while it is made, and boots once', async () => {
  plane.want('network', network);
  await until(() => expect(plane.latest('network', network.id)?.state).toBe('present'));
  plane.want('server', spec);
  await until(() => expect(latest()?.state).toBe('working'));
  await agent?.stop('SIGKILL');
  await startAgent();
  await until(() => expect(latest()).toMatchObject({ state: 'present', power: 'on' }));
  expect(await guestProcesses(paths().sockets)).toHaveLength(1);
});

test('the guest gets its lease and its metadata, its name among it', async () => {
  await until(() => expect(latest()?.firstMetadataAt).toBeDefined());
  await until(async () =>
    expect(await readFile(paths().server(spec.id).serialLog, 'utf8')).toContain('vertical login:'),
  );
});

test('its root has grown to its flavor’s disk', async () => {
  const size = async () => Number(/^root has (\d+) MiB\./m.exec(await printed())?.[1]);
  await until(async () => expect(await size()).toBeGreaterThan(0));
  expect(spec.rootDiskBytes / spec.image.virtualSizeBytes).toBeGreaterThan(2);
  // What a file system keeps for itself is not counted.
  expect(await size()).toBeGreaterThan((0.85 * spec.rootDiskBytes) / 1024 ** 2);
});

test('it fetches every path of its metadata, and each is what the control plane said of it', async () => {
  expect(fetchedPaths.length).toBeGreaterThan(200);
  const expected = expectedWalk(fetchedPaths, spec, port.id);
  await until(async () => expect(walked(fetchedPaths, await printed())).toEqual(expected));
});

test('no port of the host is open to others: only loopback, and what guests are served in namespaces of their own', async () => {
  const sockets = await listening(namespace, paths().home);
  const of = (program: string) => sockets.filter((each) => each.program === program);
  // The agent tells its health to this machine alone.
  expect(sockets.filter((each) => each.namespace === '').map(({ address }) => address)).toEqual(['127.0.0.1']);
  // The host's own network: guests, switch, tunnels. What answers there could be reached from outside.
  expect(sockets.filter((each) => each.namespace === namespace)).toEqual([]);
  // Behind the switch: no way leads there but from guests' ports.
  const served = sockets.filter((each) => each.namespace !== '' && each.namespace !== namespace);
  expect(new Set(served.map((each) => each.namespace))).toEqual(
    new Set([`${namespace}-${network.id}`, `${namespace}-meta`]),
  );
  expect(new Set(of('dnsmasq').map((each) => each.namespace))).toEqual(new Set([`${namespace}-${network.id}`]));
  expect(new Set(of('dnsmasq').map(({ port: number }) => number))).toEqual(new Set([53, 67]));
  const metadata = served.filter((each) => each.namespace === `${namespace}-meta`);
  expect(metadata.map(({ address, port: number }) => `${address} ${number}`).sort()).toEqual([
    '169.254.169.254 80',
    '[fd00:a9fe:a9fe::a9fe] 80',
  ]);
});

test('20 MiB arrive at another guest over TCP as they were sent, through both taps and Open vSwitch', async () => {
  plane.want('server', receiver);
  const digest = async (server: DesiredServerSpec) =>
    /^digest ([0-9a-f]{64})/m.exec(await readFile(paths().server(server.id).serialLog, 'latin1'))?.[1];
  await until(async () => expect(await digest(receiver)).toBeDefined());
  expect(await digest(receiver)).toBe(await digest(spec));
});

const printed = async () => readFile(paths().server(spec.id).serialLog, 'latin1');
const devices = () => onHost('ip', '-brief', 'link');
const flows = () => onHost('ovs-ofctl', '-O', 'OpenFlow15', 'dump-flows', 'br-int');

test('a guest that runs is given a second interface, asks for its lease there, and keeps it when the agent restarts', async () => {
  plane.want('network', second);
  const generation = plane.want('server', { ...spec, ports: [port, secondPort] });
  await until(() => expect(latest()).toMatchObject({ generation, state: 'present', power: 'on' }));
  await until(async () => expect(await printed()).toMatch(/^second has .* 10\.0\.1\.19\/24/m));
  await agent?.stop('SIGKILL');
  plane.reports.length = 0;
  await startAgent();
  await until(() => expect(latest()).toMatchObject({ generation, state: 'present', power: 'on' }));
  expect(await guestProcesses(paths().sockets)).toHaveLength(2);
  expect(await printed()).not.toContain('second is gone');
});

test('it lets go of that interface while it runs, and nothing of it is left: no tap, flow, reservation, lease or network', async () => {
  const generation = plane.want('server', spec);
  await until(() => expect(latest()).toMatchObject({ generation, state: 'present', power: 'on' }));
  await until(async () => expect(await printed()).toContain('second is gone'));
  expect(await devices()).not.toContain(tapName(secondPort.id));
  expect(await flows()).not.toContain('10.0.1.19');
  plane.unwant('network', second.id);
  await until(() => expect(plane.latest('network', second.id)?.state).toBe('absent'));
  expect(await readdir(join(paths().home, 'state/network'))).toHaveLength(1);
  expect(await devices()).not.toContain(serviceDevice(second.id));
});

test('a delete leaves no process, tap, flow, port, lease or file', async () => {
  plane.unwant('server', spec.id);
  plane.unwant('server', receiver.id);
  await until(() => expect(latest()?.state).toBe('absent'));
  await until(() => expect(plane.latest('server', receiver.id)?.state).toBe('absent'));
  plane.unwant('network', network.id);
  await until(() => expect(plane.latest('network', network.id)?.state).toBe('absent'));
  expect(await guestProcesses(paths().sockets)).toEqual([]);
  for (const name of ['servers', 'run', 'state/server', 'state/network']) {
    expect(await readdir(join(paths().home, name))).toEqual([]);
  }
  // No tap of a port and no device of a network.
  expect(await devices()).not.toMatch(/^uk[pn]/m);
  expect(await onHost('ovs-ofctl', '-O', 'OpenFlow15', 'dump-flows', 'br-int')).not.toContain(port.macAddress);
});
