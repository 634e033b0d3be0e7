import type { Image as ImageRow } from '@unkai/prisma/client';
import { allows } from '../access.ts';
import type { Call } from '../call.ts';

/** Whether an image is shown to the caller though it may be another project's: it is public, or shared with theirs. */
export async function isImageShown(call: Call, row: ImageRow): Promise<boolean> {
  if (row.visibility !== 'shared') return row.visibility === 'public';
  const { actor, core } = call;
  const projects = [...actor.projectRoles.keys()].filter((id) => allows(actor, 'image:read', id));
  if (projects.length === 0) return false;
  const where = { imageId: row.id, projectId: { in: projects } };
  return (await core.database.prisma.imageMember.findFirst({ where })) !== null;
}
