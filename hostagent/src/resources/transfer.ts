// Bytes between this host and the control plane, which may be gigabytes and take hours: an image, the disk of a server that
// moves. A control plane that restarts in the middle is no reason to fail; a plain "no" is.
import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnkaiError } from '@unkai/contracts/errors';
import type { Logger } from 'pino';
import { ControlPlaneError } from '../control-plane.ts';
import { hasErrorCode } from '../files.ts';

const attempts = 4;
const silenceLimitMs = 30_000;

interface Patience {
  /** What could not be done, for the reason: `The disk could not be sent`. */
  readonly failed: string;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** What is thrown for the control plane's "no"; left out: that it could not be done. */
  readonly refused?: (error: ControlPlaneError) => UnkaiError;
}

/** Tries again where the control plane was away or the line broke. Throws `unavailable` at last, and the signal's reason. */
export async function patiently({ failed, log, signal, refused }: Patience, once: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof UnkaiError || hasErrorCode(error, 'ENOSPC')) throw error;
      const isRefused = error instanceof ControlPlaneError && isNo(error);
      if (isRefused && refused) throw refused(error);
      if (isRefused || attempt === attempts) {
        const words = `${failed}: ${error instanceof Error ? error.message : error}`;
        throw new UnkaiError('unavailable', words.slice(0, 300), { cause: error });
      }
      log.warn({ err: error, attempt }, `${failed}; it is tried again`);
      await sleep(500 * 2 ** attempt, undefined, { signal });
    }
  }
}

const isNo = ({ status }: ControlPlaneError) => status !== null && status >= 400 && status < 500;

/** Ends a transfer in which no byte passes for half a minute; `heard` is called for each that does. */
export function watchdog() {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Error('no byte passed for 30 seconds')), silenceLimitMs);
  return { signal: silence.signal, heard: () => void timer.refresh(), stop: () => clearTimeout(timer) };
}

type Passing = { hash: Hash; heard(): void; tell(bytes: number): void };

/** The same bytes, counted and hashed as they pass; none is kept. */
export async function* counted(bytes: AsyncIterable<Buffer>, { hash, heard, tell }: Passing): AsyncGenerator<Buffer> {
  let passed = 0;
  for await (const chunk of bytes) {
    heard();
    passed += chunk.length;
    hash.update(chunk);
    tell(passed);
    yield chunk;
  }
}

interface Fetching {
  /** Where the bytes are written, in the place of what is there. */
  readonly path: string;
  readonly expected: { readonly sizeBytes: number; readonly sha256: string };
  readonly signal: AbortSignal;
  readonly body: (signal: AbortSignal) => Promise<AsyncIterable<Buffer>>;
  /** Told how many bytes have come. */
  readonly tell: (bytes: number) => void;
  /** What is thrown for other bytes than were expected. */
  readonly corrupt: (reason: string) => UnkaiError;
}

/** Fetches bytes into a file, which lies on its disk when this ends. Throws what `corrupt` makes, and what the body throws. */
export async function fetchToFile({ path, expected, signal, body, tell, corrupt }: Fetching): Promise<void> {
  const silence = watchdog();
  const hash = createHash('sha256');
  const file = await open(path, 'w', 0o600);
  let received = 0;
  try {
    const bytes = await body(AbortSignal.any([silence.signal, signal]));
    for await (const chunk of counted(bytes, { hash, heard: silence.heard, tell })) {
      received += chunk.length;
      if (received > expected.sizeBytes) throw corrupt(`it has more than its ${expected.sizeBytes} bytes`);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    silence.stop();
    await file.close();
  }
  // What is short broke off and comes anew; what is whole and different would come so again.
  if (received < expected.sizeBytes)
    throw new Error(`the connection ended after ${received} of ${expected.sizeBytes} bytes`);
  if (hash.digest('hex') !== expected.sha256) throw corrupt('its bytes have another SHA-256 digest');
}

export const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
