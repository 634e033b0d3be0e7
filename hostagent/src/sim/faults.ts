import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, UnkaiError } from '@unkai/contracts/errors';

type Fault = { failWith: UnkaiError | undefined; delayMs: number; left: number };

/**
 * Faults of simulated tools, by the name of the operation: "qemu.start:accelerator_failed:1" fails once,
 * "disk.ensureOverlay:disk_full" always, "qemu.start:2000ms" takes two seconds. Several are separated by commas.
 */
export class Faults {
  readonly #faults = new Map<string, Fault>();

  /** Reads the notation above. Throws an Error that names the part that does not fit. */
  static parse(text: string): Faults {
    const faults = new Faults();
    for (const part of text.split(',').map((each) => each.trim())) {
      if (part === '') continue;
      const [point = '', kind = '', count = 'Infinity'] = part.split(':');
      const delay = /^(\d+)ms$/.exec(kind)?.[1];
      const code = errorCode.safeParse(kind);
      if (delay !== undefined) faults.slow(point, Number(delay), Number(count));
      else if (code.success) faults.fail(point, new UnkaiError(code.data, `${point} was made to fail.`), Number(count));
      else throw new Error(`UNKAI_SIM_FAULTS: "${part}" is not <operation>:<error code or time in ms>[:<times>].`);
    }
    return faults;
  }

  fail(point: string, error: UnkaiError, times = Number.POSITIVE_INFINITY): void {
    this.#faults.set(point, { failWith: error, delayMs: 0, left: times });
  }

  slow(point: string, delayMs: number, times = Number.POSITIVE_INFINITY): void {
    this.#faults.set(point, { failWith: undefined, delayMs, left: times });
  }

  clear(point: string): void {
    this.#faults.delete(point);
  }

  /** Asked at the beginning of an operation: throws what it is to fail with. Gives how long it is to take. */
  strike(point: string): number {
    const fault = this.#faults.get(point);
    if (fault === undefined || fault.left <= 0) return 0;
    fault.left -= 1;
    if (fault.failWith !== undefined) throw fault.failWith;
    return fault.delayMs;
  }

  /** Like strike, and takes the time. */
  async at(point: string): Promise<void> {
    const delayMs = this.strike(point);
    if (delayMs > 0) await sleep(delayMs);
  }
}
