import { randomUUID } from 'node:crypto';
import type { Event, EventNoun } from '@unkai/contracts/events';
import type { WebhookEvent } from '@unkai/contracts/resources/webhook';
import type { Webhook } from '@unkai/prisma/client';
import type { Call, Core } from '../src/call.ts';
import { commit } from '../src/database/database.ts';
import { emit } from '../src/events.ts';
import { systemActor } from '../src/identity/actor.ts';
import { openKeys } from '../src/keys.ts';
import { ownNetworks } from '../src/outgoing/address-rule.ts';
import { createWebhook } from '../src/store/webhook.ts';
import { openWebhookSender, type SenderOptions } from '../src/webhook/sender.ts';
import { openTestCore } from './workflow-core.ts';

export type WebhookWorld = AsyncDisposable & {
  readonly core: Core;
  readonly call: Call;
  readonly projectId: string;
  /** Makes a webhook of the project; gives its id and secret. */
  add(url: string, events?: readonly WebhookEvent[]): Promise<{ readonly id: string; readonly secret: string }>;
  /** Lets something happen in the project. */
  happen(noun?: EventNoun, kind?: Event['kind'], projectId?: string | null): Promise<string>;
  /** Sends what is due until nothing is, with a sender of its own. */
  send(options?: SenderOptions): Promise<void>;
  /** As if so much time had passed for everything that waits. */
  later(milliseconds: number): Promise<void>;
  webhook(id: string): Promise<Webhook>;
  deliveries(webhookId: string): Promise<string[]>;
};

/** A project whose webhooks may lead to this machine. */
export async function openWebhookWorld(): Promise<WebhookWorld> {
  const { core: bare, close } = await openTestCore();
  const core: Core = { ...bare, keys: openKeys('c'.repeat(64)), ownNetworks: ownNetworks('127.0.0.0/8') };
  const call: Call = { core, actor: systemActor, requestId: 'test', address: null, log: core.log };
  const { prisma } = core.database;
  const domain = await prisma.domain.create({ data: { name: randomUUID() } });
  const { id: projectId } = await prisma.project.create({ data: { domainId: domain.id, name: 'p' } });
  return {
    core,
    call,
    projectId,
    add(url, events = ['server.changed']) {
      const input = { projectId, name: randomUUID(), url, events: [...events] };
      return commit(core.database, (unit) => createWebhook(unit, call, input));
    },
    async happen(noun = 'server', kind = 'changed', where = projectId) {
      const resourceId = randomUUID();
      await commit(core.database, ({ tx }) => emit(tx, { projectId: where, noun, resourceId, kind }));
      return resourceId;
    },
    async send(options = {}) {
      const sender = openWebhookSender(core, options);
      await sender.sweep();
      await sender.idle();
      await sender.stop();
    },
    async later(milliseconds) {
      const seconds = milliseconds / 1000;
      await prisma.$executeRaw`
        UPDATE webhook SET retry_at = retry_at - ${seconds} * interval '1 second',
          failing_since = failing_since - ${seconds} * interval '1 second'`;
      await prisma.$executeRaw`
        UPDATE webhook_delivery SET next_attempt_at = next_attempt_at - ${seconds} * interval '1 second',
          expires_at = expires_at - ${seconds} * interval '1 second'`;
    },
    webhook: (id) => prisma.webhook.findUniqueOrThrow({ where: { id } }),
    async deliveries(webhookId) {
      const rows = await prisma.webhookDelivery.findMany({ where: { webhookId }, orderBy: { position: 'asc' } });
      return rows.map(({ event, state, attempts }) => `${event} ${state} ${attempts}`);
    },
    [Symbol.asyncDispose]: close,
  };
}
