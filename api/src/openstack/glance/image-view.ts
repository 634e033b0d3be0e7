import type { Image, ImageState } from '@unkai/contracts/resources/image';

/** Our states as Glance tells them. Bytes that were refused can be sent again, which is what `queued` says. */
const statuses = {
  queued: 'queued',
  importing: 'saving',
  active: 'active',
  error: 'queued',
  deleting: 'pending_delete',
} as const satisfies Record<ImageState, string>;

/** Fields that tell what is so, and that nobody sets. */
export const toldNames = [
  ...['id', 'status', 'size', 'virtual_size', 'checksum', 'os_hash_algo', 'os_hash_value', 'created_at', 'updated_at'],
  ...['file', 'self', 'schema', 'direct_url', 'locations'],
];

/** Fields that every image has; all other names are notes of its owner. */
export const ownNames = [
  ...toldNames,
  ...['name', 'visibility', 'owner', 'container_format', 'disk_format', 'min_disk', 'min_ram'],
  ...['os_hidden', 'protected', 'tags', 'description'],
];

/** A moment as Glance writes it, to the second. */
export function glanceTime(time: string): string {
  return `${time.slice(0, 19)}Z`;
}

/** An image with its notes beside its own fields, as version 2 has them. */
export function imageView(image: Image) {
  const { id, name, visibility, minDiskGib, minMemoryMib, sizeBytes, virtualSizeBytes, sha256, tags } = image;
  const isStored = image.state === 'active';
  return {
    ...image.properties,
    ...(image.description !== '' && { description: image.description }),
    id,
    name,
    visibility,
    tags,
    status: statuses[image.state],
    owner: image.projectId,
    container_format: 'bare',
    disk_format: image.diskFormat,
    min_disk: minDiskGib,
    min_ram: minMemoryMib,
    size: isStored ? sizeBytes : null,
    virtual_size: virtualSizeBytes,
    // An MD5 proves nothing; the SHA-256 of the bytes is below.
    checksum: null,
    os_hash_algo: isStored ? 'sha256' : null,
    os_hash_value: isStored ? sha256 : null,
    os_hidden: false,
    protected: image.isProtected,
    created_at: glanceTime(image.createdAt),
    updated_at: glanceTime(image.updatedAt),
    self: `/v2/images/${id}`,
    file: `/v2/images/${id}/file`,
    schema: '/v2/schemas/image',
  };
}

export type ImageView = ReturnType<typeof imageView>;
