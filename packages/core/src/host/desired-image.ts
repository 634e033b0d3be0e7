import { desired } from '@unkai/contracts/host/desired';
import { imageCan, imageState } from '@unkai/contracts/resources/image';
import type { Database } from '../database/database.ts';
import { absent, type Desired, wantedNoMore, wantedOnce } from './wanted.ts';

/** An image that a host must have in its cache; its bytes come from GET /agent/images/<id>/file. */
export async function desiredImage({ kysely }: Database, hostId: string, id: string): Promise<Desired<'image'>> {
  const row = await kysely
    .selectFrom('host_image')
    .innerJoin('image', 'image.id', 'host_image.image_id')
    .select(['image.id', 'name', 'state', 'sha256', 'size_bytes', 'virtual_size_bytes', 'disk_format'])
    .where('host_image.host_id', '=', hostId)
    .where('image.id', '=', id)
    .executeTakeFirst();
  if (!row) return absent;
  if (!imageCan.boot({ state: imageState.parse(row.state) })) return { presence: 'absent', generation: wantedNoMore };
  const spec = imageSpec(row);
  return desired.image.parse({ presence: 'present', generation: wantedOnce, spec });
}

interface ImageColumns {
  readonly id: string;
  readonly name: string;
  readonly sha256: string | null;
  readonly size_bytes: unknown;
  readonly virtual_size_bytes: unknown;
  readonly disk_format: string;
}

/** The columns of an image as a host is told them; sizes are int8, which come as text. */
export function imageSpec(row: ImageColumns) {
  return {
    id: row.id,
    name: row.name,
    sha256: row.sha256,
    sizeBytes: Number(row.size_bytes),
    virtualSizeBytes: Number(row.virtual_size_bytes),
    diskFormat: row.disk_format,
  };
}
