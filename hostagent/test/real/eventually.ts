import { setTimeout as delay } from 'node:timers/promises';

/** Tries an expectation until it holds. Throws its last failure when it has not after `limitMs` (15 s). */
export async function eventually(expectation: () => Promise<void>, limitMs = 15_000): Promise<void> {
  const started = performance.now();
  for (;;) {
    try {
      return await expectation();
    } catch (error) {
      if (performance.now() - started > limitMs) throw error;
    }
    await delay(50);
  }
}
