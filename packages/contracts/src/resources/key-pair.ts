import { z } from 'zod';
import { fieldRule } from '../field-rule.ts';
import { displayName, id, isoTime } from '../primitives.ts';

/** An OpenSSH public key line; the key itself is parsed at the door, not only matched. */
export const publicKey = z
  .string()
  .max(16_384)
  .regex(
    /^(ssh-(rsa|ed25519)|ecdsa-sha2-nistp(256|384|521)|sk-[a-z0-9@.-]+) [A-Za-z0-9+/=]+( [^\p{Cc}]*)?$/u,
    fieldRule(
      'must be one line in OpenSSH format such as "ssh-ed25519 AAAA… you@laptop"',
      'Send the one line of the file that ends in .pub, such as ~/.ssh/id_ed25519.pub.',
    ),
  );

export const keyPairCreate = z.strictObject({ name: displayName, publicKey });
export const keyPairGenerate = z.strictObject({ name: displayName });

export const keyPair = z.object({
  id,
  name: z.string(),
  kind: z.string(),
  publicKey: z.string(),
  /** As `ssh-keygen -l -E sha256` prints it. */
  fingerprintSha256: z.string(),
  createdAt: isoTime,
});
export type KeyPair = z.infer<typeof keyPair>;

/** A key pair whose private half was made here: it is shown once and kept nowhere. */
export const keyPairGenerated = keyPair.extend({ privateKey: z.string() });
