import type { Core } from '../call.ts';
import type { Resolve } from '../outgoing/target.ts';
import { claimWebhooks, takeTurn } from './turn.ts';

export interface SenderOptions {
  /** Webhooks that are sent to at the same moment. */
  readonly slots?: number;
  /** How long a receiver may take until its answer begins. */
  readonly patienceMs?: number;
  readonly resolve?: Resolve;
}

export interface WebhookSender {
  /** Begins to send what is due and does not wait for it: one slow receiver holds up nobody else. */
  sweep(): Promise<void>;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
  /** Breaks off what is under way, which is sent again by whoever comes next, and begins nothing. */
  stop(): Promise<void>;
}

/** Sends to the webhooks of all projects. Any number of processes share the work through leases in Postgres. */
export function openWebhookSender(core: Core, options: SenderOptions = {}): WebhookSender {
  const { slots = 20, patienceMs = 10_000, resolve } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const turns = new Set<Promise<void>>();

  function begin(webhookId: string): void {
    const turn = takeTurn(core, webhookId, { signal, patienceMs, ...(resolve !== undefined && { resolve }) })
      .catch((error: unknown) => core.log.warn({ err: error, webhook: webhookId }, 'a turn of a webhook broke off'))
      .finally(() => turns.delete(turn));
    turns.add(turn);
  }

  return {
    async sweep() {
      const free = slots - turns.size;
      if (free <= 0 || signal.aborted) return;
      for (const id of await claimWebhooks(core.database, free)) begin(id);
    },
    async idle() {
      await Promise.all(turns);
    },
    async stop() {
      stopping.abort();
      await Promise.all(turns);
    },
  };
}
