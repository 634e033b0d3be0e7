import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { start } from '@unkai/hostagent/tools/run';
import { z } from 'zod';

const lookEveryMs = 20;
const mostLooks = 500;

/** Starts a server that does nothing but hash the password that it is sent, in a process of its own; gives where it is. */
export async function openHashingServer(): Promise<AsyncDisposable & { origin: string }> {
  const origin = `http://127.0.0.1:${await freePort()}`;
  const argv = [process.execPath, join(import.meta.dirname, 'hashing-program.ts'), new URL(origin).port] as const;
  const program = await start(argv, { inheritOutput: true });
  await untilAnswered(origin);
  return { origin, [Symbol.asyncDispose]: async () => void (await program.stop()) };
}

const bound = z.object({ port: z.number() });

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = bound.parse(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilAnswered(origin: string): Promise<void> {
  for (let look = 0; look < mostLooks; look += 1) {
    const answer = await fetch(origin, { method: 'POST', body: 'a password' }).catch(() => null);
    if (answer?.ok) return;
    await sleep(lookEveryMs);
  }
  throw new Error('The server that only hashes does not answer.');
}
