import { setTimeout as sleep } from 'node:timers/promises';
import { queuePrefix } from '@unkai/contracts/host/job';
import { id } from '@unkai/contracts/primitives';
import type { Core } from '@unkai/core/call';
import type { ImageStore } from '@unkai/core/image/image-store';
import type { Mailer } from '@unkai/core/mail/mail-send';
import { workflowQueueName } from '@unkai/core/queues';
import { budgets } from '@unkai/core/reconcile/budgets';
import { expiry } from '@unkai/core/reconcile/expiry';
import { floatingIpHolders, floatingIpWays } from '@unkai/core/reconcile/floating-ip-holders';
import { hostLiveness } from '@unkai/core/reconcile/host-liveness';
import { laggingHosts } from '@unkai/core/reconcile/lagging-hosts';
import { lateImages } from '@unkai/core/reconcile/late-images';
import { lateMigrations } from '@unkai/core/reconcile/late-migrations';
import { lateServers } from '@unkai/core/reconcile/late-servers';
import { mailRequests } from '@unkai/core/reconcile/mail-requests';
import { mailSending } from '@unkai/core/reconcile/mail-sending';
import { orphans } from '@unkai/core/reconcile/orphans';
import type { Reconciler } from '@unkai/core/reconcile/reconciler';
import { redisUsers } from '@unkai/core/reconcile/redis-users';
import { routerHosts } from '@unkai/core/reconcile/router-hosts';
import { openWebhookSender } from '@unkai/core/webhook/sender';
import type { Workflow } from '@unkai/core/workflow/definition';
import { type Engine, openEngine } from '@unkai/core/workflow/engine';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import { type Clock, startClock } from './clock.ts';

const wake = z.object({ runId: id });
const sweepEveryMs = 2_000;

export interface WorkersOptions {
  readonly workflows: readonly Workflow[];
  /** What servers that move have on their disks, while it is on its way. */
  readonly disks: ImageStore;
  readonly redisUrl: string;
  readonly concurrency: number;
  readonly registry: Registry;
  /** Null where there is no mail server. */
  readonly mailer: Mailer | null;
}

export interface Workers {
  readonly engine: Engine;
  readonly clock: Clock;
  /** Finishes the steps and turns under way, and gives every lease back. */
  stop(): Promise<void>;
}

/** Starts to move runs and to reconcile. With Redis away it goes on: the sweep finds what no job could tell. */
export function startWorkers(core: Core, options: WorkersOptions): Workers {
  const { workflows, disks, redisUrl, concurrency, registry, mailer } = options;
  const engine = openEngine({ core, workflows, concurrency });
  const sweep: Reconciler = {
    name: 'run-sweep',
    everyMs: sweepEveryMs,
    // A step may take as long as an image is long; what else is due does not wait for it.
    run: () => Promise.race([engine.sweep(), sleep(sweepEveryMs, undefined, { ref: false })]),
  };
  const sender = openWebhookSender(core);
  const webhooks: Reconciler = { name: 'webhooks', everyMs: 1_000, run: () => sender.sweep() };
  const lateness = [laggingHosts, lateServers, lateImages, lateMigrations(disks)];
  const letters = [mailRequests, mailSending(mailer)];
  const lateHosts = [hostLiveness, routerHosts, floatingIpHolders, floatingIpWays];
  const all = [sweep, ...lateHosts, ...lateness, orphans, redisUsers, ...letters, webhooks, budgets, expiry];
  const clock = startClock(core, all, registry);
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  // Its failures are BullMQ's to mend; an unheard 'error' event would end the process.
  connection.on('error', () => {});
  // What was sent while Redis was away, or before it was emptied, is asked for again as soon as it is there.
  connection.on('ready', () => clock.signal());
  const listening = { connection, prefix: queuePrefix, concurrency };
  const worker = new Worker(workflowQueueName, async ({ data }) => engine.advance(wake.parse(data).runId), listening);
  worker.on('error', (error) => core.log.debug({ err: error }, 'the workflow queue is away'));
  return {
    engine,
    clock,
    async stop() {
      // Forced: with Redis away an orderly close would wait for it for ever, and a job left behind is only a hint.
      await Promise.all([engine.stop(), sender.stop(), clock.stop(), worker.close(true)]);
      connection.disconnect();
    },
  };
}
