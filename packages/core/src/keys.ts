import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** Keys that follow from the installation's secret: the same in each of its programs, and each good for one thing. */
export interface Keys {
  /** Signs tokens (HMAC-SHA-256). */
  readonly tokens: KeyObject;
  /** Encrypts what is kept and must be read again, such as the seed of one-time codes (AES-256-GCM). */
  readonly atRest: KeyObject;
}

/** Derives the keys (HKDF with SHA-256, RFC 5869). The secret itself never signs or encrypts anything. */
export function openKeys(installationSecret: string): Keys {
  const derive = (use: string) =>
    createSecretKey(new Uint8Array(hkdfSync('sha256', installationSecret, '', `unkai ${use}`, 32)));
  return { tokens: derive('tokens'), atRest: derive('secrets at rest') };
}
