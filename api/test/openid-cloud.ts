import { randomUUID } from 'node:crypto';
import { openidRefusal, openidRefusalCookie } from '@unkai/contracts/openid';
import { type OpenidProvider, openOpenidProvider } from '@unkai/testing/openid-provider';
import { expect } from 'vitest';
import { z } from 'zod';
import { createApp } from '../src/app.ts';
import { type OpenidSettings, openidSettings } from '../src/openid/settings.ts';
import { type Cloud, makePerson, openCloud, origin } from './cloud.ts';
import { Browser } from './openid-browser.ts';

/** An installation beside a real provider. Closed by `await using`. */
export interface OpenidCloud extends AsyncDisposable {
  readonly cloud: Cloud;
  readonly provider: OpenidProvider;
}

export async function openOpenidCloud(): Promise<OpenidCloud> {
  const cloud = await openCloud();
  const provider = await openOpenidProvider(`${origin}/openid/callback`);
  return {
    cloud,
    provider,
    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]();
      await cloud[Symbol.asyncDispose]();
    },
  };
}

type Choices = Readonly<Record<string, string>>;

export function settingsOf({ provider }: OpenidCloud, more: Choices = {}): OpenidSettings {
  const { issuer, client } = provider;
  const names = { UNKAI_OIDC_ISSUER: issuer, UNKAI_OIDC_CLIENT_ID: client.id, UNKAI_OIDC_CLIENT_SECRET: client.secret };
  const read = openidSettings({ ...names, ...more });
  if (read === null) throw new TypeError('no issuer');
  return read;
}

/** A browser before an installation that an operator has set up so. */
export function browserOf(
  openidCloud: OpenidCloud,
  more: Choices = {},
  openid: OpenidSettings | null = settingsOf(openidCloud, more),
): Browser {
  const { cloud } = openidCloud;
  return new Browser(createApp(cloud.core, { ...cloud.options, openid }));
}

/** Somebody whom the provider knows. */
export function makeAccount({ provider }: OpenidCloud, more: Readonly<Record<string, unknown>> = {}) {
  const name = `person-${randomUUID()}`;
  const email = `${name}@example.org`;
  const made = { sub: `sub-${name}`, preferred_username: name, email, email_verified: true, ...more };
  provider.accounts.set(name, made);
  return { name, email, sub: made.sub };
}

/** A user here whom the provider knows as well, linked by an operator. */
export async function makeLinked(openidCloud: OpenidCloud, more: Readonly<Record<string, unknown>> = {}) {
  const { cloud, provider } = openidCloud;
  const someone = makeAccount(openidCloud, more);
  const user = await makePerson(cloud, {});
  const operator = await makePerson(cloud, { system: 'admin' });
  const body = { userId: user.id, issuer: provider.issuer, subject: someone.sub };
  const link = await cloud.ask('POST', '/v1/identity-links', { token: operator.token, body });
  expect(link.status).toBe(201);
  return { ...someone, user, operator, linkId: z.object({ id: z.string() }).parse(link.body).id };
}

/** The name of the user whom the browser's cookie signs in, or the status of the refusal. */
export async function whoIs({ cloud }: OpenidCloud, visitor: Browser): Promise<unknown> {
  const { status, body } = await cloud.ask('GET', '/v1/users/me', { headers: { cookie: visitor.cookieHeader } });
  return status === 200 ? z.looseObject({ name: z.string() }).parse(body).name : status;
}

/** What the sign-in page would tell this browser. */
export function refusalIn(visitor: Browser) {
  const text = Buffer.from(visitor.cookies.get(openidRefusalCookie) ?? '', 'base64url').toString();
  return openidRefusal.parse(JSON.parse(text));
}
