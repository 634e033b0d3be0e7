import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import type { Report } from './reports.ts';

/** What a statement with `releasing` gives as `released`. */
export const heldAddresses = z.array(z.object({ networkId: z.string(), address: z.string() }));

/**
 * Part of a statement, `released`: takes from a host the floating IPs that it was to leave, when it reports of their router
 * what is as new as that. One that failed has let go only when it says so: what it still does is not known otherwise, and
 * two who serve an address are worse than nobody for a while.
 */
export function releasing(hostId: string, { noun, id, generation, state, hasLetGo }: Report): Prisma.Sql {
  const isWord = state === 'present' || state === 'absent' || (state === 'failed' && hasLetGo === true);
  return Prisma.sql`
    released AS (
      DELETE FROM floating_ip_holder
      WHERE host_id = ${hostId}::uuid AND router_id = ${id}::uuid AND noun = ${noun}
        AND leaving_generation <= ${isWord ? generation : 0}
      RETURNING network_id AS "networkId", address)`;
}
