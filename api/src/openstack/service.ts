import type { ErrorCode } from '@unkai/contracts/errors';
import { notFound, requireSignIn } from '@unkai/core/access';
import { auditRuleRefusal } from '@unkai/core/audit/audit-refusal';
import type { Call, Core } from '@unkai/core/call';
import { Hono, type Context as HttpContext } from 'hono';
import { z } from 'zod';
import { readJsonBody } from '../doors/json-body.ts';
import { noSuchPath } from '../doors/problem.ts';
import { appRouter } from '../router.ts';
import { publicError } from '../trpc.ts';
import { type FaultShape, faultOf } from './errors.ts';
import {
  type Microversion,
  microversion,
  type VersionRange,
  versionHeaders,
  wantedMicroversion,
} from './microversion.ts';

/** The operations that all doors share, as the caller of one request may use them. */
export type Operations = ReturnType<typeof appRouter.createCaller>;

/** One request to a service of OpenStack's. */
export interface Asked {
  readonly call: Call;
  readonly operations: Operations;
  /** The operations as another caller may use them, such as one who has just shown who they are. */
  readonly operationsOf: (call: Call) => Operations;
  readonly context: HttpContext;
  readonly request: Request;
  readonly url: URL;
  readonly query: URLSearchParams;
  readonly version: Microversion;
  /** Where the service is, such as https://cloud.example.org/compute. */
  readonly endpoint: string;
  /** A parameter of the path. */
  param(name: string): string;
  /** A parameter of the path that is an id. Throws `not_found` for what cannot be one: clients try names first. */
  id(name: string, noun: string): string;
  /** Reads the body as JSON. Throws `invalid_input` that names each field at fault. */
  body<Schema extends z.ZodType>(schema: Schema): Promise<z.output<Schema>>;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Instead of a body, one that was written before. */
  readonly json?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the service, with parameters as `:name`. */
  readonly path: string;
  readonly answer: (asked: Asked) => Answer | Response | Promise<Answer | Response>;
  /** Answered without a token, such as a version document. */
  readonly isPublic?: boolean;
}

export interface Service {
  /** Where it is on the one public origin, such as `/compute`. */
  readonly prefix: `/${string}`;
  readonly fault: FaultShape;
  /** Statuses of errors where this service differs from the rest of Unkai. */
  readonly statuses: Partial<Record<ErrorCode, number>>;
  /** Null for a service without microversions. */
  readonly versions: VersionRange | null;
  /** The same routes below another version, as they are at the lowest microversion. */
  readonly alias?: { readonly path: string; readonly of: string };
  readonly routes: readonly Route[];
}

export interface ServiceOptions {
  readonly origin: string;
  readonly callOf: (context: HttpContext) => Promise<Call>;
}

const bodyLimitBytes = 1_048_576;
const uuid = z.uuid().toLowerCase();

/** A service of OpenStack's over the operations of all doors. It translates, and decides nothing. */
export function serviceDoor(core: Core, service: Service, { origin, callOf }: ServiceOptions): Hono {
  const door = new Hono();
  const endpoint = origin + service.prefix;
  for (const route of service.routes) {
    const answerAt = (versionOf: (headers: Headers) => Microversion) => async (context: HttpContext) => {
      const call = await callOf(context);
      if (!route.isPublic) requireSignIn(call.actor);
      const version = versionOf(context.req.raw.headers);
      const answer = await answerOf(route, service, askedOf(context, { call, version, endpoint }));
      const finishing = { service, version };
      return answer instanceof Response ? finish(answer, context, finishing) : responseOf(answer, context, finishing);
    };
    const { versions, alias } = service;
    const wanted = (headers: Headers) => (versions === null ? 0 : wantedMicroversion(headers, versions));
    door.on(route.method, service.prefix + route.path, answerAt(wanted));
    if (versions === null || alias === undefined || !route.path.startsWith(`${alias.of}/`)) continue;
    const path = service.prefix + alias.path + route.path.slice(alias.of.length);
    door.on(
      route.method,
      path,
      answerAt(() => microversion(versions.lowest)),
    );
  }
  const nowhere = () => {
    throw noSuchPath();
  };
  door.all(service.prefix, nowhere);
  door.all(`${service.prefix}/*`, nowhere);
  door.onError((error, context) => faultResponse(core, error, context, { service, origin }));
  return door;
}

/** What the route answers. What the door itself refuses, before or after it asks an operation, is in the audit log too. */
async function answerOf(
  { method, path, answer }: Route,
  { prefix }: Service,
  asked: Asked,
): Promise<Answer | Response> {
  try {
    return await answer(asked);
  } catch (error) {
    const action = `${prefix.slice(1)}:${method.toLowerCase()}` as const;
    await auditRuleRefusal(asked.call, { action, name: path }, publicError(error));
    throw error;
  }
}

interface Found {
  readonly call: Call;
  readonly version: Microversion;
  readonly endpoint: string;
}

/** What a route may ask of its request; what costs something is made when it is first asked for. */
function askedOf(context: HttpContext, { call, version, endpoint }: Found): Asked {
  const request = context.req.raw;
  const operationsOf = (caller: Call) =>
    appRouter.createCaller({ call: caller, userAgent: request.headers.get('user-agent'), refusal: null });
  const param = (name: string) => context.req.param(name) ?? '';
  const url = once(() => new URL(request.url));
  const operations = once(() => operationsOf(call));
  return {
    call,
    version,
    endpoint,
    context,
    request,
    param,
    operationsOf,
    get url() {
      return url();
    },
    get query() {
      return url().searchParams;
    },
    get operations() {
      return operations();
    },
    id(name, noun) {
      const parsed = uuid.safeParse(param(name));
      if (!parsed.success) throw notFound(noun, param(name));
      return parsed.data;
    },
    body: (schema) => readJsonBody(request, schema, bodyLimitBytes),
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** With all its headers at once: a response that is changed later is built twice, and read to be sent. */
function responseOf(answer: Answer, context: HttpContext, finishing: Finishing): Response {
  const { status, body, headers } = answer;
  const all = { ...headers, ...finishingHeaders(context, finishing) };
  const json = answer.json ?? (body === undefined ? null : JSON.stringify(body));
  if (json === null) return new Response(null, { status, headers: all });
  return new Response(json, { status, headers: { 'content-type': 'application/json', ...all } });
}

/** The id of a request as OpenStack writes it; the one in our logs and rows is the part after `req-`. */
export function openstackRequestId(requestId: string): string {
  return requestId.startsWith('req-') ? requestId : `req-${requestId}`;
}

interface Finishing {
  readonly service: Service;
  readonly version: Microversion;
}

function finish(response: Response, context: HttpContext, finishing: Finishing): Response {
  for (const [name, value] of Object.entries(finishingHeaders(context, finishing))) response.headers.set(name, value);
  return response;
}

function finishingHeaders(context: HttpContext, { service, version }: Finishing): Record<string, string> {
  const requestId = openstackRequestId(context.req.raw.headers.get('x-request-id') ?? '');
  return {
    'x-openstack-request-id': requestId,
    ...(service.versions !== null && {
      'x-compute-request-id': requestId,
      ...Object.fromEntries(versionHeaders(version, service.versions)),
    }),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
}

interface Refusing {
  readonly service: Service;
  readonly origin: string;
}

function faultResponse(core: Core, error: unknown, context: HttpContext, { service, origin }: Refusing): Response {
  const fault = faultOf(error, service.statuses);
  const requestId = context.req.raw.headers.get('x-request-id');
  if (fault.status >= 500) core.log.error({ err: error, requestId }, fault.message);
  const { type, text } = service.fault(fault, context.req.path);
  const headers = new Headers({ 'content-type': type });
  if (fault.status === 401) headers.set('www-authenticate', `Keystone uri="${origin}/identity/v3"`);
  if (fault.retryAfterSeconds !== null) headers.set('retry-after', String(fault.retryAfterSeconds));
  const version = service.versions === null ? 0 : microversion(service.versions.lowest);
  return finish(new Response(text, { status: fault.status, headers }), context, { service, version });
}
