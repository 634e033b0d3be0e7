import type { Database } from '../database/database.ts';

export type ServerRows = ReturnType<typeof serverRows>;

/** Servers of a project, or of all, with the names of what they refer to. */
export function serverRows({ kysely }: Database, projectId: string | null) {
  return kysely
    .selectFrom('server')
    .leftJoin('flavor', 'flavor.id', 'server.flavor_id')
    .leftJoin('host', 'host.id', 'server.host_id')
    .select(['server.id', 'server.project_id', 'server.user_id', 'server.name', 'server.description', 'server.state'])
    .select(['server.failure', 'server.flavor_id', 'server.flavor_name', 'server.vcpus', 'server.memory_mib'])
    .select(['server.disk_gib', 'flavor.alias', 'flavor.extra_specs', 'server.image_id', 'server.host_id'])
    .select(['host.name as host_name', 'host.is_up', 'server.availability_zone', 'server.metadata', 'server.tags'])
    .select(['server.public_keys', 'server.access_ipv4', 'server.access_ipv6', 'server.reservation_id'])
    .select('server.server_group_id')
    .select(['server.launched_at', 'server.created_at as createdAt', 'server.updated_at as updatedAt'])
    .$if(projectId !== null, (rest) => rest.where('server.project_id', '=', projectId ?? ''));
}
