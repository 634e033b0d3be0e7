// A real guest moves from one real host to another: what it wrote to its disk before is there after, it does not take it for
// its first boot, and nothing is left at the first host.
import { createHash, randomUUID } from 'node:crypto';
import type { DesiredServerSpec } from '@unkai/contracts/host/desired';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allowAllEgress, networkSpec, portSpec, serverSpec } from '../specs.ts';
import { AgentHost } from './agent-host.ts';
import { eventually } from './eventually.ts';
import { TestFabric } from './fabric.ts';
import { tinyImage } from './tiny-image.ts';

const network = networkSpec(1);
const port = portSpec(network, 17, { rules: [allowAllEgress] });
// Something that nobody can guess, told at each boot from then on.
const userData = `#!/bin/sh
echo "first boot" > /dev/ttyS0
head -c 64 /dev/urandom | sha256sum > /root/kept
echo 'echo "kept $(cat /root/kept)" > /dev/ttyS0' >> /etc/init.d/rcS
echo "kept $(cat /root/kept)" > /dev/ttyS0
`;
const long = 240_000;
let fabric: TestFabric;
let from: AgentHost;
let to: AgentHost;
let server: DesiredServerSpec;

beforeAll(async () => {
  fabric = await TestFabric.start(0);
  const tiny = await tinyImage();
  const agentHost = (index: number) => AgentHost.start(tiny, (namespace) => fabric.plugUnderlay(namespace, index));
  [from, to] = await Promise.all([agentHost(0), agentHost(1)]);
  const own = { memoryMib: 128, rootDiskBytes: 1024 ** 3, image: tiny.spec };
  server = { ...serverSpec(port, 'mover', { userData }), ...own };
  for (const { plane } of [from, to]) plane.want('network', network);
}, 400_000);
afterAll(async () => {
  for (const host of [from, to]) await host?.stop();
  await fabric?.stop();
}, 60_000);

const kept = async (host: AgentHost) => /^kept ([0-9a-f]{64})/m.exec(await host.printed(server.id))?.[1];
const power = ({ plane }: AgentHost) => plane.latest('server', server.id)?.power;

test('a guest moves with its disk; an agent that is killed while it fetches goes on', {
  timeout: 2 * long,
}, async () => {
  from.plane.want('server', server);
  await eventually(async () => expect(await kept(from)).toBeDefined(), long);
  const before = await kept(from);
  from.plane.want('server', { ...server, power: 'off' });
  await eventually(async () => expect(power(from)).toBe('off'), long);

  const id = randomUUID();
  const moving = { id, serverId: server.id, image: server.image, rootDiskBytes: server.rootDiskBytes };
  from.plane.want('server-migration', { ...moving, role: 'source', isSent: false });
  await eventually(async () => expect(from.plane.latest('server-migration', id)?.state).toBe('present'), long);
  const disk = from.plane.disks.get(id) ?? Buffer.alloc(0);
  expect(disk.length).toBeGreaterThan(0);
  expect(disk.length, 'what the image has does not travel').toBeLessThan(server.image.sizeBytes);

  const sha256 = createHash('sha256').update(disk).digest('hex');
  const target = { ...moving, role: 'target', sizeBytes: disk.length, sha256, slots: {} } as const;
  to.plane.want('server-migration', { ...target, hasSwitched: false });
  await eventually(async () => expect(to.plane.latest('server-migration', id)).toBeDefined(), long);
  await to.killAgent();
  to.plane.disks.set(id, disk);
  await to.startAgent();
  await eventually(async () => expect(to.plane.latest('server-migration', id)?.state).toBe('present'), long);
  expect(await to.guests(), 'it runs nowhere meanwhile').toEqual([]);

  to.plane.want('server-migration', { ...target, hasSwitched: true });
  to.plane.want('server', { ...server, arrival: id });
  from.plane.unwant('server', server.id);
  from.plane.unwant('server-migration', id);
  await eventually(async () => expect(await kept(to)).toBe(before), long);
  expect(power(to)).toBe('on');
  expect(await to.printed(server.id)).toContain('user-data ran at the first boot, not again');
  await eventually(async () => expect(from.plane.latest('server', server.id)?.state).toBe('absent'), long);
  expect([await from.files('servers'), await from.files('migrations'), await from.guests()]).toEqual([[], [], []]);
  to.plane.unwant('server-migration', id);
  await eventually(async () => expect(await to.files('migrations')).toEqual([]), long);
  expect(await to.files(`servers/${server.id}`)).toContain('disk.qcow2');
});
