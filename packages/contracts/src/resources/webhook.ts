import { z } from 'zod';
import { fieldRule, sizeRule } from '../field-rule.ts';
import { areDistinct, displayName, id, isoTime, pageQuery } from '../primitives.ts';
import { defineActions } from '../state-table.ts';

/** What a project's webhooks can be told of, as `<noun>.<kind>` of the event, each with a sentence for people. */
export const webhookEvents = {
  'server.created': 'A server was asked for.',
  'server.changed': 'A server was changed, or its state did.',
  'server.deleted': 'A server is gone.',
  'image.created': 'An image was announced.',
  'image.changed': 'An image was changed, or its bytes came.',
  'image.deleted': 'An image is gone.',
  'network.created': 'A network was made.',
  'network.changed': 'A network was changed.',
  'network.deleted': 'A network is gone.',
  'subnet.created': 'A subnet was made.',
  'subnet.changed': 'A subnet was changed.',
  'subnet.deleted': 'A subnet is gone.',
  'port.created': 'A port was made.',
  'port.changed': 'A port was changed.',
  'port.deleted': 'A port is gone.',
  'router.created': 'A router was made.',
  'router.changed': 'A router, its interfaces or its gateway were changed, or its state was.',
  'router.deleted': 'A router is gone.',
  'floating-ip.created': 'A floating IP was taken.',
  'floating-ip.changed': 'A floating IP reaches somebody else, or nobody.',
  'floating-ip.deleted': 'A floating IP was given back.',
  'security-group.created': 'A security group was made.',
  'security-group.changed': 'A security group or one of its rules was changed.',
  'security-group.deleted': 'A security group is gone.',
  'operation.created': 'An operation began to wait for its turn.',
  'operation.changed': 'An operation took a step, failed or ended.',
  'budget.created': 'The project was given a budget.',
  'budget.changed': 'The budget was changed, or a part of it was reached.',
  'budget.deleted': 'The project has no budget any more.',
  'project.changed': 'The project itself was changed.',
  'role-assignment.created': 'Somebody was given a role on the project.',
  'role-assignment.deleted': 'A role on the project was taken away.',
} as const satisfies Record<string, string>;

export type WebhookEvent = keyof typeof webhookEvents;
const names = Object.keys(webhookEvents).filter((name): name is WebhookEvent => name in webhookEvents);
export const webhookEventNames: readonly WebhookEvent[] = names;
export const webhookEvent = z.enum(names);

/** What a test delivery is called; nobody subscribes to it. */
export const webhookTest = 'webhook.test';

export const webhookStates = {
  enabled: 'What happens is sent to it.',
  failing: 'The receiver does not take what is sent; it is tried again and again.',
  disabled: 'Nothing is sent to it.',
} as const satisfies Record<string, string>;
export type WebhookState = keyof typeof webhookStates;
export const webhookState = z.enum(['enabled', 'failing', 'disabled']);

export const webhookCan = defineActions<WebhookState, 'send'>({
  send: { states: ['enabled', 'failing'], otherwise: 'The webhook is disabled. Enable it first.' },
});

/** Why it was disabled: by a person, since nothing arrived for days, or since the receiver said that it is gone. */
export const webhookDisabledBy = z.enum(['person', 'failures', 'gone']);

const url = z.string().min(1).max(2000, sizeRule);
const events = z
  .array(webhookEvent)
  .min(1, fieldRule('must name at least one event', 'Name at least one event such as server.created.'))
  .refine(areDistinct, fieldRule('must not name an event twice', 'Name each event once.'));

export const webhookCreate = z.strictObject({
  name: displayName,
  /** https or http, without a user or password, at a public address (or in a network that the operator allows). */
  url,
  events,
});

export const webhookUpdate = z.strictObject({
  name: displayName.optional(),
  url: url.optional(),
  events: events.optional(),
  /** False keeps it and sends nothing; what happens meanwhile is not sent later. */
  isEnabled: z.boolean().optional(),
});

export const webhook = z.object({
  id,
  projectId: id,
  name: z.string(),
  /** Whole for who may change the webhook; others see where it leads, and `…` for the rest. */
  url: z.string(),
  events: z.array(webhookEvent),
  state: webhookState,
  disabledBy: webhookDisabledBy.nullable(),
  /** Since when nothing has arrived; null while all goes well. */
  failingSince: isoTime.nullable(),
  /** Deliveries that still wait. */
  waiting: z.number().int(),
  createdAt: isoTime,
});
export type Webhook = z.infer<typeof webhook>;

/** `secret` is shown once, here: `whsec_` and 32 bytes in base64. What is sent is signed with it. */
export const webhookCreated = webhook.extend({ secret: z.string() });

export const deliveryStates = {
  waiting: 'It will be sent, or tried again.',
  delivered: 'The receiver took it.',
  failed: 'It was given up.',
} as const satisfies Record<string, string>;
export type DeliveryState = keyof typeof deliveryStates;
export const deliveryState = z.enum(['waiting', 'delivered', 'failed']);

export const webhookDeliveryQuery = pageQuery.extend({ webhookId: id, state: deliveryState.optional() });

/** One message to one webhook. What the receiver answered is not kept, but for the status (A30). */
export const webhookDelivery = z.object({
  /** Sent as `webhook-id`; the same each time that it is sent, so that a receiver knows it again. */
  id,
  webhookId: id,
  event: z.string(),
  /** The body as it is sent. */
  payload: z.string(),
  state: deliveryState,
  attempts: z.number().int(),
  /** The HTTP status of the last answer; null when there was none. */
  lastStatus: z.number().int().nullable(),
  /** Why the last attempt did not count as taken. */
  lastError: z.string().nullable(),
  lastAttemptAt: isoTime.nullable(),
  /** When it is tried next; null when it is not. */
  nextAttemptAt: isoTime.nullable(),
  createdAt: isoTime,
});
export type WebhookDelivery = z.infer<typeof webhookDelivery>;
