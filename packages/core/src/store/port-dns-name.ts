import { UnkaiError } from '@unkai/contracts/errors';
import type { Transaction } from '../database/database.ts';
import { guestHostNameOfRow } from '../host/guest-host-name.ts';

export const takenDnsName = {
  field: 'dnsName',
  message: 'Another port of the network is found by this name.',
  fix: 'Choose another name, or leave it out.',
};

interface WantedName {
  readonly networkId: string;
  /** Of the port that is to have it; null for one that is being made. */
  readonly portId: string | null;
  readonly dnsName: string | null | undefined;
}

/** Throws `conflict` for a name that another port of the network is found by: its own, or its server's. */
export async function requireFreeName(tx: Transaction, { networkId, portId, dnsName }: WantedName): Promise<void> {
  if (dnsName == null) return;
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM port LEFT JOIN server ON server.id = port.server_id
    WHERE port.network_id = ${networkId}::uuid AND port.id IS DISTINCT FROM ${portId}::uuid
      AND (port.dns_name = ${dnsName} OR (port.dns_name IS NULL AND ${guestHostNameOfRow} = ${dnsName}))
    LIMIT 1`;
  if (found.length === 0) return;
  throw new UnkaiError('conflict', takenDnsName.message, { errors: [takenDnsName], next: takenDnsName.fix });
}
