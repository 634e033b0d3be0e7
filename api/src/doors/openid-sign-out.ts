import { safeNext } from '@unkai/contracts/safe-next';
import type { Core } from '@unkai/core/call';
import { isSessionOpen } from '@unkai/core/store/session';
import { Hono, type Context as HttpContext } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { randomState } from 'openid-client';
import { z } from 'zod';
import { type CookieSeal, cookieSeal, privately } from '../openid/cookie-seal.ts';
import type { OpenidProvider } from '../openid/provider.ts';

const paths = { signOut: '/openid/sign-out', signedOut: '/openid/signed-out', page: '/sign-in' } as const;
export const signedOutPath = paths.signedOut;

const cookies = { session: 'unkai-openid-session', leaving: 'unkai-openid-leaving' } as const;
const path = '/openid';
const sessionSeconds = 12 * 60 * 60;
const leavingSeconds = 600;
/** Browsers keep cookies of 4,096 bytes, name and all. */
const longestCookie = 4_000;

/** How somebody came in: the session here, and the provider's word for who it was. */
const way = z.object({
  sessionId: z.uuid(),
  /** Null where it is too long to be kept with a browser. */
  idToken: z.string().nullable(),
});
type Way = z.infer<typeof way>;
const leaving = z.object({ state: z.string(), next: z.string().nullable() });

/** What a sign-out at the provider needs of the sign-in, kept with the browser alone. */
export function waySeal(secret: string): CookieSeal<Way> {
  return cookieSeal({ secret, label: 'unkai openid session', schema: way, seconds: sessionSeconds });
}

/** Remembers how a browser came in, for when it signs out. */
export async function rememberWay(
  context: HttpContext,
  { seal }: CookieSeal<Way>,
  { shown, isSecure }: { readonly shown: Way; readonly isSecure: boolean },
): Promise<void> {
  const whole = await seal(shown);
  const kept = whole.length <= longestCookie ? whole : await seal({ ...shown, idToken: null });
  setCookie(context, cookies.session, kept, { ...privately(isSecure), path, maxAge: sessionSeconds });
}

export interface SignOutOptions {
  readonly origin: string;
  readonly secret: string;
  /** Null where there is none. */
  readonly provider: OpenidProvider | null;
}

/**
 * Where the portal sends a browser whose session has just ended here: `/openid/sign-out` sends it on to the provider, if
 * it came in by that and the provider ends sessions too (OpenID Connect RP-Initiated Logout 1.0); `/openid/signed-out`
 * takes it back to the sign-in page.
 */
export function openidSignOutDoor(core: Core, { origin, secret, provider }: SignOutOptions): Hono {
  const isSecure = origin.startsWith('https:');
  const ways = waySeal(secret);
  const leavings = cookieSeal({ secret, label: 'unkai openid sign-out', schema: leaving, seconds: leavingSeconds });
  const door = new Hono();

  door.get(paths.signOut, async (context) => {
    const next = context.req.query('next') ?? null;
    const came = provider === null ? null : await ways.open(getCookie(context, cookies.session));
    // Any page of the web may send a browser here: only who has signed out already is signed out there as well.
    if (provider === null || came === null || (await isSessionOpen(core, came.sessionId))) return toPage(context, next);
    deleteCookie(context, cookies.session, { path });
    const state = randomState();
    const url = await provider.endSessionUrl({ idToken: came.idToken, state }).catch((error: unknown) => {
      core.log.warn({ err: error }, 'a session at the OpenID provider could not be ended');
      return null;
    });
    if (url === null) return toPage(context, next);
    const kept = await leavings.seal({ state, next });
    setCookie(context, cookies.leaving, kept, { ...privately(isSecure), path, maxAge: leavingSeconds });
    return context.redirect(url.href, 303);
  });

  door.get(paths.signedOut, async (context) => {
    const left = await leavings.open(getCookie(context, cookies.leaving));
    deleteCookie(context, cookies.leaving, { path });
    const isOurs = left !== null && left.state === context.req.query('state');
    return toPage(context, isOurs ? left.next : null);
  });
  return door;
}

function toPage(context: HttpContext, next: string | null): Response {
  const query = next === null ? '' : `?${new URLSearchParams({ next: safeNext(next) })}`;
  return context.redirect(paths.page + query, 303);
}
