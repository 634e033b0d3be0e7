import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Core } from '../call.ts';
import type { Unit } from '../database/database.ts';

const told = z.array(z.object({ id: z.string(), hostId: z.string().nullable() }));

/**
 * Raises the generation of each server that `concerned` selects the id of, and hints its host after the commit. Rows are
 * taken in one order, so that two such changes never wait for each other.
 */
export async function tellHosts(
  { tx, afterCommit }: Unit,
  core: Core,
  concerned: Prisma.Sql,
  requestId: string,
): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`
    UPDATE server SET generation = generation + 1
    WHERE id IN (SELECT id FROM server WHERE id IN (${concerned}) ORDER BY id FOR NO KEY UPDATE)
    RETURNING id, host_id AS "hostId"`;
  const servers = told.parse(rows);
  afterCommit(async () => {
    for (const { id, hostId } of servers) {
      if (hostId !== null) await core.queues.hintHost(hostId, { noun: 'server', id, requestId });
    }
  });
}

/**
 * A server's ports came or go: rules that name their groups hold for other addresses from now on, and the hosts of the
 * servers that have such rules hear of it. Called while the ports are there, before networks are touched: who changes
 * servers and networks does so in this order.
 */
export async function membersChanged(unit: Unit, core: Core, serverId: string, requestId: string): Promise<void> {
  const concerned = Prisma.sql`
    SELECT other.server_id FROM port
    JOIN port_security_group AS own ON own.port_id = port.id
    JOIN security_group_rule AS rule ON rule.remote_group_id = own.security_group_id
    JOIN port_security_group AS holder ON holder.security_group_id = rule.security_group_id
    JOIN port AS other ON other.id = holder.port_id
    WHERE port.server_id = ${serverId}::uuid AND other.server_id <> port.server_id`;
  await tellHosts(unit, core, concerned, requestId);
}

export interface GroupsChange {
  readonly groupIds: readonly string[];
  /** The server whose own port changed its groups. */
  readonly serverId: string | null;
  readonly requestId: string;
}

/** As `membersChanged`, of a single port that came to groups or left them. */
export async function groupsChanged(unit: Unit, core: Core, change: GroupsChange): Promise<void> {
  const { groupIds, serverId, requestId } = change;
  const concerned = Prisma.sql`
    SELECT other.server_id FROM security_group_rule AS rule
    JOIN port_security_group AS holder ON holder.security_group_id = rule.security_group_id
    JOIN port AS other ON other.id = holder.port_id
    WHERE rule.remote_group_id = ANY(${[...groupIds]}::uuid[]) AND other.server_id IS NOT NULL
    UNION SELECT ${serverId}::uuid WHERE ${serverId !== null}`;
  await tellHosts(unit, core, concerned, requestId);
}
