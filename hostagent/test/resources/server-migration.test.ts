import { createHash, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UnkaiError } from '@unkai/contracts/errors';
import type { DesiredServerMigrationSpec } from '@unkai/contracts/host/desired-server-migration';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SimulatedHost, simulatedServer } from '../simulated-host.ts';
import { networkSpec, portSpec } from '../specs.ts';

let from: SimulatedHost;
let to: SimulatedHost;
beforeEach(async () => {
  [from, to] = await Promise.all([SimulatedHost.start(), SimulatedHost.start()]);
});
afterEach(async () => {
  await Promise.all([from.stop(), to.stop()]);
});

const until = (look: () => void | Promise<void>) => vi.waitFor(look, { timeout: 10_000, interval: 20 });
const spec = simulatedServer({ ports: [], arrival: null });
const off = { ...spec, power: 'off' } as const;
const id = randomUUID();
const moving = { id, serverId: spec.id, image: spec.image, rootDiskBytes: spec.rootDiskBytes };
const source: DesiredServerMigrationSpec = { ...moving, role: 'source', isSent: false };

function target(
  disk: Buffer,
  over: { sha256?: string; hasSwitched?: boolean; slots?: Record<string, number> } = {},
): DesiredServerMigrationSpec {
  const sha256 = createHash('sha256').update(disk).digest('hex');
  return { ...moving, role: 'target', sizeBytes: disk.length, sha256, slots: {}, hasSwitched: false, ...over };
}

/** A server on the first host, switched off; gives its disk. */
async function serverThatIsOff(): Promise<Buffer> {
  from.plane.want('server', spec);
  await until(() => expect(from.plane.latest('server', spec.id)?.power).toBe('on'));
  from.plane.want('server', off);
  await until(() => expect(from.plane.latest('server', spec.id)?.power).toBe('off'));
  const disk = from.diskOf(spec.id);
  if (disk === undefined) throw new Error('a server has a disk');
  return disk;
}

/** Sends it, and has it passed to the other host. */
async function send(): Promise<Buffer> {
  const disk = await serverThatIsOff();
  from.plane.want('server-migration', source);
  await until(() => expect(from.plane.latest('server-migration', id)?.state).toBe('present'));
  const sent = from.plane.disks.get(id);
  if (sent === undefined) throw new Error('the disk was sent');
  expect(sent).toEqual(disk);
  to.plane.disks.set(id, sent);
  return disk;
}

test('the disk of a server is sent, fetched, and taken by the server; it is never made anew', async () => {
  const disk = await send();
  to.plane.want('server-migration', target(disk));
  await until(() => expect(to.plane.latest('server-migration', id)?.state).toBe('present'));
  expect(to.diskOf(spec.id), 'it waits for its server').toBeUndefined();
  to.plane.want('server-migration', target(disk, { hasSwitched: true }));
  to.plane.want('server', { ...spec, arrival: id });
  await until(() => expect(to.plane.latest('server', spec.id)?.power).toBe('on'));
  expect(to.diskOf(spec.id)).toEqual(disk);
  from.plane.unwant('server', spec.id);
  from.plane.unwant('server-migration', id);
  await until(() => expect(from.diskOf(spec.id)).toBeUndefined());
  to.plane.unwant('server-migration', id);
  await until(async () => expect(await readdir(join(to.home, 'migrations'))).toEqual([]));
  expect(to.diskOf(spec.id)).toEqual(disk);
});

test('a server whose disk did not come is not started on another one', async () => {
  to.plane.want('server', { ...spec, arrival: id });
  await until(() => expect(to.plane.latest('server', spec.id)?.state).toBe('failed'));
  expect([to.diskOf(spec.id), to.hasGuest(spec.id)]).toEqual([undefined, false]);
});

test('the disk of a server that runs is not sent', async () => {
  from.plane.want('server', spec);
  await until(() => expect(from.plane.latest('server', spec.id)?.power).toBe('on'));
  from.plane.want('server-migration', source);
  await until(() => expect(from.plane.latest('server-migration', id)?.failure?.code).toBe('wrong_state'));
  expect(from.plane.disks.size).toBe(0);
});

test('what is not what was sent is not taken, and leaves nothing', async () => {
  const disk = await send();
  to.plane.want('server-migration', target(disk, { sha256: 'f'.repeat(64) }));
  await until(() => expect(to.plane.latest('server-migration', id)?.failure?.code).toBe('image_corrupt'));
  to.plane.unwant('server-migration', id);
  await until(() => expect(to.plane.latest('server-migration', id)?.state).toBe('absent'));
  expect(await readdir(join(to.home, 'migrations'))).toEqual([]);
});

test('a disk that the host cannot take is told, and can be asked for again', async () => {
  const disk = await send();
  to.faults.fail('disk.takeOverlay', new UnkaiError('image_refused', 'Refused on purpose.'), 1);
  to.plane.want('server-migration', target(disk));
  await until(() => expect(to.plane.latest('server-migration', id)?.failure?.code).toBe('image_refused'));
  await until(() => expect(to.plane.latest('server-migration', id)?.state).toBe('present'));
});

test('a disk that its server has taken is never laid over what the guest wrote since', async () => {
  const disk = await send();
  to.plane.want('server-migration', target(disk));
  await until(() => expect(to.plane.latest('server-migration', id)?.state).toBe('present'));
  to.plane.want('server', { ...spec, arrival: id });
  await until(() => expect(to.plane.latest('server', spec.id)?.power).toBe('on'));
  const taken = to.diskOf(spec.id);
  taken?.fill('written since');
  // What it was told last is older than that, and it fetches the disk once more.
  to.agent.host.touch('server-migration', id);
  await until(() => expect(to.plane.diskDownloads).toBe(2));
  await until(async () => expect(await readdir(join(to.home, 'migrations', id))).toEqual([]));
  const generation = to.plane.want('server', { ...spec, name: 'renamed', arrival: id });
  await until(() => expect(to.plane.latest('server', spec.id)).toMatchObject({ generation, power: 'on' }));
  expect(to.diskOf(spec.id)?.toString()).toMatch(/^written since/);
});

test('what was sent is not sent again, however often the host looks', async () => {
  await send();
  from.plane.want('server-migration', { ...source, isSent: true });
  from.plane.disks.clear();
  from.agent.host.touch('server-migration', id);
  await until(() => expect(from.plane.latest('server-migration', id)?.generation).toBe(2));
  expect(from.plane.disks.size).toBe(0);
});

test('its interfaces are where they were on the bus, also after others went', async () => {
  const network = networkSpec(1);
  const [first, second] = [portSpec(network, 11), portSpec(network, 12)];
  for (const { plane } of [from, to]) plane.want('network', network);
  from.plane.want('server', { ...spec, ports: [first, second] });
  await until(() => expect(from.plane.latest('server', spec.id)?.power).toBe('on'));
  from.plane.want('server', { ...off, ports: [second] });
  await until(() => expect(from.plane.latest('server', spec.id)?.power).toBe('off'));
  from.plane.want('server-migration', source);
  await until(() => expect(from.plane.latest('server-migration', id)?.state).toBe('present'));
  const slots = { [second.id]: 1 };
  expect(from.plane.slots).toEqual(slots);
  const sent = from.plane.disks.get(id);
  if (sent === undefined) throw new Error('the disk was sent');
  to.plane.disks.set(id, sent);
  to.plane.want('server-migration', target(sent, { slots }));
  await until(() => expect(to.plane.latest('server-migration', id)?.state).toBe('present'));
  to.plane.want('server', { ...spec, ports: [second], arrival: id });
  await until(() => expect(to.plane.latest('server', spec.id)?.power).toBe('on'));
  expect([...to.guest(spec.id).plugged.values()]).toEqual([1]);
});
