import { randomUUID } from 'node:crypto';
import { errorCatalog, toProblem, UnkaiError } from '@unkai/contracts/errors';
import type { Core } from '@unkai/core/call';

export const requestIdHeader = 'x-request-id';
const requestIdForm = /^[\w.:-]{1,64}$/;

/** The id that a request came with, so that one act keeps one id through every log; a new one otherwise. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get(requestIdHeader);
  return given !== null && requestIdForm.test(given) ? given : randomUUID();
}

/** Problem details (RFC 9457) for anything thrown. What broke on our side is logged here and told nowhere. */
export function problemResponse(thrown: unknown, requestId: string, log: Core['log']): Response {
  const problem = toProblem(thrown, requestId);
  if (problem.status >= 500) log.error({ err: thrown, requestId }, problem.title);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      [requestIdHeader]: requestId,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...extraHeaders(thrown),
    },
  });
}

/** What HTTP asks for beside the body: how to sign in (RFC 6750), when to come back. */
function extraHeaders(thrown: unknown): Record<string, string> {
  if (!(thrown instanceof UnkaiError)) return {};
  return {
    ...(thrown.status === 401 && { 'www-authenticate': 'Bearer realm="unkai"' }),
    ...(thrown.retryAfterSeconds !== null && { 'retry-after': String(thrown.retryAfterSeconds) }),
  };
}

/** The answer for a path below a door that the door does not have. */
export function noSuchPath(): UnkaiError {
  return new UnkaiError('not_found', 'There is nothing at this path.', { next: errorCatalog.method_not_allowed.next });
}
