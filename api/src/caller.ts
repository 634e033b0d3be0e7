import { getConnInfo } from '@hono/node-server/conninfo';
import { UnkaiError } from '@unkai/contracts/errors';
import { auditBadCredential, auditRefusal } from '@unkai/core/audit/audit-refusal';
import type { Actor, Call, Core } from '@unkai/core/call';
import { anonymousActor } from '@unkai/core/identity/actor';
import { authenticate } from '@unkai/core/identity/authenticate';
import { clientAddress, edgeProof } from '@unkai/core/identity/edge-trust';
import { isAmong } from '@unkai/core/identity/request-rule';
import type { Context as HttpContext } from 'hono';
import { ownPages } from './console/origin.ts';
import type { CallOf } from './doors/call-of.ts';
import { requestIdOf } from './doors/problem.ts';
import { openPortalCookies } from './portal-cookie.ts';

export interface CallerOptions {
  /** The public origin, such as `https://cloud.example.org`. */
  readonly origin: string;
  /** The installation's secret: the portal's cookie is encrypted with it. */
  readonly secret: string;
}

const readingMethods = ['GET', 'HEAD', 'OPTIONS'];
/** Longer than any credential of ours; nothing longer is looked at (A14). */
const longestCredential = 4_096;

/**
 * Makes the one way from a request to who calls: a bearer credential, else the portal's cookie. No other header says
 * anything about identity, and the address comes from the connection or from the edge, proven (A06). A change with a
 * cookie must come from a page of ours: throws `forbidden` else.
 */
export function callerOf(core: Core, { origin, secret }: CallerOptions): CallOf {
  const proof = edgeProof(secret);
  const isOwnPage = ownPages(origin, proof);
  const cookies = openPortalCookies(secret);
  return async (context) => {
    const { method, headers } = context.req.raw;
    const bearer = bearerOf(headers);
    const cookie = bearer === null ? cookies.find(headers) : null;
    // Browsers send a cookie along with requests that pages of other sites make, and say in Origin whose page it was.
    if (cookie !== null && !readingMethods.includes(method) && !isOwnPage(headers)) {
      const why = 'A change with the session cookie must come from a page of this portal.';
      const about = { action: 'session:use', id: null, name: null, projectId: null, detail: why } as const;
      await auditRefusal(makeCall(core, context, { actor: anonymousActor, proof }), about);
      throw new UnkaiError('forbidden', why, {
        next: `Open the portal at ${origin}, or let an operator set UNKAI_ORIGIN to the address that you use.`,
      });
    }
    const credential = cookie === null ? bearer : await cookies.sessionToken(cookie);
    return callAs(core, context, { credential, proof });
  };
}

/** As `callerOf`, for doors whose credential comes in a header of their own. */
export function credentialCallOf(core: Core, { secret }: Pick<CallerOptions, 'secret'>) {
  const proof = edgeProof(secret);
  return async (context: HttpContext, credential: string | null): Promise<Call> =>
    callAs(core, context, { credential, proof });
}

/** A call of nobody, for a request that is refused before it is known whose it is. */
export function anonymousCall(core: Core, context: HttpContext): Call {
  return makeCall(core, context, { actor: anonymousActor, proof: '' });
}

interface Presented {
  readonly credential: string | null;
  readonly proof: string;
}

/** Who comes with the credential; that it is none, or confined to other requests, is in the audit log. */
async function callAs(core: Core, context: HttpContext, { credential, proof }: Presented): Promise<Call> {
  const call = makeCall(core, context, { actor: await authenticate(core, credential), proof });
  if (credential !== null && call.actor.kind === 'anonymous') await auditBadCredential(call, credential);
  await requireRule(call, context);
  return call;
}

function makeCall(core: Core, context: HttpContext, { actor, proof }: { actor: Actor; proof: string }): Call {
  const { headers } = context.req.raw;
  const requestId = requestIdOf(headers);
  const connection = connectionAddress(context);
  const address = proof === '' ? connection : clientAddress(headers, proof, connection);
  let log: Call['log'] | undefined;
  return {
    core,
    actor,
    requestId,
    address,
    // Most requests have nothing to say.
    get log() {
      log ??= core.log.child({ requestId });
      return log;
    },
  };
}

/** First parts of paths below which a service of the catalog is, and its type there. */
const services: ReadonlyMap<string, string> = new Map([
  ...['identity', 'compute', 'network', 'image'].map((type): [string, string] => [type, type]),
  ['volume', 'block-storage'],
]);

/** Throws `forbidden` for a request that the access rules of the credential do not include, whatever its roles permit. */
async function requireRule(call: Call, { req: { method, path } }: HttpContext): Promise<void> {
  const { accessRules } = call.actor;
  if (accessRules === null) return;
  const [, first = ''] = path.split('/');
  const service = services.get(first) ?? 'unkai';
  const request = { service, method, path: service === 'unkai' ? path : path.slice(first.length + 1) };
  if (isAmong(accessRules, request)) return;
  const detail = `No access rule of this credential includes ${method} ${request.path} of ${service}.`;
  await auditRefusal(call, { action: 'access-rule:use', id: null, name: service, projectId: null, detail });
  throw new UnkaiError('forbidden', detail);
}

function bearerOf(headers: Headers): string | null {
  const header = headers.get('authorization');
  if (header === null || header.length > longestCredential) return null;
  const [scheme, credential, rest] = header.split(' ');
  return scheme?.toLowerCase() === 'bearer' && rest === undefined ? (credential ?? null) : null;
}

function connectionAddress(context: HttpContext): string | null {
  try {
    return getConnInfo(context).remote.address ?? null;
  } catch {
    // A request that was made in this process has no connection.
    return null;
  }
}
