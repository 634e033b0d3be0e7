import { callTRPCProcedure } from '@trpc/server';
import { fieldRule } from '@unkai/contracts/field-rule';
import type { Call, Core } from '@unkai/core/call';
import { type KeptAnswer, once } from '@unkai/core/idempotency';
import { refuseField } from '@unkai/core/store/refusal';
import { Hono, type Context as HttpContext } from 'hono';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { appRouter } from '../router.ts';
import { type Answer, publicError } from '../trpc.ts';
import type { CallOf } from './call-of.ts';
import { dryDatabase, takeDryRun } from './dry-run.ts';
import { readJsonBody } from './json-body.ts';
import { problemResponse, requestIdHeader, requestIdOf } from './problem.ts';
import { MethodNotAllowed, matchRoute, type RestMatch, type RestRoute, takesKey } from './rest-routes.ts';

export interface RestDoorOptions {
  readonly callOf: CallOf;
}

const prefix = '/v1';
const bodyLimitBytes = 1_048_576;
const statuses: Record<Answer, number> = { shown: 200, changed: 200, created: 201, started: 202, removed: 204 };

/**
 * REST over the same operations that the portal calls: method and path choose one, path, query and body become its
 * input, its answer becomes status, Location and Link. Nothing here decides what anybody may do.
 */
export function restDoor(core: Core, { callOf }: RestDoorOptions): Hono {
  const door = new Hono();
  door.all(`${prefix}/*`, async (context) => {
    const { raw } = context.req;
    const url = new URL(raw.url);
    const method = raw.method === 'HEAD' ? 'GET' : raw.method;
    const match = matchRoute(method, url.pathname.slice(prefix.length));
    const call = await callOf(context);
    const isDryRun = takeDryRun(url, match.route);
    const input = await inputOf(raw, url, match);
    const asked = { match, input, context };
    const answer = isDryRun ? await answerDry(call, asked) : await answerOnce(call, asked);
    return responseOf(answer, call, url);
  });
  door.onError((error, context) => {
    const response = problemResponse(publicError(error), requestIdOf(context.req.raw.headers), core.log);
    if (error instanceof MethodNotAllowed) response.headers.set('allow', error.allowed.join(', '));
    return response;
  });
  return door;
}

type Input = Record<string, unknown>;
const bodyObject = z.record(z.string(), z.unknown(), fieldRule('must be a JSON object', 'Send an object, in braces.'));

/** Path, query and body in one. Throws `invalid_input` for a query beside a body, or a field that the path has named. */
async function inputOf(request: Request, url: URL, { route, parameters }: RestMatch): Promise<Input> {
  const query = queryOf(url);
  if (route.method === 'GET') return merge(query, parameters);
  const [unexpected] = Object.keys(query);
  if (unexpected !== undefined) throw refuseField(unexpected, 'is not a query parameter of this request', 'Remove it.');
  if (route.method === 'DELETE' || isEmpty(request)) return parameters;
  return merge(await readJsonBody(request, bodyObject, bodyLimitBytes), parameters);
}

function queryOf(url: URL): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams) {
    if (Object.hasOwn(query, name)) throw refuseField(name, 'is given twice', 'Give it once.');
    Object.defineProperty(query, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return query;
}

function merge(given: Input, parameters: Readonly<Record<string, string>>): Input {
  const named = Object.keys(parameters).find((name) => Object.hasOwn(given, name));
  if (named !== undefined) throw refuseField(named, 'is named by the path', 'Remove it from the request.');
  return { ...given, ...parameters };
}

/**
 * HTTP: a request that says neither the length of its body nor how it is sent has none. Bodies without a type are none of
 * ours. Its body is asked for last: that alone makes a stream of it.
 */
function isEmpty(request: Request): boolean {
  const { headers } = request;
  if (headers.has('transfer-encoding')) return false;
  if (headers.has('content-length')) return headers.get('content-length') === '0';
  return !headers.has('content-type') || request.body === null;
}

interface Asked {
  readonly match: RestMatch;
  readonly input: Input;
  readonly context: HttpContext;
}

type Given = KeptAnswer & { readonly isReplay: boolean };

/** Creates with an Idempotency-Key are done once; everything else is simply done. */
async function answerOnce(call: Call, { match, input, context }: Asked): Promise<Given> {
  const { raw } = context.req;
  const { route } = match;
  const userAgent = raw.headers.get('user-agent');
  const work = async (as: Call) => answerOf(route, await perform(route, input, { call: as, userAgent, refusal: null }));
  const key = raw.headers.get('idempotency-key');
  const { userId } = call.actor;
  if (key === null || userId === null || !takesKey(route)) return { ...(await work(call)), isReplay: false };
  const { showsSecret } = route.meta;
  const request = {
    userId,
    key: idempotencyKey(key),
    content: JSON.stringify([route.name, input]),
    showsSecret,
    // A secret is not among what is made; of such an answer only the place is kept.
    answerTo: (made: unknown) => answerOf(route, showsSecret ? made : route.output.parse(made)),
  };
  const { answer, isReplay } = await once(call.core.database, request, (database) =>
    work({ ...call, core: { ...call.core, database } }),
  );
  return { ...answer, isReplay };
}

const view = z.record(z.string(), z.unknown());

/** What a create would answer, marked. Nothing is made: no row, no job, no event, and no Idempotency-Key is taken. */
async function answerDry(call: Call, { match, input, context }: Asked): Promise<Given> {
  const userAgent = context.req.raw.headers.get('user-agent');
  const dry = { ...call, core: { ...call.core, database: dryDatabase(call.core.database) } };
  const made = view.parse(await perform(match.route, input, { call: dry, userAgent, refusal: null }));
  return { status: statuses.shown, location: null, body: { ...made, dryRun: true }, isReplay: false };
}

const keyForm = /^[\x21-\x7e]{1,255}$/;

function idempotencyKey(given: string): string {
  if (keyForm.test(given)) return given;
  throw refuseField('Idempotency-Key', 'must be 1 to 255 visible ASCII characters without spaces', 'Use a UUID.');
}

async function perform(route: RestRoute, input: Input, ctx: Context): Promise<unknown> {
  const { name, type } = route;
  const result: unknown = await callTRPCProcedure({
    router: appRouter,
    path: name,
    type,
    ctx,
    getRawInput: async () => input,
    signal: undefined,
    batchIndex: 0,
  });
  return result;
}

function answerOf({ meta, shownAt }: RestRoute, body: unknown): KeptAnswer {
  return { status: statuses[meta.answer], location: locationOf(meta.answer, shownAt, body), body: body ?? null };
}

/** Where to look at what was started or made; null where that is nowhere. */
function locationOf(answer: Answer, shownAt: string | null, body: unknown): string | null {
  if (answer === 'started') {
    const operationId = textIn(body, 'operationId');
    return operationId === null ? null : `${prefix}/operations/${operationId}`;
  }
  const id = shownAt === null ? null : textIn(body, 'id');
  return shownAt === null || id === null ? null : prefix + shownAt.replace('{id}', id);
}

/** A text field of an answer that was checked by the operation's own schema; null where it has none of that name. */
function textIn(body: unknown, field: string): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const value: unknown = Reflect.get(body, field);
  return typeof value === 'string' ? value : null;
}

function responseOf({ status, location, body, isReplay }: Given, call: Call, url: URL): Response {
  // A plain object: Node takes it as it is, a `Headers` is read back into one.
  const headers: Record<string, string> = {
    [requestIdHeader]: call.requestId,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  if (location !== null) headers['location'] = location;
  if (isReplay) headers['idempotency-replayed'] = 'true';
  const cursor = textIn(body, 'nextCursor');
  if (cursor !== null) headers['link'] = nextLink(url, cursor);
  if (status === 204) return new Response(null, { status, headers });
  headers['content-type'] = 'application/json';
  return new Response(JSON.stringify(body), { status, headers });
}

/** The next page, as RFC 8288 says it. */
function nextLink(url: URL, cursor: string): string {
  const query = new URLSearchParams(url.searchParams);
  query.set('cursor', cursor);
  return `<${url.pathname}?${query}>; rel="next"`;
}
