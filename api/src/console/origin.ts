const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * The origins whose pages may open a console (A36): the public one, and where that is a loopback address, its other
 * names too. A page of any other site is refused even if it got hold of a token; so is one without an Origin.
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
