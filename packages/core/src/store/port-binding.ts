import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { allows } from '../access.ts';
import type { Call } from '../call.ts';
import { ask } from '../database/database.ts';
import { portHostName } from '../host/guest-host-name.ts';

/** Where a port is, and by what name. */
export interface PortBinding {
  /** Its own or that of the server that has it, as it resolves in the network; null: it has no name. */
  readonly guestName: string | null;
  /** The host of what has it, by name. Null while that is nowhere, and to those who may not know of hosts. */
  readonly hostName: string | null;
}

const bound = z.object({
  id: z.string(),
  serverId: z.string().nullable(),
  serverName: z.string().nullable(),
  dnsName: z.string().nullable(),
  hostName: z.string().nullable(),
});

/** The bindings of ports that the caller was shown, by their ids. */
export async function readPortBindings(call: Call, ids: readonly string[]): Promise<ReadonlyMap<string, PortBinding>> {
  if (ids.length === 0) return new Map();
  const rows = await ask(
    call.core.database,
    Prisma.sql`
    SELECT port.id, server.id AS "serverId", server.name AS "serverName", port.dns_name AS "dnsName", host.name AS "hostName"
    FROM port LEFT JOIN server ON server.id = port.server_id LEFT JOIN router ON router.id = port.router_id
    LEFT JOIN host ON host.id = coalesce(server.host_id, router.host_id)
    WHERE port.id = ANY(${[...ids]}::uuid[])`,
  );
  const showsHost = allows(call.actor, 'host:read', null);
  return new Map(
    z
      .array(bound)
      .parse(rows)
      .map(({ id, hostName, ...named }) => [
        id,
        {
          guestName: portHostName(named),
          hostName: showsHost ? hostName : null,
        },
      ]),
  );
}
