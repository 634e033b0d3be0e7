import { UnkaiError } from '@unkai/contracts/errors';
import type { PageQuery } from '@unkai/contracts/primitives';
import { quotaCatalog, quotaName } from '@unkai/contracts/quota';
import {
  type QuotaRequest,
  type quotaRequestCreate,
  quotaRequestState,
} from '@unkai/contracts/resources/quota-request';
import type { Prisma, QuotaRequest as RequestRow } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange } from '../change.ts';
import type { Transaction, Unit } from '../database/database.ts';
import { limits, lockProject } from '../quota/quota.ts';
import { type Page, pageOf, pageRows } from './page.ts';
import { tellOperators } from './quota-request-notice.ts';
import { refuseDuplicate, refuseField } from './refusal.ts';

const withItems = {
  items: { orderBy: { name: 'asc' } },
  project: { select: { name: true, domainId: true, domain: { select: { name: true } } } },
} satisfies Prisma.QuotaRequestInclude;
export type FoundRequest = Prisma.QuotaRequestGetPayload<{ include: typeof withItems }>;

/** Looks a request for more up for an action. */
export async function findQuotaRequest(
  call: Call,
  wanted: `quota-request:${'read' | 'withdraw' | 'decide'}`,
  id: string,
): Promise<FoundRequest> {
  const row = await call.core.database.prisma.quotaRequest.findUnique({ where: { id }, include: withItems });
  return granted(call, wanted, row, { noun: 'quota-request', id, projectId: row?.projectId ?? null });
}

/** The requests of a project that the caller was let into by `findPlace`, or of all by `findEverywhere`. */
export async function listQuotaRequests(
  call: Call,
  query: PageQuery & { readonly projectId: string | null; readonly isOpen?: boolean | undefined },
): Promise<Page<QuotaRequest>> {
  const { after, orderBy, take } = pageRows(query);
  const { projectId, isOpen } = query;
  const where: Prisma.QuotaRequestWhereInput = {
    AND: [
      projectId === null ? {} : { projectId },
      isOpen === undefined ? {} : { state: isOpen ? 'open' : { not: 'open' } },
      after,
    ],
  };
  const rows = await call.core.database.prisma.quotaRequest.findMany({ where, orderBy, take, include: withItems });
  return pageOf(rows, query, viewQuotaRequest);
}

/** Each request is told to every operator. */
const mostPerDay = 5;
const dayMs = 24 * 60 * 60 * 1000;

type NewRequest = z.output<typeof quotaRequestCreate> & { readonly projectId: string };

/**
 * Asks for more in the name of a project, and tells the operators. Throws `invalid_input` for what the project has
 * already, `conflict` while it has a request that is open, and `rate_limited` after the fifth within a day.
 */
export async function createQuotaRequest(unit: Unit, call: Call, input: NewRequest): Promise<QuotaRequest> {
  const { tx } = unit;
  const { projectId, reason } = input;
  await lockProject(tx, projectId);
  await refuseMany(tx, projectId);
  const items = await itemsOf(tx, input);
  const { userId, name: requesterName } = call.actor;
  const row = await refuseDuplicate(
    tx.quotaRequest.create({
      data: { projectId, userId, requesterName, reason, items: { create: items } },
      include: withItems,
    }),
    {
      field: 'limits',
      message: 'The project has a request that is open.',
      fix: 'Withdraw it first, or wait for its answer.',
    },
  );
  await recordRequest(unit, call, row, { verb: 'create', detail: `${wordsOf(row)}: ${reason}` });
  await tellOperators(unit, call, row);
  return viewQuotaRequest(row);
}

async function refuseMany(tx: Transaction, projectId: string): Promise<void> {
  const since = new Date(Date.now() - dayMs);
  const recent = await tx.quotaRequest.findMany({
    where: { projectId, createdAt: { gt: since } },
    orderBy: { createdAt: 'desc' },
    take: mostPerDay,
    select: { createdAt: true },
  });
  const oldest = recent[mostPerDay - 1];
  if (oldest === undefined) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((oldest.createdAt.getTime() + dayMs - Date.now()) / 1000));
  throw new UnkaiError('rate_limited', `A project asks for more at most ${mostPerDay} times a day.`, {
    retryAfterSeconds,
  });
}

async function itemsOf(tx: Transaction, { projectId, limits: wanted }: NewRequest) {
  const present = await limits({ prisma: tx }, { projectId, userId: null });
  return present.flatMap(({ name, limit: had }) => {
    const asked = wanted[name];
    if (asked === undefined) return [];
    if (asked <= had)
      throw refuseField(
        `limits.${name}`,
        `is not above the limit of ${had} that the project has`,
        'Ask for more than the project has, or leave it out.',
      );
    return [{ name, had, asked }];
  });
}

/** Throws `wrong_state` when it was answered already. */
export async function withdrawQuotaRequest(unit: Unit, call: Call, { id }: FoundRequest): Promise<QuotaRequest> {
  const row = await closeRequest(unit.tx, id, { state: 'withdrawn', decidedByName: call.actor.name });
  await recordRequest(unit, call, row, { verb: 'withdraw', detail: wordsOf(row) });
  return viewQuotaRequest(row);
}

type Closing = Pick<RequestRow, 'state' | 'decidedByName'> & Partial<Pick<RequestRow, 'answer'>>;

/** Of two answers at once one counts. Throws `wrong_state` for the other. */
export async function closeRequest(tx: Transaction, id: string, closing: Closing): Promise<FoundRequest> {
  const data = { ...closing, decidedAt: new Date() };
  const { count } = await tx.quotaRequest.updateMany({ where: { id, state: 'open' }, data });
  const row = await tx.quotaRequest.findUniqueOrThrow({ where: { id }, include: withItems });
  if (count > 0) return row;
  throw new UnkaiError('wrong_state', `The request is ${row.state} already.`, {
    next: 'Ask anew where more is needed.',
  });
}

interface RequestEntry {
  readonly verb: 'create' | 'withdraw' | 'approve' | 'deny';
  readonly detail: string;
}

export function recordRequest(unit: Unit, call: Call, { id, projectId, project }: FoundRequest, entry: RequestEntry) {
  const kind = entry.verb === 'create' ? 'created' : 'changed';
  const { verb, detail } = entry;
  return recordChange(unit, call, {
    action: `quota-request:${verb}`,
    kind,
    id,
    name: project.name,
    projectId,
    detail: detail.slice(0, 1000),
  });
}

/** `Servers: 20 → 50, vCPU: 40 → 100`, as it was asked. */
export function wordsOf({ items }: FoundRequest): string {
  return items.map(({ name, had, asked }) => `${labelOf(name)}: ${had} → ${asked}`).join(', ');
}

export function labelOf(name: string): string {
  return quotaCatalog[quotaName.parse(name)].label;
}

export function viewQuotaRequest(row: FoundRequest): QuotaRequest {
  const { id, projectId, project, requesterName, reason, answer, decidedByName, decidedAt, createdAt } = row;
  return {
    id,
    projectId,
    projectName: project.name,
    domainName: project.domain.name,
    requesterName,
    reason,
    state: quotaRequestState.parse(row.state),
    items: row.items.map(({ had, asked, granted, ...item }) => {
      const name = quotaName.parse(item.name);
      const { label, unit } = quotaCatalog[name];
      const numbers = { had: Number(had), asked: Number(asked), granted: granted === null ? null : Number(granted) };
      return { name, label, unit, ...numbers };
    }),
    answer,
    decidedByName,
    decidedAt: decidedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
