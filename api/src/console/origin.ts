import { isIP } from 'node:net';
import { cameByEdge } from '@unkai/core/identity/edge-trust';

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * The origins whose pages may act with a cookie or open a console (A36): the public one, and where that is a loopback
 * address, its other names too. A page of any other site is refused even if it got hold of a token.
 */
export function allowedOrigins(publicOrigin: string): ReadonlySet<string> {
  const origin = new URL(publicOrigin);
  if (!loopbackNames.includes(origin.hostname)) return new Set([origin.origin]);
  return new Set(
    loopbackNames.map((name) => {
      const alias = new URL(origin);
      alias.hostname = name;
      return alias.origin;
    }),
  );
}

/**
 * Tells whether a request says that a page of ours made it; one without an Origin does not. As long as nobody has named
 * a public origin, the portal is also its own by whatever address of this machine the edge was reached: by address, not
 * by name, since a name can be made to point here by anybody who owns it (DNS rebinding).
 */
export function ownPages(publicOrigin: string, proof: string): (headers: Headers) => boolean {
  const origins = allowedOrigins(publicOrigin);
  const isUnnamed = loopbackNames.includes(new URL(publicOrigin).hostname);
  return (headers) => {
    const given = headers.get('origin');
    if (given === null) return false;
    if (origins.has(given)) return true;
    if (!isUnnamed || !URL.canParse(given) || !cameByEdge(headers, proof)) return false;
    const { host, hostname } = new URL(given);
    return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 && host === headers.get('x-forwarded-host');
  };
}
