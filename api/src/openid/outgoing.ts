import { guardedFetch } from '@unkai/core/outgoing/guarded-fetch';
import type { CustomFetch } from 'openid-client';

const longestAnswer = 1_048_576;
const patienceMs = 10_000;

/**
 * Fetches what a provider's own documents point at, from the allowed origins only: whoever changes such a document must
 * not make this program ask elsewhere (A29). Redirects are not followed; no answer is read beyond 1 MiB or 10 s. Throws
 * `OutgoingFailure`.
 */
export function providerFetch(origins: ReadonlySet<string>): CustomFetch {
  return async (address, { method, headers, body, signal }) => {
    const hasBody = body !== undefined && body !== null;
    const answer = await guardedFetch(
      address,
      { method: methodOf(method), headers: headersOf(headers, hasBody), ...(hasBody && { body: formOf(body) }) },
      {
        allowed: { kind: 'named', origins },
        patienceMs,
        mostBytes: longestAnswer,
        redirects: 0,
        ...(signal !== undefined && { signal }),
      },
    );
    const { status } = answer;
    const parts: Uint8Array[] = [];
    for await (const part of answer.body) parts.push(part);
    const isEmpty = status === 204 || status === 304;
    return new Response(isEmpty ? null : new Uint8Array(Buffer.concat(parts)), { status, headers: answer.headers });
  };
}

function methodOf(method: string): 'GET' | 'POST' {
  if (method === 'GET' || method === 'POST') return method;
  throw new TypeError(`a provider is not asked with ${method}`);
}

/** What is sent is a form; anything else has no place here. */
function formOf(body: unknown): string {
  if (typeof body === 'string' || body instanceof URLSearchParams) return String(body);
  throw new TypeError('only forms are sent to a provider');
}

function headersOf(given: ConstructorParameters<typeof Headers>[0], hasBody: boolean): Record<string, string> {
  const headers = new Headers(given);
  if (hasBody && !headers.has('content-type'))
    headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
  return Object.fromEntries(headers);
}
