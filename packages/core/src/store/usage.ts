import { countMoney, moneyText } from '@unkai/contracts/money';
import type { UsageByProject, UsageDay, UsageLine, UsageReport } from '@unkai/contracts/resources/usage';
import { mostUsageDays, mostUsageLines, usageKind, type usageQuery } from '@unkai/contracts/resources/usage';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import { ask, type Database } from '../database.ts';
import { refuseField } from './refusal.ts';

/** Whose usage: one project's, that of all projects of a domain, of all that a budget is for, or everybody's. */
export type UsageOf = { readonly projectId: string } | { readonly domainId: string } | 'budgets' | 'everyone';

/** From a moment until before another. What is still there is taken to stay until `openUntil`. */
export interface UsageSpan {
  readonly from: Date;
  readonly to: Date;
  readonly openUntil: Date;
}

/** The first moment of the month of UTC that `at` is in, or of one `later`. */
export function monthOf(at: Date, later = 0): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + later));
}

/** The span that a question means, as far as it has come: this month until now, unless said. Throws `invalid_input` for one that is none. */
export function usageSpan({ from, to }: z.infer<typeof usageQuery>, now: Date): UsageSpan {
  const asked = to === undefined ? now : new Date(to);
  const end = asked < now ? asked : now;
  const begin = from === undefined ? monthOf(end) : new Date(from);
  if (begin >= end) throw refuseField('from', 'must be before "to"', 'Without "to" it must be in the past.');
  if (end.getTime() - begin.getTime() > mostUsageDays * 86_400_000) {
    throw refuseField('from', `must be at most ${mostUsageDays} days before "to"`, 'Ask for a shorter time.');
  }
  return { from: begin, to: end, openUntil: now };
}

/** Ends the lookup of what a project uses: those in it see that, and those of its domain. */
export async function findUsage(call: Call, projectId: string): Promise<void> {
  const { prisma } = call.core.database;
  const row = await prisma.project.findUnique({ where: { id: projectId }, select: { name: true, domainId: true } });
  await granted(call, 'usage:read', row, { noun: 'project', id: projectId, projectId, ...row });
}

/** What things of one project cost, each in a line of its own. */
export async function reportUsage(database: Database, projectId: string, span: UsageSpan): Promise<UsageReport> {
  const of = { projectId };
  const [lines, parts] = await Promise.all([listUsageLines(database, projectId, span), shared(database, of, span)]);
  const total = lines.reduce((sum, { cost }) => sum + countMoney('amount', cost), 0n);
  return { ...told(parts, span, total), lines: lines.slice(0, mostUsageLines), lineCount: lines.length };
}

/** What each project costs, the dearest first. */
export async function reportProjects(
  database: Database,
  of: { readonly domainId: string } | 'everyone',
  span: UsageSpan,
): Promise<UsageByProject> {
  const wanted = Prisma.sql`
    SELECT project_id AS "projectId", coalesce(max(project.name), max(line.project_name)) AS "projectName",
      min(line.domain_id::text) AS "domainId", sum(cost)::text AS cost
    FROM line LEFT JOIN project ON project.id = project_id GROUP BY project_id ORDER BY sum(cost) DESC, project_id`;
  const [rows, parts] = await Promise.all([ask(database, ofLines(of, span, wanted)), shared(database, of, span)]);
  const projects = rows.map((row) => projectRow.parse(row));
  const total = projects.reduce((sum, { cost }) => sum + cost, 0n);
  const shown = projects.map(({ cost, ...rest }) => ({ ...rest, cost: moneyText('amount', cost) }));
  return { ...told(parts, span, total), projects: shown };
}

/** All lines of a project, the dearest first. */
export async function listUsageLines(database: Database, projectId: string, span: UsageSpan): Promise<UsageLine[]> {
  const wanted = Prisma.sql`
    SELECT project_id AS "projectId", project_name AS "projectName", resource_id AS "resourceId",
      resource_name AS "resourceName", kind, item, quantity::float8 AS quantity, milliseconds::float8 AS milliseconds,
      nanos::text AS nanos, cost::text AS cost, is_open AS "isOpen"
    FROM line ORDER BY line.cost DESC, resource_name, resource_id, kind, item`;
  const rows = await ask(database, ofLines({ projectId }, span, wanted));
  return rows.map((row) => {
    const { nanos, cost, ...rest } = lineRow.parse(row);
    return {
      ...rest,
      price: nanos === null ? null : moneyText('price', nanos),
      cost: moneyText('amount', cost),
    };
  });
}

/** What all of it costs in millionths; the sum of the lines. */
export async function totalUsage(database: Pick<Database, 'kysely'>, of: UsageOf, span: UsageSpan): Promise<bigint> {
  const wanted = Prisma.sql`SELECT coalesce(sum(cost), 0)::text AS cost FROM line`;
  const [row] = await ask(database, ofLines(of, span, wanted));
  return costRow.parse(row).cost;
}

/** What every project that has a budget, or is in a domain that has one, costs in millionths. */
export async function budgetTotals(database: Database, span: UsageSpan): Promise<z.infer<typeof budgetTotal>[]> {
  const wanted = Prisma.sql`
    SELECT project_id AS "projectId", domain_id AS "domainId", sum(cost)::text AS cost
    FROM line GROUP BY project_id, domain_id`;
  return (await ask(database, ofLines('budgets', span, wanted))).map((row) => budgetTotal.parse(row));
}

/** What goes with every report. Only this month so far has a forecast: what is there now and costs until its end. */
async function shared(database: Database, of: UsageOf, span: UsageSpan) {
  const now = span.openUntil;
  const isPresent = span.from.getTime() === monthOf(now).getTime() && span.to.getTime() === now.getTime();
  const until = monthOf(now, 1);
  const [ahead, days, currency] = await Promise.all([
    isPresent ? totalUsage(database, of, { from: now, to: until, openUntil: until }) : null,
    listUsageDays(database, of, span),
    usageCurrency(database),
  ]);
  return { ahead, until, days, currency };
}

function told({ ahead, until, days, currency }: Awaited<ReturnType<typeof shared>>, span: UsageSpan, total: bigint) {
  const forecast = ahead === null ? null : { until: until.toISOString(), total: moneyText('amount', total + ahead) };
  const { from, to } = span;
  return {
    ...{ from: from.toISOString(), to: to.toISOString(), currency, forecast, days },
    total: moneyText('amount', total),
  };
}

/** What the price lists are in; null while there is none. */
export async function usageCurrency({ prisma }: Database): Promise<string | null> {
  return (await prisma.priceList.findFirst({ select: { currency: true } }))?.currency ?? null;
}

const dayMs = 86_400_000;

/** Each day of the span, also such as cost nothing. */
async function listUsageDays(database: Database, of: UsageOf, span: UsageSpan): Promise<UsageDay[]> {
  const rows = await ask(
    database,
    Prisma.sql`
    WITH list AS MATERIALIZED (${priceTimes(span)}), used AS (
      SELECT usage.kind, usage.item, quantity, list.id AS list_id, day, (extract(epoch FROM
        sum(least(span.ends_at, day + interval '24 hours') - greatest(span.starts_at, day))) * 1000)::bigint AS milliseconds
      ${usedIn(span)}
      CROSS JOIN LATERAL generate_series(
        date_trunc('day', span.starts_at, 'UTC'), span.ends_at - interval '1 microsecond', interval '24 hours') AS day
      WHERE ${whose(of, span)} AND span.starts_at < span.ends_at
      GROUP BY usage.kind, usage.item, quantity, list.id, day
    ), line AS (${pricedLines})
    SELECT to_char(day AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, sum(cost)::text AS cost FROM line GROUP BY day`,
  );
  const costs = new Map(rows.map((row) => dayRow.parse(row)).map(({ day, cost }) => [day, cost]));
  const first = Math.floor(span.from.getTime() / dayMs);
  const days = Array.from({ length: Math.ceil(span.to.getTime() / dayMs) - first }, (_, after) =>
    new Date((first + after) * dayMs).toISOString().slice(0, 10),
  );
  return days.map((day) => ({ day, cost: moneyText('amount', costs.get(day) ?? 0n) }));
}

/** When each price list holds in the span. Before the first nothing has a price. */
function priceTimes({ from, to }: UsageSpan): Prisma.Sql {
  return Prisma.sql`
    SELECT id, starts_at, ends_at FROM (
      SELECT id, starts_at, coalesce(lead(starts_at) OVER (ORDER BY starts_at), 'infinity') AS ends_at FROM price_list
      UNION ALL SELECT NULL, '-infinity', coalesce(min(starts_at), 'infinity') FROM price_list
    ) AS held WHERE starts_at < ${to}::timestamptz AND ends_at > ${from}::timestamptz`;
}

/** Usage within the span, cut where prices change: `span` is when each piece was. */
function usedIn({ from, to, openUntil }: UsageSpan): Prisma.Sql {
  return Prisma.sql`
    FROM usage
    JOIN list ON list.starts_at < coalesce(ended_at, ${openUntil}::timestamptz) AND list.ends_at > started_at
    CROSS JOIN LATERAL (SELECT
      greatest(started_at, ${from}::timestamptz, list.starts_at) AS starts_at,
      least(coalesce(ended_at, ${openUntil}::timestamptz), ${to}::timestamptz, list.ends_at) AS ends_at
    ) AS span`;
}

const pricedLines = Prisma.sql`
  SELECT used.*, price.nanos, usage_cost(used.kind, used.quantity, used.milliseconds, coalesce(price.nanos, 0)) AS cost
  FROM used LEFT JOIN price
    ON price.price_list_id = used.list_id AND price.kind = used.kind AND price.item = used.item`;

/** A statement on `line`: what each thing was in the span, as long as it was that at one price, and what it costs. */
function ofLines(of: UsageOf, span: UsageSpan, wanted: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    WITH list AS MATERIALIZED (${priceTimes(span)}), used AS (
      SELECT project_id, domain_id, resource_id, usage.kind, usage.item, quantity, list.id AS list_id,
        max(project_name) AS project_name, max(resource_name) AS resource_name, bool_or(ended_at IS NULL) AS is_open,
        (extract(epoch FROM sum(span.ends_at - span.starts_at)) * 1000)::bigint AS milliseconds
      ${usedIn(span)}
      WHERE ${whose(of, span)} AND span.starts_at < span.ends_at
      GROUP BY project_id, domain_id, resource_id, usage.kind, usage.item, quantity, list.id
    ), line AS (${pricedLines})
    ${wanted}`;
}

function whose(of: UsageOf, { from, to }: UsageSpan): Prisma.Sql {
  const time = Prisma.sql`coalesce(ended_at, 'infinity'::timestamptz) > ${from}::timestamptz AND started_at < ${to}::timestamptz`;
  if (of === 'everyone') return time;
  if (of === 'budgets') {
    return Prisma.sql`(project_id IN (SELECT project_id FROM budget) OR domain_id IN (SELECT domain_id FROM budget)) AND ${time}`;
  }
  if ('projectId' in of) return Prisma.sql`project_id = ${of.projectId}::uuid AND ${time}`;
  return Prisma.sql`domain_id = ${of.domainId}::uuid AND ${time}`;
}

const parts = z.string().transform(BigInt);
const costRow = z.object({ cost: parts });
const dayRow = z.object({ day: z.string(), cost: parts });
const budgetTotal = z.object({ projectId: z.string(), domainId: z.string(), cost: parts });
const projectRow = z.object({ projectId: z.string(), projectName: z.string(), domainId: z.string(), cost: parts });
const lineRow = z.object({
  projectId: z.string(),
  projectName: z.string(),
  resourceId: z.string(),
  resourceName: z.string(),
  kind: usageKind,
  item: z.string(),
  quantity: z.number(),
  milliseconds: z.number(),
  nanos: parts.nullable(),
  cost: parts,
  isOpen: z.boolean(),
});
