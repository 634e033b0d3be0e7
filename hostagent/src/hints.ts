import { type HostJob, hostJob, hostQueueName, queuePrefix } from '@unkai/contracts/host/job';
import type { JoinReply } from '@unkai/contracts/host/join';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';

export type HintListener = {
  onHint(job: HostJob): void;
  /** Redis is back: hints may have been lost while it was away. */
  onReconnected(): void;
};

const hintsAtOnce = 8;
const lastRetryMs = 5_000;

/** This host's queue. A hint is taken as soon as it is known: the work it asks for is remembered by syncs, not by Redis. */
export class HintQueue {
  readonly #redis: Redis;
  readonly #worker: Worker;
  readonly #key: string;

  constructor(hostId: string, access: JoinReply['redis'], listener: HintListener, log: Logger) {
    this.#key = keyOf(hostId, access);
    this.#redis = new Redis(access.url, {
      username: access.username,
      password: access.password,
      // A worker waits for ever: Redis that is away is no reason to give up.
      maxRetriesPerRequest: null,
      retryStrategy: (times) => Math.min(times * 200, lastRetryMs),
      reconnectOnError: () => true,
    });
    let isFirst = true;
    this.#redis.on('ready', () => {
      if (!isFirst) listener.onReconnected();
      isFirst = false;
    });
    // Said once: a host on another machine may never reach it, and hears over HTTP instead.
    let isTold = false;
    this.#redis.on('error', (error) => {
      if (!isTold) log.info({ err: error }, 'Redis cannot be reached; hints come over HTTP, syncs go on');
      isTold = true;
    });
    this.#worker = new Worker(
      hostQueueName(hostId),
      async (job) => {
        const hint = hostJob.safeParse(job.data);
        if (hint.success) listener.onHint(hint.data);
        else log.warn({ jobId: job.id }, 'a job that is no hint was ignored');
      },
      { connection: this.#redis, prefix: queuePrefix, concurrency: hintsAtOnce },
    );
    this.#worker.on('error', (error) => log.warn({ err: error }, 'the queue of this host does not answer'));
  }

  get isReady(): boolean {
    return this.#redis.status === 'ready';
  }

  /** Whether this is the queue for that host and that way in; an access that changed needs a new one. */
  isFor(hostId: string, access: JoinReply['redis']): boolean {
    return this.#key === keyOf(hostId, access);
  }

  async close(): Promise<void> {
    // By force: hints under way are remembered by the next sync, and Redis may be gone for good.
    await this.#worker.close(true).catch(() => undefined);
    this.#redis.disconnect();
  }
}

function keyOf(hostId: string, { url, username, password }: JoinReply['redis']): string {
  return JSON.stringify([hostId, url, username, password]);
}
