import { familyOf, readIp } from '@unkai/contracts/address-form';
import { Prisma } from '@unkai/prisma/client';
import { z } from 'zod';
import { freeRanges } from '../address/ipam.ts';
import type { Call } from '../call.ts';
import { ask } from '../database/database.ts';
import { type ListAsk, type Searched, search } from './list/search.ts';
import { networkList } from './list/tables.ts';

const subnetRow = z.object({
  id: z.string(),
  name: z.string(),
  cidr: z.string(),
  dhcpAddress: z.string(),
  gatewayAddress: z.string().nullable(),
  allocationPools: z.array(z.object({ first: z.string(), last: z.string() })),
  used: z.number(),
});
const networkRow = z.object({ id: z.string(), name: z.string(), projectId: z.string(), subnets: z.array(subnetRow) });

/** How many addresses a network has to give, and how many are given, subnet by subnet. */
export interface NetworkAvailability {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly subnets: ReadonlyArray<{
    readonly id: string;
    readonly name: string;
    readonly cidr: string;
    /** Of IPv6 more than a number tells. */
    readonly total: bigint;
    readonly used: number;
  }>;
}

/**
 * What the networks that fit have to give. The caller was let in by `findPlace` or `findEverywhere`; a project is told of its
 * own networks alone, since what is used of others would tell of their guests. Where a family is asked for, only its subnets
 * are counted.
 */
export function searchAvailability(
  call: Call,
  wanted: ListAsk<keyof typeof networkList.fields>,
): Promise<Searched<NetworkAvailability>> {
  const { projectId, filters } = wanted;
  const own = projectId === null ? [] : [{ field: 'projectId' as const, values: [projectId] }];
  const families = filters.flatMap(({ field, values }) => (field === 'subnetFamily' ? values : []));
  const isCounted = ({ cidr }: { readonly cidr: string }) =>
    families.length === 0 || families.includes(String(familyOf(cidr)));
  return search(call, networkList, { ...wanted, filters: [...filters, ...own] }, async (ids) => {
    const networks = await readAvailability(call, ids);
    return networks.map((network) => ({ ...network, subnets: network.subnets.filter(isCounted) }));
  });
}

async function readAvailability({ core }: Call, ids: readonly string[]): Promise<NetworkAvailability[]> {
  const rows = await ask(
    core.database,
    Prisma.sql`
    SELECT network.id, network.name, network.project_id AS "projectId", (
      SELECT coalesce(json_agg(json_build_object(
        'id', subnet.id, 'name', subnet.name, 'cidr', subnet.cidr, 'gatewayAddress', subnet.gateway_address,
        'dhcpAddress', subnet.dhcp_address,
        'allocationPools', (
          SELECT coalesce(json_agg(json_build_object('first', pool.first, 'last', pool.last)), '[]')
          FROM allocation_pool AS pool WHERE pool.subnet_id = subnet.id
        ),
        'used', (SELECT count(*) FROM port_address AS held WHERE held.subnet_id = subnet.id)
      ) ORDER BY subnet.created_at, subnet.id), '[]')
      FROM subnet WHERE subnet.network_id = network.id
    ) AS subnets
    FROM network WHERE network.id = ANY(${[...ids]}::uuid[])`,
  );
  return z
    .array(networkRow)
    .parse(rows)
    .map(({ subnets, ...network }) => ({
      ...network,
      subnets: subnets.map(({ id, name, cidr, used, ...plan }) => ({
        id,
        name,
        cidr,
        used,
        total: freeRanges({ cidr, ...plan }).reduce((sum, { first, last }) => sum + sizeOf(first, last), 0n),
      })),
    }));
}

const sizeOf = (first: string, last: string) => readIp(last).value - readIp(first).value + 1n;
