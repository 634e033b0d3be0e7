import { hkdfSync } from 'node:crypto';
import { EncryptJWT, type JWTPayload, jwtDecrypt } from 'jose';
import type { z } from 'zod';

interface SealOptions<Value> {
  /** The installation's. */
  readonly secret: string;
  /** What is sealed, in words: nothing of one kind opens as another. */
  readonly label: string;
  readonly schema: z.ZodType<Value>;
  /** After which it opens no more. */
  readonly seconds: number;
}

/** Keeps something with a browser, which can neither read nor change it (JWE, A256GCM). */
export function cookieSeal<Value extends JWTPayload>({ secret, label, schema, seconds }: SealOptions<Value>) {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', label, 32));
  return {
    seal: (value: Value) =>
      new EncryptJWT({ ...value })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(`${seconds} s`)
        .encrypt(key),
    /** Null for what we did not seal, or too long ago. */
    async open(sealed: string | undefined): Promise<Value | null> {
      try {
        return schema.parse((await jwtDecrypt(sealed ?? '', key)).payload);
      } catch {
        return null;
      }
    },
  };
}

export type CookieSeal<Value extends JWTPayload> = ReturnType<typeof cookieSeal<Value>>;

/** Of cookies that scripts never see. Lax: a provider's answer comes from another site. */
export function privately(isSecure: boolean) {
  return { httpOnly: true, sameSite: 'Lax', secure: isSecure } as const;
}
