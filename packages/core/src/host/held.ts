import { type RawBuilder, sql } from 'kysely';
import { absent } from './wanted.ts';

type HoldingNoun = 'router' | 'router-branch';

/** Whether this host is the one that is told to serve the address of the row `floating_ip`, as part of the row `router`. */
export function isHeldBy(hostId: RawBuilder<unknown> | string, noun: HoldingNoun): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (SELECT FROM floating_ip_holder AS holder
    WHERE holder.network_id = floating_ip.network_id AND holder.address = floating_ip.address
      AND holder.host_id = ${hostId} AND holder.router_id = router.id AND holder.noun = ${sql.lit(noun)}
      AND holder.leaving_generation IS NULL)`;
}

interface Held {
  readonly hostId: string;
  readonly routerId: string;
  readonly noun: HoldingNoun;
}

/** The generation by whose report the host will have let go of all that it is to leave there; null for nothing. */
export function leftAt({ hostId, routerId, noun }: Held): RawBuilder<number | null> {
  return sql<number | null>`(SELECT max(leaving_generation) FROM floating_ip_holder
    WHERE host_id = ${hostId} AND router_id = ${routerId} AND noun = ${sql.lit(noun)})`;
}

/**
 * The answer to a host of which this is no business. One that has floating IPs there to let go of knows of it, and is told
 * the generation: a report of the time before, that comes late, must not be taken for its word on that.
 */
export function absentFrom(told: { readonly leftAt: number | null } | undefined) {
  return { ...absent, generation: told?.leftAt ?? absent.generation };
}
