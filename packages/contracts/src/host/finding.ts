import { z } from 'zod';

/** One thing that `./unkai doctor` looked at. `bad`: it does not work like this; `warn`: it works, but less well. */
export const finding = z.strictObject({
  name: z.string(),
  state: z.enum(['ok', 'warn', 'bad']),
  /** What was found, in a sentence. */
  says: z.string(),
  /** What to do about it; null when it is in order. */
  mend: z.string().nullable(),
});
export type Finding = z.infer<typeof finding>;
