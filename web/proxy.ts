import { type NextRequest, NextResponse } from 'next/server';
import { getToken } from 'next-auth/jwt';
import { paths } from './paths.ts';
import { sessionCookieName } from './session/cookie.ts';
import { nonceHeaderName } from './session/nonce.ts';

/** Pages for who is not signed in, or may not be. */
const outside: ReadonlySet<string> = new Set([
  paths.signIn(),
  paths.signUp(),
  paths.signUpVerify(),
  paths.forgotPassword(),
  paths.resetPassword(),
  paths.invite(),
]);

/**
 * Before every page: a Content-Security-Policy with a fresh nonce, and the way to sign-in for who has no session. The
 * check here only saves a page full of refusals; what may be read is decided by the API for each call.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const secret = process.env['UNKAI_SECRET'] ?? '';
  const isOpen = outside.has(pathname) || pathname.startsWith('/api/auth/');
  if (!isOpen && !(await getToken({ req: request, secret, cookieName: sessionCookieName }))) {
    const next = pathname === '/' ? undefined : `${pathname}${search}`;
    // Next.js makes this relative again: the portal need not know by which address the reader reached it.
    return NextResponse.redirect(new URL(paths.signIn(next === undefined ? {} : { next }), request.url));
  }
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set(nonceHeaderName, nonce);
  // Next.js reads the nonce from the request's policy and puts it on its own scripts.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = {
  matcher: [{ source: '/((?!_next/static|_next/image|icon.svg|favicon.ico).*)' }],
};

function contentSecurityPolicy(nonce: string): string {
  const isDevelopment = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // The terminal and the dialogs write style elements at run time; styles cannot run code.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
