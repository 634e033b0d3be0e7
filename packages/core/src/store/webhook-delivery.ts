import type { WebhookDelivery, webhookDeliveryQuery } from '@unkai/contracts/resources/webhook';
import { deliveryState, webhookCan, webhookTest } from '@unkai/contracts/resources/webhook';
import type { WebhookDelivery as DeliveryRow, Webhook as WebhookRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { notFound } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { messageOf } from '../webhook/message.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { requireState } from './refusal.ts';
import { stateOf } from './webhook.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** The deliveries of a webhook that `findWebhook` found for the caller, newest first. */
export async function listDeliveries(
  call: Call,
  webhook: WebhookRow,
  query: z.infer<typeof webhookDeliveryQuery>,
): Promise<Page<WebhookDelivery>> {
  const { after, orderBy, take } = pageRows(query);
  const { webhookId, state } = query;
  const where = { AND: [{ webhookId, ...(state !== undefined && { state }) }, after] };
  const rows = await call.core.database.prisma.webhookDelivery.findMany({ where, orderBy, take });
  return pageOf(rows, query, (row) => viewDelivery(row, webhook.projectId));
}

/** Sends a message that tells of the webhook itself. Throws `wrong_state` while it is disabled. */
export async function testWebhook(unit: Unit, call: Call, webhook: WebhookRow): Promise<WebhookDelivery> {
  requireState(webhookCan.send, { state: stateOf(webhook) });
  const now = new Date();
  const row = await unit.tx.webhookDelivery.create({
    data: {
      webhookId: webhook.id,
      event: webhookTest,
      resourceId: webhook.id,
      happenedAt: now,
      expiresAt: new Date(now.getTime() + dayMs),
    },
  });
  await hurry(unit, webhook);
  await record(unit, call, webhook, 'test message');
  return viewDelivery(row, webhook.projectId);
}

/** Sends it again, at once and for another day. Throws `not_found` for one of another webhook, `wrong_state`. */
export async function resendDelivery(
  unit: Unit,
  call: Call,
  webhook: WebhookRow,
  id: string,
): Promise<WebhookDelivery> {
  const { tx } = unit;
  const found = await tx.webhookDelivery.findFirst({ where: { id, webhookId: webhook.id } });
  if (found === null) throw notFound('webhook-delivery', id);
  requireState(webhookCan.send, { state: stateOf(webhook) });
  const now = new Date();
  const row = await tx.webhookDelivery.update({
    where: { id },
    data: { state: 'waiting', nextAttemptAt: now, expiresAt: new Date(now.getTime() + dayMs) },
  });
  await hurry(unit, webhook);
  await record(unit, call, webhook, `sent again: ${row.event}`);
  return viewDelivery(row, webhook.projectId);
}

/** Somebody looks on: a pause after failures ends. */
async function hurry({ tx }: Unit, { id }: WebhookRow): Promise<void> {
  await tx.webhook.update({ where: { id }, data: { retryAt: new Date() } });
}

function record(unit: Unit, call: Call, { id, name, projectId }: WebhookRow, detail: string): Promise<void> {
  return recordChange(unit, call, { action: 'webhook:update', kind: 'changed', id, name, projectId, detail });
}

function viewDelivery(row: DeliveryRow, projectId: string): WebhookDelivery {
  const state = deliveryState.parse(row.state);
  return {
    id: row.id,
    webhookId: row.webhookId,
    event: row.event,
    payload: messageOf(row, projectId),
    state,
    attempts: row.attempts,
    lastStatus: row.lastStatus,
    lastError: row.lastError,
    lastAttemptAt: row.lastAttemptAt?.toISOString() ?? null,
    nextAttemptAt: state === 'waiting' ? row.nextAttemptAt.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
  };
}
