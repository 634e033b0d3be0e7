import { availabilityZone } from '@unkai/contracts/resources/availability-zone';
import { listAvailabilityZones } from '@unkai/core/store/availability-zone';
import { z } from 'zod';
import { noInput, operations, procedure, router } from '../trpc.ts';

const operation = operations('Servers');

export const availabilityZoneRouter = router({
  list: procedure
    .meta(operation('GET /availability-zones', 'List the zones that servers can be made in', 'availability-zone:read'))
    .input(noInput)
    .output(z.object({ items: z.array(availabilityZone) }))
    .query(async ({ ctx: { call } }) => ({ items: await listAvailabilityZones(call) })),
});
