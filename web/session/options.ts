import { problem } from '@unkai/contracts/errors';
import { sessionCreate, sessionCreated } from '@unkai/contracts/resources/session';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';
import { sessionCookieName } from './cookie.ts';

const environment = z
  .object({
    UNKAI_API_URL: z.url(),
    UNKAI_ORIGIN: z.url(),
    UNKAI_SECRET: z.string().min(32),
  })
  .transform((values) => ({
    apiUrl: values.UNKAI_API_URL,
    origin: values.UNKAI_ORIGIN,
    secret: values.UNKAI_SECRET,
  }));

/** Where the API is and what it shares with the portal. Read at run time: a build knows no installation. */
function portalEnvironment() {
  return environment.parse(process.env);
}

/** Seconds that the cookie lives; the API may end the session earlier. */
const sessionSeconds = 12 * 60 * 60;

/**
 * next-auth holds one thing only: the API's session token, in an encrypted cookie that no script can read. The API
 * decodes that cookie itself (same secret), so every right is looked up there and nothing here can grant one.
 */
export function authOptions(): NextAuthOptions {
  const { apiUrl, origin, secret } = portalEnvironment();
  // next-auth reads its own address from this variable only.
  process.env.NEXTAUTH_URL ??= origin;
  const isSecure = origin.startsWith('https:');
  return {
    secret,
    session: { strategy: 'jwt', maxAge: sessionSeconds },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    useSecureCookies: isSecure,
    cookies: {
      sessionToken: {
        name: sessionCookieName,
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure },
      },
    },
    providers: [
      CredentialsProvider({
        credentials: { username: {}, password: {}, domain: {}, code: {}, newPassword: {} },
        authorize: async (credentials, request) => {
          return signIn(`${apiUrl}/v1/sessions`, credentials, passedOn(request.headers ?? {}));
        },
      }),
    ],
    callbacks: {
      // `user` is there once, at sign-in: the token begins anew with it, so a session fixed before never lives on (A42).
      jwt: ({ token, user }) => (user ? { sub: user.id, sessionToken: user.sessionToken } : token),
      // What /api/auth/session answers to scripts: nothing about the session token.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        await fetch(`${apiUrl}/v1/sessions/current`, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${token.sessionToken}` },
        });
      },
    },
    logger: { error: (code) => console.error(JSON.stringify({ level: 'error', service: 'web', code })) },
  };
}

/**
 * What the API learns of the browser behind this sign-in: its name, and its address as the edge saw it. The edge proves
 * its word with a header of its own, which it also strips from whatever comes in from outside.
 */
function passedOn(headers: Record<string, unknown>): Record<string, string> {
  const names = ['user-agent', 'x-unkai-client-address', 'x-unkai-edge', 'x-request-id'];
  const given = names.flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { ...Object.fromEntries(given), 'content-type': 'application/json' };
}

async function signIn(url: string, credentials: Record<string, string> | undefined, headers: Record<string, string>) {
  const input = sessionCreate.safeParse({
    username: credentials?.['username'],
    password: credentials?.['password'],
    ...(credentials?.['domain'] && { domain: credentials['domain'] }),
    ...(credentials?.['code'] && { code: credentials['code'] }),
    ...(credentials?.['newPassword'] && { newPassword: credentials['newPassword'] }),
  });
  // Told apart, since a code that cannot be one must not look like a wrong password.
  if (!input.success && credentials?.['code']) throw new Error('invalid_input');
  if (!input.success) return null;
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input.data) }).catch(() => undefined);
  if (!answer) throw new Error('unavailable');
  const body: unknown = await answer.json().catch(() => undefined);
  const created = sessionCreated.safeParse(body);
  if (answer.ok && created.success) {
    return { id: created.data.user.id, sessionToken: created.data.token };
  }
  // The message of this error is all that reaches the sign-in page: a code of contracts/errors.
  const told = problem.safeParse(body);
  throw new Error(told.success ? told.data.code : 'unavailable');
}
