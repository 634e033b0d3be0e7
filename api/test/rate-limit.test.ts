import { randomUUID } from 'node:crypto';
import { openQueues } from '@unkai/core/queues';
import { openRequestLimit, type RequestQuota, requestQuota } from '@unkai/core/request-limit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { type Cloud, makePerson, makeToken, openCloud, problemBody, type Told } from './cloud.ts';

// A window that no test sees the end of: they begin at multiples of ten years.
const seconds = 10 * 365 * 86_400;
const quota = { requests: 5, seconds };

let cloud: Cloud;
beforeAll(async () => {
  cloud = await openCloud(quota);
});
afterAll(() => cloud[Symbol.asyncDispose]());

/** An API token of a user of its own. */
async function newToken(): Promise<string> {
  const { id } = await makePerson(cloud, {});
  return makeToken(cloud.core, id, {});
}

async function askOften(times: number, token: string, path = '/v1/users/me'): Promise<Told[]> {
  const told: Told[] = [];
  for (let time = 0; time < times; time += 1) told.push(await cloud.ask('GET', path, { token }));
  return told;
}

const statuses = (told: readonly Told[]) => told.map(({ status }) => status);

describe('requests of one API token', () => {
  test('are counted down in every answer, refusals too', async () => {
    const token = await newToken();
    const told = [...(await askOften(2, token)), ...(await askOften(1, token, `/v1/servers/${randomUUID()}`))];
    expect(statuses(told)).toEqual([200, 200, 404]);
    const [first, second] = told;
    expect(first?.headers.get('ratelimit-limit')).toBe('5');
    expect(first?.headers.get('ratelimit-policy')).toBe(`"requests";q=5;w=${seconds}`);
    const reset = Number(first?.headers.get('ratelimit-reset'));
    expect(reset).toBeGreaterThan(0);
    expect(reset).toBeLessThanOrEqual(seconds);
    expect(told.map(({ headers }) => headers.get('ratelimit-remaining'))).toEqual(['4', '3', '2']);
    expect(second?.headers.get('ratelimit')).toMatch(/^"requests";r=3;t=\d+$/);
  });

  test('beyond the quota are 429 with the seconds to wait and what to do', async () => {
    const token = await newToken();
    const told = await askOften(6, token);
    expect(statuses(told)).toEqual([200, 200, 200, 200, 200, 429]);
    const last = told.at(-1);
    expect(last?.headers.get('content-type')).toBe('application/problem+json');
    const problem = problemBody.parse(last?.body);
    expect(problem).toMatchObject({
      code: 'rate_limited',
      detail: `Too many requests: at most 5 in ${seconds} seconds.`,
    });
    expect(problem.next).toContain(`Wait ${last?.headers.get('retry-after')} s`);
    expect(last?.headers.get('ratelimit-remaining')).toBe('0');
    expect(last?.headers.get('retry-after')).toBe(last?.headers.get('ratelimit-reset'));
  });

  test('beyond the quota change nothing', async () => {
    const token = await newToken();
    await askOften(5, token);
    const refused = await cloud.ask('POST', '/v1/api-tokens', { token, body: { name: 'one too many' } });
    expect(refused.status).toBe(429);
    expect(await cloud.core.database.prisma.apiToken.count({ where: { name: 'one too many' } })).toBe(0);
  });

  test('are not those of another token, even of the same user', async () => {
    const { id } = await makePerson(cloud, {});
    const [one, other] = [await makeToken(cloud.core, id, {}), await makeToken(cloud.core, id, {})];
    expect(statuses(await askOften(6, one)).at(-1)).toBe(429);
    expect(statuses(await askOften(1, other))).toEqual([200]);
  });
});

describe('requests of a user with sessions', () => {
  test('are counted together on /v1, and not in the portal', async () => {
    const { token } = await makePerson(cloud, {});
    expect(statuses(await askOften(6, token)).at(-1)).toBe(429);
    const portal = await askOften(6, token, '/trpc/session.current');
    expect(statuses(portal)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(portal[0]?.headers.get('ratelimit-limit')).toBeNull();
  });
});

describe('who is nobody', () => {
  test('is refused as nobody, however often', async () => {
    const told = await askOften(6, 'unk_made_up');
    expect(new Set(statuses(told))).toEqual(new Set([401]));
    const pages = await Promise.all(Array.from({ length: 6 }, () => cloud.ask('GET', '/v1/openapi.json')));
    expect(new Set(statuses(pages))).toEqual(new Set([200]));
  });
});

describe('several API programs', () => {
  test('share what they count: what one has answered, the other takes off', async () => {
    const many = { requests: 10_000, seconds };
    await using one = anotherApi(many);
    await using other = anotherApi(many);
    const token = await newToken();
    for (let time = 0; time < 200; time += 1) await one.remaining(token);
    // By its own count alone it would take the other two hundred questions to get there, and there is time for fifty.
    await expect.poll(() => other.remaining(token), { interval: 200 }).toBeLessThan(9_800);
  });

  test('count alone while Redis is away, and answer as ever', async () => {
    await using alone = anotherApi(quota, 'redis://127.0.0.1:1/0');
    const token = await newToken();
    await askOften(5, token);
    expect(await alone.remaining(token)).toBe(4);
    expect(await alone.remaining(token)).toBe(3);
  });
});

/** Another program of the same installation. */
function anotherApi(quota: RequestQuota, redisUrl = cloud.services.redisUrl) {
  const queues = openQueues(redisUrl);
  const { core, options } = cloud;
  const app = createApp({ ...core, queues }, { ...options, requestLimit: openRequestLimit(queues.redis, quota) });
  return {
    async remaining(token: string): Promise<number> {
      const told = await app.request('/v1/users/me', { headers: { authorization: `Bearer ${token}` } });
      return Number(told.headers.get('ratelimit-remaining'));
    },
    [Symbol.asyncDispose]: () => queues.close(),
  };
}

test.each(['', '600', '0/10', '600/0', '600/10s', '-1/10', 'OFF'])('UNKAI_RATE_LIMIT refuses %j', (text) => {
  expect(requestQuota.safeParse(text).success).toBe(false);
});

test('UNKAI_RATE_LIMIT reads a quota, and off as none', () => {
  expect(requestQuota.parse('600/10')).toEqual({ requests: 600, seconds: 10 });
  expect(requestQuota.parse('off')).toBeNull();
});
