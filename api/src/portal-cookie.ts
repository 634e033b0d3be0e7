import { hkdfSync, randomUUID } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';

export interface PortalCookies {
  /** The portal's cookie among those of a request; null when there is none. */
  find(headers: Headers): string | null;
  /** The API's session token inside the cookie; null for a cookie that is not ours, or is too old. */
  sessionToken(cookie: string): Promise<string | null>;
  /** A `Set-Cookie` header that signs a browser in, as the portal does it itself. */
  signIn(session: { readonly token: string; readonly user: { readonly id: string } }): Promise<string>;
}

const names = ['__Secure-next-auth.session-token', 'next-auth.session-token'];
/** The portal's own name for it, whether the origin is secure or not. */
const writtenName = 'next-auth.session-token';
const longestCookie = 4_096;
const cookieSeconds = 12 * 60 * 60;
const toleranceSeconds = 15;

/**
 * Reads and writes the cookies of next-auth 4: a JWT encrypted with a key that follows from the installation's secret (`dir`,
 * A256GCM; HKDF with the library's own label). The library would derive the key anew for each request, and its types
 * bring all of Next.js along; tests show that we read what it writes, and it what we do.
 */
export function openPortalCookies(secret: string, isSecure = false): PortalCookies {
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
    async signIn({ token, user }) {
      const value = await new EncryptJWT({ sub: user.id, sessionToken: token })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuedAt()
        .setExpirationTime(`${cookieSeconds} s`)
        .setJti(randomUUID())
        .encrypt(key);
      const secure = isSecure ? '; Secure' : '';
      return `${writtenName}=${value}; Path=/; Max-Age=${cookieSeconds}; HttpOnly; SameSite=Lax${secure}`;
    },
  };
}
