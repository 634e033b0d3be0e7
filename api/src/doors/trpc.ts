import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { UnkaiError } from '@unkai/contracts/errors';
import type { Core } from '@unkai/core/call';
import { Hono, type Context as HttpContext } from 'hono';
import { anonymousCall } from '../caller.ts';
import type { Context } from '../context.ts';
import { appRouter } from '../router.ts';
import { publicError } from '../trpc.ts';
import type { CallOf } from './call-of.ts';
import { readText } from './json-body.ts';
import { problemResponse, requestIdHeader, requestIdOf } from './problem.ts';

export interface TrpcDoorOptions {
  readonly callOf: CallOf;
}

const endpoint = '/trpc';
const bodyLimitBytes = 1_048_576;
/** Calls in one request; a page of the portal asks for a handful. */
const mostCalls = 30;

/** The portal's door: tRPC as it comes, over the operations that /v1 has too. */
export function trpcDoor(core: Core, { callOf }: TrpcDoorOptions): Hono {
  const door = new Hono();
  door.all(`${endpoint}/*`, async (context) => {
    const requestId = requestIdOf(context.req.raw.headers);
    const response = await fetchRequestHandler({
      endpoint,
      router: appRouter,
      req: await boundedRequest(context.req.raw),
      createContext: () => openContext(core, context, callOf),
      onError: ({ error, path }) => {
        const told = publicError(error);
        if (told.status >= 500) core.log.error({ err: error.cause ?? error, requestId, path }, told.message);
      },
      // Several calls in one request may end differently: then tRPC's own 207 stands.
      responseMeta: ({ errors, info }) => {
        const [first] = errors;
        return first && (info?.calls.length ?? 1) === 1 ? { status: publicError(first).status } : {};
      },
    });
    response.headers.set(requestIdHeader, requestId);
    response.headers.set('cache-control', 'no-store');
    response.headers.set('x-content-type-options', 'nosniff');
    return response;
  });
  door.onError((error, context) => problemResponse(error, requestIdOf(context.req.raw.headers), core.log));
  return door;
}

/** Throws `too_large` for a body, or a number of calls, that no page sends. */
async function boundedRequest(request: Request): Promise<Request> {
  const calls = new URL(request.url).pathname.split(',').length;
  if (calls > mostCalls) throw new UnkaiError('too_large', `One request can hold ${mostCalls} calls.`);
  if (request.body === null || request.method === 'GET') return request;
  const body = await readText(request, bodyLimitBytes);
  return new Request(request.url, { method: request.method, headers: request.headers, body });
}

/** What stands against the caller is thrown inside the operation, so that the answer has tRPC's form. */
async function openContext(core: Core, context: HttpContext, callOf: CallOf): Promise<Context> {
  const userAgent = context.req.raw.headers.get('user-agent');
  try {
    return { call: await callOf(context), userAgent, refusal: null };
  } catch (error) {
    const refusal = error instanceof Error ? error : new Error(String(error));
    return { call: anonymousCall(core, context), userAgent, refusal };
  }
}
