import { hkdfSync } from 'node:crypto';
import { jwtDecrypt } from 'jose';

export interface PortalCookies {
  /** The portal's cookie among those of a request; null when there is none. */
  find(headers: Headers): string | null;
  /** The API's session token inside the cookie; null for a cookie that is not ours, or is too old. */
  sessionToken(cookie: string): Promise<string | null>;
}

const names = ['__Secure-next-auth.session-token', 'next-auth.session-token'];
const longestCookie = 4_096;
const toleranceSeconds = 15;

/**
 * Reads the cookies of next-auth 4: a JWT encrypted with a key that follows from the installation's secret (`dir`,
 * A256GCM; HKDF with the library's own label). The library would derive the key anew for each request, and its types
 * bring all of Next.js along; a test shows that we read what it writes.
 */
export function openPortalCookies(secret: string): PortalCookies {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'NextAuth.js Generated Encryption Key', 32));
  return {
    find(headers) {
      for (const pair of (headers.get('cookie') ?? '').split(/; */)) {
        const at = pair.indexOf('=');
        const value = pair.slice(at + 1);
        if (at > 0 && names.includes(pair.slice(0, at)) && value.length <= longestCookie) return value;
      }
      return null;
    },
    async sessionToken(cookie) {
      try {
        const { payload } = await jwtDecrypt(cookie, key, { clockTolerance: toleranceSeconds });
        const token = payload['sessionToken'];
        return typeof token === 'string' ? token : null;
      } catch {
        return null;
      }
    },
  };
}
