import { z } from 'zod';
import { fieldRule } from '../field-rule.ts';

/** Six digits of an authenticator app, or a recovery code. */
export const oneTimeCode = z
  .string()
  .min(6)
  .max(32)
  .regex(
    /^[\dA-Za-z -]+$/,
    fieldRule(
      'must be the digits of your authenticator app, or a recovery code',
      'Send the six digits that the app shows now, or a recovery code that was not used yet.',
    ),
  );

export const totpState = z.object({ isEnabled: z.boolean(), recoveryCodesLeft: z.number().int() });

/** Shown once, here: `uri` is what an authenticator app reads from a QR code. */
export const totpBegun = z.object({ secret: z.string(), uri: z.string() });

export const totpConfirm = z.strictObject({ code: oneTimeCode });

/** Shown once, here. Each stands in for a one-time code once. */
export const totpConfirmed = z.object({ recoveryCodes: z.array(z.string()) });

/** Both, however signed in one is: whoever sits down at an open session neither turns it off nor gets new codes (A13). */
export const totpProof = z.strictObject({ password: z.string().min(1).max(512), code: oneTimeCode });
