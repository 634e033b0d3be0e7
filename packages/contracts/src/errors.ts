import { z } from 'zod';
import { fixOf } from './field-fix.ts';

/**
 * The closed list of what can go wrong, code → HTTP status, title, and what a person does next. Every door renders
 * from this table (RFC 9457 problem details on /v1); docs/errors.md is generated from it.
 */
export const errorCatalog = {
  invalid_input: {
    status: 400,
    title: 'The request does not fit',
    next: 'Correct the fields named in "errors" and send it again.',
  },
  unauthenticated: {
    status: 401,
    title: 'Sign-in needed',
    next: 'Sign in, or send a valid API token as "Authorization: Bearer unk_…".',
  },
  wrong_credentials: {
    status: 401,
    title: 'Name or password is wrong',
    next: 'Check the name, the domain and the password.',
  },
  second_factor_needed: {
    status: 401,
    title: 'A one-time code is needed',
    next: 'Send the code of your authenticator app, or a recovery code, with name and password.',
  },
  password_expired: {
    status: 401,
    title: 'The password has expired',
    next: 'Sign in with a new one beside it, as "newPassword".',
  },
  forbidden: { status: 403, title: 'Not permitted', next: 'Ask an admin of the project for a role that permits this.' },
  not_found: { status: 404, title: 'Not found', next: 'Check the id, and that you work in the project that owns it.' },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    next: 'See the API reference at /v1 for the methods of this path.',
  },
  conflict: { status: 409, title: 'Already there', next: 'Choose another name, or use what exists.' },
  link_over: {
    status: 410,
    title: 'This link no longer counts',
    next: 'Ask whoever sent it for a new one.',
  },
  wrong_state: {
    status: 409,
    title: 'Not possible in this state',
    next: 'Wait until the running operation ends, or choose another action.',
  },
  in_use: { status: 409, title: 'Still in use', next: 'Remove what uses it first; "errors" names each one.' },
  idempotency_mismatch: {
    status: 409,
    title: 'Idempotency key used before',
    next: 'Use a new Idempotency-Key for a different request.',
  },
  quota_exceeded: {
    status: 403,
    title: 'Quota exceeded',
    next: 'Delete what you no longer need, or ask for more on the page Quotas of the project.',
  },
  changed_meanwhile: {
    status: 412,
    title: 'Changed meanwhile',
    next: 'Read it again, and send the change with the revision that it has now.',
  },
  too_large: { status: 413, title: 'Too large', next: 'Send less; the limit is in the message.' },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported content type',
    next: 'Send "Content-Type: application/json".',
  },
  rate_limited: { status: 429, title: 'Too many requests', next: 'Wait for the seconds in Retry-After.' },
  no_capacity: {
    status: 507,
    title: 'No host can take it',
    next: 'Choose a smaller flavor or another zone, or try again later.',
  },
  addresses_exhausted: {
    status: 507,
    title: 'No free address',
    next: 'Use another subnet or network, or delete ports that are not needed.',
  },
  image_missing: {
    status: 500,
    title: 'The image file is missing',
    next: 'Import the image again, or choose another one.',
  },
  image_corrupt: {
    status: 500,
    title: 'The image does not match its checksum',
    next: 'Import the image again, or choose another one.',
  },
  image_refused: {
    status: 422,
    title: 'The image was refused',
    next: 'Send a plain image of the declared format with nothing that refers to other files.',
  },
  disk_full: {
    status: 507,
    title: 'The host has no disk space left',
    next: 'Try again: another host will be chosen. An operator should free space on the host.',
  },
  accelerator_failed: {
    status: 500,
    title: 'The virtual machine could not run',
    next: 'Start it again; an operator should run "./unkai doctor" on the host.',
  },
  host_failed: {
    status: 500,
    title: 'The host could not do it',
    next: 'Try again; an operator finds the details under the request id.',
  },
  host_unreachable: {
    status: 503,
    title: 'The host does not answer',
    next: 'Try again later; an operator should look at the host.',
  },
  deadline_exceeded: {
    status: 504,
    title: 'It took too long and was given up',
    next: 'Try again; the timeline shows the step that was late.',
  },
  cancelled: {
    status: 409,
    title: 'Cancelled',
    next: 'Nothing: it was given up because a later request asked for it.',
  },
  unavailable: { status: 503, title: 'Not available at the moment', next: 'Try again in a few seconds.' },
  internal: {
    status: 500,
    title: 'Something broke on our side',
    next: 'Try again; if it persists, give an operator the request id.',
  },
} as const satisfies Record<string, { status: number; title: string; next: string }>;

export type ErrorCode = keyof typeof errorCatalog;
const codes = Object.keys(errorCatalog).filter((key): key is ErrorCode => key in errorCatalog);
export const errorCode = z.enum(codes);

/** One field at fault: where it is, the rule it broke in words, and how to mend it. */
export const fieldError = z.object({ field: z.string(), message: z.string(), fix: z.string() });
export type FieldError = z.infer<typeof fieldError>;

/** RFC 9457 problem details, as every door of ours sends them (the OpenStack doors translate this). */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: errorCode,
  detail: z.string(),
  next: z.string(),
  requestId: z.string(),
  errors: z.array(fieldError).optional(),
});
export type Problem = z.infer<typeof problem>;

/** What is kept about a failure on a run, a step or a resource: safe to show to the tenant. */
export const failure = z.object({ code: errorCode, message: z.string(), next: z.string() });
export type Failure = z.infer<typeof failure>;

export interface FailureDetails {
  readonly errors?: readonly FieldError[];
  /** Replaces the catalog's next step where the thrower knows a better one. */
  readonly next?: string;
  /** Sent as Retry-After. */
  readonly retryAfterSeconds?: number;
  /** For operators and logs only; never leaves the process in an answer. */
  readonly cause?: unknown;
}

/** The one error type that may carry words to a person. Anything else thrown becomes `internal` at the door. */
export class UnkaiError extends Error {
  readonly code: ErrorCode;
  readonly next: string;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, message: string, options: FailureDetails = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UnkaiError';
    this.code = code;
    this.next = options.next ?? errorCatalog[code].next;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }

  get status(): number {
    return errorCatalog[this.code].status;
  }
}

/** The part of any thrown value that may be shown: the words of an UnkaiError, nothing of anything else. */
export function publicFailure(thrown: unknown): Failure {
  if (thrown instanceof UnkaiError) return { code: thrown.code, message: thrown.message, next: thrown.next };
  return { code: 'internal', message: errorCatalog.internal.title, next: errorCatalog.internal.next };
}

/** Renders a thrown value as problem details (RFC 9457). */
export function toProblem(thrown: unknown, requestId: string): Problem {
  const { code, message, next } = publicFailure(thrown);
  const { status, title } = errorCatalog[code];
  const told = { type: `/docs/errors#${code}`, title, status, code, detail: message, next, requestId };
  return thrown instanceof UnkaiError && thrown.errors.length > 0 ? { ...told, errors: [...thrown.errors] } : told;
}

/** Turns a zod failure into `invalid_input` that names each field and rule. `within` prefixes the field paths. */
export function invalidInput(error: z.ZodError, within = ''): UnkaiError {
  const errors = error.issues.flatMap((issue) => issueFields(issue, within));
  const first = errors[0];
  return new UnkaiError('invalid_input', first ? `${first.field}: ${first.message}` : 'The request does not fit.', {
    errors,
  });
}

function issueFields(issue: z.core.$ZodIssue, within: string): FieldError[] {
  const at = (path: readonly PropertyKey[]) => [...(within ? [within] : []), ...path.map(String)].join('.') || 'body';
  if (issue.code === 'unrecognized_keys') {
    const message = 'is not a field of this request';
    return issue.keys.map((key) => ({ field: at([...issue.path, key]), message, fix: fixOf(issue) }));
  }
  // What a key of a record must be is told by the issue inside.
  if (issue.code === 'invalid_key') {
    return issue.issues.map((each) => ({ field: at(issue.path), message: each.message, fix: fixOf(each) }));
  }
  return [{ field: at(issue.path), message: issue.message, fix: fixOf(issue) }];
}
