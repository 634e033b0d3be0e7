import { type HostJob, hostQueueName, queuePrefix } from '@unkai/contracts/host/job';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';

/** Jobs are hints: sending one may fail or be lost without harm, since sweeps and resyncs find what was missed. */
export interface Queues {
  /** Wakes a workflow run. */
  wakeRun(runId: string, delayMs?: number): Promise<void>;
  /** Tells a host that something of its desired state changed. */
  hintHost(hostId: string, job: HostJob): Promise<void>;
  readonly redis: Redis;
  close(): Promise<void>;
}

export const workflowQueueName = 'workflow';

// A kept job with the same id makes the next add a no-op, so jobs carry no id and are kept only for a look back.
const kept = { removeOnComplete: { age: 60, count: 1000 }, removeOnFail: { age: 3600, count: 1000 } };

/** Connects to Redis lazily and keeps trying: a control plane without Redis is slow, not broken. */
export function openQueues(redisUrl: string): Queues {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1, enableOfflineQueue: true, commandTimeout: 5_000 });
  // Failures surface in the calls themselves; an unheard 'error' event would end the process.
  redis.on('error', () => {});
  const open = new Map<string, Queue>();
  const queue = (name: string) => {
    const existing = open.get(name);
    if (existing) return existing;
    const made = new Queue(name, { connection: redis, prefix: queuePrefix });
    made.on('error', () => {});
    open.set(name, made);
    return made;
  };
  return {
    redis,
    async wakeRun(runId, delayMs = 0) {
      await queue(workflowQueueName).add('wake', { runId }, { ...kept, delay: delayMs });
    },
    async hintHost(hostId, job) {
      await queue(hostQueueName(hostId)).add(job.noun, job, kept);
    },
    async close() {
      await Promise.allSettled([...open.values()].map((each) => each.close()));
      redis.disconnect();
    },
  };
}
