import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderImageStore, type ImageStore } from '@unkai/core/image/image-store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageDelete } from '../src/workflows/image-delete.ts';
import { imageImport } from '../src/workflows/image-import.ts';
import { openTestCloud, type TestCloud } from './test-cloud.ts';
import { untilEnded, workflowProperties } from './workflow-properties.ts';

const rawBytes = Buffer.alloc(3 * 1024 ** 2, 'unkai');
const rawDigest = createHash('sha256').update(rawBytes).digest('hex');

interface ImageCloud extends TestCloud {
  readonly images: ImageStore;
  addImage(differs?: ImageDiffers): Promise<string>;
}
interface ImageDiffers {
  readonly state?: string;
  readonly diskFormat?: string;
  readonly sha256?: string;
  readonly bytes?: Buffer | null;
}

async function openImageCloud(): Promise<ImageCloud> {
  const cloud = await openTestCloud();
  const folder = await mkdtemp(join(tmpdir(), 'unkai-images-'));
  const images = folderImageStore(folder);
  return {
    ...cloud,
    images,
    async addImage({ state = 'importing', diskFormat = 'raw', sha256, bytes = rawBytes } = {}) {
      const id = randomUUID();
      const about = { name: 'disk', state, diskFormat, sha256: sha256 ?? null, sizeBytes: BigInt(rawBytes.length) };
      const virtualSizeBytes = state === 'active' ? BigInt(rawBytes.length) : null;
      await cloud.core.database.prisma.image.create({
        data: { id, projectId: cloud.projectId, ...about, virtualSizeBytes },
      });
      if (bytes !== null) {
        await images.write(
          id,
          (async function* () {
            yield bytes;
          })(),
          { limitBytes: 2 ** 30 },
        );
      }
      return id;
    },
    async close() {
      await cloud.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const readImage = ({ core }: TestCloud, id: string) => core.database.prisma.image.findUnique({ where: { id } });

workflowProperties('image.import', ['image.inspect', 'image.digest', 'image.activate'], async () => {
  const cloud = await openImageCloud();
  return {
    core: cloud.core,
    workflow: imageImport(cloud.images),
    async start() {
      const resourceId = await cloud.addImage({ sha256: rawDigest });
      return { resourceId, runId: await cloud.start('image.import', resourceId) };
    },
    async verifyDone(id) {
      const size = BigInt(rawBytes.length);
      const bytes = { sha256: rawDigest, sizeBytes: size, virtualSizeBytes: size };
      expect(await readImage(cloud, id)).toMatchObject({ state: 'active', failure: null, ...bytes });
    },
    // Broken after it became active it stays so: the bytes are judged and whole, and an active image never changes (A22).
    async verifyCleanSlate(id) {
      const image = await readImage(cloud, id);
      if (image?.state === 'active') return expect(await cloud.images.size(id)).toBe(rawBytes.length);
      expect(image).toMatchObject({ state: 'error', failure: { code: 'host_failed' }, sizeBytes: null });
      return expect(cloud.images.size(id)).rejects.toMatchObject({ code: 'image_missing' });
    },
    close: cloud.close,
  };
});

const deleteSteps = ['image.unused', 'image.retract', 'image.erase', 'image.remove'];
workflowProperties('image.delete', deleteSteps, async () => {
  const cloud = await openImageCloud();
  const workflow = imageDelete(cloud.images);
  const verifyGone = async (id: string) => {
    expect(await readImage(cloud, id)).toBeNull();
    await expect(cloud.images.size(id)).rejects.toMatchObject({ code: 'image_missing' });
    expect(cloud.host.things.has(`image/${id}`)).toBe(false);
  };
  const remove = async (id: string) => {
    await cloud.core.database.prisma.image.update({ where: { id }, data: { state: 'deleting' } });
    return cloud.start('image.delete', id);
  };
  return {
    core: cloud.core,
    workflow,
    async start() {
      const resourceId = await cloud.addImage({
        state: 'active',
        sha256: createHash('sha256').update(randomUUID()).digest('hex'),
      });
      const { prisma } = cloud.core.database;
      await prisma.hostImage.create({ data: { hostId: cloud.host.id, imageId: resourceId } });
      await cloud.host.resync();
      expect(cloud.host.things.has(`image/${resourceId}`)).toBe(true);
      return { resourceId, runId: await remove(resourceId) };
    },
    verifyDone: verifyGone,
    // What failed is shown, and deleting again finishes it (H5).
    async verifyCleanSlate(id) {
      const image = await readImage(cloud, id);
      if (image === null) return verifyGone(id);
      expect(image).toMatchObject({ state: 'error', failure: { code: 'host_failed' } });
      expect(await untilEnded(cloud.core, [workflow], await remove(id))).toBe('succeeded');
      return verifyGone(id);
    },
    close: cloud.close,
  };
});

describe('an import', { timeout: 60_000 }, () => {
  let cloud: ImageCloud;
  beforeAll(async () => {
    cloud = await openImageCloud();
  });
  afterAll(() => cloud.close());

  async function importOne(differs: ImageDiffers) {
    const id = await cloud.addImage(differs);
    await untilEnded(cloud.core, [imageImport(cloud.images)], await cloud.start('image.import', id));
    return readImage(cloud, id);
  }

  test('whose digest differs from what was declared is refused, with both digests', async () => {
    const image = await importOne({ sha256: 'f'.repeat(64) });
    expect(image).toMatchObject({ state: 'error', failure: { code: 'image_corrupt' } });
    expect(JSON.stringify(image?.failure)).toContain(rawDigest);
  });

  test('A18: whose bytes are not what its label says is refused, and its bytes go', async () => {
    const image = await importOne({ diskFormat: 'qcow2' });
    expect(image).toMatchObject({ state: 'error', failure: { code: 'image_refused' }, sizeBytes: null });
  });

  test('whose file is gone says so', async () => {
    expect(await importOne({ bytes: null })).toMatchObject({ state: 'error', failure: { code: 'image_missing' } });
  });
});

test('an image that servers stand on is not deleted, says why, and stays usable', { timeout: 60_000 }, async () => {
  const cloud = await openImageCloud();
  try {
    await cloud.addServer();
    const { imageId: id, core } = cloud;
    await core.database.prisma.image.update({ where: { id }, data: { state: 'deleting' } });
    await untilEnded(core, [imageDelete(cloud.images)], await cloud.start('image.delete', id));
    const image = await readImage(cloud, id);
    expect(image).toMatchObject({
      state: 'active',
      failure: { code: 'in_use', message: '1 server stands on the image web.' },
    });
  } finally {
    await cloud.close();
  }
});
