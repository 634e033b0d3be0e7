import type { ShownIdentity } from '@unkai/core/identity/openid-sign-in';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  type IDToken,
  None,
  type UserInfoResponse,
} from 'openid-client';
import { z } from 'zod';
import type { SignInAttempt } from './attempt.ts';
import { providerFetch } from './outgoing.ts';
import type { OpenidSettings } from './settings.ts';

/** The one OpenID provider that people may sign in with. */
export interface OpenidProvider {
  /** Where to send a browser. Throws when the provider cannot be reached, or is another than it should be. */
  authorizationUrl(attempt: SignInAttempt): Promise<URL>;
  /**
   * Who came back, once the answer proved right: state, issuer, audience, nonce, signature, times, and a code that fits
   * the verifier. Throws otherwise, and when the provider refuses or cannot be reached.
   */
  identityOf(callback: URL, attempt: SignInAttempt): Promise<ProvenIdentity>;
  /**
   * Where to send a browser that has signed out here, to be signed out there (RP-Initiated Logout 1.0). Null where the
   * provider says of no such place, or of one outside its origins; and where the operator wants it so.
   */
  endSessionUrl(leaving: { readonly idToken: string | null; readonly state: string }): Promise<URL | null>;
}

/** Who came back, and the provider's own word for that. */
export interface ProvenIdentity {
  readonly shown: ShownIdentity;
  readonly idToken: string | null;
}

/** Where browsers come back to: with an answer, and after they signed out. */
export interface ReturnAddresses {
  readonly signedIn: string;
  readonly signedOut: string;
}

const documentHoldsMs = 3_600_000;

/** Speaks OpenID Connect with the authorization code flow and PKCE. */
export function openProvider(settings: OpenidSettings, back: ReturnAddresses): OpenidProvider {
  let known: { readonly config: Configuration; readonly readAt: number } | undefined;
  const configuration = async () => {
    if (known === undefined || performance.now() - known.readAt > documentHoldsMs) {
      known = { config: await discover(settings), readAt: performance.now() };
    }
    return known.config;
  };
  return {
    async authorizationUrl({ state, nonce, verifier }) {
      return buildAuthorizationUrl(await configuration(), {
        redirect_uri: back.signedIn,
        scope: settings.scopes,
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
    },
    async identityOf(callback, { state, nonce, verifier }) {
      const config = await configuration();
      const tokens = await authorizationCodeGrant(config, callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new TypeError('no ID token');
      const hasMore = config.serverMetadata().userinfo_endpoint !== undefined;
      // Refused when it is about another subject.
      const more = hasMore ? await fetchUserInfo(config, tokens.access_token, claims.sub) : {};
      return { shown: identityFrom(claims, more, settings.claims), idToken: tokens.id_token ?? null };
    },
    async endSessionUrl({ idToken, state }) {
      if (!settings.signsOut) return null;
      const config = await configuration();
      const { end_session_endpoint: address } = config.serverMetadata();
      // The ID token goes there by way of the browser: to nobody but whom the operator named.
      if (address === undefined || !settings.origins.has(new URL(address).origin)) return null;
      const hint = idToken === null ? {} : { id_token_hint: idToken };
      return buildEndSessionUrl(config, { ...hint, post_logout_redirect_uri: back.signedOut, state });
    },
  };
}

/** Throws when the document at the issuer's address says that it is another's: the mix-up begins there. */
function discover({ issuer, clientId, clientSecret, origins }: OpenidSettings): Promise<Configuration> {
  const isPlain = issuer.protocol === 'http:';
  return discovery(issuer, clientId, clientSecret ?? undefined, clientSecret === null ? None() : undefined, {
    [customFetch]: providerFetch(origins),
    // The library takes TLS to the provider for proof enough; we check the signature of its word as well.
    execute: [enableNonRepudiationChecks, ...(isPlain ? [allowInsecureRequests] : [])],
  });
}

const text = z.string().min(1).max(255).nullable().catch(null);
const texts = z.union([z.array(z.string()), z.string().transform((one) => [one])]).catch([]);

function identityFrom(
  claims: IDToken,
  more: Partial<UserInfoResponse>,
  names: OpenidSettings['claims'],
): ShownIdentity {
  // What was signed goes before what was asked for afterwards.
  const all: Record<string, unknown> = { ...more, ...claims };
  return {
    issuer: claims.iss,
    subject: claims.sub,
    name: text.parse(all[names.name]),
    email: text.parse(all[names.email]),
    isEmailVerified: all['email_verified'] === true,
    groups: texts.parse(all[names.groups]),
    hasSecondFactor: texts.parse(all['amr']).includes('mfa'),
  };
}
