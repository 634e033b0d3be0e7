import { requestToSign, type SignedRequest, textToSign } from '@unkai/core/identity/ec2-signature';
import { exchangeSignature, type ShownSignature } from '@unkai/core/identity/ec2-token';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { tokenView } from './token-view.ts';

const short = z.string().max(512);
const line = z.string().max(8_192);
const byName = z.record(z.string().max(256), z.coerce.string().max(8_192));

const signed = z.object({
  access: short,
  signature: short,
  verb: z.string().max(16),
  host: short,
  path: line,
  params: byName.default({}),
  headers: byName.default({}),
  body_hash: z.string().max(64).default(''),
});
/** Clients name what they send in either way. */
const ec2Request = z.union([
  z.object({ credentials: signed }).transform(({ credentials }) => credentials),
  z.object({ ec2Credentials: signed }).transform(({ ec2Credentials }) => ec2Credentials),
]);
const s3Request = z.object({ credentials: z.object({ access: short, signature: short, token: line }) });

async function exchange(asked: Asked, shown: ShownSignature): Promise<Answer> {
  const issued = await exchangeSignature(asked.call, shown);
  const headers = { 'x-subject-token': issued.token, vary: 'X-Auth-Token' };
  return { status: 200, headers, body: { token: await tokenView(asked, issued) } };
}

async function ec2(asked: Asked): Promise<Answer> {
  const { access, signature, verb, host, path, params, headers, body_hash } = await asked.body(ec2Request);
  const request: SignedRequest = { verb, host, path, params, headers: lowered(headers), bodyHash: body_hash };
  return exchange(asked, { accessKey: access, signature, toSign: requestToSign(request, access) });
}

async function s3(asked: Asked): Promise<Answer> {
  const { access, signature, token } = (await asked.body(s3Request)).credentials;
  return exchange(asked, { accessKey: access, signature, toSign: textToSign(token) });
}

function lowered(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Where services have the signatures of requests that they got exchanged for tokens. */
export const signedRequestRoutes: readonly Route[] = [
  { method: 'POST', path: '/v3/ec2tokens', answer: ec2 },
  { method: 'POST', path: '/v3/s3tokens', answer: s3 },
];
