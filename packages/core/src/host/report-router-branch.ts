import { Prisma } from '@unkai/prisma/client';
import type { Report, Taking } from './reports.ts';

/**
 * What a host that is not the router's own could not do for floating IPs of its guests stands at these, until the host says
 * that it can, or that it has let go of them. Live pages hear of it.
 */
export async function takeBranchReport({ core, unit, hostId, requestId }: Taking, report: Report): Promise<void> {
  const { id, generation, state } = report;
  if (state === 'working') return;
  const failure = report.failure ?? null;
  if (state !== 'failed' || failure === null) {
    // Of what is none of its business a host says no generation.
    const isGone = state === 'absent';
    await unit.tx.$executeRaw`
      WITH mended AS (
        DELETE FROM router_branch WHERE router_id = ${id}::uuid AND host_id = ${hostId}::uuid
          AND (${isGone} OR observed_generation <= ${generation})
        RETURNING router_id, host_id
      ) ${toldOf('mended')}`;
    return;
  }
  core.log.warn({ hostId, requestId, routerId: id, failure }, 'floating IPs do not pass there');
  await unit.tx.$executeRaw`
    WITH broken AS (
      INSERT INTO router_branch (router_id, host_id, observed_generation, observed_failure)
      SELECT id, ${hostId}::uuid, ${generation}, ${JSON.stringify(failure)}::jsonb FROM router
      WHERE id = ${id}::uuid AND host_id IS DISTINCT FROM ${hostId}::uuid AND generation >= ${generation}
      ON CONFLICT (router_id, host_id) DO UPDATE
        SET observed_generation = excluded.observed_generation, observed_failure = excluded.observed_failure
        WHERE router_branch.observed_generation <= excluded.observed_generation
          AND router_branch.observed_failure <> excluded.observed_failure
      RETURNING router_id, host_id
    ) ${toldOf('broken')}`;
}

/** An event for each floating IP that passes by such a part of a router. */
function toldOf(found: 'mended' | 'broken'): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO event (noun, kind, resource_id, project_id)
    SELECT 'floating-ip', 'changed', floating_ip.id, floating_ip.project_id FROM ${Prisma.raw(found)} AS found
    JOIN floating_ip ON floating_ip.router_id = found.router_id
    JOIN port ON port.id = floating_ip.port_id JOIN server ON server.id = port.server_id AND server.host_id = found.host_id`;
}
