import { type HostJob, hintChannel, hostQueueName, queuePrefix } from '@unkai/contracts/host/job';
import { type JobsOptions, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { HintEar, type HintListener } from './hint-ear.ts';

/** Jobs are hints: sending one may fail or be lost without harm, since sweeps and resyncs find what was missed. */
export interface Queues {
  /** Wakes a workflow run. */
  wakeRun(runId: string, delayMs?: number): Promise<void>;
  /** Tells a host that something of its desired state changed. */
  hintHost(hostId: string, job: HostJob): Promise<void>;
  /** Hears, in the place of a host that listens here, what it is told. Gives the way to stop. */
  hearHints(hostId: string, listener: HintListener): Promise<() => void>;
  /** Ends what `hearHints` began for a host, in all programs: it has another credential now, or none. */
  endHints(hostId: string): Promise<void>;
  readonly redis: Redis;
  close(): Promise<void>;
}

export const workflowQueueName = 'workflow';

// A kept job with the same id makes the next add a no-op, so jobs carry no id and are kept only for a look back.
const kept = { removeOnComplete: { age: 60, count: 1000 }, removeOnFail: { age: 3600, count: 1000 } };

const firstConnectionMs = 2_000;

/** Keeps trying to reach Redis: a control plane without it is slow, not broken. */
export function openQueues(redisUrl: string): Queues {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1, enableOfflineQueue: true, commandTimeout: 2_000 });
  // Failures surface in the calls themselves; an unheard 'error' event would end the process.
  redis.on('error', () => {});
  const settled = firstConnection(redis);
  const open = new Map<string, Queue>();
  const queue = (name: string) => {
    const existing = open.get(name);
    if (existing) return existing;
    const made = new Queue(name, { connection: redis, prefix: queuePrefix });
    made.on('error', () => {});
    open.set(name, made);
    return made;
  };
  const send = async (name: string, job: string, data: object, options: JobsOptions) => {
    // BullMQ would wait for Redis without end, and whoever sends a hint has better things to do.
    if (redis.status !== 'ready') await settled;
    if (redis.status !== 'ready') throw new Error('Redis is away; sweeps find what was to be said');
    await queue(name).add(job, data, options);
  };
  const ear = new HintEar(redis);
  return {
    redis,
    hearHints: (hostId, listener) => ear.hear(hostId, listener),
    endHints: async (hostId) => void (await redis.publish(hintChannel(hostId), '')),
    wakeRun: (runId, delayMs = 0) => send(workflowQueueName, 'wake', { runId }, { ...kept, delay: delayMs }),
    async hintHost(hostId, job) {
      // Who hears by HTTP has no use for a queue that it does not reach and that would only grow.
      const isHeard = redis.status === 'ready' && (await redis.publish(hintChannel(hostId), JSON.stringify(job))) > 0;
      if (!isHeard) await send(hostQueueName(hostId), job.noun, job, kept);
    },
    async close() {
      await Promise.allSettled([...open.values()].map((each) => each.close()));
      ear.close();
      redis.disconnect();
    },
  };
}

/** Ends when the connection stands, or its first attempt has failed: jobs of the first moments are not lost. */
function firstConnection(redis: Redis): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, firstConnectionMs);
  for (const event of ['ready', 'close', 'end']) redis.once(event, resolve);
  return promise.finally(() => clearTimeout(timer));
}
