import { setTimeout as sleep } from 'node:timers/promises';
import { readStatus } from '../../src/status.ts';

/** Reads the status again and again while something is done; gives what it threw, and any failure that it told. */
export async function failuresOfReading(home: string, work: () => Promise<unknown>): Promise<unknown[]> {
  const failures: unknown[] = [];
  let isDone = false;
  const done = work().finally(() => {
    isDone = true;
  });
  while (!isDone) {
    const status = await readStatus(home).catch((error: unknown) => void failures.push(error));
    if (status?.phase === 'failed') failures.push(status.failure);
    await sleep(1);
  }
  await done;
  return failures;
}
