import type { Report, Taking } from './reports.ts';

/** A host that is to let go of its part takes no word of the time before: only that it is gone, or why not. */
export async function takeServerMigrationReport({ unit, hostId }: Taking, report: Report): Promise<void> {
  const { id, state, progress } = report;
  const failure = JSON.stringify(report.failure ?? null);
  await unit.tx.$executeRaw`
    UPDATE server_migration_host SET observed_state = ${state}, observed_progress = ${progress ?? null},
      observed_failure = nullif(${failure}::jsonb, 'null')
    WHERE migration_id = ${id}::uuid AND host_id = ${hostId}::uuid
      AND CASE WHEN is_leaving THEN ${state} IN ('absent', 'failed') ELSE ${state} <> 'absent' END
      AND NOT (${state} = 'working' AND observed_state IS NOT DISTINCT FROM 'present')`;
}
