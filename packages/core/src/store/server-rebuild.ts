import { UnkaiError } from '@unkai/contracts/errors';
import { serverCreate } from '@unkai/contracts/resources/server';
import { Prisma } from '@unkai/prisma/client';
import type { Call } from '../call.ts';
import type { Unit } from '../database/database.ts';
import { emit } from '../events.ts';
import { spend } from '../quota/quota.ts';
import { startRun } from '../workflow/start.ts';
import { findPlace } from './project.ts';
import { membersChanged } from './security-group-members.ts';
import type { ServerRow } from './server.ts';
import { readAttach, writeAttach } from './server-attach.ts';
import { createPorts } from './server-create.ts';
import { findServerParts, type ServerParts } from './server-parts.ts';

/**
 * Finds what a server that was never made is to be attached to, each part again for an action: since then it may have
 * gone. Throws what `findServerParts` throws.
 */
export async function findRebuildParts(call: Call, row: ServerRow, runInput: unknown): Promise<ServerParts> {
  const { name, project_id: projectId, flavor_id: flavorId, image_id: imageId } = row;
  await findPlace(call, 'server:create', projectId);
  const asked = { name, flavorId, imageId, ...readAttach(runInput) };
  return findServerParts(call, { ...serverCreate.parse(asked), projectId });
}

/**
 * Makes a server anew whose create failed: new ports and addresses, and the same run once more. All else is as it was
 * asked for. Throws `wrong_state` unless it failed before it was on a host.
 */
export async function rebuildServer(unit: Unit, call: Call, row: ServerRow, parts: ServerParts): Promise<void> {
  const { id, name, project_id: projectId } = row;
  const ports = parts.interfaces.filter(({ port }) => port === null).length;
  await spend(unit.tx, projectId, { ports });
  const { count } = await unit.tx.server.updateMany({
    where: { id, state: 'error', hostId: null, launchedAt: null, ports: { none: {} } },
    data: { state: 'building', failure: Prisma.DbNull },
  });
  if (count === 0) throw new UnkaiError('wrong_state', 'The server is no longer as the failed create left it.');
  await createPorts(unit.tx, { projectId, serverId: id }, parts);
  const { core, requestId, actor } = call;
  await membersChanged(unit, core, id, requestId);
  await emit(unit.tx, { projectId, noun: 'server', resourceId: id, kind: 'changed' });
  const asked = { requestId, userId: actor.userId, input: { attach: writeAttach(parts) } };
  await startRun(unit, core, 'server.create', { resourceId: id, resourceName: name, projectId, ...asked });
}
