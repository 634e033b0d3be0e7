import { Prisma } from '@unkai/prisma/client';
import { heldAddresses, releasing } from './release.ts';
import type { Report, Taking } from './reports.ts';

/**
 * What a host that is not the router's own could not do for floating IPs of its guests stands at these, until the host says
 * that it can, or that it has let go of them. Live pages hear of it.
 */
export async function takeBranchReport(taking: Taking, report: Report): Promise<void> {
  const { core, unit, hostId, requestId, released } = taking;
  const { id, state } = report;
  if (state === 'working') return;
  const failure = report.failure ?? null;
  const isFailed = state === 'failed' && failure !== null;
  if (isFailed) core.log.warn({ hostId, requestId, routerId: id, failure }, 'floating IPs do not pass there');
  const letGo = await unit.tx.$queryRaw<unknown[]>`
    WITH ${releasing(hostId, report)}, found AS (${isFailed ? broken(hostId, report) : mended(hostId, report)}), told AS (
      INSERT INTO event (noun, kind, resource_id, project_id)
      SELECT 'floating-ip', 'changed', floating_ip.id, floating_ip.project_id FROM found
      JOIN floating_ip_holder AS holder ON holder.router_id = found.router_id AND holder.host_id = found.host_id
        AND holder.noun = 'router-branch'
      JOIN floating_ip ON floating_ip.id = holder.floating_ip_id)
    SELECT * FROM released`;
  released.push(...heldAddresses.parse(letGo));
}

function mended(hostId: string, { id, generation, state }: Report): Prisma.Sql {
  // Of what is none of its business a host says no generation of its own.
  return Prisma.sql`
    DELETE FROM router_branch WHERE router_id = ${id}::uuid AND host_id = ${hostId}::uuid
      AND (${state === 'absent'} OR observed_generation <= ${generation})
    RETURNING router_id, host_id`;
}

function broken(hostId: string, { id, generation, failure }: Report): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO router_branch (router_id, host_id, observed_generation, observed_failure)
    SELECT id, ${hostId}::uuid, ${generation}, ${JSON.stringify(failure)}::jsonb FROM router
    WHERE id = ${id}::uuid AND host_id IS DISTINCT FROM ${hostId}::uuid AND generation >= ${generation}
    ON CONFLICT (router_id, host_id) DO UPDATE
      SET observed_generation = excluded.observed_generation, observed_failure = excluded.observed_failure
      WHERE router_branch.observed_generation <= excluded.observed_generation
        AND router_branch.observed_failure <> excluded.observed_failure
    RETURNING router_id, host_id`;
}
