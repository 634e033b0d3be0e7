import {
  type OpenidFailure,
  type OpenidRefusal,
  openidFailure,
  openidRefusal,
  openidRefusalCookie,
} from '@unkai/contracts/openid';
import { cookies } from 'next/headers';

/** What the button calls the operator's OpenID provider; null where there is none. Read at run time. */
export function providerName(): string | null {
  const issuer = process.env['UNKAI_OIDC_ISSUER'];
  if (!issuer) return null;
  return process.env['UNKAI_OIDC_LABEL'] || new URL(issuer).host;
}

/** Whom a stranger is told to ask. */
export function providerContact(): string {
  return process.env['UNKAI_OIDC_CONTACT'] || 'an operator of this cloud';
}

export type OpenidOutcome = { readonly refusal: OpenidRefusal } | { readonly failure: OpenidFailure } | null;

/** What became of a sign-in with the provider, as the API sent the browser back; `openid` is of the address. */
export async function outcomeOf(openid: string | string[] | undefined): Promise<OpenidOutcome> {
  if (openid === undefined) return null;
  const failure = openidFailure.safeParse(openid);
  if (failure.success) return { failure: failure.data };
  const kept = (await cookies()).get(openidRefusalCookie)?.value ?? '';
  const refusal = openidRefusal.safeParse(fromBase64url(kept));
  return refusal.success ? { refusal: refusal.data } : { failure: 'stale' };
}

function fromBase64url(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return null;
  }
}
