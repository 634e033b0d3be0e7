import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { attemptSeal } from '../src/openid/attempt.ts';
import type { Browser } from './openid-browser.ts';
import { browserOf, makeLinked, type OpenidCloud, openOpenidCloud, settingsOf, whoIs } from './openid-cloud.ts';

let opened: OpenidCloud;
let provider: OpenidCloud['provider'];

beforeAll(async () => {
  opened = await openOpenidCloud();
  ({ provider } = opened);
});
afterAll(() => opened[Symbol.asyncDispose]());
beforeEach(() => {
  provider.tamper = null;
});

const browser = (more = {}, openid = settingsOf(opened, more)) => browserOf(opened, more, openid);

describe('an answer that is not the one that was asked for is refused', () => {
  const refused = async (visitor: Browser, back: string) => {
    const answer = await visitor.open(back);
    const location = answer.headers.get('location');
    expect(await whoIs(opened, visitor)).toBe(401);
    return location;
  };

  test('A42: one that another browser began (login CSRF), and one without a beginning', async () => {
    const { name } = await makeLinked(opened);
    const back = await browser().answerAs(name);
    expect(await refused(browser(), back)).toBe('/sign-in?openid=stale');
    const victim = browser();
    await victim.open('/openid/sign-in');
    expect(await refused(victim, back)).toBe('/sign-in?openid=invalid');
  });

  test('one that was used before, also by who kept the cookie of the try', async () => {
    const { name } = await makeLinked(opened);
    const visitor = browser();
    const back = await visitor.answerAs(name);
    const kept = visitor.cookies.get('unkai-openid') ?? '';
    await visitor.open(back);
    const thief = browser();
    thief.cookies.set('unkai-openid', kept);
    expect(await refused(thief, back)).toBe('/sign-in?openid=invalid');
    visitor.cookies.delete('next-auth.session-token');
    expect(await refused(visitor, back)).toBe('/sign-in?openid=stale');
  });

  test('one whose try is too old, or was written by somebody else', async () => {
    const { name } = await makeLinked(opened);
    const visitor = browser();
    const back = await visitor.answerAs(name);
    visitor.cookies.set(
      'unkai-openid',
      await attemptSeal('d'.repeat(64)).seal({ state: 's', nonce: 'n', verifier: 'v', next: '/' }),
    );
    expect(await refused(visitor, back)).toBe('/sign-in?openid=stale');
    provider.tamper = (claims) => ({ ...claims, iat: 1_000_000, exp: 1_000_060 });
    expect(await browser().signIn(name)).toBe('/sign-in?openid=invalid');
  });

  test.for([
    ['of another issuer', { iss: 'https://evil.example' }],
    ['for another audience', { aud: 'another-client' }],
    ['with another nonce', { nonce: 'another' }],
  ] as const)('a rightly signed word %s', async ([, change]) => {
    const { name } = await makeLinked(opened);
    provider.tamper = (claims) => ({ ...claims, ...change });
    const visitor = browser();
    expect(await visitor.signIn(name)).toBe('/sign-in?openid=invalid');
    expect(await whoIs(opened, visitor)).toBe(401);
  });

  test('one that names another provider (mix-up), another state, or a code of another try', async () => {
    const { name } = await makeLinked(opened);
    for (const [key, value] of [
      ['iss', 'https://evil.example'],
      ['state', 'another'],
      ['code', 'another'],
    ] as const) {
      const visitor = browser();
      const back = new URL(await visitor.answerAs(name));
      back.searchParams.set(key, value);
      expect(await refused(visitor, back.href), key).toBe('/sign-in?openid=invalid');
    }
  });

  test('and who declines at the provider is told so', async () => {
    expect(await browser().signIn('nobody-there')).toBe('/sign-in?openid=denied');
  });
});

describe('what the provider can make this program do', () => {
  test('A29: its documents send it nowhere else', async () => {
    const elsewhere = { ...settingsOf(opened), origins: new Set(['https://sso.example.org']) };
    expect((await browser({}, elsewhere).open('/openid/sign-in')).headers.get('location')).toBe(
      '/sign-in?openid=invalid',
    );
  });

  test('a provider that is away is told, and nothing hangs', async () => {
    const away = {
      ...settingsOf(opened),
      issuer: new URL('http://127.0.0.1:9'),
      origins: new Set(['http://127.0.0.1:9']),
    };
    expect((await browser({}, away).open('/openid/sign-in')).headers.get('location')).toBe(
      '/sign-in?openid=unavailable',
    );
  });

  test('A38: afterwards the browser goes to a page of this portal, whatever was asked for', async () => {
    const { name } = await makeLinked(opened);
    for (const next of ['//evil.example', 'https://evil.example/', '/\\evil.example']) {
      expect(await browser().signIn(name, next)).toBe('/');
    }
  });
});
