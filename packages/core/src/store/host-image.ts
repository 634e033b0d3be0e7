import { type Failure, failure } from '@unkai/contracts/errors';
import type { Core } from '../call.ts';
import type { Database, Unit } from '../database/database.ts';

export interface ImageOnHost {
  readonly imageId: string;
  readonly hostId: string;
  readonly requestId: string;
}

/** Makes an image the host's business. One that failed there before is tried again. */
export async function announceImage({ tx, afterCommit }: Unit, core: Core, where: ImageOnHost): Promise<void> {
  const { imageId, hostId, requestId } = where;
  const row = await tx.hostImage.upsert({
    where: { hostId_imageId: { hostId, imageId } },
    create: { hostId, imageId },
    update: {},
    select: { observedState: true },
  });
  if (row.observedState === 'present') return;
  await tx.hostImage.updateMany({
    where: { hostId, imageId, observedState: { in: ['failed', 'absent'] } },
    data: { observedState: null, observedProgress: null },
  });
  afterCommit(() => core.queues.hintHost(hostId, { noun: 'image', id: imageId, requestId }));
}

export interface HostImageView {
  readonly state: string | null;
  readonly progress: string | null;
  readonly failure: Failure | null;
}

/** How far a host is with an image; null when it is none of its business. */
export async function readHostImage(
  { kysely }: Database,
  hostId: string,
  imageId: string,
): Promise<HostImageView | null> {
  const row = await kysely
    .selectFrom('host_image')
    .select(['observed_state', 'observed_progress', 'observed_failure'])
    .where('host_id', '=', hostId)
    .where('image_id', '=', imageId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    state: row.observed_state,
    progress: row.observed_progress,
    failure: failure.safeParse(row.observed_failure).data ?? null,
  };
}

/** Tells every host that has an image that it is to go. */
export async function retractImage(
  { tx, afterCommit }: Unit,
  core: Core,
  imageId: string,
  requestId: string,
): Promise<void> {
  const rows = await tx.hostImage.findMany({ where: { imageId }, select: { hostId: true } });
  afterCommit(async () => {
    await Promise.all(
      rows.map(({ hostId }) => core.queues.hintHost(hostId, { noun: 'image', id: imageId, requestId })),
    );
  });
}

/** How many hosts that answer still have an image. One that is away removes it when it is back: it asks what it should have. */
export async function countHostsWithImage({ kysely }: Database, imageId: string): Promise<number> {
  const rows = await kysely
    .selectFrom('host_image')
    .innerJoin('host', 'host.id', 'host_image.host_id')
    .select('host_image.host_id')
    .where('image_id', '=', imageId)
    .where('host.is_up', '=', true)
    .where((eb) => eb.or([eb('observed_state', 'is', null), eb('observed_state', '<>', 'absent')]))
    .execute();
  return rows.length;
}
