// What lets this host run its servers. The control plane says with each heartbeat which lease it is; another generation
// than the one kept here means that servers of this host were given to others while it was away.
import { readFile } from 'node:fs/promises';
import type { HostLease } from '@unkai/contracts/host/join';
import { z } from 'zod';
import { hasErrorCode, writeFileAtomically } from './files.ts';

const kept = z.object({ generation: z.number().int() });

export class Lease {
  readonly #path: string;
  #generation: number | undefined;
  #endsAt = Number.POSITIVE_INFINITY;
  #isConfirmedUntil = Number.NEGATIVE_INFINITY;

  private constructor(path: string, generation: number | undefined) {
    this.#path = path;
    this.#generation = generation;
  }

  /** The lease as this host last had it; a file that cannot be read is none. */
  static async read(path: string): Promise<Lease> {
    try {
      return new Lease(path, kept.parse(JSON.parse(await readFile(path, 'utf8'))).generation);
    } catch (error) {
      if (hasErrorCode(error, 'ENOENT') || error instanceof SyntaxError || error instanceof z.ZodError) {
        return new Lease(path, undefined);
      }
      throw error;
    }
  }

  /** What heartbeats say; undefined before the first lease was taken. */
  get generation(): number | undefined {
    return this.#generation;
  }

  /** Whether guests may be started here: an answer came in time, or none ever did since this agent began. */
  get isHeld(): boolean {
    return performance.now() < this.#endsAt;
  }

  /** Whether the control plane heard this host in time: nobody else was given what it has. Not yet when the agent begins. */
  get isConfirmed(): boolean {
    return performance.now() < this.#isConfirmedUntil;
  }

  /**
   * Takes the lease that a heartbeat was answered with. Where it is another than the one kept, `letGo` comes first, and
   * only when it is done the new one is kept. It counts from `saidAt` (performance.now()), when the heartbeat was sent: the
   * control plane counts from when it came.
   */
  async renew({ generation, seconds }: HostLease, saidAt: number, letGo: () => Promise<void>): Promise<void> {
    if (generation !== this.#generation) {
      await letGo();
      await writeFileAtomically(this.#path, `${JSON.stringify({ generation })}\n`, 0o600);
      this.#generation = generation;
    }
    this.#endsAt = saidAt + seconds * 1000;
    this.#isConfirmedUntil = this.#endsAt;
  }
}
