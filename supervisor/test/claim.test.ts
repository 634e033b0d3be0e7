import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimNetwork, giveUpNetwork } from '../src/claim.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'unkai-claim-'));
});
afterEach(() => rm(root, { recursive: true }));

/** The claim of an installation whose folder exists. */
async function installation(namespace?: string) {
  return { namespace, home: await mkdtemp(join(root, 'home-')), folder: join(root, 'run') };
}

test('one installation has the network of a machine until it gives it up', async () => {
  const [first, second] = [await installation(), await installation()];
  expect(await claimNetwork(first)).toBeNull();
  expect(await claimNetwork(first)).toBeNull();
  expect(await claimNetwork(second)).toBe(first.home);
  await giveUpNetwork(second);
  expect(await claimNetwork(second)).toBe(first.home);
  await giveUpNetwork(first);
  expect(await claimNetwork(second)).toBeNull();
});

test('of many that come at once one has it, also when the one before them is gone', async () => {
  const gone = await installation();
  const many = await Promise.all(Array.from({ length: 20 }, () => installation()));
  for (const isFirst of [true, false]) {
    const answers = await Promise.all(many.map(claimNetwork));
    expect(answers.filter((holder) => holder === null)).toHaveLength(1);
    const [winner] = many.filter((_, index) => answers[index] === null);
    expect(new Set(answers)).toEqual(new Set([null, winner?.home]));
    if (winner !== undefined) await giveUpNetwork(winner);
    if (!isFirst) continue;
    expect(await claimNetwork(gone)).toBeNull();
    await rm(gone.home, { recursive: true });
  }
  expect(await readdir(join(root, 'run'))).toEqual([]);
});

test('each network namespace is a network of its own', async () => {
  expect(await claimNetwork(await installation())).toBeNull();
  expect(await claimNetwork(await installation('one'))).toBeNull();
  expect(await claimNetwork(await installation('two'))).toBeNull();
});

test('an installation that was removed holds nothing', async () => {
  const [first, second] = [await installation(), await installation()];
  expect(await claimNetwork(first)).toBeNull();
  await rm(first.home, { recursive: true });
  expect(await claimNetwork(second)).toBeNull();
});
