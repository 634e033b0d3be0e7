import { UnkaiError } from '@unkai/contracts/errors';
import type { Image as ImageRow } from '@unkai/prisma/client';
import { grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import type { Unit } from '../database/database.ts';
import { emit } from '../events.ts';
import { spend } from '../quota/quota.ts';

/**
 * Lets this transaction write another project into an image, which it spends there. What was said about members stays, as
 * at Glance. Throws `forbidden` for who is no operator, `wrong_state` for an image that has no bytes yet or is the
 * installation's own, `not_found` for a project that there is not, `quota_exceeded`.
 */
export async function allowToGive(unit: Unit, call: Call, row: ImageRow, projectId: string): Promise<void> {
  const { tx } = unit;
  await grantedGlobally(call, 'image:publish');
  if (row.projectId === null || row.state !== 'active' || row.sizeBytes === null) {
    throw new UnkaiError('wrong_state', 'Only an active image of a project can be given to another project.', {
      next: row.projectId === null ? 'Leave it to the installation.' : 'Wait until its bytes are stored.',
    });
  }
  await spend(tx, projectId, { images: 1, imageBytes: Number(row.sizeBytes) });
  await tx.$executeRaw`SELECT set_config('unkai.gives_image', 'yes', true)`;
  await emit(tx, { projectId, noun: 'image', resourceId: row.id, kind: 'created' });
}
