import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderImageStore, type ImageStore } from '@unkai/core/image/image-store';
import { failAbandonedUploads } from '@unkai/core/image/image-upload';
import { limits } from '@unkai/core/quota/quota';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { filesDoor } from '../src/doors/files.ts';
import {
  callOfBearer,
  type Installation,
  listen,
  makeImage,
  makeProject,
  makeUser,
  openInstallation,
} from './installation.ts';

let installation: Installation;
let folder: string;
let images: ImageStore;
let served: Awaited<ReturnType<typeof listen>>;
let project: { id: string };
let member: Awaited<ReturnType<typeof makeUser>>;

beforeEach(async () => {
  installation = await openInstallation();
  const { core } = installation;
  folder = await mkdtemp(join(tmpdir(), 'unkai-images-'));
  images = folderImageStore(folder);
  served = await listen(filesDoor(core, { images, callOf: callOfBearer(core) }));
  project = await makeProject(core);
  member = await makeUser(core, 'member', project.id);
});
afterEach(async () => {
  await served[Symbol.asyncDispose]();
  await installation[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const bytes = Buffer.alloc(300_000, 'unkai');
const digest = createHash('sha256').update(bytes).digest('hex');
const pathOf = (id: string) => `/v1/images/${id}/file`;

function put(id: string, body: Buffer | ReadableStream, token = member.token, type = 'application/octet-stream') {
  const headers = { authorization: `Bearer ${token}`, 'content-type': type };
  const stream = body instanceof ReadableStream ? { duplex: 'half' as const } : {};
  return fetch(`${served.url}${pathOf(id)}`, { method: 'PUT', headers, body, ...stream });
}

const get = (id: string, token: string, headers = {}) =>
  fetch(`${served.url}${pathOf(id)}`, { headers: { authorization: `Bearer ${token}`, ...headers } });

const readImage = (id: string) => installation.core.database.prisma.image.findUniqueOrThrow({ where: { id } });

const usedBytes = async () =>
  (await limits(installation.core.database, { projectId: project.id, userId: null })).find(
    ({ name }) => name === 'imageBytes',
  )?.used;

function limitBytes(limit: number) {
  return installation.core.database.prisma.projectQuota.create({
    data: { projectId: project.id, name: 'imageBytes', limit },
  });
}

/** An upload that has begun: its first half has arrived. */
async function beginUpload(id: string) {
  const upload = request(`${served.url}${pathOf(id)}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${member.token}`,
      'content-type': 'application/octet-stream',
      'content-length': String(bytes.length),
    },
  });
  upload.on('error', () => {});
  upload.write(bytes.subarray(0, bytes.length / 2));
  await expect.poll(async () => (await readdir(folder)).length).toBe(1);
  return upload;
}

test('bytes are stored, paid for, and their import begins', async () => {
  const { core } = installation;
  const image = await makeImage(core, project.id, 'queued');
  const answer = await put(image.id, bytes);
  expect(answer.status).toBe(202);
  const told = z
    .object({ operationId: z.uuid(), sizeBytes: z.number(), sha256: z.string() })
    .parse(await answer.json());
  expect(told).toMatchObject({ sizeBytes: bytes.length, sha256: digest });
  expect(await readImage(image.id)).toMatchObject({ state: 'importing', sizeBytes: BigInt(bytes.length) });
  expect(await core.database.prisma.workflowRun.findFirst()).toMatchObject({
    id: told.operationId,
    name: 'image.import',
    resourceId: image.id,
  });
  expect(await usedBytes()).toBe(bytes.length);
  expect(await images.list()).toEqual([image.id]);
});

test('a sender that does not say how much comes is let in as far as the quota reaches', async () => {
  await limitBytes(bytes.length);
  const image = await makeImage(installation.core, project.id, 'queued');
  expect((await put(image.id, new Blob([bytes]).stream())).status).toBe(202);
  expect(await usedBytes()).toBe(bytes.length);
});

test('A23: bytes are refused before the first one is read when the quota does not allow them', async () => {
  await limitBytes(bytes.length - 1);
  const image = await makeImage(installation.core, project.id, 'queued');
  const answer = await put(image.id, bytes);
  expect(await answer.json()).toMatchObject({ status: 403, code: 'quota_exceeded', errors: [{ field: 'imageBytes' }] });
  expect(await readImage(image.id)).toMatchObject({ state: 'queued', sizeBytes: null });
  expect(await readdir(folder)).toEqual([]);
});

test('A23: a stream that goes on past the quota is stopped, and what it took is given back', async () => {
  await limitBytes(100_000);
  const image = await makeImage(installation.core, project.id, 'queued');
  const answer = await put(image.id, new Blob([bytes]).stream());
  expect(await answer.json()).toMatchObject({ code: 'quota_exceeded' });
  expect(await readImage(image.id)).toMatchObject({ state: 'error', failure: { code: 'quota_exceeded' } });
  expect(await usedBytes()).toBe(0);
  expect(await readdir(folder)).toEqual([]);
});

test('A23: two uploads at once share one quota', async () => {
  const { core } = installation;
  await limitBytes(bytes.length + 1000);
  const both = [await makeImage(core, project.id, 'queued'), await makeImage(core, project.id, 'queued')];
  const answers = await Promise.all(both.map(({ id }) => put(id, bytes)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 403]);
});

test('A23: an image that is deleted while its bytes come keeps none of them', async () => {
  const image = await makeImage(installation.core, project.id, 'queued');
  const upload = await beginUpload(image.id);
  await installation.core.database.prisma.image.delete({ where: { id: image.id } });
  upload.end(bytes.subarray(bytes.length / 2));
  const [answer] = await once(upload, 'response');
  expect(answer.statusCode).toBe(404);
  expect(await readdir(folder)).toEqual([]);
  expect(await usedBytes()).toBe(0);
  expect(await installation.core.database.prisma.workflowRun.count()).toBe(0);
});

test('A23: an upload that breaks off leaves an error with the reason, can be sent again, and costs nothing', async () => {
  const image = await makeImage(installation.core, project.id, 'queued');
  const upload = await beginUpload(image.id);
  upload.destroy();
  await expect.poll(async () => (await readImage(image.id)).state).toBe('error');
  expect(await readImage(image.id)).toMatchObject({ failure: { code: 'cancelled', next: 'Send the bytes again.' } });
  await expect.poll(() => readdir(folder)).toEqual([]);
  expect(await usedBytes()).toBe(0);
  expect((await put(image.id, bytes)).status).toBe(202);
  expect((await readImage(image.id)).failure).toBeNull();
});

test('A23: an upload whose process died is found by its silence', async () => {
  const { core } = installation;
  const image = await makeImage(core, project.id, 'queued');
  const { prisma } = core.database;
  await prisma.image.update({ where: { id: image.id }, data: { state: 'importing', sizeBytes: 5 } });
  expect(await failAbandonedUploads(core)).toBe(0);
  await prisma.$executeRaw`UPDATE image SET updated_at = now() - interval '2 minutes' WHERE id = ${image.id}::uuid`;
  expect(await failAbandonedUploads(core)).toBe(1);
  expect(await readImage(image.id)).toMatchObject({ state: 'error', failure: { code: 'cancelled' } });
  expect(await usedBytes()).toBe(0);
});

test('A22: bytes never change once they are stored, and two senders do not mix', async () => {
  const active = await makeImage(installation.core, project.id, 'active');
  const answer = await put(active.id, bytes);
  expect(await answer.json()).toMatchObject({ status: 409, code: 'wrong_state' });
  const image = await makeImage(installation.core, project.id, 'queued');
  const statuses = await Promise.all([put(image.id, bytes), put(image.id, bytes)]);
  expect(statuses.map(({ status }) => status).toSorted()).toEqual([202, 409]);
});

test('A18: bytes with another digest than declared are refused and not kept', async () => {
  const image = await makeImage(installation.core, project.id, 'queued');
  await installation.core.database.prisma.image.update({ where: { id: image.id }, data: { sha256: 'b'.repeat(64) } });
  const answer = await put(image.id, bytes);
  expect(await answer.json()).toMatchObject({
    status: 422,
    code: 'image_refused',
    detail: expect.stringContaining(digest),
  });
  expect(await readdir(folder)).toEqual([]);
});

test('A24: who may not see an image reads and writes none of it, and another content type is refused', async () => {
  const { core } = installation;
  const image = await makeImage(core, project.id, 'active');
  await images.write(image.id, new Blob([bytes]).stream(), { limitBytes: bytes.length });
  const reader = await makeUser(core, 'reader', project.id);
  const stranger = await makeUser(core, 'member', (await makeProject(core)).id);
  expect((await get(image.id, reader.token)).status).toBe(200);
  expect((await get(image.id, stranger.token)).status).toBe(404);
  expect((await get(image.id, '')).status).toBe(401);
  expect((await get(randomUUID(), reader.token)).status).toBe(404);
  expect((await get('..%2f..%2fetc', reader.token)).status).toBe(400);
  expect((await put(image.id, bytes, reader.token)).status).toBe(403);
  expect((await put(image.id, bytes, stranger.token)).status).toBe(404);
  expect((await put(image.id, bytes, member.token, 'text/plain')).status).toBe(415);
  const part = await get(image.id, reader.token, { range: 'bytes=0-4' });
  expect([part.status, await part.text()]).toEqual([206, 'unkai']);
});
