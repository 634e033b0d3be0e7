import type { PageQuery } from '@unkai/contracts/primitives';
import type { HostServer } from '@unkai/contracts/resources/host';
import { serverState } from '@unkai/contracts/resources/server';
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
