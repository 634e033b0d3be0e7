import { type HostJob, hintChannel, hostJob } from '@unkai/contracts/host/job';
import type { Redis } from 'ioredis';

export interface HintListener {
  readonly onHint: (job: HostJob) => void;
  /** Nothing is heard any more: Redis went, or the host may not listen. */
  readonly onEnd: () => void;
}

/** One connection by which a program hears the hints of all hosts that listen to it. */
export class HintEar {
  readonly #redis: Redis;
  readonly #listeners = new Map<string, Set<HintListener>>();
  #subscriber: Redis | undefined;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** Comes back once it hears. Throws when Redis does not answer. */
  async hear(hostId: string, listener: HintListener): Promise<() => void> {
    const channel = hintChannel(hostId);
    const subscriber = this.#connected();
    const present = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, present.add(listener));
    const stop = () => {
      present.delete(listener);
      if (present.size > 0 || this.#listeners.get(channel) !== present) return;
      this.#listeners.delete(channel);
      void subscriber.unsubscribe(channel).catch(() => {});
    };
    await subscriber.subscribe(channel).catch((error: unknown) => {
      stop();
      throw error;
    });
    return stop;
  }

  close(): void {
    this.#subscriber?.disconnect();
  }

  #connected(): Redis {
    if (this.#subscriber !== undefined) return this.#subscriber;
    const subscriber = this.#redis.duplicate();
    subscriber.on('error', () => {});
    subscriber.on('message', (channel: string, text: string) => this.#tell(channel, text));
    // What was said meanwhile is lost: whoever listened is to come again, and look for itself what it missed.
    subscriber.on('close', () => this.#endAll());
    this.#subscriber = subscriber;
    return subscriber;
  }

  #tell(channel: string, text: string): void {
    for (const listener of [...(this.#listeners.get(channel) ?? [])]) {
      if (text === '') listener.onEnd();
      else listener.onHint(hostJob.parse(JSON.parse(text)));
    }
  }

  #endAll(): void {
    for (const listeners of [...this.#listeners.values()]) for (const listener of [...listeners]) listener.onEnd();
  }
}
