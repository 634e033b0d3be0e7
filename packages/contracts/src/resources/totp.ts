import { z } from 'zod';

/** Six digits of an authenticator app, or a recovery code. */
export const oneTimeCode = z
  .string()
  .min(6)
  .max(32)
  .regex(/^[\dA-Za-z -]+$/, 'must be the digits of your authenticator app, or a recovery code');

export const totpState = z.object({ isEnabled: z.boolean(), recoveryCodesLeft: z.number().int() });

/** Shown once, here: `uri` is what an authenticator app reads from a QR code. */
export const totpBegun = z.object({ secret: z.string(), uri: z.string() });

export const totpConfirm = z.strictObject({ code: oneTimeCode });

/** Shown once, here. Each stands in for a one-time code once. */
export const totpConfirmed = z.object({ recoveryCodes: z.array(z.string()) });

/** Both, however signed in one is: whoever sits down at an open session neither turns it off nor gets new codes (A13). */
export const totpProof = z.strictObject({ password: z.string().min(1).max(512), code: oneTimeCode });
