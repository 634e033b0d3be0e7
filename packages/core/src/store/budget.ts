import { UnkaiError } from '@unkai/contracts/errors';
import { countMoney, moneyText } from '@unkai/contracts/money';
import type { Budget, budgetCreate, budgetUpdate } from '@unkai/contracts/resources/budget';
import type { Prisma } from '@unkai/prisma/client';
import type { z } from 'zod';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import { recordChange, rowsOf } from '../change.ts';
import type { Database, Unit } from '../database/database.ts';
import type { Page } from './page.ts';
import type { ProjectOrDomain } from './project-or-domain.ts';
import { refuseDuplicate } from './refusal.ts';
import { monthOf, totalUsage, type UsageOf, usageCurrency, usageSpan } from './usage.ts';

const withPlace = {
  project: { select: { name: true, domainId: true } },
  domain: { select: { name: true } },
} as const satisfies Prisma.BudgetInclude;
export type FoundBudget = Prisma.BudgetGetPayload<{ include: typeof withPlace }>;

/** Looks a budget up for an action. */
export async function findBudget(
  call: Call,
  wanted: `budget:${'read' | 'update' | 'delete'}`,
  id: string,
): Promise<FoundBudget> {
  const row = await call.core.database.prisma.budget.findUnique({ where: { id }, include: withPlace });
  const domainId = row?.domainId ?? row?.project?.domainId ?? null;
  return granted(call, wanted, row, { noun: 'budget', id, projectId: row?.projectId ?? null, domainId });
}

/** The budget of a project or a domain, if it has one. */
export async function listBudgets(call: Call, { projectId, domainId }: ProjectOrDomain): Promise<Page<Budget>> {
  const { database } = call.core;
  const where = projectId === null ? { domainId } : { projectId };
  const rows = await database.prisma.budget.findMany({ where, include: withPlace });
  return { items: await Promise.all(rows.map((row) => viewBudget(database, row))), nextCursor: null };
}

/** Throws `conflict` where the place has one. What is reached already is told soon, once. */
export async function createBudget(
  unit: Unit,
  call: Call,
  { projectId, domainId }: ProjectOrDomain,
  { amount, alertPercents }: z.output<typeof budgetCreate>,
): Promise<FoundBudget> {
  const place = projectId === null ? { domainId } : { projectId };
  const data = { ...place, amount: countMoney('amount', amount), alertPercents };
  const made = unit.tx.budget.create({ data, include: withPlace });
  const field = projectId === null ? 'domainId' : 'projectId';
  const row = await refuseDuplicate(made, { field, message: 'It has a budget already.', fix: 'Change that one.' });
  await recordBudget(unit, call, { kind: 'created', row });
  return row;
}

/** What is no longer reached after it, such as of a higher amount, is told again when it is. */
export async function updateBudget(
  unit: Unit,
  call: Call,
  was: FoundBudget,
  { amount, alertPercents = was.alertPercents }: z.output<typeof budgetUpdate>,
): Promise<FoundBudget> {
  const parts = amount === undefined ? was.amount : countMoney('amount', amount);
  const data = { amount: parts, alertPercents };
  const changed = await unit.tx.budget.updateManyAndReturn({ where: { id: was.id }, data });
  if (changed.length === 0) throw new UnkaiError('not_found', 'This budget is gone.');
  const row = await unit.tx.budget.findUniqueOrThrow({ where: { id: was.id }, include: withPlace });
  const { month, spent } = await spentThisMonth(call.core.database, row, new Date());
  const unreached = { gt: percentOf(spent, parts) };
  await unit.tx.budgetAlert.deleteMany({ where: { budgetId: row.id, month, percent: unreached } });
  await recordBudget(unit, call, { kind: 'changed', row, was });
  return row;
}

/** Nobody is told any more. */
export async function deleteBudget(unit: Unit, call: Call, row: FoundBudget): Promise<void> {
  const { count } = await unit.tx.budget.deleteMany({ where: { id: row.id } });
  if (count > 0) await recordBudget(unit, call, { kind: 'deleted', row });
}

const verbs = { created: 'create', changed: 'update', deleted: 'delete' } as const;

interface BudgetChange {
  readonly kind: keyof typeof verbs;
  readonly row: FoundBudget;
  readonly was?: FoundBudget;
}

function recordBudget(unit: Unit, call: Call, { kind, row, was }: BudgetChange): Promise<void> {
  const { id, projectId, domainId } = row;
  const kept = (of: FoundBudget) => ({ ...of, amount: moneyText('amount', of.amount) });
  const about = { id, name: nameOf(row), projectId, domainId };
  const rows = rowsOf(kind, kept(row), was && kept(was));
  return recordChange(unit, call, { action: `budget:${verbs[kind]}`, kind, ...about, ...rows });
}

function nameOf({ project, domain }: FoundBudget): string {
  return project?.name ?? domain?.name ?? '';
}

/** With what the month has cost so far, which is the total of the usage that its report shows. */
export async function viewBudget(database: Database, row: FoundBudget): Promise<Budget> {
  const { month, spent } = await spentThisMonth(database, row, new Date());
  const [currency, alerts] = await Promise.all([
    usageCurrency(database),
    database.prisma.budgetAlert.findMany({ where: { budgetId: row.id, month }, orderBy: { percent: 'asc' } }),
  ]);
  const { id, projectId, domainId, amount, alertPercents, createdAt, updatedAt } = row;
  return {
    id,
    projectId,
    domainId,
    name: nameOf(row),
    currency,
    alertPercents,
    amount: moneyText('amount', amount),
    spent: moneyText('amount', spent),
    spentPercent: percentOf(spent, amount),
    alerts: alerts.map(({ percent, at }) => ({ percent, at: at.toISOString() })),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

type OfBudget = { readonly projectId: string | null; readonly domainId: string | null };

/** In millionths, from the first moment of the month that `now` is in. */
export async function spentThisMonth(database: Pick<Database, 'pool'>, of: OfBudget, now: Date) {
  const { projectId, domainId } = of;
  const place: UsageOf = projectId === null ? { domainId: domainId ?? '' } : { projectId };
  const month = monthOf(now);
  // At its very first moment nothing of a month is over.
  const spent = now > month ? await totalUsage(database, place, usageSpan({}, now)) : 0n;
  return { month, spent };
}

/** How many whole hundredths of the amount it is, as far as numbers are counted. */
export function percentOf(spent: bigint, amount: bigint): number {
  const percent = (spent * 100n) / amount;
  return percent > 1_000_000n ? 1_000_000 : Number(percent);
}
