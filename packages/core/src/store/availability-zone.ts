import type { AvailabilityZone } from '@unkai/contracts/resources/availability-zone';
import { grantedToAll } from '../access.ts';
import type { Call } from '../call.ts';

/** The zones that hosts stand in, by name, each once. What hosts there are in them is not told. */
export async function listAvailabilityZones(call: Call): Promise<AvailabilityZone[]> {
  await grantedToAll(call, 'availability-zone:read');
  return call.core.database.kysely
    .selectFrom('host')
    .select((host) => [
      'availability_zone as name',
      host.fn
        .agg<boolean>('bool_or', [host.and([host('is_up', '=', true), host('is_enabled', '=', true)])])
        .as('isAvailable'),
    ])
    .groupBy('availability_zone')
    .orderBy('availability_zone')
    .execute();
}
