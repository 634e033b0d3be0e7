// Theory. In a project of ten thousand servers to count is most of what a check costs, and each create counts what the one
// before it counted. What a process has counted stays true for the next one, but for what was spent since, which it knows
// when it spent that itself, and for what was given back, which only leaves more room. So what is remembered here is the
// most that may be in use, never less, and as long as the needs fit on top of it nobody has to count. Where they do not,
// the rows are counted before anything is refused: no number is kept that a refusal could rest on (H8).
//
// Whether another process spent meanwhile, Postgres says: everyone who spends notes their transaction in the row of the
// project's turns, under the project's lock. If the last one noted is the one that was remembered, nobody did. A
// transaction that was undone noted nothing, so what was remembered of it is never believed.
import type { QuotaName } from '@unkai/contracts/quota';
import { z } from 'zod';
import { notFound } from '../access.ts';
import type { Transaction } from '../database/database.ts';

/** A project of fewer is counted each time, within microseconds. */
const fewThings = 1_000;
/** What is remembered of projects is of those that spend now; the one that was asked for least lately goes. */
const mostProjects = 1_000;
// What should never be, such as a database that was put back to a moment before, ends by itself.
const believedMs = 10_000;

/** What spending alone adds to. Of other things a project never has so many that counting them takes time. */
const remembered: ReadonlySet<QuotaName> = new Set(['servers', 'vcpus', 'memoryMib', 'ports']);

/** One transaction's turn to spend: none other spends in the project until its end. Transactions as Postgres numbers them. */
export interface SpendingTurn {
  readonly projectId: string;
  readonly transaction: string;
  /** Whose turn was the last before, null of the first. */
  readonly before: string | null;
}

type Amounts = ReadonlyMap<QuotaName, number>;
interface Counted {
  readonly at: number;
  readonly transaction: string;
  readonly most: Amounts;
}

const turnRow = z.object({ transaction: z.string(), before: z.string().nullable() });
const countedBefore = new Map<string, Counted>();

/** Locks the project as `lockProject` does, and notes who spends. Throws `not_found` when the project is gone. */
export async function takeTurn(tx: Pick<Transaction, '$queryRaw'>, projectId: string): Promise<SpendingTurn> {
  const [row] = await tx.$queryRaw<unknown[]>`
    WITH locked AS MATERIALIZED (SELECT id FROM project WHERE id = ${projectId}::uuid FOR NO KEY UPDATE)
    INSERT INTO spending_turn AS turn (project_id, transaction) SELECT id, pg_current_xact_id()::text::bigint FROM locked
    ON CONFLICT (project_id) DO UPDATE SET transaction = excluded.transaction, before = turn.transaction
    RETURNING turn.transaction::text, turn.before::text`;
  if (row === undefined) throw notFound('project', projectId);
  return { projectId, ...turnRow.parse(row) };
}

/** The most that may be in use of all of `names`, by what was counted before; undefined where that is not known. */
export function mostInUse({ projectId, before }: SpendingTurn, names: readonly QuotaName[]): Amounts | undefined {
  const counted = countedBefore.get(projectId);
  if (counted === undefined || counted.transaction !== before) return undefined;
  if (performance.now() - counted.at > believedMs) return undefined;
  return names.every((name) => counted.most.has(name)) ? counted.most : undefined;
}

/**
 * Remembers what may be in use once this turn has spent `needs`. `counted` is what was counted for it of some quotas; what
 * was remembered of others ends with it, and without it all of that stays, with the needs on top.
 */
export function rememberSpent(turn: SpendingTurn, needs: Partial<Record<QuotaName, number>>, counted?: Amounts): void {
  const { projectId, transaction, before } = turn;
  const known = countedBefore.get(projectId);
  countedBefore.delete(projectId);
  const anew = new Map([...(counted ?? [])].filter(([name]) => remembered.has(name)));
  const isAnew = anew.size > 0;
  if (!isAnew && known?.transaction !== before) return;
  const most = new Map(isAnew ? anew : known?.most);
  if (Math.max(most.get('servers') ?? 0, most.get('ports') ?? 0) < fewThings) return;
  for (const [name, used] of most) most.set(name, used + (needs[name] ?? 0));
  countedBefore.set(projectId, { at: isAnew ? performance.now() : (known?.at ?? 0), transaction, most });
  const [oldest] = countedBefore.keys();
  if (countedBefore.size > mostProjects && oldest !== undefined) countedBefore.delete(oldest);
}
