import { moneyText } from '@unkai/contracts/money';
import { z } from 'zod';
import type { Core } from '../call.ts';
import { commit, type Unit } from '../database/database.ts';
import { emit } from '../events.ts';
import { linkTo, queueMail } from '../mail/mail.ts';
import { notify } from '../notification.ts';
import { percentOf } from './budget.ts';
import { managersOf } from './place-manager.ts';
import { budgetTotals, monthOf, usageCurrency, usageSpan } from './usage.ts';

/**
 * Tells whoever manages them of all budgets of which a part was reached in the month that `now` is in and not told yet:
 * at the bell, by letter, and programs by the event. One statement adds up for all of them, from the rows of the bill.
 */
export async function tellReachedBudgets(core: Core, now: Date): Promise<void> {
  const month = monthOf(now);
  if (now <= month) return;
  const { prisma } = core.database;
  const alerts = { where: { month }, select: { percent: true } } as const;
  const budgets = await prisma.budget.findMany({ include: { alerts } });
  const waiting = budgets.filter((each) => each.alertPercents.length > each.alerts.length);
  if (waiting.length === 0) return;
  const totals = await budgetTotals(core.database, usageSpan({}, now));
  const currency = await usageCurrency(core.database);
  for (const { id, projectId, domainId, amount, alertPercents, alerts: told } of waiting) {
    const spent = totals
      .filter((total) => (projectId === null ? total.domainId === domainId : total.projectId === projectId))
      .reduce((sum, { cost }) => sum + cost, 0n);
    const reached = alertPercents.filter((percent) => percent <= percentOf(spent, amount));
    if (reached.every((percent) => told.some((alert) => alert.percent === percent))) continue;
    await commit(core.database, (unit) => tellOf(unit, core, { id, month, spent, currency }));
  }
}

interface Reached {
  readonly id: string;
  readonly month: Date;
  readonly spent: bigint;
  readonly currency: string | null;
}

const toldRow = z.object({ percent: z.number() });

/** Whoever writes that it was told is the one who tells. What was reached between two looks is one message. */
async function tellOf(unit: Unit, core: Core, { id, month, spent, currency }: Reached): Promise<void> {
  const { tx } = unit;
  await tx.$queryRaw`SELECT 1 FROM budget WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const place = { project: { select: { name: true, domainId: true } }, domain: { select: { name: true } } } as const;
  const row = await tx.budget.findUnique({ where: { id }, include: place });
  if (row === null) return;
  const reached = row.alertPercents.filter((percent) => percent <= percentOf(spent, row.amount));
  const written = await tx.$queryRaw<unknown[]>`
    INSERT INTO budget_alert (budget_id, month, percent)
    SELECT ${id}::uuid, ${month}::date, percent FROM unnest(${reached}::int[]) AS percent
    ON CONFLICT DO NOTHING RETURNING percent`;
  const percent = Math.max(...written.map((each) => toldRow.parse(each).percent));
  if (written.length === 0) return;
  const { projectId, domainId } = row;
  const words = (parts: bigint) => [moneyText('amount', parts), currency].filter(Boolean).join(' ');
  const told = { percent, spent: words(spent), amount: words(row.amount) };
  const name = row.project?.name ?? row.domain?.name ?? '';
  const within = await tx.domain.findUnique({ where: { id: row.project?.domainId ?? domainId ?? '' } });
  const managers = await whoManages(unit, row);
  await notify(tx, {
    userIds: managers.map((manager) => manager.id),
    tone: percent < 100 ? 'info' : 'warning',
    title: `${percent} % of the budget of ${name} is used`,
    detail: `${told.spent} of ${told.amount} this month. Nothing is stopped by it.`,
    noun: 'budget',
    resourceId: projectId ?? domainId,
    projectId,
  });
  const link = linkTo(core, projectId === null ? `/domains/${domainId}/usage` : `/projects/${projectId}/cost`);
  const values = { ...told, project: row.project?.name ?? null, domain: within?.name ?? '', link };
  for (const { id: userId, email } of managers) {
    if (email === null) continue;
    await queueMail(unit, core, { to: email, template: 'budget-reached', values, userId, projectId, domainId });
  }
  await emit(tx, { projectId, noun: 'budget', resourceId: id, kind: 'changed' });
}

/** A project that nobody manages is managed by its domain. */
async function whoManages(
  { tx }: Unit,
  row: { projectId: string | null; domainId: string | null; project: { domainId: string } | null },
) {
  const ofProject = row.projectId === null ? [] : await managersOf(tx, { projectId: row.projectId });
  if (ofProject.length > 0) return ofProject;
  return managersOf(tx, { domainId: row.project?.domainId ?? row.domainId ?? '' });
}
