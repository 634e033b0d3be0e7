import {
  type Allowance,
  type Limit,
  type LimitSource,
  type QuotaDefault,
  type QuotaName,
  quotaCatalog,
  quotaName,
  quotaNames,
} from '@unkai/contracts/quota';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { callerId, notFound } from '../access.ts';
import type { Call } from '../call.ts';
import type { Database, Transaction } from '../database/database.ts';
import { mostInUse, rememberSpent, takeTurn } from './counted-before.ts';
import { countedRows, knownRows, type QuotaPlace } from './quota-count.ts';
import { QuotaExceeded } from './quota-exceeded.ts';

/** What an operation is about to take, by quota. */
export type Needs = Partial<Record<QuotaName, number>>;

type Source = Pick<Transaction, '$queryRaw'>;
type Counted = Pick<Limit, 'name' | 'used' | 'limit'>;

/**
 * Makes everyone who spends in this project wait for this transaction, so that what is counted next stays true until
 * the commit. NO KEY UPDATE excludes itself like FOR UPDATE, but lets rows that merely name the project be written.
 * Throws `not_found` when the project is gone.
 */
export async function lockProject(tx: Transaction, projectId: string): Promise<void> {
  const found = await tx.$queryRaw<unknown[]>`SELECT 1 FROM project WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`;
  if (found.length === 0) throw notFound('project', projectId);
}

/**
 * Locks the project and checks that it may take `needs` more. Throws `quota_exceeded`, which says for each quota what is
 * needed, used and allowed. What it allows is spent by the rows that the same transaction then writes.
 */
export async function spend(tx: Transaction, projectId: string, needs: Needs): Promise<void> {
  const turn = await takeTurn(tx, projectId);
  const names = namesOf(needs);
  const place = { projectId, userId: null };
  const most = mostInUse(turn, names);
  if (most !== undefined && overQuota(await standing(tx, place, names, most), needs).length === 0)
    return rememberSpent(turn, needs);
  const counted = await standing(tx, place, names);
  refuseOver(counted, needs, projectId);
  rememberSpent(turn, needs, new Map(counted.map(({ name, used }) => [name, used])));
}

/**
 * As `spend`, of what is the caller's own wherever they work: the limit is that of the project which the credential is
 * for, and of a credential for many the highest; without any, what the user's domain gives to its projects.
 */
export async function spendOwn(tx: Transaction, call: Call, needs: Needs): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "user" WHERE id = ${callerId(call)}::uuid FOR NO KEY UPDATE`;
  refuseOver(await standingOwn(tx, call, namesOf(needs)), needs, null);
}

/** What the caller has of what is each user's own, and may have by the credential at hand: what `spendOwn` counts. */
export function ownAllowances(call: Call): Promise<Allowance[]> {
  const names = quotaNames.filter((name) => quotaCatalog[name].of === 'user');
  return standingOwn(call.core.database.prisma, call, names);
}

async function standingOwn(source: Source, call: Call, names: readonly QuotaName[]): Promise<Allowance[]> {
  const most = await ownLimits(source, call, names);
  const found = await standing(source, { projectId: null, userId: callerId(call) }, names);
  return found.map(({ name, label, unit, used, limit }) => ({
    name,
    label,
    unit,
    used,
    limit: most.get(name) ?? limit,
  }));
}

function namesOf(needs: Needs): readonly QuotaName[] {
  return quotaNames.filter((name) => (needs[name] ?? 0) > 0);
}

function overQuota(quotas: readonly Counted[], needs: Needs): readonly Counted[] {
  return quotas.filter(({ name, used, limit }) => used + (needs[name] ?? 0) > limit);
}

function refuseOver(quotas: readonly Counted[], needs: Needs, projectId: string | null): void {
  const sentences = overQuota(quotas, needs).map((each) => ({
    field: each.name,
    message: sentence(each, needs[each.name] ?? 0),
  }));
  if (sentences.length > 0) throw new QuotaExceeded(projectId, sentences);
}

function sentence({ name, used, limit }: Counted, needed: number): string {
  const { label, unit } = quotaCatalog[name];
  const suffix = unit === '' ? '' : ` ${unit}`;
  return `${label}: needs ${needed}${suffix}, used ${used} of ${limit}${suffix}.`;
}

/** What the project uses of each quota, and its limits. Of a quota of each user, what `userId` uses. */
export function limits(
  database: { readonly prisma: Source },
  place: { projectId: string; userId: string | null },
): Promise<Limit[]> {
  return standing(database.prisma, place, quotaNames);
}

const standingRow = z.object({
  name: quotaName,
  used: z.coerce.number(),
  project: z.coerce.number().nullable(),
  domain: z.coerce.number().nullable(),
  installation: z.coerce.number().nullable(),
});

/**
 * One statement for what is used and for all that was said of it: every create pays for it. What is used is counted, but
 * where it is given as `known`.
 */
async function standing(
  source: Source,
  place: QuotaPlace,
  names: readonly QuotaName[],
  known?: ReadonlyMap<QuotaName, number>,
): Promise<Limit[]> {
  if (names.length === 0) return [];
  const rows = known === undefined ? countedRows(place, names) : knownRows(names, known);
  const found = await source.$queryRaw<unknown[]>`
    SELECT counted.name, counted.used, own."limit" AS project, in_domain."limit" AS domain,
      everywhere."limit" AS installation
    FROM (${rows}) AS counted
    LEFT JOIN project ON project.id = (SELECT ${place.projectId}::uuid)
    LEFT JOIN project_quota AS own ON own.project_id = project.id AND own.name = counted.name
    LEFT JOIN quota_default AS in_domain ON in_domain.domain_id = project.domain_id AND in_domain.name = counted.name
    LEFT JOIN quota_default AS everywhere ON everywhere.domain_id IS NULL AND everywhere.name = counted.name`;
  const byName = new Map(found.map((row) => standingRow.parse(row)).map((row) => [row.name, row]));
  return names.map((name) => {
    const { used = 0, ...said } = byName.get(name) ?? {};
    const { initial, of } = quotaCatalog[name];
    const { limit } = nearest(initial, { ...said, project: null });
    return { ...describe(name), of, used, ...nearest(initial, said), default: limit };
  });
}

type Said = { readonly [Source in Exclude<LimitSource, 'initial'>]?: number | null };

/** What counts of a quota: what was said nearest to the project, or the initial limit. */
export function nearest(initial: number, said: Said): { limit: number; source: LimitSource } {
  for (const source of ['project', 'domain', 'installation'] as const) {
    const limit = said[source] ?? null;
    if (limit !== null) return { limit, source };
  }
  return { limit: initial, source: 'initial' };
}

const defaultRow = z.object({ name: z.string(), isOfDomain: z.boolean(), limit: z.coerce.number() });

/** What projects get that have no limit of their own: in a domain, or (null) in domains that say nothing. */
export async function quotaDefaults({ prisma }: Database, domainId: string | null): Promise<QuotaDefault[]> {
  const found = await prisma.$queryRaw<unknown[]>`
    SELECT name, domain_id IS NOT NULL AS "isOfDomain", "limit"
    FROM quota_default WHERE domain_id IS NULL OR domain_id = ${domainId}::uuid`;
  const rows = found.map((row) => defaultRow.parse(row));
  const said = (name: QuotaName, isOfDomain: boolean) =>
    rows.find((row) => row.name === name && row.isOfDomain === isOfDomain)?.limit ?? null;
  return quotaNames.map((name) => ({
    ...describe(name),
    ...nearest(quotaCatalog[name].initial, { domain: said(name, true), installation: said(name, false) }),
  }));
}

/** What the catalogue says of a quota, as answers show it. */
export function describe(name: QuotaName) {
  const { label, unit, isOffered } = quotaCatalog[name];
  return { name, label, unit, isOffered };
}

const ownRow = z.object({ name: quotaName, limit: z.coerce.number() });

async function ownLimits(tx: Source, { actor }: Call, names: readonly QuotaName[]): Promise<Map<string, number>> {
  const reached = [...actor.projectRoles.keys()];
  const initial = names.map((name) => Prisma.sql`(${name}, ${quotaCatalog[name].initial}::bigint)`);
  const found = await tx.$queryRaw<unknown[]>`
    SELECT quota.name, max(coalesce(own."limit", in_domain."limit", everywhere."limit", quota.initial)) AS "limit"
    FROM (VALUES ${Prisma.join(initial)}) AS quota (name, initial)
    CROSS JOIN (
      SELECT id, domain_id FROM project WHERE id = ANY(${reached}::uuid[])
      UNION ALL SELECT NULL, ${actor.domainId}::uuid WHERE cardinality(${reached}::uuid[]) = 0
    ) AS place
    LEFT JOIN project_quota AS own ON own.project_id = place.id AND own.name = quota.name
    LEFT JOIN quota_default AS in_domain ON in_domain.domain_id = place.domain_id AND in_domain.name = quota.name
    LEFT JOIN quota_default AS everywhere ON everywhere.domain_id IS NULL AND everywhere.name = quota.name
    GROUP BY quota.name`;
  return new Map(found.map((row) => ownRow.parse(row)).map(({ name, limit }) => [name, limit]));
}
