import { z } from 'zod';
import { fieldRule, sizeRule } from '../field-rule.ts';
import { id, isoTime } from '../primitives.ts';

/** An access key of EC2's form: what Keystone makes are 32 hexadecimal digits. */
const accessKey = z
  .string()
  .min(16)
  .max(128)
  .regex(
    /^[\w-]+$/,
    fieldRule(
      'must consist of letters, digits, "_" and "-"',
      'Use nothing but letters without accents, digits, "_" and "-".',
    ),
  );

const blob = z.string().min(1).max(4096, sizeRule);

/** A secret that is kept for you, encrypted. An `ec2` one has an access key, which is public. */
export const credentialCreate = z.strictObject({
  type: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9_-]{0,63}$/,
      fieldRule(
        'must be a short name such as ec2 or cert',
        'Use at most 64 lower-case letters, digits, "_" and "-", with a letter or digit first, such as ec2.',
      ),
    ),
  blob,
  projectId: id.optional(),
  accessKey: accessKey.optional(),
});
/** Whose it is, for which project and of which type never changes (A01). */
export const credentialUpdate = z.strictObject({ blob });

/** The secret is written and never shown. */
export const credential = z.object({
  id,
  userId: id,
  projectId: id.nullable(),
  type: z.string(),
  accessKey: z.string().nullable(),
  createdAt: isoTime,
});
export type Credential = z.infer<typeof credential>;
