import type { PageQuery } from '@unkai/contracts/primitives';
import { type AuditFilter, type AuditLine, auditLine } from '@unkai/contracts/resources/audit';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { allows, callerId, grantedGlobally } from '../access.ts';
import { auditQuestion } from '../audit/audit-search.ts';
import type { Call } from '../call.ts';
import { columnTypes } from '../database/prepared.ts';
import { type Page, pageOf, placeAfter } from './page.ts';

/** Whose lines; with neither, those of the installation. */
export interface AuditPlace {
  readonly projectId?: string | undefined;
  readonly domainId?: string | undefined;
}

type Query = PageQuery & AuditFilter & AuditPlace;

/**
 * What the caller did, wherever it was, newest first. Not what they were refused: a line knows the name of what they may not
 * see. Nor how a project is called now that they can no longer open.
 */
export async function listOwnAuditLines(call: Call, query: PageQuery & AuditFilter): Promise<Page<AuditLine>> {
  await grantedGlobally(call, 'own-audit:read');
  const { items, ...rest } = await listAuditLines(call, { ...query, actorId: callerId(call), outcome: 'done' });
  const isOpen = ({ projectId, domainId }: AuditLine) => allows(call.actor, 'project:read', projectId, domainId);
  return { ...rest, items: items.map((line) => (isOpen(line) ? line : { ...line, projectName: null })) };
}

/** How many of the newest lines are looked at before the index of words is asked: common words are found there. */
const recentLines = 300;
/** How many, where some of the newest but not enough have the words. */
const moreLines = 3_000;

/** The lines of a place that the caller was let into, newest first. At most three queries, whatever is asked. */
export async function listAuditLines(call: Call, query: Query): Promise<Page<AuditLine>> {
  const question = auditQuestion(query);
  const wanted = query.limit + 1;
  if (question === null) return pageOf(await read(call, newest(query, wanted)), query, viewAuditLine);
  // Words that many lines have are among the newest; an index would have to sort all of those lines first. Words that
  // few lines have are found by the index at once, and nowhere near the newest.
  if (query.resourceId === undefined) {
    const recent = await recentWith(call, query, question);
    if (recent.length === wanted) return pageOf(recent, query, viewAuditLine);
  }
  return pageOf(await read(call, allWith(query, question, wanted)), query, viewAuditLine);
}

const columns = Prisma.raw(
  `line.id, line.at, line.project_id AS "projectId", line.domain_id AS "domainId", line.actor_id AS "actorId",
   line.actor_name AS "actorName", line.actor_kind AS "actorKind", line.token_name AS "tokenName",
   line.credential_id AS "credentialId", line.address, line.request_id AS "requestId", line.action, line.noun,
   line.resource_id AS "resourceId", line.resource_name AS "resourceName", line.outcome, line.detail, line.before,
   line.after, (SELECT name FROM project WHERE project.id = line.project_id) AS "projectName"`,
);
const words = Prisma.raw(
  `audit_words(line.action, line.noun, line.outcome, line.actor_id, line.actor_name, line.token_name,
     line.credential_id, line.address, line.request_id, line.resource_id, line.resource_name, line.detail)`,
);
const newestFirst = Prisma.raw('ORDER BY line.at DESC, line.id DESC');

function newest(query: Query, limit: number): Prisma.Sql {
  return Prisma.sql`SELECT ${columns} FROM audit_line line WHERE ${where(query)} ${newestFirst} LIMIT ${limit}`;
}

async function recentWith(call: Call, query: Query, question: string): Promise<Row[]> {
  const wanted = query.limit + 1;
  const among = (lines: number) => Prisma.sql`
    SELECT ${columns}
    FROM (SELECT * FROM audit_line line WHERE ${where(query)} ${newestFirst} LIMIT ${lines}) line
    WHERE ${words} @@ ${question}::tsquery
    ${newestFirst} LIMIT ${wanted}`;
  const found = await read(call, among(recentLines));
  const isWorthMore = found.length < wanted && found.length * (moreLines / recentLines) >= wanted;
  return isWorthMore ? read(call, among(moreLines)) : found;
}

/** Its order is one that no index has: the lines are found by their words, or by place where that has few. */
function allWith(query: Query, question: string, limit: number): Prisma.Sql {
  return Prisma.sql`
    SELECT ${columns} FROM audit_line line WHERE ${where(query)} AND ${words} @@ ${question}::tsquery
    ORDER BY line.at + INTERVAL '0' DESC, line.id DESC LIMIT ${limit}`;
}

/** What needs no words: the place, the resource, the time, and the page before. */
function where(query: Query): Prisma.Sql {
  const { projectId, domainId, resourceId, outcome, from, to } = query;
  const place = placeAfter(query);
  const conditions = [
    Prisma.sql`TRUE`,
    ...(projectId === undefined ? [] : [Prisma.sql`line.project_id = ${projectId}::uuid`]),
    ...(domainId === undefined ? [] : [Prisma.sql`line.domain_id = ${domainId}::uuid`]),
    ...(resourceId === undefined ? [] : [Prisma.sql`line.resource_id = ${resourceId}`]),
    ...(outcome === 'done' ? [Prisma.sql`line.outcome = 'done'`] : []),
    ...(from === undefined ? [] : [Prisma.sql`line.at >= ${from}::timestamptz`]),
    ...(to === undefined ? [] : [Prisma.sql`line.at < ${to}::timestamptz`]),
    ...(place === null ? [] : [Prisma.sql`(line.at, line.id) < (${place.createdAt}::timestamptz, ${place.id}::uuid)`]),
  ];
  return Prisma.join(conditions, ' AND ');
}

/** Without a name of its own, so that each is planned for its own words: how many lines have them decides the plan. */
async function read({ core }: Call, { text, values }: Prisma.Sql): Promise<Row[]> {
  const { rows } = await core.database.pool.query({ text, values, types: columnTypes });
  return z.array(row).parse(rows);
}

const storedId = z.string();
const ids = {
  id: storedId,
  projectId: storedId.nullable(),
  domainId: storedId.nullable(),
  actorId: storedId.nullable(),
} as const;
const row = auditLine.extend({ ...ids, at: z.date() }).transform((line) => ({ ...line, createdAt: line.at }));
type Row = z.output<typeof row>;

function viewAuditLine({ createdAt: _, ...line }: Row): AuditLine {
  return { ...line, at: line.at.toISOString() };
}
