import { z } from 'zod';
import { accountEmail, linkToken } from './sign-up.ts';
import { password } from './user.ts';

export const passwordResetCreate = z.strictObject({ email: accountEmail });

/** Whether there is an account of that address is told only in the letter. */
export const passwordResetCreated = z.object({ email: z.string() });

export const passwordResetComplete = z.strictObject({ token: linkToken, newPassword: password });

/** Who signs in with it now. */
export const passwordResetCompleted = z.object({ username: z.string(), domainName: z.string() });
