import type { AvailabilityZone } from '@unkai/contracts/resources/availability-zone';
import { grantedToAll } from '../access.ts';
import type { Call } from '../call.ts';

/** The zones that hosts are in, by name. Everyone may choose among them, and learns nothing of the hosts. */
export async function listAvailabilityZones(call: Call): Promise<AvailabilityZone[]> {
  await grantedToAll(call, 'availability-zone:read');
  const rows = await call.core.database.kysely
    .selectFrom('host')
    .select(({ fn, and, eb }) => [
      'availability_zone as name',
      fn.agg<boolean>('bool_or', [and([eb('is_enabled', '=', true), eb('is_up', '=', true)])]).as('isAvailable'),
    ])
    .groupBy('availability_zone')
    .orderBy('availability_zone')
    .execute();
  return rows;
}
