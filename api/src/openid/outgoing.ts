import type { CustomFetch } from 'openid-client';

const longestAnswer = 1_048_576;
const patienceMs = 10_000;

/** A provider's document named an address that nobody allowed. */
class OutsideProvider extends Error {}

/**
 * Fetches what a provider's own documents point at, from the allowed origins only: whoever changes such a document must
 * not make this program ask elsewhere (A29). Redirects are not followed; no answer is read beyond 1 MiB or 10 s. Throws
 * `OutsideProvider`.
 */
export function providerFetch(origins: ReadonlySet<string>): CustomFetch {
  return async (address, { method, headers, body, signal }) => {
    const { origin, protocol } = new URL(address);
    if (!origins.has(origin)) throw new OutsideProvider(`${protocol}//… is not an address of the provider: ${origin}`);
    const late = AbortSignal.timeout(patienceMs);
    const response = await fetch(address, {
      method,
      headers,
      redirect: 'manual',
      signal: signal === undefined ? late : AbortSignal.any([signal, late]),
      ...(body !== undefined && body !== null && { body: formOf(body) }),
    });
    const { status } = response;
    const content = await shortBody(response);
    return new Response(status === 204 || status === 304 ? null : content, { status, headers: response.headers });
  };
}

/** What is sent is a form; anything else has no place here. */
function formOf(body: unknown): string {
  if (typeof body === 'string' || body instanceof URLSearchParams) return String(body);
  throw new TypeError('only forms are sent to a provider');
}

async function shortBody(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > longestAnswer) throw new RangeError('the provider answers more than 1 MiB');
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
