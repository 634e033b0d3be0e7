import { moneyText } from '@unkai/contracts/money';
import type { UsageByProject, UsageDay, UsageLine, UsageReport } from '@unkai/contracts/resources/usage';
import { mostUsageDays, mostUsageLines, usageKind, type usageQuery } from '@unkai/contracts/resources/usage';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import { ask, type Database } from '../database/database.ts';
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
  const [rows, parts] = await Promise.all([
    readLines(database, projectId, { span, most: mostUsageLines }),
    shared(database, of, span),
  ]);
  const all = rows[0] === undefined ? { lineCount: 0, total: 0n } : ofAllLines.parse(rows[0]);
  return { ...told(parts, span, all.total), lines: rows.map(viewLine), lineCount: all.lineCount };
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
  return (await readLines(database, projectId, { span, most: null })).map(viewLine);
}

type Lines = { readonly span: UsageSpan; readonly most: number | null };

/** The dearest, each with the number and the sum of all. */
function readLines(database: Database, projectId: string, { span, most }: Lines): Promise<unknown[]> {
  const wanted = Prisma.sql`
    SELECT project_id AS "projectId", project_name AS "projectName", resource_id AS "resourceId",
      resource_name AS "resourceName", kind, item, quantity::float8 AS quantity, milliseconds::float8 AS milliseconds,
      nanos::text AS nanos, cost::text AS cost, is_open AS "isOpen",
      (count(*) OVER ())::int AS "lineCount", (sum(cost) OVER ())::text AS total
    FROM line ORDER BY line.cost DESC, resource_name, resource_id, kind, item LIMIT ${most}`;
  return ask(database, ofLines({ projectId }, span, wanted));
}

function viewLine(row: unknown): UsageLine {
  const { nanos, cost, ...rest } = lineRow.parse(row);
  const price = nanos === null ? null : moneyText('price', nanos);
  return { ...rest, price, cost: moneyText('amount', cost) };
}

/** What all of it costs in millionths; the sum of the lines. */
export async function totalUsage(database: Pick<Database, 'pool'>, of: UsageOf, span: UsageSpan): Promise<bigint> {
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
    from: from.toISOString(),
    to: to.toISOString(),
    currency,
    forecast,
    days,
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
    WITH ${piecesOf(of, span)}, piece_of_day AS (
      SELECT kind, item, quantity, list_id, begins, ends, generate_series(begins / ${dayMs}, (ends - 1) / ${dayMs}) AS day
      FROM piece
    ), used AS (
      SELECT kind, item, quantity, list_id, day,
        sum(least(ends, (day + 1) * ${dayMs}) - greatest(begins, day * ${dayMs}))::bigint AS milliseconds
      FROM piece_of_day GROUP BY kind, item, quantity, list_id, day
    ), line AS (${pricedLines})
    SELECT day::int AS day, sum(cost)::text AS cost FROM line GROUP BY day`,
  );
  const costs = new Map(rows.map((row) => dayRow.parse(row)).map(({ day, cost }) => [day, cost]));
  const first = Math.floor(span.from.getTime() / dayMs);
  const days = Array.from({ length: Math.ceil(span.to.getTime() / dayMs) - first }, (_, after) => first + after);
  return days.map((day) => ({
    day: new Date(day * dayMs).toISOString().slice(0, 10),
    cost: moneyText('amount', costs.get(day) ?? 0n),
  }));
}

/** As whole milliseconds, which both can be summed and compared sooner than times. */
const milliseconds = (time: Prisma.Sql) => Prisma.sql`(date_part('epoch', ${time}) * 1000)::bigint`;

/**
 * `piece`: what was used within the span, from when until before when, cut where prices change. What was used is read
 * once, whatever the number of price lists. Before the first of them nothing has a price.
 */
function piecesOf(of: UsageOf, span: UsageSpan): Prisma.Sql {
  const from = Prisma.sql`${span.from}::timestamptz`;
  const to = Prisma.sql`${span.to}::timestamptz`;
  const ended = Prisma.sql`coalesce(ended_at, ${span.openUntil}::timestamptz)`;
  return Prisma.sql`
    list AS MATERIALIZED (
      SELECT id, ${milliseconds(Prisma.sql`greatest(starts_at, ${from})`)} AS begins,
        ${milliseconds(Prisma.sql`least(ends_at, ${to})`)} AS ends
      FROM (
        SELECT id, starts_at, coalesce(lead(starts_at) OVER (ORDER BY starts_at), 'infinity') AS ends_at FROM price_list
        UNION ALL SELECT NULL, '-infinity', coalesce(min(starts_at), 'infinity') FROM price_list
      ) AS held WHERE starts_at < ${to} AND ends_at > ${from}
    ), there AS MATERIALIZED (
      SELECT project_id, project_name, domain_id, resource_id, resource_name, kind, item, quantity,
        ended_at IS NULL AS is_open, ${milliseconds(Prisma.sql`greatest(started_at, ${from})`)} AS begins,
        ${milliseconds(Prisma.sql`least(${ended}, ${to})`)} AS ends
      FROM usage WHERE ${whose(of, span)}
    ), piece AS (
      SELECT project_id, project_name, domain_id, resource_id, resource_name, kind, item, quantity, is_open,
        list.id AS list_id, greatest(there.begins, list.begins) AS begins, least(there.ends, list.ends) AS ends
      FROM there JOIN list ON greatest(there.begins, list.begins) < least(there.ends, list.ends)
    )`;
}

const pricedLines = Prisma.sql`
  SELECT used.*, price.nanos, usage_cost(used.kind, used.quantity, used.milliseconds, coalesce(price.nanos, 0)) AS cost
  FROM used LEFT JOIN price
    ON price.price_list_id = used.list_id AND price.kind = used.kind AND price.item = used.item`;

/** A statement on `line`: what each thing was in the span, as long as it was that at one price, and what it costs. */
function ofLines(of: UsageOf, span: UsageSpan, wanted: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    WITH ${piecesOf(of, span)}, used AS (
      SELECT project_id, domain_id, resource_id, kind, item, quantity, list_id, max(project_name) AS project_name,
        max(resource_name) AS resource_name, bool_or(is_open) AS is_open, sum(ends - begins)::bigint AS milliseconds
      FROM piece GROUP BY resource_id, list_id, quantity, kind, item, project_id, domain_id
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
const dayRow = z.object({ day: z.number(), cost: parts });
const budgetTotal = z.object({ projectId: z.string(), domainId: z.string(), cost: parts });
const projectRow = z.object({ projectId: z.string(), projectName: z.string(), domainId: z.string(), cost: parts });
const ofAllLines = z.object({ lineCount: z.number(), total: parts });
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
