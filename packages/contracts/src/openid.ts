// What the API tells the sign-in page after a provider sent somebody back who does not get in.
import { z } from 'zod';

/** Why somebody whom the provider knows does not get in here. */
export const openidRefusals = ['unknown', 'disabled', 'outside', 'name_taken', 'second_factor'] as const;
/** What went wrong before it was known who it is. */
export const openidFailures = ['stale', 'denied', 'invalid', 'unavailable', 'rate_limited'] as const;
export const openidFailure = z.enum(openidFailures);
export type OpenidFailure = z.infer<typeof openidFailure>;

/** Read from a cookie, which anybody may write for themselves: it is shown, and believed by nobody. */
export const openidRefusal = z.object({
  why: z.enum(openidRefusals),
  issuer: z.string().max(255),
  subject: z.string().max(255),
  name: z.string().max(255).nullable(),
  email: z.string().max(255).nullable(),
});
export type OpenidRefusal = z.infer<typeof openidRefusal>;

/** Holds an `openidRefusal` as base64url of JSON for a minute. */
export const openidRefusalCookie = 'unkai-openid-refusal';
