import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Call, Core } from '../src/call.ts';
import { openDatabase } from '../src/database/database.ts';
import { systemActor } from '../src/identity/actor.ts';
import { folderImageStore } from '../src/image/image-store.ts';
import { failAbandonedUploads, uploadImage } from '../src/image/image-upload.ts';
import { type LossyPostgres, lossyPostgres } from './lossy-postgres.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let lossy: LossyPostgres;
let core: Core;
let folder: string;
beforeEach(async () => {
  opened = await openTestCore();
  lossy = await lossyPostgres(opened.services.databaseUrl);
  core = { ...opened.core, database: openDatabase(lossy.url) };
  folder = await mkdtemp(join(tmpdir(), 'unkai-images-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await core.database.close();
  await lossy[Symbol.asyncDispose]();
  await opened.close();
  await rm(folder, { recursive: true });
});

const whole = Buffer.alloc(200_000, 'unkai');
const halves = [whole.subarray(0, 100_000), whole.subarray(100_000)] as const;

async function announce(): Promise<string> {
  const { prisma } = opened.core.database;
  const domain = await prisma.domain.create({ data: { name: randomUUID() } });
  const { id: projectId } = await prisma.project.create({ data: { domainId: domain.id, name: 'p' } });
  return (await prisma.image.create({ data: { projectId, name: 'i', state: 'queued', diskFormat: 'raw' } })).id;
}

function upload(imageId: string, bytes: AsyncIterable<Uint8Array>) {
  const call: Call = { core, actor: systemActor, requestId: 'req-test', address: null, log: core.log };
  const images = folderImageStore(folder);
  return uploadImage(call, { imageId, images, bytes, declaredBytes: whole.length, callAgain: async () => call });
}

const readImage = (id: string) => opened.core.database.prisma.image.findUniqueOrThrow({ where: { id } });
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function expectImport(imageId: string, bytes: Buffer, operationId: string): Promise<void> {
  expect(await readImage(imageId)).toMatchObject({ state: 'importing', uploadToken: null });
  const runs = await opened.core.database.prisma.workflowRun.findMany();
  expect(runs).toMatchObject([
    { id: operationId, name: 'image.import', resourceId: imageId, input: { sha256: sha256(bytes) } },
  ]);
  expect(await readdir(folder)).toEqual([imageId]);
  expect(sha256(await readFile(join(folder, imageId)))).toBe(sha256(bytes));
}

test('a database that is away while the bytes come ends no upload', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const id = await announce();
  async function* bytes() {
    yield halves[0];
    lossy.goAway();
    await vi.advanceTimersByTimeAsync(10_000);
    await vi.waitUntil(() => lossy.refusals > 1, { timeout: 10_000 });
    lossy.comeBack();
    await vi.advanceTimersByTimeAsync(10_000);
    yield halves[1];
  }
  const { operationId } = await upload(id, bytes());
  await expectImport(id, whole, operationId);
});

test.each(['commit is lost', 'word of the commit is lost'] as const)(
  'a connection that breaks at the very end (%s) costs no upload, and begins one import',
  async (loss) => {
    const id = await announce();
    async function* bytes() {
      yield* halves;
      lossy.lose(loss);
    }
    const { operationId } = await upload(id, bytes());
    await expectImport(id, whole, operationId);
  },
);

test('an upload that was given up while it stood still changes nothing of the next, nor of its bytes', async () => {
  const id = await announce();
  const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  async function* stalled() {
    yield halves[0];
    begun.resolve();
    await goOn.promise;
    yield halves[1];
  }
  const first = upload(id, stalled());
  const refused = expect(first).rejects.toThrow(/no image|not found|There is no/i);
  await begun.promise;
  await core.database.prisma.$executeRaw`UPDATE image SET updated_at = now() - interval '2 minutes'`;
  expect(await failAbandonedUploads(core)).toBe(1);
  expect(await readImage(id)).toMatchObject({ state: 'error', uploadToken: null });

  const others = Buffer.alloc(whole.length, 'others');
  async function* next() {
    yield others.subarray(0, 50_000);
    goOn.resolve();
    await refused;
    // The first has ended by now, and the image still waits for the rest of these.
    yield others.subarray(50_000);
  }
  const { operationId } = await upload(id, next());
  await expectImport(id, others, operationId);
});
