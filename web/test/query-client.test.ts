import { QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { LosslessQueryClient } from '#client/query-client.ts';

/** A query that somebody looks at; each time it asks, the test answers. */
function watched() {
  const client = new LosslessQueryClient();
  const asked: Array<PromiseWithResolvers<string>> = [];
  const queryFn = () => {
    const answer = Promise.withResolvers<string>();
    asked.push(answer);
    return answer.promise;
  };
  const observer = new QueryObserver(client, { queryKey: ['operation'], queryFn, retry: false });
  observer.subscribe(() => {});
  const shown = () => observer.getCurrentResult().data;
  return { client, asked, shown };
}

test('a change that is told while the first answer is on its way is asked for after it', async () => {
  const { client, asked, shown } = watched();
  const isDone = client.invalidateQueries({ queryKey: ['operation'] });
  asked[0]?.resolve('running');
  await expect.poll(() => asked.length).toBe(2);
  expect(shown()).toBe('running');
  asked[1]?.resolve('done');
  await isDone;
  expect(shown()).toBe('done');
});

test('a first answer that fails does not take the change with it', async () => {
  const { client, asked, shown } = watched();
  const isDone = client.invalidateQueries();
  asked[0]?.reject(new Error('away'));
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.resolve('done');
  await isDone;
  expect(shown()).toBe('done');
});

test('a burst of changes lets each answer arrive, and costs one question more', async () => {
  const { client, asked, shown } = watched();
  asked[0]?.resolve('queued');
  await expect.poll(shown).toBe('queued');
  const told = Array.from({ length: 50 }, () => client.invalidateQueries({ queryKey: ['operation'] }));
  asked[1]?.resolve('running');
  await expect.poll(shown).toBe('running');
  await expect.poll(() => asked.length).toBe(3);
  asked[2]?.resolve('done');
  await Promise.all(told);
  expect(shown()).toBe('done');
  expect(asked.length).toBe(3);
});

test('what nobody looks at is not asked for, and asks when somebody looks again', async () => {
  const client = new LosslessQueryClient();
  let asked = 0;
  const query = {
    queryKey: ['operation'],
    queryFn: () => Promise.resolve(++asked),
    staleTime: Number.POSITIVE_INFINITY,
  };
  const first = client.fetchQuery(query);
  const isDone = client.invalidateQueries();
  expect(await first).toBe(1);
  await isDone;
  expect(asked).toBe(1);
  expect(await client.fetchQuery(query)).toBe(2);
});
