import type { Webhook, WebhookDelivery } from '@unkai/prisma/client';
import type { Call, Core } from '../call.ts';
import { recordChange } from '../change.ts';
import { commit, type Database, type Unit } from '../database/database.ts';
import { systemActor } from '../identity/actor.ts';
import { notify } from '../notification.ts';
import { backoffMs } from '../workflow/backoff.ts';
import { type AttemptOptions, attempt, type Outcome } from './attempt.ts';

/** Nobody else sends to a webhook for so long after its worker wrote what came of a message. Longer than an attempt. */
const leaseSeconds = 60;
/** After so many the next webhook has its turn. */
const messagesATurn = 20;

const minute = 60_000;
const hour = 60 * minute;
const longestMessagePauseMs = hour;
const longestWebhookPauseMs = 5 * minute;
/** A receiver that takes nothing for so long has been forgotten. */
const longestFailureMs = 3 * 24 * hour;

/** Takes up to `count` webhooks that have something to send and that nobody sends to. */
export async function claimWebhooks({ prisma }: Database, count: number): Promise<string[]> {
  const rows = await prisma.$queryRaw<Array<{ id: string }>>`
    UPDATE webhook SET lease_until = now() + ${leaseSeconds} * interval '1 second'
    WHERE id IN (
      SELECT id FROM webhook
      WHERE disabled_by IS NULL AND retry_at <= now() AND (lease_until IS NULL OR lease_until <= now())
        AND EXISTS (
          SELECT 1 FROM webhook_delivery
          WHERE webhook_id = webhook.id AND state = 'waiting' AND next_attempt_at <= now()
        )
      ORDER BY retry_at LIMIT ${count} FOR NO KEY UPDATE SKIP LOCKED
    )
    RETURNING id`;
  return rows.map(({ id }) => id);
}

/**
 * Sends what waits for a claimed webhook, in order, until one message does not arrive: who is away is asked one thing at a
 * time, with longer and longer pauses. Each message arrives once or more, since an answer may be lost.
 */
export async function takeTurn(core: Core, webhookId: string, options: AttemptOptions): Promise<void> {
  const { prisma } = core.database;
  try {
    for (let sent = 0; sent < messagesATurn && !options.signal.aborted; sent += 1) {
      const next = await nextMessage(core.database, webhookId);
      if (next === null) return;
      const outcome = await attempt(core, next.webhook, next, options);
      // It was not the receiver who gave up.
      if (options.signal.aborted && outcome.status === null) return;
      await (outcome.isTaken ? recordTaken : recordFailed)(core, next, outcome);
      if (!outcome.isTaken) return;
    }
  } finally {
    await prisma.webhook.updateMany({ where: { id: webhookId }, data: { leaseUntil: null } });
  }
}

type Message = WebhookDelivery & { readonly webhook: Webhook };

/** Read anew each time: the webhook may have been changed, disabled or deleted meanwhile. */
function nextMessage({ prisma }: Database, webhookId: string): Promise<Message | null> {
  return prisma.webhookDelivery.findFirst({
    where: { webhookId, state: 'waiting', nextAttemptAt: { lte: new Date() }, webhook: { disabledBy: null } },
    orderBy: [{ nextAttemptAt: 'asc' }, { position: 'asc' }],
    include: { webhook: true },
  });
}

async function recordTaken({ database }: Core, { id, webhookId, attempts }: Message, { status }: Outcome) {
  const now = new Date();
  await commit(database, async ({ tx }) => {
    await tx.webhookDelivery.updateMany({
      where: { id },
      data: { state: 'delivered', attempts: attempts + 1, lastStatus: status, lastError: null, lastAttemptAt: now },
    });
    await tx.webhook.updateMany({
      where: { id: webhookId },
      data: { failingSince: null, failures: 0, leaseUntil: leaseEnd(now) },
    });
  });
}

async function recordFailed(core: Core, { webhook, ...delivery }: Message, { status, error }: Outcome): Promise<void> {
  const now = new Date();
  const attempts = delivery.attempts + 1;
  const failures = webhook.failures + 1;
  const failingSince = webhook.failingSince ?? now;
  // From 10 s and 5 s on, doubled each time.
  const nextAttemptAt = later(now, backoffMs(attempts + 6, longestMessagePauseMs));
  const disabledBy = reasonToDisable(status, now.getTime() - failingSince.getTime());
  await commit(core.database, async (unit) => {
    await unit.tx.webhookDelivery.updateMany({
      where: { id: delivery.id },
      data: {
        state: disabledBy !== null || nextAttemptAt > delivery.expiresAt ? 'failed' : 'waiting',
        attempts,
        nextAttemptAt,
        lastStatus: status,
        lastError: error,
        lastAttemptAt: now,
      },
    });
    const retryAt = later(now, backoffMs(failures + 5, longestWebhookPauseMs));
    await unit.tx.webhook.updateMany({
      where: { id: webhook.id, disabledBy: null },
      data: { failures, failingSince, retryAt, disabledBy },
    });
    if (disabledBy !== null) await disable(unit, core, webhook, disabledBy);
  });
}

type Reason = 'gone' | 'failures';

/** 410 is how a receiver says that it wants no more, for ever. */
function reasonToDisable(status: number | null, failingMs: number): Reason | null {
  if (status === 410) return 'gone';
  return failingMs >= longestFailureMs ? 'failures' : null;
}

const sentences: Record<Reason, string> = {
  gone: 'disabled: the receiver answered 410, it is gone',
  failures: 'disabled: nothing has arrived for three days',
};

const notices: Record<Reason, string> = {
  gone: 'Its receiver answered 410: it wants no more.',
  failures: 'Nothing has arrived at its receiver for three days.',
};

/** What waits is given up with it: nobody wants to hear of it weeks later. */
async function disable(
  unit: Unit,
  core: Core,
  { id, name, projectId, createdById }: Webhook,
  reason: Reason,
): Promise<void> {
  await unit.tx.webhookDelivery.updateMany({
    where: { webhookId: id, state: 'waiting' },
    data: { state: 'failed', lastError: 'The webhook was disabled.' },
  });
  const actor = { ...systemActor, name: 'webhooks' };
  const call: Call = { core, actor, requestId: 'webhooks', address: null, log: core.log };
  const detail = sentences[reason];
  await notify(unit.tx, {
    userIds: createdById === null ? [] : [createdById],
    tone: 'warning',
    noun: 'webhook',
    resourceId: id,
    projectId,
    title: `The webhook ${name} was disabled`,
    detail: `${notices[reason]} Mend the receiver, then enable the webhook again.`,
  });
  await recordChange(unit, call, { action: 'webhook:update', kind: 'changed', id, name, projectId, detail });
}

const later = (from: Date, milliseconds: number) => new Date(from.getTime() + milliseconds);
const leaseEnd = (now: Date) => later(now, leaseSeconds * 1000);
