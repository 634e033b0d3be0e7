import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realDiskTool } from '../../src/tools/disk-real.ts';
import { run } from '../../src/tools/run.ts';

const mebibyte = 1024 ** 2;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unkai-disk-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function describeDisk(path: string) {
  const { stdout } = await run(['qemu-img', 'info', '-U', '-f', 'qcow2', '--output=json', path]);
  return JSON.parse(stdout);
}

test('A17: an overlay says its base format, and no header of the base is believed', async () => {
  const base = join(folder, 'raw-base');
  // A guest wrote a qcow2 header on the raw disk it was given, naming a file of the host.
  await run(['qemu-img', 'create', '-q', '-u', '-f', 'qcow2', '-F', 'raw', '-b', '/etc/shadow', base, '1M']);
  const path = join(folder, 'overlay');
  await realDiskTool.ensureOverlay({ path, base: { path: base, format: 'raw' }, sizeBytes: 8 * mebibyte });
  expect(await describeDisk(path)).toMatchObject({
    format: 'qcow2',
    'virtual-size': 8 * mebibyte,
    'backing-filename': base,
    'backing-filename-format': 'raw',
  });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('an overlay that is there keeps what the guest wrote', async () => {
  const base = join(folder, 'base');
  await writeFile(base, Buffer.alloc(mebibyte));
  const overlay = { path: join(folder, 'kept'), base: { path: base, format: 'raw' }, sizeBytes: mebibyte } as const;
  await realDiskTool.ensureOverlay(overlay);
  const before = await stat(overlay.path);
  await realDiskTool.ensureOverlay(overlay);
  expect((await stat(overlay.path)).ino).toBe(before.ino);
});

test('A15: an image with a backing file, made by the real tool, is refused before anything opens it', async () => {
  const path = join(folder, 'evil');
  await run(['qemu-img', 'create', '-q', '-u', '-f', 'qcow2', '-F', 'raw', '-b', '/etc/shadow', path, '1M']);
  const inspected = realDiskTool.inspectImage(path, { format: 'qcow2', virtualSizeBytes: mebibyte });
  await expect(inspected).rejects.toMatchObject({ code: 'image_refused' });
});

test('A16: so is one with an external data file, and one that is plain passes', async () => {
  const data = join(folder, 'data');
  const path = join(folder, 'outside');
  await run(['qemu-img', 'create', '-q', '-f', 'qcow2', '-o', `data_file=${data},data_file_raw=on`, path, '1M']);
  const inspect = (image: string) => realDiskTool.inspectImage(image, { format: 'qcow2', virtualSizeBytes: mebibyte });
  await expect(inspect(path)).rejects.toMatchObject({ code: 'image_refused' });
  const plain = join(folder, 'plain');
  await run(['qemu-img', 'create', '-q', '-f', 'qcow2', plain, '1M']);
  await expect(inspect(plain)).resolves.toBeUndefined();
});

test('an overlay that came from another host lies on the image that is here, and has what was written on it', async () => {
  const [there, here] = [join(folder, 'there', 'images'), join(folder, 'here', 'images')];
  for (const images of [there, here]) {
    await mkdir(images, { recursive: true });
    await writeFile(join(images, 'image-1'), Buffer.alloc(mebibyte, 'base'));
  }
  const sent = join(folder, 'sent');
  const sizeBytes = 4 * mebibyte;
  const base = (images: string) => ({ path: join(images, 'image-1'), format: 'raw' as const });
  await realDiskTool.ensureOverlay({ path: sent, base: base(there), sizeBytes });
  await run(['qemu-io', '-f', 'qcow2', '-c', 'write -P 0x5a 1M 64k', sent]);
  const { bytes, sizeBytes: sentBytes } = await realDiskTool.readOverlay({ path: sent, base: base(there), sizeBytes });
  const received = join(folder, 'received');
  await pipeline(bytes, createWriteStream(received));
  expect((await stat(received)).size).toBe(sentBytes);
  expect(sentBytes, 'only what was written travels').toBeLessThan(mebibyte);
  const taken = { path: join(folder, 'taken'), base: base(here), sizeBytes };
  await realDiskTool.takeOverlay(received, taken);
  expect(await describeDisk(taken.path)).toMatchObject({
    'virtual-size': sizeBytes,
    'backing-filename': join(here, 'image-1'),
    'backing-filename-format': 'raw',
  });
  const read = ['read -P 0x5a 1M 64k', 'read -P 0 3M 64k'].flatMap((command) => ['-c', command]);
  const { stdout } = await run(['qemu-io', '-r', '-f', 'qcow2', ...read, taken.path]);
  expect(stdout).not.toContain('failed');
  expect((await stat(taken.path)).mode & 0o777).toBe(0o600);
  await expect(stat(received)).rejects.toMatchObject({ code: 'ENOENT' });
  await realDiskTool.removeOverlay(taken.path);
  await realDiskTool.removeOverlay(taken.path);
});

test('A15: a disk that names anything but its image is neither sent nor taken', async () => {
  const path = join(folder, 'turned');
  const image = join(folder, 'image-2');
  const overlay = { path: join(folder, 'never'), base: { path: image, format: 'raw' }, sizeBytes: mebibyte } as const;
  for (const [backing, format] of [
    ['/etc/shadow', 'raw'],
    ['image-2', 'raw'],
    ['/elsewhere/image-2', 'qcow2'],
  ] as const) {
    await run(['qemu-img', 'create', '-q', '-u', '-f', 'qcow2', '-F', format, '-b', backing, path, '1M']);
    await expect(realDiskTool.takeOverlay(path, overlay), backing).rejects.toMatchObject({ code: 'image_refused' });
    const sent = realDiskTool.readOverlay({ ...overlay, path });
    await expect(sent, backing).rejects.toMatchObject({ code: 'image_refused' });
  }
  await run(['qemu-img', 'create', '-q', '-f', 'qcow2', path, '1M']);
  await expect(realDiskTool.takeOverlay(path, overlay)).rejects.toMatchObject({ code: 'image_refused' });
  await expect(stat(overlay.path)).rejects.toMatchObject({ code: 'ENOENT' });
});
