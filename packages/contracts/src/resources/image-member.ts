import { z } from 'zod';
import { id, isoTime } from '../primitives.ts';

/** What a project says to an image that is shared with it; only what it has accepted is in its list. */
export const imageMemberState = z.enum(['pending', 'accepted', 'rejected']);

/** Projects that one image can be shared with. */
export const imageMemberLimit = 128;

export const imageMemberCreate = z.strictObject({ projectId: id });
export const imageMemberUpdate = z.strictObject({ state: imageMemberState });

export const imageMember = z.object({
  imageId: id,
  /** Whom it is shared with. */
  projectId: id,
  state: imageMemberState,
  createdAt: isoTime,
  updatedAt: isoTime,
});
export type ImageMember = z.infer<typeof imageMember>;
