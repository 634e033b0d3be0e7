import { expect, test } from 'vitest';
import { Remembered } from '../../src/tools/remembered.ts';

test('reads once while nothing changes, and again after a change', async () => {
  let stored = 1;
  let reads = 0;
  const value = new Remembered(async () => {
    reads++;
    return stored;
  }, 60_000);
  expect([await value.get(), await value.get(), reads]).toEqual([1, 1, 1]);
  await value.change(async () => {
    stored = 2;
  });
  expect([await value.get(), reads]).toEqual([2, 2]);
});

test('a read that began before a change ended is not remembered', async () => {
  let stored = 'old';
  const slow = Promise.withResolvers<void>();
  let wait: Promise<void> = slow.promise;
  const value = new Remembered(async () => {
    const seen = stored;
    await wait;
    return seen;
  }, 60_000);
  const early = value.get();
  await value.change(async () => {
    stored = 'new';
  });
  slow.resolve();
  wait = Promise.resolve();
  expect(await early).toBe('old');
  expect(await value.get()).toBe('new');
});

test('all who ask at once share one read; who asks after a change does not', async () => {
  let stored = 'old';
  let reads = 0;
  const slow = Promise.withResolvers<void>();
  const value = new Remembered(async () => {
    reads++;
    const seen = stored;
    await slow.promise;
    return seen;
  }, 60_000);
  const early = [value.get(), value.get(), value.get()];
  await value.change(async () => {
    stored = 'new';
  });
  const late = [value.get(), value.get()];
  slow.resolve();
  expect([await Promise.all(early), await Promise.all(late)]).toEqual([
    ['old', 'old', 'old'],
    ['new', 'new'],
  ]);
  expect(reads).toBe(2);
});

test('a change that fails is a change', async () => {
  let stored = 1;
  const value = new Remembered(async () => stored, 60_000);
  await value.get();
  const change = value.change(async () => {
    stored = 2;
    throw new Error('half-way');
  });
  await expect(change).rejects.toThrow('half-way');
  expect(await value.get()).toBe(2);
});
