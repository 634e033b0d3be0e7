import type { Hono } from 'hono';
import { origin } from './cloud.ts';

/** Follows redirects between the portal's API and a provider as a browser does, with the cookies of each. */
export class Browser {
  readonly #app: Hono;
  readonly #jars = new Map<string, Map<string, string>>();

  constructor(app: Hono) {
    this.#app = app;
  }

  /** The cookies that this browser holds of the portal. */
  get cookies(): Map<string, string> {
    return this.#jar(origin);
  }

  get cookieHeader(): string {
    return headerOf(this.cookies);
  }

  /** Asks for one page, and follows nothing. */
  async open(address: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    const url = new URL(address, origin);
    const jar = this.#jar(url.origin);
    const method = form === undefined ? 'GET' : 'POST';
    const options: RequestInit = { method, redirect: 'manual', headers: { cookie: headerOf(jar) } };
    if (form !== undefined) options.body = new URLSearchParams(form);
    const response = await (url.origin === origin ? this.#app.request(url.href, options) : fetch(url, options));
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Begins at the portal, says a name at the provider, and stops before the provider's answer is given back. */
  async answerAs(name: string, next = '/'): Promise<string> {
    let at = locationOf(await this.open(`/openid/sign-in?next=${encodeURIComponent(next)}`), origin);
    while (!at.startsWith(origin)) {
      const page = await this.open(at, at.includes('/name/') ? { name } : undefined);
      at = locationOf(page, at);
    }
    return at;
  }

  /** The whole way; gives where it ends. */
  async signIn(name: string, next = '/'): Promise<string> {
    const back = await this.answerAs(name, next);
    return locationOf(await this.open(back), back).slice(origin.length);
  }

  #jar(of: string): Map<string, string> {
    const jar = this.#jars.get(of) ?? new Map<string, string>();
    this.#jars.set(of, jar);
    return jar;
  }
}

/** Where an answer sends the browser. Throws when it does not. */
function locationOf(response: Response, from: string): string {
  const location = response.headers.get('location');
  if (location === null) throw new Error(`${from} answered ${response.status} and sends nobody anywhere`);
  return new URL(location, from).href;
}

function headerOf(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}
