import type { PageQuery } from '@unkai/contracts/primitives';
import type { CloudOperation, CloudOperationView } from '@unkai/contracts/resources/operation';
import { sql } from 'kysely';
import { grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import type { Database } from '../database/database.ts';
import { type FoundRun, seesHosts, viewOperation, withSteps } from './operation.ts';
import { type Page, pageOf, placeAfter } from './page.ts';

/** The operations of all projects, newest first, for who operates the cloud. Five questions, however many there are. */
export async function listCloudOperations(
  call: Call,
  query: PageQuery & { readonly view: CloudOperationView },
): Promise<Page<CloudOperation>> {
  await grantedGlobally(call, 'operation:read');
  const { database } = call.core;
  const ids = await idsOf(database, query);
  const rows = await database.prisma.workflowRun.findMany({ where: { id: { in: ids } }, include: withSteps });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const ordered = ids.flatMap((id) => byId.get(id) ?? []);
  const names = await namesOf(database, ordered);
  const showsDetail = seesHosts(call);
  return pageOf(ordered, query, (row) => ({
    ...viewOperation(row, showsDetail),
    projectName: row.projectId === null ? null : (names.projects.get(row.projectId) ?? null),
    userName: row.userId === null ? null : (names.users.get(row.userId) ?? null),
  }));
}

const isLast = sql<boolean>`NOT EXISTS (
  SELECT 1 FROM workflow_run AS later WHERE later.key = run.key AND later.sequence > run.sequence)`;

/** What each view holds, of runs named `run`. */
export const operationConditions = {
  all: sql<boolean>`true`,
  open: sql<boolean>`run.ended_at IS NULL`,
  late: sql<boolean>`run.ended_at IS NULL AND (run.deadline_at < now() OR run.state = 'unwinding')`,
  failed: sql<boolean>`run.state = 'failed' AND ${isLast}`,
} as const satisfies Record<CloudOperationView, unknown>;

async function idsOf(
  { kysely }: Database,
  query: PageQuery & { readonly view: CloudOperationView },
): Promise<string[]> {
  const place = placeAfter(query);
  const rows = await kysely
    .selectFrom('workflow_run as run')
    .select('run.id')
    .where(operationConditions[query.view])
    .$if(place !== null, (rest) =>
      rest.where(sql<boolean>`(run.created_at, run.id) < (${place?.createdAt}, ${place?.id}::uuid)`),
    )
    .orderBy('run.created_at', 'desc')
    .orderBy('run.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return rows.map(({ id }) => id);
}

/** Names of what runs only know by id; who is gone has none. */
async function namesOf({ prisma }: Database, runs: readonly FoundRun[]) {
  const select = { id: true, name: true } as const;
  const among = (ids: ReadonlyArray<string | null>) => ({
    where: { id: { in: [...new Set(ids.flatMap((id) => id ?? []))] } },
    select,
  });
  const [projects, users] = await Promise.all([
    prisma.project.findMany(among(runs.map(({ projectId }) => projectId))),
    prisma.user.findMany(among(runs.map(({ userId }) => userId))),
  ]);
  const byId = (rows: typeof projects) => new Map(rows.map(({ id, name }) => [id, name]));
  return { projects: byId(projects), users: byId(users) };
}
