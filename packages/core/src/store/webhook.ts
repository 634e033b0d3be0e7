import { randomUUID } from 'node:crypto';
import type { PageQuery } from '@unkai/contracts/primitives';
import {
  type Webhook,
  type WebhookState,
  type webhookCreate,
  type webhookCreated,
  webhookDisabledBy,
  webhookEvent,
  type webhookUpdate,
} from '@unkai/contracts/resources/webhook';
import type { Prisma, Webhook as WebhookRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { allows, granted } from '../access.ts';
import { type Call, keysOf } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Unit } from '../database/database.ts';
import { spend } from '../quota/quota.ts';
import { seal } from '../sealed.ts';
import { newWebhookSecret } from '../webhook/signature.ts';
import { checkedUrl } from '../webhook/target.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { refuseTakenName } from './refusal.ts';

type FoundWebhook = WebhookRow & { readonly _count: { readonly deliveries: number } };
type Created = z.infer<typeof webhookCreated>;
const withWaiting = {
  _count: { select: { deliveries: { where: { state: 'waiting' } } } },
} satisfies Prisma.WebhookInclude;

// Receivers have this long to learn a new secret.
const formerSecretMs = 24 * 60 * 60 * 1000;

/** What a webhook's secret is bound to where it is kept. */
export const webhookOwner = (id: string) => `webhook ${id}`;

/** Looks a webhook up for an action. */
export async function findWebhook(
  call: Call,
  wanted: `webhook:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundWebhook> {
  const row = await call.core.database.prisma.webhook.findUnique({ where: { id }, include: withWaiting });
  return granted(call, wanted, row, {
    noun: 'webhook',
    id,
    projectId: row?.projectId ?? null,
    ...(row && { name: row.name }),
  });
}

/** The webhooks of a project that the caller was let into by `findPlace`. */
export async function listWebhooks(
  call: Call,
  query: PageQuery & { readonly projectId: string },
): Promise<Page<Webhook>> {
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [{ projectId: query.projectId }, after] };
  const rows = await call.core.database.prisma.webhook.findMany({ where, orderBy, take, include: withWaiting });
  return pageOf(rows, query, (row) => viewWebhook(call, row));
}

/** Makes a webhook; its secret is in the answer and never again. Throws `invalid_input`, `conflict`, `quota_exceeded`. */
export async function createWebhook(
  unit: Unit,
  call: Call,
  { projectId, name, url, events }: z.infer<typeof webhookCreate> & { readonly projectId: string },
): Promise<Created> {
  const target = checkedUrl(call.core, url);
  await spend(unit.tx, projectId, { webhooks: 1 });
  const id = randomUUID();
  const secret = newWebhookSecret();
  const sealedSecret = seal(secret, webhookOwner(id), keysOf(call.core).atRest);
  const making = unit.tx.webhook.create({
    data: { id, projectId, name, url: target, events, sealedSecret, createdById: call.actor.userId },
    include: withWaiting,
  });
  const row = await refuseTakenName(making, `The project already has a webhook named ${name}.`);
  await record(unit, call, row, { kind: 'created', detail: `to ${new URL(target).origin}` });
  return { ...viewWebhook(call, row), secret };
}

/** Changes what is given. One that is enabled again begins anew: what waited is tried, and old failures are forgotten. */
export async function updateWebhook(
  unit: Unit,
  call: Call,
  row: FoundWebhook,
  { name = row.name, url, events = eventsOf(row), isEnabled }: z.infer<typeof webhookUpdate>,
): Promise<Webhook> {
  const data = {
    name,
    events,
    url: url === undefined ? row.url : checkedUrl(call.core, url),
    ...(isEnabled === false && { disabledBy: row.disabledBy ?? 'person' }),
    ...(isEnabled === true && row.disabledBy !== null && anew),
    ...(url !== undefined && { retryAt: new Date() }),
  };
  const changing = unit.tx.webhook.update({ where: { id: row.id }, data, include: withWaiting });
  const changed = await refuseTakenName(changing, `The project already has a webhook named ${name}.`);
  await record(unit, call, changed, { kind: 'changed', detail: newAddress(row, changed), was: row });
  return viewWebhook(call, changed);
}

const anew = { disabledBy: null, failingSince: null, failures: 0, retryAt: new Date(0) };

/** In words whose it is now; the rest of an address is often a secret. */
function newAddress(before: WebhookRow, { url }: WebhookRow): string {
  return before.url === url ? '' : `now to ${new URL(url).origin}`;
}

/** Gives it a new secret, shown here and never again; the one before signs as well for a day. */
export async function renewWebhookSecret(unit: Unit, call: Call, row: FoundWebhook): Promise<Created> {
  const secret = newWebhookSecret();
  const data = {
    sealedSecret: seal(secret, webhookOwner(row.id), keysOf(call.core).atRest),
    sealedFormerSecret: row.sealedSecret,
    formerSecretUntil: new Date(Date.now() + formerSecretMs),
  };
  const changed = await unit.tx.webhook.update({ where: { id: row.id }, data, include: withWaiting });
  await record(unit, call, changed, { kind: 'changed', detail: 'new secret' });
  return { ...viewWebhook(call, changed), secret };
}

/** Nothing more is sent; its deliveries go with it. */
export async function deleteWebhook(unit: Unit, call: Call, row: WebhookRow): Promise<void> {
  await unit.tx.webhook.delete({ where: { id: row.id } });
  await record(unit, call, row, { kind: 'deleted' });
}

const actions = { created: 'webhook:create', changed: 'webhook:update', deleted: 'webhook:delete' } as const;
interface Words {
  readonly kind: keyof typeof actions;
  readonly detail?: string;
  readonly was?: WebhookRow;
}

function record(unit: Unit, call: Call, row: WebhookRow, { kind, detail = '', was }: Words): Promise<void> {
  const { id, name, projectId } = row;
  return recordChange(unit, call, {
    action: actions[kind],
    kind,
    id,
    name,
    projectId,
    detail,
    ...rowsOf(kind, row, was),
  });
}

/** What is kept was chosen from the catalogue; an event that it no longer has is not shown. */
function eventsOf({ events }: WebhookRow) {
  return events.map((name) => webhookEvent.safeParse(name)).flatMap((parsed) => (parsed.success ? [parsed.data] : []));
}

export function stateOf({ disabledBy, failingSince }: Pick<WebhookRow, 'disabledBy' | 'failingSince'>): WebhookState {
  if (disabledBy !== null) return 'disabled';
  return failingSince === null ? 'enabled' : 'failing';
}

/** What follows the host's name in an address is often as good as a password: only who may change it sees that. */
export function viewWebhook(call: Call, row: FoundWebhook): Webhook {
  const isTold = allows(call.actor, 'webhook:update', row.projectId);
  return {
    id: row.id,
    projectId: row.projectId,
    name: row.name,
    url: isTold ? row.url : `${new URL(row.url).origin}/…`,
    events: eventsOf(row),
    state: stateOf(row),
    disabledBy: webhookDisabledBy.nullable().parse(row.disabledBy),
    failingSince: row.failingSince?.toISOString() ?? null,
    waiting: row._count.deliveries,
    createdAt: row.createdAt.toISOString(),
  };
}
