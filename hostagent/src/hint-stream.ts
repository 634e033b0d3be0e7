import { setTimeout as sleep } from 'node:timers/promises';
import { hostJob } from '@unkai/contracts/host/job';
import type { Logger } from 'pino';
import type { ControlPlane } from './control-plane.ts';
import type { HintListener } from './hints.ts';

export interface HintStreamOptions {
  readonly controlPlane: Pick<ControlPlane, 'hints'>;
  /** Whether nobody else brings the hints: the queue of this host cannot be reached. */
  readonly isNeeded: () => boolean;
  readonly listener: HintListener;
  readonly log: Logger;
}

const lookMs = 500;
const firstRetryMs = 500;
const lastRetryMs = 15_000;
// The control plane says every 15 s that it is still there.
const silenceMs = 45_000;

/**
 * Hints over the connection that this host makes to the control plane anyway, for as long as Redis cannot be reached: on
 * another machine it mostly cannot, and nothing need be opened for it.
 */
export class HintStream {
  readonly #options: HintStreamOptions;
  readonly #stopping = new AbortController();
  readonly #loop: Promise<void>;
  #isReady = false;

  constructor(options: HintStreamOptions) {
    this.#options = options;
    this.#loop = this.#run();
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { isNeeded, log } = this.#options;
    let failures = 0;
    // A queue that can be reached is, in this time.
    await this.#pause(lookMs);
    while (!this.#stopping.signal.aborted) {
      if (!isNeeded()) {
        await this.#pause(lookMs);
        continue;
      }
      try {
        await this.#listen();
        failures = 0;
      } catch (error) {
        if (failures === 0) log.info({ err: error }, 'hints are not heard over HTTP either; syncs go on');
        failures += 1;
      }
      this.#isReady = false;
      // Also after a stream that ended well: one that ends at once would be asked for without end.
      await this.#pause(Math.min(firstRetryMs * 2 ** Math.max(failures - 1, 0), lastRetryMs));
    }
  }

  async #listen(): Promise<void> {
    const { controlPlane, isNeeded, listener } = this.#options;
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), silenceMs);
    try {
      const answer = await controlPlane.hints(AbortSignal.any([silence.signal, this.#stopping.signal]));
      this.#isReady = true;
      // Before the stream stood hints may have been missed.
      listener.onReconnected();
      let rest = '';
      for await (const chunk of answer.setEncoding('utf8')) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), silenceMs);
        // Leaving the loop ends the connection.
        if (!isNeeded()) return;
        const lines = (rest + String(chunk)).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) this.#take(line);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #take(line: string): void {
    if (line === '') return;
    const hint = hostJob.safeParse(JSON.parse(line));
    if (hint.success) this.#options.listener.onHint(hint.data);
    else this.#options.log.warn('a line that is no hint was ignored');
  }

  async #pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}
