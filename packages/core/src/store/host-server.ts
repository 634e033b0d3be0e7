import type { PageQuery } from '@unkai/contracts/primitives';
import type { HostServer } from '@unkai/contracts/resources/host';
import { serverState } from '@unkai/contracts/resources/server';
import { grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import { type Page, pageOf, pageRows } from './page.ts';

/** The servers on a host that the caller was let see, of whichever project. */
export async function listHostServers(call: Call, hostId: string, query: PageQuery): Promise<Page<HostServer>> {
  const { after, orderBy, take } = pageRows(query);
  const where = { AND: [{ OR: [{ hostId }, { allocation: { hostId } }] }, after] };
  const select = { id: true, name: true, state: true, createdAt: true, project: { select: { id: true, name: true } } };
  const rows = await call.core.database.prisma.server.findMany({ where, orderBy, take, select });
  return pageOf(rows, query, ({ id, name, state, project }) => {
    return { id, name, projectId: project.id, projectName: project.name, state: serverState.parse(state) };
  });
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
