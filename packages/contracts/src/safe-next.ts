/**
 * The page to open after sign-in: a path on this origin, or `/`. Whatever could make a browser leave the origin
 * (`//host`, `/\host`, `https:`, control characters, which browsers strip before they parse) is dropped, not mended.
 */
export function safeNext(next: string | null | undefined): string {
  const home = '/';
  if (!next || next.length > 2048 || !/^\/(?![/\\])/.test(next)) return home;
  if (/[\\\p{Cc}\p{Cf}\s]/u.test(next)) return home;
  const origin = 'http://portal.invalid';
  if (!URL.canParse(next, origin)) return home;
  const url = new URL(next, origin);
  if (url.origin !== origin || url.pathname.startsWith('//') || url.pathname === '/sign-in') return home;
  return `${url.pathname}${url.search}${url.hash}`;
}
