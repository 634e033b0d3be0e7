import { z } from 'zod';

// Prisma's "no record was found for a delete", or for an update.
const noRecord = z.object({ code: z.literal('P2025') });
const caused = z.object({ cause: z.unknown() });

/** Whether work failed because another request deleted what it is about, after it was looked up and before it was written. */
export function isGoneMeanwhile(error: unknown): boolean {
  if (noRecord.safeParse(error).success) return true;
  const { success, data } = caused.safeParse(error);
  return success && data.cause !== undefined && isGoneMeanwhile(data.cause);
}
