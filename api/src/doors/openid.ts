import { UnkaiError } from '@unkai/contracts/errors';
import { type OpenidFailure, type OpenidRefusal, openidRefusalCookie } from '@unkai/contracts/openid';
import type { Call, Core } from '@unkai/core/call';
import { type ShownIdentity, signInByIdentity } from '@unkai/core/identity/openid-sign-in';
import { countProviderTry } from '@unkai/core/identity/sign-in-limits';
import { OutgoingFailure } from '@unkai/core/outgoing/failure';
import { Hono, type Context as HttpContext } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { credentialCallOf } from '../caller.ts';
import { attemptSeal, attemptSeconds, newAttempt, type SignInAttempt } from '../openid/attempt.ts';
import { privately } from '../openid/cookie-seal.ts';
import type { OpenidProvider, ProvenIdentity } from '../openid/provider.ts';
import type { OpenidSettings } from '../openid/settings.ts';
import { openPortalCookies, type PortalCookies } from '../portal-cookie.ts';
import { rememberWay, waySeal } from './openid-sign-out.ts';

export interface OpenidDoorOptions {
  readonly origin: string;
  readonly secret: string;
  readonly openid: OpenidSettings;
  readonly provider: OpenidProvider;
}

const attemptCookie = 'unkai-openid';
const refusalSeconds = 60;
const paths = { begin: '/openid/sign-in', callback: '/openid/callback', page: '/sign-in' } as const;
export const callbackPath = paths.callback;

/** What the two paths work with. */
interface Desk extends OpenidDoorOptions {
  readonly callOf: (context: HttpContext) => Promise<Call>;
  readonly isSecure: boolean;
  readonly cookies: PortalCookies;
  readonly attempts: ReturnType<typeof attemptSeal>;
  readonly ways: ReturnType<typeof waySeal>;
}

/**
 * Signs people in with the operator's OpenID provider: `/openid/sign-in` sends a browser there, `/openid/callback` takes
 * it back. Whoever does not get in is sent to the sign-in page, which says why.
 */
export function openidDoor(core: Core, options: OpenidDoorOptions): Hono {
  const { origin, secret } = options;
  const isSecure = origin.startsWith('https:');
  const callAs = credentialCallOf(core, { secret });
  const desk: Desk = {
    ...options,
    isSecure,
    callOf: (context) => callAs(context, null),
    cookies: openPortalCookies(secret, isSecure),
    attempts: attemptSeal(secret),
    ways: waySeal(secret),
  };
  const door = new Hono();
  door.get(paths.begin, (context) => begin(desk, context));
  door.get(paths.callback, (context) => end(desk, context));
  return door;
}

async function begin({ callOf, provider, attempts, isSecure }: Desk, context: HttpContext): Promise<Response> {
  const call = await callOf(context);
  const attempt = newAttempt(context.req.query('next') ?? null);
  try {
    const url = await provider.authorizationUrl(attempt);
    const kept = { ...privately(isSecure), path: '/openid', maxAge: attemptSeconds };
    setCookie(context, attemptCookie, await attempts.seal(attempt), kept);
    return context.redirect(url.href, 303);
  } catch (error) {
    return backToPage(context, failureOf(call, error));
  }
}

async function end(desk: Desk, context: HttpContext): Promise<Response> {
  const call = await desk.callOf(context);
  const sealed = getCookie(context, attemptCookie);
  // One answer for one try: whatever comes of it, this browser begins anew.
  deleteCookie(context, attemptCookie, { path: '/openid' });
  const attempt = await desk.attempts.open(sealed);
  if (attempt === null) return backToPage(context, 'stale');
  const proven = await identityOf(desk, call, context.req.raw, attempt);
  if (typeof proven === 'string') return backToPage(context, proven);
  const { shown, idToken } = proven;
  const userAgent = context.req.header('user-agent') ?? null;
  const outcome = await signInByIdentity(call, shown, desk.openid.policy, userAgent);
  if ('refused' in outcome) return refuse(desk, context, outcome.refused, shown);
  context.header('set-cookie', await desk.cookies.signIn(outcome.session), { append: true });
  const { isSecure, ways } = desk;
  await rememberWay(context, ways, { shown: { sessionId: outcome.session.id, idToken }, isSecure });
  return context.redirect(attempt.next, 303);
}

async function identityOf(
  { origin, provider }: Desk,
  call: Call,
  { url }: Request,
  attempt: SignInAttempt,
): Promise<ProvenIdentity | OpenidFailure> {
  try {
    await countProviderTry(call);
    // As the browser was told to come back, whatever this request says of the host that it reached.
    return await provider.identityOf(new URL(paths.callback + new URL(url).search, origin), attempt);
  } catch (error) {
    return failureOf(call, error);
  }
}

function refuse(
  { isSecure }: Desk,
  context: HttpContext,
  why: OpenidRefusal['why'],
  { issuer, subject, name, email }: ShownIdentity,
): Response {
  const told = Buffer.from(JSON.stringify({ why, issuer, subject, name, email } satisfies OpenidRefusal));
  const kept = { ...privately(isSecure), path: paths.page, maxAge: refusalSeconds };
  setCookie(context, openidRefusalCookie, told.toString('base64url'), kept);
  return backToPage(context, 'refused');
}

function backToPage(context: HttpContext, why: OpenidFailure | 'refused'): Response {
  return context.redirect(`${paths.page}?openid=${why}`, 303);
}

/** What the sign-in page is told; the log has the rest, without what the provider sent. */
function failureOf({ log }: Call, error: unknown): OpenidFailure {
  const { name, message, code } = Object.assign({ name: '', message: String(error), code: '' }, pick(error));
  log.warn({ reason: { name, message, code } }, 'a sign-in with the OpenID provider failed');
  if (error instanceof UnkaiError && error.code === 'rate_limited') return 'rate_limited';
  if (error instanceof AuthorizationResponseError) return error.error === 'access_denied' ? 'denied' : 'invalid';
  if (error instanceof ResponseBodyError) return 'invalid';
  return isUnreachable(error) ? 'unavailable' : 'invalid';
}

function pick(error: unknown): object {
  if (!(error instanceof Error)) return {};
  const code = 'code' in error ? error.code : '';
  return { name: error.name, message: error.message, code };
}

/** The library wraps what the fetcher throws. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof OutgoingFailure) return ['connection', 'certificate', 'late'].includes(error.code);
  return ['TimeoutError', 'AbortError'].includes(error.name) || isUnreachable(error.cause);
}
