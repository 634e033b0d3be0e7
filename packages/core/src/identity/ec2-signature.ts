// Signatures as Amazon's clients make them (versions 2 and 4), checked as OpenStack does: a service that got such a request
// tells what the request was, and the signature proves that whoever has the secret meant just that.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A request that was signed, as the service that got it tells it. */
export interface SignedRequest {
  readonly verb: string;
  readonly host: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body, in hexadecimal. */
  readonly bodyHash: string;
}

/** What a signature is checked against. */
export interface ToSign {
  /** When it was made, in milliseconds of the epoch. */
  readonly madeAt: number;
  /** The signature that the secret gives. */
  readonly sign: (secret: string) => string;
}

/** What the signer of a request signed; null for a request that says no version, no time, or contradicts itself. */
export function requestToSign(request: SignedRequest, accessKey: string): ToSign | null {
  const { params, headers } = request;
  if (params['SignatureVersion'] === '2') return version2(request, accessKey);
  const isFour = 'X-Amz-Algorithm' in params || (headers['authorization'] ?? '').startsWith(`${algorithm} `);
  return isFour ? version4(request, accessKey) : null;
}

function version2({ verb, host, path, params }: SignedRequest, accessKey: string): ToSign | null {
  const madeAt = timeOf(params['Timestamp'] ?? '');
  if (madeAt === null || params['AWSAccessKeyId'] !== accessKey) return null;
  const hash = { HmacSHA256: 'sha256', HmacSHA1: 'sha1' }[params['SignatureMethod'] ?? ''];
  if (hash === undefined) return null;
  const text = [verb, host, path, queryOf(params, 'Signature')].join('\n');
  return { madeAt, sign: (secret) => createHmac(hash, secret).update(text).digest('base64') };
}

const algorithm = 'AWS4-HMAC-SHA256';

function version4(request: SignedRequest, accessKey: string): ToSign | null {
  const { verb, path, params, headers, bodyHash } = request;
  const given = partsOf(request);
  const date = headers['x-amz-date'] ?? params['X-Amz-Date'] ?? '';
  const madeAt = timeOf(date);
  const [key, day = '', region = '', service = '', end] = given.credential.split('/');
  const names = given.signedHeaders.split(';');
  // Without the host a signature is good at any service.
  if (madeAt === null || key !== accessKey || end !== 'aws4_request' || !names.includes('host')) return null;
  if (!date.startsWith(day) || day === '') return null;
  const lines = names.map((name) => `${name}:${(name === 'host' ? request.host : (headers[name] ?? '')).trim()}\n`);
  const query = verb.toUpperCase() === 'POST' ? '' : queryOf(params, 'X-Amz-Signature');
  const canonical = [verb.toUpperCase(), path, query, lines.join(''), given.signedHeaders, bodyHash].join('\n');
  const scope = [day, region, service, end].join('/');
  const text = [algorithm, date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  return { madeAt, sign: (secret) => sign4(secret, [day, region, service, end], text) };
}

/** The signature proper of version 4, with the key that is good for one day, region and service. */
function sign4(secret: string, scope: readonly string[], text: string): string {
  const key = scope.reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${secret}`);
  return hmac(key, text).toString('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** The credential and the names of the signed headers, from the query or from the header Authorization. */
function partsOf({ params, headers }: SignedRequest) {
  if ('X-Amz-Algorithm' in params) {
    return { credential: params['X-Amz-Credential'] ?? '', signedHeaders: params['X-Amz-SignedHeaders'] ?? '' };
  }
  const header = headers['authorization'] ?? '';
  const part = (name: string) => new RegExp(`[ ,]${name}=([^, ]+)`).exec(header)?.[1] ?? '';
  return { credential: part('Credential'), signedHeaders: part('SignedHeaders') };
}

/** The parameters in order, encoded as RFC 3986 says, without that of the signature itself. */
function queryOf(params: Readonly<Record<string, string>>, signature: string): string {
  const encoded = Object.entries(params)
    .filter(([name]) => name !== signature)
    .map(([name, value]) => [encode(name), encode(value)] as const);
  return encoded
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * What a service for objects signed over, which it sends whole and encoded (base64): of version 4 for `s3`, or of
 * version 2. Null for anything else, and for one that does not say when it was made.
 */
export function textToSign(encoded: string): ToSign | null {
  const text = Buffer.from(encoded, 'base64url').toString();
  const lines = text.split('\n');
  if (lines[0] === algorithm) {
    const [, date = '', scope = '', hash] = lines;
    const [day = '', region = '', service, end = ''] = scope.split('/');
    const madeAt = timeOf(date);
    if (madeAt === null || hash === undefined || service !== 's3' || end !== 'aws4_request') return null;
    if (day === '' || !date.startsWith(day)) return null;
    return { madeAt, sign: (secret) => sign4(secret, [day, region, service, end], text) };
  }
  // Method, MD5, type, date; where the date is in a header of Amazon's it stands below, and that line is empty.
  const dated = lines.slice(4).find((line) => line.startsWith('x-amz-date:'));
  const madeAt = timeOf(dated?.slice('x-amz-date:'.length) ?? lines[3] ?? '');
  if (madeAt === null || lines.length < 5) return null;
  return { madeAt, sign: (secret) => createHmac('sha1', secret).update(text).digest('base64') };
}

/** `20260131T120000Z`, ISO 8601, or as in mail. A time without a zone is UTC. */
function timeOf(text: string): number | null {
  const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const iso = compact === null ? text : isoOf(compact);
  const isZoned = /([+-]\d\d:?\d\d|Z|GMT|UTC)$/.test(iso);
  const time = iso === '' ? Number.NaN : Date.parse(isZoned ? iso : `${iso}Z`);
  return Number.isNaN(time) ? null : time;
}

function isoOf([, year, month, day, hour, minute, second]: RegExpExecArray): string {
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

/** Compares in constant time. */
export function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
