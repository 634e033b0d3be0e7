import { hostRoute, ipv6Mode, type Subnet } from '@unkai/contracts/resources/subnet';
import type { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { freeRanges } from '../address/ipam.ts';

/** What a subnet is read with. */
export const withPools = {
  allocationPools: { select: { first: true, last: true }, orderBy: { first: 'asc' } },
  subnetPool: { select: { addressScopeId: true } },
} as const satisfies Prisma.SubnetInclude;
export type SubnetRow = Prisma.SubnetGetPayload<{ include: typeof withPools }>;

/** The scope that a subnet's range is in, by the pool that it is from; null: none. */
export const scopeOf = ({ subnetPool }: Pick<SubnetRow, 'subnetPool'>) => subnetPool?.addressScopeId ?? null;

const storedRoutes = z.array(hostRoute);

/** A subnet as it is told. */
export function viewSubnet(row: SubnetRow): Subnet {
  const { id, networkId, projectId, name, cidr, gatewayAddress, dhcpAddress, dnsServers, tags, createdAt } = row;
  return {
    id,
    networkId,
    projectId,
    name,
    cidr,
    gatewayAddress,
    dhcpAddress,
    dnsServers,
    tags,
    allocationPools: freeRanges(row),
    hostRoutes: storedRoutes.parse(row.hostRoutes),
    hasDhcp: row.hasDhcp,
    subnetPoolId: row.subnetPoolId,
    addressScopeId: scopeOf(row),
    ipv6Mode: ipv6Mode.nullable().parse(row.ipv6Mode),
    createdAt: createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    revision: row.revision,
  };
}
