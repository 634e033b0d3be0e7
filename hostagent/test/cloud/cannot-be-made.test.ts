// Servers that cannot be made for what their image or their host's disk is like, carried through: the server ends in `error`
// with a reason, everything that it took is given back, and it is deleted without a trace.
import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { run } from '../../src/tools/run.ts';
import { eventually } from '../real/eventually.ts';
import { remains } from '../real/remains.ts';
import { CloudOnHosts, done, makeImage, type Server } from './cloud-on-hosts.ts';

let cloud: CloudOnHosts;
let before: { held: unknown; remains: unknown };

beforeAll(async () => {
  cloud = await CloudOnHosts.start(1);
});
afterAll(() => cloud?.close());
beforeEach(async () => {
  before = { held: await held(), remains: await remains(cloud.host(0)) };
});

/** What servers hold of others: room on hosts, ports, addresses, networks of hosts. */
async function held() {
  const { prisma } = cloud.cloud.core.database;
  return {
    room: await prisma.hostAllocation.count(),
    ports: await prisma.port.count(),
    addresses: await prisma.portAddress.count(),
    networksOfHosts: await prisma.hostNetwork.count(),
  };
}

/** A server that could not be made holds nothing; once it is deleted, nothing is left of it. */
async function expectGivenBack({ id }: Server): Promise<void> {
  expect(await held()).toEqual(before.held);
  await done(cloud.member.DELETE('/servers/{id}', { params: { path: { id } } }));
  await cloud.untilQuiet(id);
  const { response } = await cloud.member.GET('/servers/{id}', { params: { path: { id } } });
  expect(response.status).toBe(404);
  expect(await held()).toEqual(before.held);
  await eventually(async () => expect(await remains(cloud.host(0))).toEqual(before.remains), 60_000);
}

async function* bytesOf(bytes: Buffer) {
  yield bytes;
}

async function failed(name: string, imageId?: string): Promise<Server> {
  const id = await cloud.askForServer(name, imageId === undefined ? {} : { imageId });
  return cloud.untilSettled(id, 'error');
}

test('an image whose file is missing leaves a server in error that says so and holds nothing', async () => {
  const imageId = await makeImage(cloud.cloud, 'lost');
  await cloud.cloud.options.images.remove(imageId);
  const server = await failed('of-a-lost-image', imageId);
  expect(server.failure).toMatchObject({ code: 'image_missing' });
  expect(server.failure?.next).not.toBe('');
  await expectGivenBack(server);
});

test('an image with other bytes than it had leaves a server in error, and none of them on the host', async () => {
  const imageId = await makeImage(cloud.cloud, 'changed');
  const { images } = cloud.cloud.options;
  const size = await images.size(imageId);
  await images.remove(imageId);
  await images.write(imageId, bytesOf(Buffer.alloc(size, 'other')), { limitBytes: size });
  const server = await failed('of-a-changed-image', imageId);
  expect(server.failure).toMatchObject({ code: 'image_corrupt' });
  expect(existsSync(cloud.host(0).host.paths.image(imageId))).toBe(false);
  await expectGivenBack(server);
});

/** Takes all room below a folder, with a file that has no name there; closing it gives the room back. */
async function fill(folder: string): Promise<FileHandle> {
  const name = join(folder, 'filling');
  const file = await open(name, 'w');
  await rm(name);
  const { bavail, bsize } = await statfs(folder);
  for (let page = 0; page < bavail; page += 1) await file.write(Buffer.alloc(bsize));
  return file;
}

test('a disk that is full leaves a server in error with the figures; with room again the next one is made', async () => {
  const { servers } = cloud.host(0).host.paths;
  await mkdir(servers, { recursive: true });
  await run(['mount', '-t', 'tmpfs', '-o', 'size=96m,mode=711', 'tmpfs', servers]);
  try {
    const filling = await fill(servers);
    expect((await statfs(servers)).bavail).toBe(0);
    const server = await failed('on-a-full-disk');
    expect(server.failure).toMatchObject({ code: 'disk_full', message: expect.stringContaining('0 MiB are free') });
    await filling.close();
    await expectGivenBack(server);
    const next = await cloud.createServer('with-room-again');
    await done(cloud.member.DELETE('/servers/{id}', { params: { path: { id: next.id } } }));
    await cloud.untilQuiet(next.id);
  } finally {
    await run(['umount', servers]);
  }
});
