import type { UnkaiError } from '@unkai/contracts/errors';
import { publicError } from '../trpc.ts';
import { UnknownMicroversion } from './microversion.ts';

/** What went wrong, as any service tells it: the status and the words. */
export interface Fault {
  readonly status: number;
  readonly message: string;
  readonly code: UnkaiError['code'] | 'unknown_version';
  readonly retryAfterSeconds: number | null;
}

interface FaultBody {
  readonly type: string;
  readonly text: string;
}

/** How a service words a fault; each of OpenStack's has a shape of its own. `path` is what was asked for. */
export type FaultShape = (fault: Fault, path: string) => FaultBody;

/** What of a thrown value is told, and with which status. `statuses` are those where a service differs from the rest. */
export function faultOf(thrown: unknown, statuses: Partial<Record<UnkaiError['code'], number>>): Fault {
  if (thrown instanceof UnknownMicroversion) {
    return { status: 406, message: thrown.message, code: 'unknown_version', retryAfterSeconds: null };
  }
  const error = publicError(thrown);
  const { code, retryAfterSeconds } = error;
  return { status: statuses[code] ?? error.status, message: wordsOf(error), code, retryAfterSeconds };
}

/** Clients of OpenStack show one text: what was refused, each field that it does not name yet, and what mends them. */
function wordsOf({ message, errors }: UnkaiError): string {
  const told = errors.flatMap((each, index) => {
    const words = message.includes(each.message) ? [] : [sentence(`${each.field}: ${each.message}`)];
    return errors[index + 1]?.fix === each.fix ? words : [...words, each.fix];
  });
  return told.length === 0 ? message : [sentence(message), ...told].join(' ');
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

const json = (value: unknown): FaultBody => ({ type: 'application/json', text: JSON.stringify(value) });

const novaNames: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  409: 'conflictingRequest',
  413: 'overLimit',
  415: 'badMediaType',
  429: 'overLimit',
  501: 'notImplemented',
  503: 'serviceUnavailable',
};

/** `{"itemNotFound": {"code": 404, "message": …}}`, as Cinder says it too. */
export const novaFault: FaultShape = ({ status, message, retryAfterSeconds }) =>
  json({
    [novaNames[status] ?? 'computeFault']: {
      code: status,
      message,
      ...(retryAfterSeconds !== null && { retryAfter: String(retryAfterSeconds) }),
    },
  });

const neutronTypes: Partial<Record<Fault['code'], string>> = {
  invalid_input: 'HTTPBadRequest',
  unauthenticated: 'HTTPUnauthorized',
  forbidden: 'PolicyNotAuthorized',
  not_found: 'HTTPNotFound',
  method_not_allowed: 'HTTPMethodNotAllowed',
  conflict: 'Conflict',
  in_use: 'InUse',
  quota_exceeded: 'OverQuota',
  changed_meanwhile: 'RevisionNumberConstraintFailed',
  addresses_exhausted: 'IpAddressGenerationFailure',
};

/** `{"NeutronError": {"type", "message", "detail"}}` */
export const neutronFault = ({ code, message }: Fault, type: string | null): FaultBody =>
  json({ NeutronError: { type: type ?? neutronTypes[code] ?? 'HTTPError', message, detail: '' } });

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

function reasonOf(status: number): string {
  return reasons[status] ?? 'Error';
}

/** `{"error": {"code", "message", "title"}}` */
export const keystoneFault: FaultShape = ({ status, message }) =>
  json({ error: { code: status, message, title: reasonOf(status) } });

/** Glance answers people: a small page, from which its clients take the words. */
export const glanceFault: FaultShape = ({ status, message }) => {
  const title = `${status} ${reasonOf(status)}`;
  const text = `<html>\n <head>\n  <title>${title}</title>\n </head>\n <body>\n  <h1>${title}</h1>\n  ${escaped(message)}<br /><br />\n\n\n\n </body>\n</html>`;
  return { type: 'text/html; charset=UTF-8', text };
};

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
