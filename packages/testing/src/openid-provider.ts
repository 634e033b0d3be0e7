import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { type Configuration, Provider } from 'oidc-provider';

/** What the provider says of somebody. */
export interface Account {
  readonly sub: string;
  readonly [claim: string]: unknown;
}

export interface OpenidProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly client: typeof client;
  /** Whoever types one of these names at the provider is that person. */
  readonly accounts: Map<string, Account>;
  /** Changes what the next ID tokens say, though rightly signed: a provider gone wrong. */
  tamper: ((claims: JWTPayload) => JWTPayload) | null;
  /** Changes what its document says from now on. */
  redocument: ((metadata: Record<string, unknown>) => Record<string, unknown>) | null;
}

const client = { id: 'unkai', secret: 'only-for-tests' } as const;
const claims = ['name', 'preferred_username', 'email', 'email_verified', 'groups', 'amr'];

/** A real OpenID provider (oidc-provider) on this machine, whose one page asks for a name and believes it. */
export async function openOpenidProvider(redirectUri: string, port = 0): Promise<OpenidProvider> {
  const accounts = new Map<string, Account>();
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: 'test', alg: 'RS256', use: 'sig' };
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('not listening on a port');
  const issuer = `http://127.0.0.1:${address.port}`;
  const provider = new Provider(issuer, configuration(redirectUri, accounts, jwk));
  const opened: OpenidProvider = {
    issuer,
    client,
    accounts,
    tamper: null,
    redocument: null,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  provider.use(async (context, next) => {
    await next();
    const { body } = context;
    const { tamper, redocument } = opened;
    if (redocument !== null && isObject(body) && 'end_session_endpoint' in body) context.body = redocument(body);
    if (tamper === null || !isObject(body) || typeof body['id_token'] !== 'string') return;
    const { payload } = await jwtVerify(body['id_token'], publicKey);
    const signed = new SignJWT(tamper(payload)).setProtectedHeader({ alg: 'RS256', kid: 'test' });
    context.body = { ...body, id_token: await signed.sign(privateKey) };
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const isPage = request.url?.startsWith('/name/') ?? false;
    const work = isPage ? askName(provider, accounts, request, response) : answer(request, response);
    work.catch(() => response.writeHead(400).end('This page is of a sign-in that is over.'));
  });
  return opened;
}

function configuration(redirectUri: string, accounts: Map<string, Account>, jwk: JWK): Configuration {
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [new URL('/openid/signed-out', redirectUri).href],
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ['only for tests'] },
    claims: { openid: ['sub'], profile: claims, email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/name/${uid}` },
    pkce: { required: () => true },
    ttl: { Session: 60, Interaction: 60, Grant: 60, AccessToken: 60, IdToken: 60, AuthorizationCode: 60 },
    findAccount: (_, sub) => {
      const account = [...accounts.values()].find((each) => each.sub === sub);
      return account && { accountId: sub, claims: () => account };
    },
    // Nobody is asked whether this portal may know who they are.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  };
}

/** The provider's page: a form that asks for a name. Whoever has no account declines to sign in. */
async function askName(
  provider: Provider,
  accounts: OpenidProvider['accounts'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    const form = '<form method="post"><label>Who are you? <input name="name"></label><button>Continue</button></form>';
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Provider</title>${form}`);
    return;
  }
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part);
  const name = new URLSearchParams(Buffer.concat(parts).toString()).get('name') ?? '';
  const account = accounts.get(name);
  const result = account === undefined ? { error: 'access_denied' } : { login: { accountId: account.sub } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
