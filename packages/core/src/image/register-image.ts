import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UnkaiError } from '@unkai/contracts/errors';
import { fieldRule } from '@unkai/contracts/field-rule';
import { description, displayName, sha256 } from '@unkai/contracts/primitives';
import { diskFormat } from '@unkai/contracts/resources/image';
import { z } from 'zod';
import type { Core } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit } from '../database/database.ts';
import { setupCall } from '../seed.ts';
import type { ImageStore } from './image-store.ts';

/** What a recipe of `images/` writes beside the image that it built. */
const manifest = z.strictObject({
  name: displayName,
  file: z
    .string()
    .regex(
      /^[\w.-]+$/,
      fieldRule('must be the name of a file beside this one', 'Write a file name without its folder.'),
    ),
  sha256,
  sizeBytes: z.number().int().min(1),
  virtualSizeBytes: z.number().int().min(1),
  diskFormat,
  architecture: z.string(),
  loginUser: z.string(),
  minDiskGib: z.number().int().min(0),
  minMemoryMib: z.number().int().min(0),
  description,
});

export interface Registration {
  readonly id: string;
  readonly isNew: boolean;
}

/**
 * Makes an image that a recipe built one of the installation: its bytes go into the image store, and everyone can make
 * servers from it. An image that is there already, by its bytes, stays as it is. Throws `image_corrupt` when the file
 * is not what its description says, and what the store throws.
 */
export async function registerImage(core: Core, images: ImageStore, manifestFile: string): Promise<Registration> {
  const { file, ...facts } = manifest.parse(JSON.parse(await readFile(manifestFile, 'utf8')));
  const known = await findKnown(core, facts.sha256);
  if (known !== null && (await hasBytes(images, known))) return { id: known, isNew: false };
  const id = known ?? randomUUID();
  const path = join(dirname(manifestFile), file);
  // Bytes first: what the database calls active can be read from that moment on.
  const written = await images.write(id, createReadStream(path), { limitBytes: facts.sizeBytes });
  if (written.sha256 !== facts.sha256) {
    await images.remove(id);
    throw new UnkaiError('image_corrupt', `${path} does not have the digest that ${manifestFile} says.`);
  }
  if (known === null) await writeRow(core, id, facts);
  return { id, isNew: known === null };
}

async function findKnown({ database }: Core, digest: string): Promise<string | null> {
  const where = { sha256: digest, projectId: null, state: 'active' };
  return (await database.prisma.image.findFirst({ where, select: { id: true } }))?.id ?? null;
}

async function hasBytes(images: ImageStore, id: string): Promise<boolean> {
  return images.size(id).then(
    () => true,
    () => false,
  );
}

function writeRow(core: Core, id: string, facts: Omit<z.infer<typeof manifest>, 'file'>): Promise<void> {
  return commit(core.database, async (unit) => {
    await unit.tx.image.create({ data: { ...facts, id, projectId: null, state: 'active', visibility: 'public' } });
    const { name } = facts;
    await recordChange(unit, setupCall(core), { action: 'image:create', kind: 'created', id, name, projectId: null });
  });
}
