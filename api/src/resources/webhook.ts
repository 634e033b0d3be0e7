import { id, page, pageQuery } from '@unkai/contracts/primitives';
import {
  webhook,
  webhookCreate,
  webhookCreated,
  webhookDelivery,
  webhookDeliveryQuery,
  webhookUpdate,
} from '@unkai/contracts/resources/webhook';
import { commit } from '@unkai/core/database/database';
import { findPlace } from '@unkai/core/store/project';
import {
  createWebhook,
  deleteWebhook,
  findWebhook,
  listWebhooks,
  renewWebhookSecret,
  updateWebhook,
  viewWebhook,
} from '@unkai/core/store/webhook';
import { listDeliveries, resendDelivery, testWebhook } from '@unkai/core/store/webhook-delivery';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Webhooks');

export const webhookRouter = router({
  create: procedure
    .meta(
      operation('POST /projects/{projectId}/webhooks', 'Make a webhook; its secret is shown once', 'webhook:create', {
        showsSecret: true,
      }),
    )
    .input(webhookCreate.extend({ projectId: id }))
    .output(webhookCreated)
    .mutation(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'webhook:create', input.projectId);
      return commit(call.core.database, (unit) => createWebhook(unit, call, input));
    }),
  list: procedure
    .meta(operation('GET /projects/{projectId}/webhooks', 'List webhooks', 'webhook:read'))
    .input(pageQuery.extend({ projectId: id }))
    .output(page(webhook))
    .query(async ({ ctx: { call }, input }) => {
      await findPlace(call, 'webhook:read', input.projectId);
      return listWebhooks(call, input);
    }),
  get: procedure
    .meta(operation('GET /webhooks/{id}', 'Show a webhook', 'webhook:read'))
    .input(z.strictObject({ id }))
    .output(webhook)
    .query(async ({ ctx: { call }, input }) => viewWebhook(call, await findWebhook(call, 'webhook:read', input.id))),
  update: procedure
    .meta(operation('PATCH /webhooks/{id}', 'Change, enable or disable a webhook', 'webhook:update'))
    .input(webhookUpdate.extend({ id }))
    .output(webhook)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findWebhook(call, 'webhook:update', input.id);
      return commit(call.core.database, (unit) => updateWebhook(unit, call, row, input));
    }),
  delete: procedure
    .meta(operation('DELETE /webhooks/{id}', 'Delete a webhook with its deliveries', 'webhook:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findWebhook(call, 'webhook:delete', input.id);
      await commit(call.core.database, (unit) => deleteWebhook(unit, call, row));
    }),
  renewSecret: procedure
    .meta(
      operation(
        'POST /webhooks/{id}/secret',
        'Give a webhook a new secret, shown once; the old one signs too for a day',
        'webhook:update',
        { showsSecret: true },
      ),
    )
    .input(z.strictObject({ id }))
    .output(webhookCreated)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findWebhook(call, 'webhook:update', input.id);
      return commit(call.core.database, (unit) => renewWebhookSecret(unit, call, row));
    }),
  test: procedure
    .meta(operation('POST /webhooks/{id}/test', 'Send a test message', 'webhook:update'))
    .input(z.strictObject({ id }))
    .output(webhookDelivery)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findWebhook(call, 'webhook:update', input.id);
      return commit(call.core.database, (unit) => testWebhook(unit, call, row));
    }),
  deliveries: procedure
    .meta(operation('GET /webhooks/{webhookId}/deliveries', 'List what was sent, newest first', 'webhook:read'))
    .input(webhookDeliveryQuery)
    .output(page(webhookDelivery))
    .query(async ({ ctx: { call }, input }) =>
      listDeliveries(call, await findWebhook(call, 'webhook:read', input.webhookId), input),
    ),
  resend: procedure
    .meta(operation('POST /webhooks/{webhookId}/deliveries/{id}/resend', 'Send it again', 'webhook:update'))
    .input(z.strictObject({ webhookId: id, id }))
    .output(webhookDelivery)
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findWebhook(call, 'webhook:update', input.webhookId);
      return commit(call.core.database, (unit) => resendDelivery(unit, call, row, input.id));
    }),
});
