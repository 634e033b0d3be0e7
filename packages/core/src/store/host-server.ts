import { failure } from '@unkai/contracts/errors';
import type { PageQuery } from '@unkai/contracts/primitives';
import type { HostServer } from '@unkai/contracts/resources/host';
import { serverState } from '@unkai/contracts/resources/server';
import { grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import { viewOperation, withSteps } from './operation.ts';
import { type Page, pageOf, pageRows } from './page.ts';

/** The servers on a host that the caller was let see, of whichever project. */
export async function listHostServers(call: Call, hostId: string, query: PageQuery): Promise<Page<HostServer>> {
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [{ OR: [{ hostId }, { allocation: { hostId } }] }, after] };
  const project = { select: { id: true, name: true } };
  const select = { id: true, name: true, state: true, failure: true, createdAt: true, project };
  const rows = await call.core.database.prisma.server.findMany({ where, orderBy, take, select });
  const runs = await runsUnderWay(call, rows);
  return pageOf(rows, query, ({ id, name, state, failure: told, project: { id: projectId, name: projectName } }) => {
    const underWay = runs.get(id) ?? null;
    const failed = failure.nullable().catch(null).parse(told);
    return { id, name, projectId, projectName, state: serverState.parse(state), failure: failed, underWay };
  });
}

/** What changes each of these servers at this moment, in one question. */
async function runsUnderWay(call: Call, servers: ReadonlyArray<{ readonly id: string }>) {
  const rows = await call.core.database.prisma.workflowRun.findMany({
    where: { resourceId: { in: servers.map(({ id }) => id) }, endedAt: null },
    orderBy: { sequence: 'desc' },
    include: withSteps,
  });
  return new Map(
    rows.map((row) => {
      const { id: operationId, title, steps } = viewOperation(row, true);
      const at = steps.find(({ state }) => state === 'running' || state === 'undoing');
      return [row.resourceId, { operationId, title, step: at?.title ?? null, progress: at?.progress ?? null }];
    }),
  );
}

/**
 * The names of all servers on these hosts, of whichever project, the newest first; in one statement. Throws `forbidden` to
 * who may not read the servers of all projects.
 */
export async function serversOnHosts(
  call: Call,
  hosts: ReadonlyArray<{ readonly id: string }>,
): Promise<Array<{ id: string; name: string; hostId: string | null }>> {
  await grantedGlobally(call, 'server:read');
  return call.core.database.prisma.server.findMany({
    where: { hostId: { in: hosts.map(({ id }) => id) } },
    select: { id: true, name: true, hostId: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
}
