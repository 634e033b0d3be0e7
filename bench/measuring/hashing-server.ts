import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';

/** Starts a server that does nothing but hash the password that it is sent, in a process of its own; gives where it is. */
export async function openHashingServer(): Promise<{ origin: string; end: () => void }> {
  const program = fork(join(import.meta.dirname, 'hashing-program.ts'));
  const [port] = z.tuple([z.number()], z.unknown()).parse(await once(program, 'message'));
  return { origin: `http://127.0.0.1:${port}`, end: () => program.disconnect() };
}
