import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { origin } from './cloud.ts';
import type { Browser } from './openid-browser.ts';
import { browserOf, makeLinked, type OpenidCloud, openOpenidCloud, settingsOf, whoIs } from './openid-cloud.ts';

let opened: OpenidCloud;
beforeAll(async () => {
  opened = await openOpenidCloud();
});
afterAll(() => opened[Symbol.asyncDispose]());
beforeEach(() => {
  opened.provider.redocument = null;
});

async function signedIn(more = {}): Promise<Browser> {
  const { name } = await makeLinked(opened);
  const visitor = browserOf(opened, more);
  expect(await visitor.signIn(name)).toBe('/');
  return visitor;
}

/** What the portal does first. */
async function signOutHere({ cookieHeader: cookie }: Browser): Promise<void> {
  const out = await opened.cloud.ask('DELETE', '/v1/sessions/current', { headers: { cookie, origin } });
  expect(out.status).toBe(204);
}

async function goneTo(visitor: Browser, address: string): Promise<URL> {
  const answer = await visitor.open(address);
  expect(answer.status).toBe(303);
  return new URL(answer.headers.get('location') ?? '', origin);
}

const signOut = (visitor: Browser) => goneTo(visitor, '/openid/sign-out?next=%2Fprojects');
const signInPage = `${origin}/sign-in?next=%2Fprojects`;

/** Whether the provider still knows who this is: then it sends a browser straight back. */
async function isKnownThere(visitor: Browser): Promise<boolean> {
  const asked = await visitor.open((await goneTo(visitor, '/openid/sign-in')).href);
  return (asked.headers.get('location') ?? '').startsWith(`${origin}/openid/callback?code=`);
}

describe('signing out', () => {
  test('goes on to the provider, which ends its session too, and back to the sign-in page', async () => {
    const visitor = await signedIn();
    await signOutHere(visitor);
    expect(await isKnownThere(visitor)).toBe(true);
    const there = await signOut(visitor);
    expect(there.origin).toBe(opened.provider.issuer);
    expect(there.searchParams.get('post_logout_redirect_uri')).toBe(`${origin}/openid/signed-out`);
    const page = await (await visitor.open(there.href)).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const confirmed = await visitor.open(`${opened.provider.issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
    const back = confirmed.headers.get('location') ?? '';
    expect(back).toMatch(`${origin}/openid/signed-out?state=`);
    expect((await goneTo(visitor, back)).href).toBe(signInPage);
    expect(await isKnownThere(visitor)).toBe(false);
    expect(await whoIs(opened, visitor)).toBe(401);
    // Once: the browser holds nothing of it any more.
    expect((await signOut(visitor)).href).toBe(signInPage);
  });

  test('names the person by the provider’s own word, so that it signs out nobody else', async () => {
    const visitor = await signedIn();
    await signOutHere(visitor);
    const hint = (await signOut(visitor)).searchParams.get('id_token_hint') ?? '';
    const claims: unknown = JSON.parse(Buffer.from(hint.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ iss: opened.provider.issuer, aud: opened.provider.client.id });
  });

  test('does nothing there while the session here is open: any page may send a browser to that address', async () => {
    const visitor = await signedIn();
    expect((await signOut(visitor)).href).toBe(signInPage);
    expect(await whoIs(opened, visitor)).not.toBe(401);
    // And the way stays open for whoever does sign out.
    await signOutHere(visitor);
    expect((await signOut(visitor)).origin).toBe(opened.provider.issuer);
  });

  test('stays here where the operator wants it so, and for who came otherwise', async () => {
    const visitor = await signedIn({ UNKAI_OIDC_SIGN_OUT: 'no' });
    await signOutHere(visitor);
    expect((await signOut(visitor)).href).toBe(signInPage);
    expect((await signOut(browserOf(opened))).href).toBe(signInPage);
    expect((await signOut(browserOf(opened, {}, null))).href).toBe(signInPage);
  });

  test.each([
    ['does not say where', undefined],
    ['names a place that the operator did not', 'https://elsewhere.example.org/end'],
  ])('stays here when the provider %s', async (_, end_session_endpoint) => {
    opened.provider.redocument = (metadata) => ({ ...metadata, end_session_endpoint });
    const visitor = await signedIn();
    await signOutHere(visitor);
    expect((await signOut(visitor)).href).toBe(signInPage);
  });

  test('ends at the sign-in page when the provider is away', async () => {
    const visitor = await signedIn();
    await signOutHere(visitor);
    const nowhere = { ...settingsOf(opened), issuer: new URL('http://127.0.0.1:1') };
    const later = browserOf(opened, {}, nowhere);
    for (const [name, value] of visitor.cookies) later.cookies.set(name, value);
    expect((await signOut(later)).href).toBe(signInPage);
  });

  test('leads nowhere else: not by a page of another origin, nor with an answer to another question', async () => {
    const visitor = await signedIn();
    await signOutHere(visitor);
    await goneTo(visitor, '/openid/sign-out?next=https%3A%2F%2Fevil.example.org');
    expect((await goneTo(visitor, '/openid/signed-out?state=guessed')).href).toBe(`${origin}/sign-in`);
    const strange = await goneTo(browserOf(opened), '/openid/sign-out?next=%2F%2Fevil.example.org');
    expect(strange.href).toBe(`${origin}/sign-in?next=%2F`);
  });
});
