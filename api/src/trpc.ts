import { initTRPC, TRPCError } from '@trpc/server';
import { invalidInput, toProblem, UnkaiError } from '@unkai/contracts/errors';
import type { Permission } from '@unkai/contracts/permissions';
import { requireSignIn } from '@unkai/core/access';
import { auditQuotaRefusal, auditRuleRefusal } from '@unkai/core/audit/audit-refusal';
import { isDatabaseAway } from '@unkai/core/database/database-away';
import { isGoneMeanwhile } from '@unkai/core/database/gone-meanwhile';
import { ZodError, z } from 'zod';
import type { Context } from './context.ts';

/** How an operation answers when it did what was asked: this is what the REST door makes a status of. */
export type Answer = 'shown' | 'created' | 'started' | 'changed' | 'removed';

/** What describes an operation to people and to programs; the reference is made from it. */
export interface OperationMeta {
  readonly method: Method;
  /** Below /v1, with parameters in braces. */
  readonly path: `/${string}`;
  readonly summary: string;
  /** The chapter of the reference. */
  readonly tag: string;
  /** What the lookup inside asks for; `signed-in` needs no more than a valid credential, `anyone` not even that. */
  readonly permission: Permission | 'signed-in' | 'anyone';
  readonly answer: Answer;
  /** The answer holds something that is shown once and kept nowhere. */
  readonly showsSecret: boolean;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

interface OperationOptions {
  readonly answer?: Answer;
  readonly showsSecret?: boolean;
}

const answers: Record<Method, Answer> = { GET: 'shown', POST: 'created', PATCH: 'changed', DELETE: 'removed' };

/**
 * Makes the describing half of each operation of one chapter of the reference: `route` is method and path as REST says
 * it, below /v1; the answer follows from the method unless said.
 */
export function operations(tag: string) {
  return (
    route: `${Method} /${string}`,
    summary: string,
    permission: OperationMeta['permission'],
    { answer, showsSecret = false }: OperationOptions = {},
  ): OperationMeta => {
    const [method, path] = splitRoute(route);
    return { method, path, summary, tag, permission, answer: answer ?? answers[method], showsSecret };
  };
}

function splitRoute(route: `${Method} /${string}`): [Method, `/${string}`] {
  const path = route.slice(route.indexOf('/') + 1);
  for (const method of ['GET', 'POST', 'PATCH', 'DELETE'] as const) {
    if (route.startsWith(`${method} `)) return [method, `/${path}`];
  }
  throw new TypeError(`not a route: ${route}`);
}

const trpc = initTRPC
  .context<Context>()
  .meta<OperationMeta>()
  .create({
    errorFormatter: ({ shape, error, ctx }) => {
      const told = publicError(error);
      const { code } = shape.data;
      const problem = toProblem(told, ctx?.call.requestId ?? '');
      return { code: shape.code, message: told.message, data: { code, httpStatus: told.status, problem } };
    },
  });

export const router = trpc.router;

/** For the few operations that need no credential. */
export const publicProcedure = trpc.procedure.use(async ({ ctx, next, meta, path }) => {
  if (ctx.refusal !== null) throw ctx.refusal;
  const result = await next();
  if (result.ok || meta === undefined) return result;
  const action = actionOf(meta, path);
  const error = publicError(result.error);
  await auditQuotaRefusal(ctx.call, action, error);
  await auditRuleRefusal(ctx.call, { action, name: null }, error);
  return result;
});

/** What the audit log calls an operation: its permission, or of those that need none its own noun and verb. */
function actionOf({ permission }: OperationMeta, path: string): `${string}:${string}` {
  if (permission !== 'signed-in' && permission !== 'anyone') return permission;
  const [noun = '', verb = ''] = path.split('.').map(hyphened);
  return `${noun}:${verb}`;
}

function hyphened(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** For every other operation. What the caller may do is decided by the lookups in it. */
export const procedure = publicProcedure.use(({ ctx, next }) => {
  requireSignIn(ctx.call.actor);
  return next();
});

/** Of operations that take nothing: what is sent all the same was meant by somebody, and is refused. */
export const noInput = z.strictObject({}).optional();

const transportCodes: Partial<Record<TRPCError['code'], UnkaiError>> = {
  NOT_FOUND: new UnkaiError('not_found', 'There is no such operation.'),
  METHOD_NOT_SUPPORTED: new UnkaiError('method_not_allowed', 'This operation does not take this method.'),
  UNSUPPORTED_MEDIA_TYPE: new UnkaiError('unsupported_media_type', 'The body must be JSON.'),
  PAYLOAD_TOO_LARGE: new UnkaiError('too_large', 'The body is too large.'),
  BAD_REQUEST: new UnkaiError('invalid_input', 'The request cannot be read.'),
  PARSE_ERROR: new UnkaiError('invalid_input', 'The body is not JSON.'),
};

const awaySeconds = 2;

/**
 * What of a thrown value may be told: our own errors as they are, bad input with its fields, that the database is away,
 * that something was deleted meanwhile, and of all else only that something broke. The original stays on `cause`, for the log.
 */
export function publicError(thrown: unknown): UnkaiError {
  if (thrown instanceof UnkaiError) return thrown;
  if (thrown instanceof TRPCError) {
    if (thrown.cause instanceof UnkaiError) return thrown.cause;
    if (thrown.code === 'BAD_REQUEST' && thrown.cause instanceof ZodError) return invalidInput(thrown.cause);
    const known = transportCodes[thrown.code];
    if (known) return known;
  }
  if (isDatabaseAway(thrown)) {
    const told = { retryAfterSeconds: awaySeconds, cause: thrown };
    return new UnkaiError('unavailable', 'The database is restarting or cannot be reached.', told);
  }
  if (isGoneMeanwhile(thrown)) {
    const told = { next: 'Read what is there, and go on from that.', cause: thrown };
    return new UnkaiError('not_found', 'Another request deleted it at the same time.', told);
  }
  return new UnkaiError('internal', 'Something broke on our side.', { cause: thrown });
}
