import { notFound } from '@unkai/core/access';
import { lookAtServer } from '@unkai/core/store/server-search';
import type { Asked } from '../service.ts';
import { groupIdsOf } from './server-create.ts';

/** Puts a server's ports into a group of its project, named by name or id, or takes them out of it. */
export async function changeGroupOfServer(asked: Asked, id: string, name: string, isAdding: boolean): Promise<void> {
  const { operations, call } = asked;
  const { projectId, ports } = await lookAtServer(call, 'server:read', id);
  const [groupId = ''] = await groupIdsOf(operations, projectId, [{ name }]);
  const present = await Promise.all(ports.map((port) => operations.port.get({ id: port.id })));
  if (!isAdding && !present.some(({ securityGroupIds }) => securityGroupIds.includes(groupId))) {
    throw notFound('security group of this server', name);
  }
  for (const port of present) {
    const others = port.securityGroupIds.filter((each) => each !== groupId);
    await operations.port.update({ id: port.id, securityGroupIds: isAdding ? [...others, groupId] : others });
  }
}
