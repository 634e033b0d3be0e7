import { moneyText } from '@unkai/contracts/money';
import type { UsageByProject, UsageDay, UsageLine, UsageReport } from '@unkai/contracts/resources/usage';
import { mostUsageDays, mostUsageLines, usageKind, type usageQuery } from '@unkai/contracts/resources/usage';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { granted } from '../access.ts';
import type { Call } from '../call.ts';
import { ask, type Database } from '../database.ts';
import { refuseField } from './refusal.ts';

/** Whose usage: one project's, that of all projects of a domain, or everybody's. */
export type UsageOf = { readonly projectId: string } | { readonly domainId: string } | 'everyone';

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
  const { total, ...rest } = parts;
  return {
    ...rest,
    total: moneyText('amount', total),
    lines: lines.slice(0, mostUsageLines),
    lineCount: lines.length,
  };
}

/** What each project costs, the dearest first. */
export async function reportProjects(
  database: Database,
  of: { readonly domainId: string } | 'everyone',
  span: UsageSpan,
): Promise<UsageByProject> {
  const wanted = Prisma.sql`
    SELECT project_id AS "projectId", coalesce(max(project.name), max(line.project_name)) AS "projectName",
      (array_agg(line.domain_id))[1] AS "domainId", sum(cost)::text AS cost
    FROM line LEFT JOIN project ON project.id = project_id GROUP BY project_id ORDER BY sum(cost) DESC, project_id`;
  const [rows, parts] = await Promise.all([ask(database, ofLines(of, span, wanted)), shared(database, of, span)]);
  const projects = rows.map((row) => projectRow.parse(row));
  return {
    ...parts,
    total: moneyText('amount', parts.total),
    projects: projects.map(({ cost, ...rest }) => ({ ...rest, cost: moneyText('amount', cost) })),
  };
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

/** What goes with every report: totals, days, and what the present month comes to. */
async function shared(database: Database, of: UsageOf, span: UsageSpan) {
  const until = monthOf(span.openUntil, 1);
  const month = { from: monthOf(span.openUntil), to: until, openUntil: until };
  const [total, expected, days, currency] = await Promise.all([
    totalUsage(database, of, span),
    totalUsage(database, of, month),
    listUsageDays(database, of, span),
    usageCurrency(database),
  ]);
  const forecast = { until: until.toISOString(), total: moneyText('amount', expected) };
  return { from: span.from.toISOString(), to: span.to.toISOString(), currency, total, forecast, days };
}

async function usageCurrency({ prisma }: Database): Promise<string | null> {
  return (await prisma.priceList.findFirst({ select: { currency: true } }))?.currency ?? null;
}

/** Each day of the span, also such as cost nothing. */
async function listUsageDays(database: Database, of: UsageOf, span: UsageSpan): Promise<UsageDay[]> {
  const days = Prisma.sql`
    SELECT day AS starts_at, day + interval '1 day' AS ends_at
    FROM generate_series(date_trunc('day', ${span.from}::timestamptz, 'UTC'), ${span.to}::timestamptz, interval '1 day') AS day`;
  const wanted = Prisma.sql`
    SELECT to_char(slot.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, coalesce(sum(cost), 0)::text AS cost
    FROM slot LEFT JOIN line ON line.slot = slot.starts_at WHERE slot.starts_at < ${span.to}::timestamptz
    GROUP BY slot.starts_at ORDER BY slot.starts_at`;
  const rows = await ask(database, ofLines(of, span, wanted, { slots: days, of: slotOnly }));
  return rows.map((row) => {
    const { day, cost } = dayRow.parse(row);
    return { day, cost: moneyText('amount', cost) };
  });
}

/** How usage is put together: by what, within which times. */
interface Lines {
  readonly slots: Prisma.Sql;
  /** The columns that tell one line from another, besides its price. */
  readonly of: Prisma.Sql;
}

const everything: Lines = {
  slots: Prisma.sql`SELECT '-infinity'::timestamptz AS starts_at, 'infinity'::timestamptz AS ends_at`,
  of: Prisma.sql`project_id, domain_id, resource_id`,
};
const slotOnly = Prisma.sql`project_id`;

/**
 * A statement on `line`: the usage of the span, cut where prices change and where slots end, put together to whole
 * milliseconds for each price, and priced. Before the first list nothing has a price.
 */
function ofLines(of: UsageOf, { from, to, openUntil }: UsageSpan, wanted: Prisma.Sql, lines = everything): Prisma.Sql {
  const isOpenOnly = lines === everything;
  const names = isOpenOnly
    ? Prisma.sql`max(project_name) AS project_name, max(resource_name) AS resource_name, bool_or(ended_at IS NULL) AS is_open,`
    : Prisma.empty;
  return Prisma.sql`
    WITH list AS (
      SELECT id, starts_at, coalesce(lead(starts_at) OVER (ORDER BY starts_at), 'infinity') AS ends_at FROM price_list
      UNION ALL SELECT NULL, '-infinity', coalesce(min(starts_at), 'infinity') FROM price_list
    ), slot AS (${lines.slots}), used AS (
      SELECT ${lines.of}, usage.kind, usage.item, quantity, list.id AS list_id, slot.starts_at AS slot, ${names}
        sum(extract(epoch FROM span.ends_at - span.starts_at) * 1000)::bigint AS milliseconds
      FROM usage
      JOIN list ON list.starts_at < coalesce(ended_at, ${openUntil}::timestamptz) AND list.ends_at > started_at
      JOIN slot ON slot.starts_at < coalesce(ended_at, ${openUntil}::timestamptz) AND slot.ends_at > started_at
      CROSS JOIN LATERAL (SELECT
        greatest(started_at, ${from}::timestamptz, list.starts_at, slot.starts_at) AS starts_at,
        least(coalesce(ended_at, ${openUntil}::timestamptz), ${to}::timestamptz, list.ends_at, slot.ends_at) AS ends_at
      ) AS span
      WHERE ${whose(of)} AND coalesce(ended_at, 'infinity'::timestamptz) > ${from}::timestamptz
        AND started_at < ${to}::timestamptz AND span.starts_at < span.ends_at
      GROUP BY ${lines.of}, usage.kind, usage.item, quantity, list.id, slot.starts_at
    ), line AS (
      SELECT used.*, price.nanos, usage_cost(used.kind, used.quantity, used.milliseconds, coalesce(price.nanos, 0)) AS cost
      FROM used LEFT JOIN price
        ON price.price_list_id = used.list_id AND price.kind = used.kind AND price.item = used.item
    )
    ${wanted}`;
}

function whose(of: UsageOf): Prisma.Sql {
  if (of === 'everyone') return Prisma.sql`true`;
  if ('projectId' in of) return Prisma.sql`project_id = ${of.projectId}::uuid`;
  return Prisma.sql`domain_id = ${of.domainId}::uuid`;
}

const parts = z.string().transform(BigInt);
const costRow = z.object({ cost: parts });
const dayRow = z.object({ day: z.string(), cost: parts });
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
