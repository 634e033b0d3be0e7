import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInRole } from '@unkai/contracts/resources/role';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { authenticate } from '../src/identity/authenticate.ts';
import { credentialHash } from '../src/identity/credentials.ts';
import { verifyPassword } from '../src/identity/password-hash.ts';
import { folderImageStore } from '../src/image/image-store.ts';
import { registerImage } from '../src/image/register-image.ts';
import { adminName, commandToken, hostJoinToken, seed } from '../src/seed.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let folder: string;
beforeEach(async () => {
  opened = await openTestCore();
  folder = await mkdtemp(join(tmpdir(), 'unkai-seed-'));
});
afterEach(async () => {
  await opened.close();
  await rm(folder, { recursive: true });
});

describe('setting up', () => {
  test('an empty installation gets one operator, one project and the flavors, from five at once too', async () => {
    const { core } = opened;
    const made = await Promise.all(Array.from({ length: 5 }, () => seed(core, 'first password')));
    expect(made.filter((each) => each)).toHaveLength(1);
    const { prisma } = core.database;
    const user = await prisma.user.findFirstOrThrow({ where: { name: adminName }, include: { roleAssignments: true } });
    expect(await verifyPassword(user.passwordHash, 'first password')).toBe(true);
    expect(user.roleAssignments.map(({ roleId, isSystem }) => [builtInRole(roleId), isSystem])).toEqual(
      expect.arrayContaining([
        ['admin', true],
        ['admin', false],
      ]),
    );
    expect([await prisma.project.count(), await prisma.network.count(), await prisma.flavor.count()]).toEqual([
      1, 1, 5,
    ]);
  });

  test('a second time changes nothing: not the password, and no flavor that was deleted comes back', async () => {
    const { core } = opened;
    await seed(core, 'first password');
    await core.database.prisma.flavor.deleteMany({ where: { name: 'm1.large' } });
    expect(await seed(core, 'another password')).toBe(false);
    const user = await core.database.prisma.user.findFirstOrThrow();
    expect(await verifyPassword(user.passwordHash, 'first password')).toBe(true);
    expect(await core.database.prisma.flavor.count()).toBe(4);
  });
});

describe('the token of the command line', () => {
  test('stays while it holds, and is replaced when it does not', async () => {
    const { core } = opened;
    expect(await commandToken(core, null)).toBeNull();
    await seed(core, 'first password');
    const token = await commandToken(core, null);
    expect((await authenticate(core, token)).systemRole).toBe('admin');
    expect(await commandToken(core, token)).toBe(token);
    const replaced = await commandToken(core, 'unk_of-another-database');
    expect(replaced).not.toBe(token);
    expect((await authenticate(core, token)).kind).toBe('anonymous');
  });
});

describe('the token of a host of this machine', () => {
  test('stays while it can be used or was used by that host, and is made anew otherwise', async () => {
    const { core } = opened;
    const { prisma } = core.database;
    const token = await hostJoinToken(core, 'h1', null);
    expect(await hostJoinToken(core, 'h1', token)).toBe(token);
    const where = { tokenHash: credentialHash(token) };
    await prisma.joinToken.update({ where, data: { usedAt: new Date() } });
    expect(await hostJoinToken(core, 'h1', token)).not.toBe(token);
    await prisma.host.create({
      data: {
        name: 'h1',
        credentialHash: new Uint8Array(32),
        redisPasswordHash: '',
        facts: {},
        vcpus: 1,
        memoryMib: 64,
        diskGib: 1,
        underlayAddress: '10.0.0.1',
        lastHeartbeatAt: new Date(),
      },
    });
    expect(await hostJoinToken(core, 'h1', token)).toBe(token);
    await prisma.joinToken.update({ where, data: { usedAt: null, expiresAt: new Date(0) } });
    expect(await hostJoinToken(core, 'h1', token)).not.toBe(token);
    expect(await hostJoinToken(core, 'h1', 'ukj_of-another-database')).toMatch(/^ukj_/);
  });
});

describe('registering a built image', () => {
  const bytes = Buffer.alloc(4096, 7);
  const manifest = {
    name: 'tiny',
    file: 'tiny.raw',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
    virtualSizeBytes: bytes.length,
    diskFormat: 'raw',
    architecture: 'x86_64',
    loginUser: 'root',
    minDiskGib: 0,
    minMemoryMib: 64,
    description: 'Small.',
  };
  const write = async (change: object = {}) => {
    const file = join(folder, 'tiny.json');
    await writeFile(join(folder, 'tiny.raw'), bytes);
    await writeFile(file, JSON.stringify({ ...manifest, ...change }));
    return file;
  };

  test('keeps its bytes and shows it to everyone, once', async () => {
    const images = folderImageStore(join(folder, 'store'));
    const first = await registerImage(opened.core, images, await write());
    expect(first.isNew).toBe(true);
    expect(await registerImage(opened.core, images, await write())).toEqual({ id: first.id, isNew: false });
    expect(await images.size(first.id)).toBe(bytes.length);
    const row = await opened.core.database.prisma.image.findUniqueOrThrow({ where: { id: first.id } });
    expect(row).toMatchObject({ state: 'active', visibility: 'public', projectId: null, sha256: manifest.sha256 });
  });

  test('gives the bytes back when the store lost them', async () => {
    const images = folderImageStore(join(folder, 'store'));
    const { id } = await registerImage(opened.core, images, await write());
    await images.remove(id);
    await registerImage(opened.core, images, await write());
    expect(await images.list()).toEqual([id]);
  });

  test('refuses bytes that are not what the description says, and keeps none', async () => {
    const images = folderImageStore(join(folder, 'store'));
    const wrong = registerImage(opened.core, images, await write({ sha256: 'a'.repeat(64) }));
    await expect(wrong).rejects.toMatchObject({ code: 'image_corrupt' });
    expect(await images.list()).toEqual([]);
    expect(await opened.core.database.prisma.image.count()).toBe(0);
  });

  test('A20: refuses a file that is not beside its description', async () => {
    const images = folderImageStore(join(folder, 'store'));
    await expect(registerImage(opened.core, images, await write({ file: '../passwd' }))).rejects.toThrow(/beside/);
  });
});
